"""How it feels: three scales on one small page, each of which can be left out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.sessions.reflection import Felt, Moment, Scale
from gui import theme, wording
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.rating import RatingScale
from gui.widgets.text import Text


class FeltScreen(Screen):
    """Asks once; nothing is filled in before. `done` tells what was rated, if anything was."""

    done = Signal(object)
    """The `Felt`: what was left out is None."""
    rated = Signal(object)
    """The `Felt` so far, each time something in it was chosen."""
    back_wanted = Signal()
    ground_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("How it feels"), parent)
        self.moment = Moment.BEFORE
        self._title = Text("", theme.TITLE_PX)
        self._lead = Text(
            self.tr("0 is not at all, 10 is very much. Leave out what you like."),
            theme.BODY_PX,
            tone="ink_soft",
        )
        self.scales = {scale: RatingScale(wording.scale_words(scale)) for scale in Scale}
        self.go_on = Pill(self.tr("Go on"), Kind.SOLID, key=self.tr("Enter"))
        self.skip = Pill(self.tr("Skip"), key=self.tr("Esc"))
        self.ground = Pill(self.tr("Grounding"), key="G")
        self.back = Pill(self.tr("Back"), Kind.QUIET)
        self.go_on.clicked.connect(self._finish)
        self.skip.clicked.connect(self._finish)
        self.ground.clicked.connect(self.ground_wanted)
        self.back.clicked.connect(self.back_wanted)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 10, 10)
        box.setSpacing(4)
        box.addStretch(1)
        for text in (self._title, self._lead):
            text.setIndent(RING_PX)
            box.addWidget(text)
        box.addSpacing(14)
        for scale in self.scales.values():
            scale.changed.connect(self._tell)
            scale.left.connect(self._go)
            box.addWidget(scale)
            box.addSpacing(14)
        box.addStretch(2)
        foot = Flow(6)
        for button in (self.go_on, self.skip, self.ground, self.back):
            foot.add(button)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(scrolling(inner), 1)
        self._outer.addWidget(foot)
        theme.look().changed.connect(self._arrange)

    def ask(self, moment: Moment) -> None:
        """Begin with nothing chosen."""
        self.moment = moment
        before = moment is Moment.BEFORE
        self._title.setText(
            self.tr("How is it right now?") if before else self.tr("And how is it now?")
        )
        self.setAccessibleName(
            self.tr("How it feels before") if before else self.tr("How it feels after")
        )
        self.back.setVisible(before)
        for scale in self.scales.values():
            scale.set_value(None)
        self._tell()

    @property
    def felt(self) -> Felt:
        """What is chosen now."""
        return Felt(**{scale.value: row.value for scale, row in self.scales.items()})

    def first_focus(self) -> QWidget:
        """Return the first dot of the first scale."""
        return self.scales[Scale.TENSION].dot(0)

    def key(self, key: int) -> bool:
        """Do what a key stands for here; return whether it stands for anything."""
        rows = list(self.scales.values())
        at = next((n for n, row in enumerate(rows) if row.has_keyboard), None)
        digit = key - Qt.Key.Key_0
        if key == Qt.Key.Key_Escape:
            self._finish()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(at)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._go(1 if key == Qt.Key.Key_Down else -1)
        elif at is None:
            return False
        elif 0 <= digit <= 9:
            rows[at].digit(digit)
        elif key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            rows[at].set_value(None)
        else:
            return False
        return True

    def _go(self, by: int) -> None:
        """Take the keyboard to the scale before or after; from a button, to the last or first."""
        rows = list(self.scales.values())
        at = next((n for n, row in enumerate(rows) if row.has_keyboard), None)
        to = at + by if at is not None else (0 if by > 0 else len(rows) - 1)
        rows[to % len(rows)].take_keyboard()

    def _enter(self, at: int | None) -> None:
        """Go to the next scale; from the last one, or from a button, on."""
        rows = list(self.scales.values())
        if at is not None and at + 1 < len(rows):
            rows[at + 1].take_keyboard()
        elif self.ground.hasFocus():
            self.ground_wanted.emit()
        elif self.back.hasFocus():
            self.back_wanted.emit()
        else:
            self._finish()

    def _finish(self) -> None:
        self.done.emit(self.felt)

    def _tell(self) -> None:
        """Offer to go on once there is something to go on with, and to skip until then."""
        given = self.felt.given
        if given:
            self.rated.emit(self.felt)
        self.go_on.setVisible(given)
        self.skip.setVisible(not given)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a narrow column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(620)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 26, side - RING_PX, 18)
