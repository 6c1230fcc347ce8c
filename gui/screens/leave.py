"""Take your data with you, or bring in what you have: looked at first, then done."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.announce import announce
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.choosing import ChoiceGroup
from gui.widgets.flow import Flow
from gui.widgets.meter import Meter
from gui.widgets.text import Text

_WIDEST_PX = 860
FOLDERS = frozenset({"rr", "edf"})
"""Forms of which each practice is a file of its own."""

WITHOUT, WITH = "without", "with"


class LeaveScreen(Screen):
    """Offers both ways; what is asked for leaves it as signals."""

    look_wanted = Signal()
    """What would leave is to be looked at anew."""
    write_wanted = Signal(object)
    """It is to be written: the `Path`."""
    bring_wanted = Signal(object)
    """These are to be looked at: a list of `Path`."""
    bring_confirmed = Signal()
    stop_wanted = Signal()
    back_wanted = Signal()
    ground_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Take your data with you"), parent)
        self.form = ChoiceGroup(
            self.tr("As what?"),
            [
                ("zip", self.tr("Everything, to bring it back")),
                ("csv", self.tr("Tables (CSV)")),
                ("rr", self.tr("Intervals as text, for Kubios and others")),
                ("edf", self.tr("EDF+, for research programs")),
            ],
        )
        self.form.set_value("zip")
        self.writings = ChoiceGroup(
            self.tr("What you wrote and saved"),
            [(WITHOUT, self.tr("Leave it out")), (WITH, self.tr("Take it along"))],
        )
        self.writings.set_value(WITHOUT)
        self.form.chosen.connect(self._form_chosen)
        self.writings.chosen.connect(lambda _: self.look_wanted.emit())
        self.held = Text("", theme.BODY_PX)
        self.warning = Text(
            self.tr("This file is not protected: whoever has it can read it."),
            theme.BODY_PX,
            medium=True,
        )
        self.write = Pill(self.tr("Choose a place, and write it"), Kind.SOLID)
        self.files = Pill(self.tr("Choose files"))
        self.folder = Pill(self.tr("Choose a folder"))
        self.confirm = Pill(self.tr("Bring them in"), Kind.SOLID)
        self.meter = Meter()
        self.meter.setAccessibleName(self.tr("How much is done"))
        self.told = Text("", theme.BODY_PX)
        self.stop = Pill(self.tr("Stop"))
        self.back = Pill(self.tr("Back"), key=self.tr("Esc"))
        self.ground = Pill(self.tr("Grounding"), Kind.QUIET, key="G")
        self.write.clicked.connect(self._choose_place)
        self.files.clicked.connect(self._choose_files)
        self.folder.clicked.connect(self._choose_folder)
        self.confirm.clicked.connect(self.bring_confirmed)
        self.stop.clicked.connect(self.stop_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.ground.clicked.connect(self.ground_wanted)
        self._busy = False
        self._something = True  # until it is known
        self._lay_out()
        self._offer()
        theme.look().changed.connect(self._arrange)

    def _lay_out(self) -> None:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, RING_PX, RING_PX)
        box.setSpacing(6)
        box.addWidget(Text(self.tr("Take your data with you"), theme.TITLE_PX))
        box.addWidget(
            Text(
                self.tr(
                    "What you practised here is yours. Take it to another computer or another "
                    "program, as often as you like. It stays here as well."
                ),
                theme.BODY_PX,
                tone="ink_soft",
            )
        )
        box.addSpacing(14)
        for widget in (self.form, self.writings, self.held, self.warning):
            box.addWidget(widget)
        row = Flow(6)
        row.add(self.write)
        box.addWidget(row)
        box.addSpacing(22)
        box.addWidget(Text(self.tr("Bring in what you have"), theme.LEAD_PX))
        box.addWidget(
            Text(
                self.tr(
                    "A copy that you took along, or recordings of other programs. What is here "
                    "already is known again. You see it first."
                ),
                theme.BODY_PX,
                tone="ink_soft",
            )
        )
        row = Flow(6)
        for button in (self.files, self.folder):
            row.add(button)
        box.addWidget(row)
        box.addStretch(1)
        for text in inner.findChildren(Text):
            text.setIndent(RING_PX)
        self.told.setIndent(RING_PX)
        foot = Flow(6)
        for button in (self.confirm, self.back, self.stop, self.ground):
            foot.add(button)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(12)
        self._outer.addWidget(scrolling(inner), 1)
        self._outer.addWidget(self.told)
        row_of_meter = QHBoxLayout()
        row_of_meter.setContentsMargins(RING_PX, 0, RING_PX, 0)
        row_of_meter.addWidget(self.meter)
        self._outer.addLayout(row_of_meter)
        self._outer.addWidget(foot)

    # ----------------------------------------------------------------------------- showing
    @property
    def with_writings(self) -> bool:
        """Whether saved writing is to leave as well."""
        return self.form.value == "zip" and self.writings.value == WITH

    def show_held(self, lines: Iterable[str], *, something: bool) -> None:
        """Say what would leave, and whether there is anything."""
        self._something = something
        self.held.setText("\n".join(lines))
        self._offer()

    def show_working(self, words: str) -> None:
        """Say that something is being done."""
        self._busy = True
        self.meter.hold(0.0)
        self.tell(words)
        self._offer()
        self.stop.setFocus()

    def show_progress(self, part: float) -> None:
        """Say how much of it is done, 0..1."""
        if self._busy:
            self.meter.hold(part)

    def show_done(self, words: str, *, confirms: bool = False) -> None:
        """Say what came of it; ``confirms`` offers to bring in what was looked at."""
        self._busy = False
        self.meter.end()
        self.tell(words)
        self._offer(confirms=confirms)
        (self.confirm if confirms else self.back).setFocus()

    def tell(self, words: str) -> None:
        """Say something, on the screen and to a screen reader."""
        self.told.setText(words)
        self.told.setVisible(bool(words))
        if words:
            announce(self.told, words)

    def _offer(self, *, confirms: bool = False) -> None:
        self.writings.setVisible(self.form.value == "zip")
        self.write.setEnabled(self._something and not self._busy)
        for button in (self.files, self.folder):
            button.setEnabled(not self._busy)
        self.confirm.setVisible(confirms)
        self.stop.setVisible(self._busy)
        self.meter.setVisible(self._busy)
        self.told.setVisible(bool(self.told.text()))

    def first_focus(self) -> QWidget:
        """Return the button that writes, where there is anything to write."""
        return self.write if self.write.isEnabled() else self.files

    # ------------------------------------------------------------------------------ asking
    def _form_chosen(self, _: str) -> None:
        self._offer()
        self.look_wanted.emit()

    def _choose_place(self) -> None:
        if self.form.value in FOLDERS:
            chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"))
        else:
            name = f"hand-on-heart.{self.form.value}"
            chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Write it as"), name)
        if chosen:
            self.write_wanted.emit(Path(chosen))

    def _choose_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Choose files"))
        if chosen:
            self.bring_wanted.emit([Path(name) for name in chosen])

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"))
        if chosen:
            self.bring_wanted.emit([Path(chosen)])

    # ------------------------------------------------------------------------------- place
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep lines short enough to read."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(_WIDEST_PX)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 26, side - RING_PX, 18)
