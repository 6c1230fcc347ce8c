"""Help now: a person to call, from every screen, without a strap and without asking anything."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.practice.crisis import Crisis, HelpLine, load_crisis
from gui import spoken, theme
from gui.screens.screen import (
    MARGIN_PX,
    NARROW_MARGIN_PX,
    NARROW_PX,
    RING_PX,
    Screen,
    scrolling,
    settle,
)
from gui.widgets.buttons import Kind, Pill
from gui.widgets.choosing import ChoiceGroup
from gui.widgets.flow import Flow
from gui.widgets.text import Text

_SAID = ("crisis", "urgent", "alone")


class CrisisScreen(Screen):
    """The emergency sentence first; then the help lines of the person's region, if any are known.

    Parameters
    ----------
    crisis
        What is known; None reads what comes with the program.
    """

    open_to_all = True

    back_wanted = Signal()
    ground_wanted = Signal()
    region_chosen = Signal(str)

    def __init__(self, crisis: Crisis | None = None, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Help now"), parent)
        self._crisis = crisis or load_crisis()
        inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(RING_PX, 0, 10, 0)
        self._box.setSpacing(12)
        self._emergency = Text("", theme.TITLE_PX)
        self._said = {line_id: Text("", theme.LEAD_PX) for line_id in _SAID}
        self._box.addWidget(self._emergency)
        for text in self._said.values():
            self._box.addWidget(text)
        self.region = ChoiceGroup(
            self.tr("Where you are"),
            [(each.region_id, each.name) for each in self._crisis.regions.values()],
        )
        self.region.chosen.connect(self._choose)
        self.region.setVisible(bool(self._crisis.regions))
        self._box.addWidget(self.region)
        self._numbers = QWidget()
        QVBoxLayout(self._numbers).setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self._numbers)
        known = self.tr(
            "Numbers of help lines are shown only where they were checked at their source. "
            "None is checked yet: your doctor, a hospital or an emergency call centre knows them."
        )
        self._unknown = Text(known, theme.BODY_PX, tone="ink_soft")
        self._unknown.setVisible(not self._crisis.regions)
        self._box.addWidget(self._unknown)
        self._box.addStretch(1)
        self.ground = Pill(self.tr("Grounding"), Kind.OUTLINE, key="G")
        self.back = Pill(self.tr("Back"), Kind.OUTLINE, key=self.tr("Esc"))
        self.ground.clicked.connect(self.ground_wanted)
        self.back.clicked.connect(self.back_wanted)
        foot = Flow(6)
        foot.add(self.back)
        foot.add(self.ground)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(10)
        area = scrolling(inner)
        self._outer.addWidget(area)
        self._outer.addWidget(foot)
        settle(self._outer, area)
        self._take_words()
        theme.look().changed.connect(self._arrange)
        spoken.spoken().changed.connect(self._take_words)

    def _take_words(self) -> None:
        content = spoken.current()
        self._emergency.setText(self._crisis.sentence(content.language))
        for line_id, text in self._said.items():
            text.setText(content.sets["safety"].line(line_id).text)

    def set_region(self, region_id: str) -> None:
        """Show the help lines of a region; one that isn't known shows none."""
        self.region.set_value(region_id)
        self._show(region_id)

    def _choose(self, region_id: str) -> None:
        self._show(region_id)
        self.region_chosen.emit(region_id)

    def _show(self, region_id: str) -> None:
        box = self._numbers.layout()
        assert box is not None
        while (item := box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        region = self._crisis.regions.get(region_id)
        if region is None:
            return
        emergency = self.tr("Emergency")
        self._number(emergency, region.emergency)
        for line in region.entries:
            self._number(line.name, line)

    def _number(self, name: str, line: HelpLine) -> None:
        box = self._numbers.layout()
        assert box is not None
        number = Text(f"{name}: {line.phone}", theme.LEAD_PX, medium=True)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(number)
        day = QLocale().toString(line.checked, QLocale.FormatType.ShortFormat)  # type: ignore[call-overload]
        told = [line.about] if line.about else []
        told.append(self.tr("Checked on {day} at {source}").format(day=day, source=line.source))
        box.addWidget(Text("  ".join(told), theme.SMALL_PX, tone="ink_soft"))

    def first_focus(self) -> QWidget:
        """Back is where the keyboard begins."""
        return self.back

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(760)) // 2)
        top = max(16, min(56, round(self.height() * 0.06)))
        self._outer.setContentsMargins(side - RING_PX, top, side - RING_PX, 18)
