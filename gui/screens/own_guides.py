"""A breath of one's own: seconds in and out, holds only if they are wanted, and a name for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from biofeedback.practice.guides import HOLD_S, IN_OUT_S, GuideError, check
from biofeedback.practice.personal import LONGEST_LABEL, OwnGuide, Personal, PersonalError
from biofeedback.types import BreathPattern
from gui import theme, wording
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.stepper import Stepper
from gui.widgets.text import Text


class OwnGuidesScreen(Screen):
    """Makes breath guides and takes them away again."""

    kept = Signal(object, str)
    """The `Personal` with the change, and the id of the guide to use from now on (or empty)."""
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("A breath of my own"), parent)
        self._personal = Personal()
        self._undone: Personal | None = None
        self._steppers: list[Stepper] = []
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_LABEL)
        self.name.setPlaceholderText(self.tr("A name, such as: evening"))
        self.name.setAccessibleName(self.tr("Name of the breath"))
        self.inhale = self._seconds(self.tr("In"), 4.0, IN_OUT_S)
        self.hold_in = self._seconds(self.tr("Hold after breathing in"), 0.0, HOLD_S)
        self.exhale = self._seconds(self.tr("Out"), 6.0, IN_OUT_S)
        self.hold_out = self._seconds(self.tr("Hold after breathing out"), 0.0, HOLD_S)
        self.note = Text("", theme.BODY_PX, tone="ink_soft")
        self.problem = Text("", theme.BODY_PX)
        self.save = Pill(self.tr("Keep and use it"), Kind.SOLID)
        self.undo = Pill(self.tr("Undo"), Kind.QUIET)
        self.back = Pill(self.tr("Back"), Kind.QUIET, key=self.tr("Esc"))
        self.save.clicked.connect(self._save)
        self.undo.clicked.connect(self._undo)
        self.back.clicked.connect(self.back_wanted)
        self.mine = QWidget()
        self._rows = QVBoxLayout(self.mine)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(RING_PX, 0, RING_PX + 10, 10)
        box.setSpacing(10)
        box.addWidget(
            Text(
                self.tr("Choose what is easy for you. Leave the holds at 0 unless you want them."),
                theme.LEAD_PX,
            )
        )
        form = QGridLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(8)
        for row, stepper in enumerate(self._steppers):
            form.addWidget(Text(stepper.accessibleName(), theme.BODY_PX), row, 0)
            form.addWidget(stepper, row, 1)
        form.setColumnStretch(0, 1)
        form.setColumnStretch(1, 1)
        box.addLayout(form)
        box.addWidget(self.note)
        box.addWidget(self.name)
        box.addWidget(self.problem)
        box.addSpacing(8)
        box.addWidget(self.mine)
        box.addStretch(1)
        title = Text(self.tr("A breath of my own"), theme.TITLE_PX)
        title.setIndent(RING_PX)
        foot = Flow(6)
        for button in (self.save, self.undo, self.back):
            foot.add(button)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(12)
        self._outer.addWidget(title)
        self._outer.addWidget(scrolling(inner), 1)
        self._outer.addWidget(foot)
        self.name.textChanged.connect(self._tell)
        self.name.returnPressed.connect(self._save)
        theme.look().changed.connect(self._dress)
        self._dress()
        self._tell()

    def _seconds(self, name: str, value: float, limits: tuple[float, float]) -> Stepper:
        stepper = Stepper(name, value, limits)
        self._steppers.append(stepper)
        stepper.changed.connect(self._tell)
        return stepper

    # ------------------------------------------------------------------------------ values
    @property
    def pattern(self) -> BreathPattern:
        """The breath in the fields."""
        fields = (self.inhale, self.hold_in, self.exhale, self.hold_out)
        return BreathPattern(*(field.value for field in fields))

    def show_personal(self, personal: Personal) -> None:
        """List the person's breath guides."""
        self._personal = personal
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for guide in personal.guides:
            self._rows.addWidget(self._row(guide))
        self.mine.setVisible(bool(personal.guides))
        self._tell()

    def _row(self, guide: OwnGuide) -> QWidget:
        row = Flow(6)
        words = self.tr("{name}: {what}").format(
            name=guide.label, what=wording.guide_note(guide.pattern)
        )
        remove = Pill(self.tr("Take away"), Kind.QUIET, size_px=theme.SMALL_PX)
        remove.setAccessibleName(self.tr("Take away {name}").format(name=guide.label))
        remove.clicked.connect(lambda: self._remove(guide.guide_id))
        told = Text(words, theme.BODY_PX)
        both = QWidget()
        box = QVBoxLayout(both)
        box.setContentsMargins(0, 0, 0, 6)
        box.setSpacing(0)
        row.add(remove)
        box.addWidget(told)
        box.addWidget(row)
        return both

    def _tell(self) -> None:
        """Say what the breath in the fields is, and what is in its way."""
        problem = ""
        try:
            check(self.pattern)
            self.note.setText(wording.guide_note(self.pattern))
        except GuideError as error:
            self.note.setText("")
            problem = str(error)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.save.setEnabled(not problem and bool(self.name.text().strip()))
        self.undo.setVisible(self._undone is not None)

    def _save(self) -> None:
        if not self.save.isEnabled():
            return
        try:
            personal, guide = self._personal.with_guide(self.name.text(), self.pattern)
        except PersonalError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self._undone = self._personal
        self.name.clear()
        self.kept.emit(personal, guide.guide_id)

    def _remove(self, guide_id: str) -> None:
        self._undone = self._personal
        self.kept.emit(self._personal.without_guide(guide_id), "")

    def _undo(self) -> None:
        if self._undone is not None:
            before, self._undone = self._undone, None
            self.kept.emit(before, "")

    def first_focus(self) -> QWidget:
        """Return the first number: there the keyboard begins."""
        return self.inhale.more

    # ------------------------------------------------------------------------------- Qt's
    def _dress(self) -> None:
        look = theme.current()
        tones = look.colours
        self.name.setFont(look.font(theme.BODY_PX))
        self.name.setMinimumHeight(max(theme.TARGET_PX, round(2.1 * look.px(theme.BODY_PX))))
        self.name.setStyleSheet(
            f"QLineEdit {{ background: {tones.raised}; color: {tones.ink};"
            f" border: 2px solid {tones.line}; border-radius: 10px; padding: 2px 8px;"
            f" selection-background-color: {tones.breath};"
            f" selection-color: {tones.on_breath}; }}"
            f"QLineEdit:focus {{ border: {theme.FOCUS_PX}px solid {tones.focus}; }}"
        )
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(720)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 26, side - RING_PX, 18)
