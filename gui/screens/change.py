"""What can be changed in the middle of a practice, as a sheet at the side."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.practice.content import load_content
from biofeedback.types import Action, Choices
from gui import theme
from gui.screens.screen import scrolling
from gui.widgets.buttons import Chip, Kind, Pill
from gui.widgets.choosing import ChoiceGroup
from gui.widgets.text import Text


class ChangePanel(QWidget):
    """Touch, anchor, breath guide and looking around; each choice counts at once."""

    chosen = Signal(object, str)
    """An `Action` and the choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Change your choices"))
        content = load_content()
        self.groups = {
            Action.GUIDE: ChoiceGroup(
                self.tr("Breath guide"),
                [(guide.guide_id, guide.label) for guide in content.guides.values()],
            ),
            Action.TOUCH: ChoiceGroup(
                self.tr("Touch"),
                [(each.choice_id, each.label) for each in content.touches.values()],
            ),
            Action.ANCHOR: ChoiceGroup(
                self.tr("Where your mind can rest"),
                [(each.choice_id, each.label) for each in content.anchors.values()],
            ),
            Action.SIGHT: ChoiceGroup(
                self.tr("Lines about looking around"),
                [("yes", self.tr("They fit")), ("no", self.tr("Leave them out"))],
            ),
        }
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(20, 18, 20, 18)
        box.setSpacing(theme.UNIT_PX * 2)
        box.addWidget(Text(self.tr("Change anything, any time"), theme.LEAD_PX))
        for action, group in self.groups.items():
            group.chosen.connect(lambda value, action=action: self.chosen.emit(action, value))
            box.addWidget(group)
        close = Pill(self.tr("Close"), Kind.OUTLINE, key="C")
        close.clicked.connect(self._close)
        box.addWidget(close, alignment=Qt.AlignmentFlag.AlignLeading)
        box.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.addWidget(scrolling(inner, tone="raised"))
        theme.look().changed.connect(self.update)

    def set_choices(self, choices: Choices) -> None:
        """Show what is chosen now."""
        self.groups[Action.GUIDE].set_value(choices.guide_id)
        self.groups[Action.TOUCH].set_value(choices.touch_id)
        self.groups[Action.ANCHOR].set_value(choices.anchor_id)
        self.groups[Action.SIGHT].set_value("yes" if choices.sight else "no")

    def first_focus(self) -> QWidget:
        """Return the chip that is chosen in the first group."""
        for chip in self.groups[Action.GUIDE].findChildren(Chip):
            if chip.isChecked():
                return chip
        return self

    def _close(self) -> None:
        parent = self.parentWidget()
        self.hide()
        if parent is not None:
            parent.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Lay a sheet on the paper."""
        tones = theme.current().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tones.line), 1))
        painter.setBrush(QColor(tones.raised))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS_PX, theme.RADIUS_PX)
