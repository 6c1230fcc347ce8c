"""Two sessions beside one another: both hearts, their figures, what differs, and no verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import compare_words, theme
from gui.announce import announce
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.chart_tools import ChartTools
from gui.widgets.compare_trace import CompareTrace
from gui.widgets.flow import Flow
from gui.widgets.meter import Meter
from gui.widgets.plain_table import PlainTable
from gui.widgets.text import Text

if TYPE_CHECKING:
    from gui.session_words import Rows
    from gui.shown import Shown


class CompareScreen(Screen):
    """Shows two sessions, the earlier one first."""

    back_wanted = Signal()
    ground_wanted = Signal()
    open_wanted = Signal(int)
    """One of the two is to be opened: its number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Two sessions"), parent)
        self._rows: Rows = []
        self.shown_ids: tuple[int, int] | None = None
        """The numbers of the two, the earlier one first; None while they are being opened."""
        self.title = Text(self.tr("Two sessions"), theme.TITLE_PX)
        self.pace = Text("", theme.BODY_PX)
        self.meter = Meter()
        self.meter.setAccessibleName(self.tr("Opening both sessions"))
        self.trace = CompareTrace()
        self.readout = Text("", theme.BODY_PX)
        self.table = PlainTable(self.tr("Figures of both sessions"))
        self.copy = Pill(
            self.tr("Copy this table"), Kind.QUIET, key="K", size_px=theme.SMALL_PX, low=True
        )
        self.copy.clicked.connect(self.copy_table)
        self._does = self._made_does()
        self.caution = Text(compare_words.caution(), theme.BODY_PX, tone="ink_soft")
        self.state = Text("", theme.SMALL_PX, tone="ink_soft")
        self.hint = Text(
            self.tr(
                "Arrows: read along, with Shift in larger steps; Home and End: to the ends. "
                "Page keys: move. + and \N{MINUS SIGN}, or Ctrl and the wheel: closer and "
                "further. 0: all. O: together, or one above the other. C: copy the picture. "
                "T: copy its figures as a table. N: hide or show figures."
            ),
            theme.SMALL_PX,
            tone="ink_soft",
        )
        self.trace.moved.connect(self.readout.setText)
        self.trace.told.connect(self._tell)
        self._inner = QWidget()
        box = QVBoxLayout(self._inner)
        box.setContentsMargins(RING_PX, 0, RING_PX + 10, 0)
        box.setSpacing(8)
        for widget in (
            self.title,
            self.meter,
            self.pace,
            self.trace,
            self.readout,
            self._does,
            self.hint,
            self.table,
            self.copy,
            self.caution,
        ):
            box.addWidget(widget)
        box.addStretch(1)
        foot = self._made_foot()
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(8)
        self._outer.addWidget(scrolling(self._inner), 1)
        self._outer.addWidget(self.state)
        self._outer.addWidget(foot)
        theme.look().changed.connect(self._arrange)
        self.expect("")

    def _made_does(self) -> Flow:
        """Make the row of what can be done with the two."""
        row = Flow(2)
        small = theme.SMALL_PX
        self.together = Pill(self.tr("Draw them together"), key="O", size_px=small, low=True)
        self.first = Pill(self.tr("Open the earlier one"), key="1", size_px=small, low=True)
        self.second = Pill(self.tr("Open the later one"), key="2", size_px=small, low=True)
        self.together.clicked.connect(self._toggle)
        self.first.clicked.connect(lambda: self._open(0))
        self.second.clicked.connect(lambda: self._open(1))
        for button in (self.together, self.first, self.second, ChartTools(self.trace)):
            row.add(button)
        return row

    def _made_foot(self) -> Flow:
        foot = Flow(6)
        self.back = Pill(self.tr("Back"), Kind.SOLID, key=self.tr("Esc"))
        self.ground = Pill(self.tr("Grounding"), key="G")
        self.back.clicked.connect(self.back_wanted)
        self.ground.clicked.connect(self.ground_wanted)
        foot.add(self.back)
        foot.add(self.ground)
        return foot

    # ----------------------------------------------------------------------------- showing
    def expect(self, words: str) -> None:
        """Say that two sessions are being opened."""
        self.shown_ids = None
        self.title.setText(words)
        self._show_content(shown=False)

    def show_progress(self, part: float) -> None:
        """Show how much of one of them has been read, 0..1."""
        if self.shown_ids is None:
            self.meter.hold(part)

    def show_pair(self, first: Shown, second: Shown, names: tuple[str, str]) -> None:
        """Show two sessions, the earlier one first, each with its name."""
        self.shown_ids = first.info.id, second.info.id
        one, other = first.opened, second.opened
        self.title.setText(self.tr("Two sessions"))
        self.pace.setText(compare_words.pace_sentence(one, other))
        simulated = [shown.info.source.startswith("sim:") for shown in (first, second)]
        self._rows = compare_words.table(one, other, names, same_heart=simulated[0] is simulated[1])
        self.trace.show_pair(one, other, names)
        head = ("", self.tr("Earlier"), self.tr("Later"), self.tr("Difference"))
        self.table.show_rows([head, *self._rows[1:]])
        self.readout.setText(self.tr("Point at the picture, or go along it with the arrows."))
        self.state.setText("")
        self._show_content(shown=True)
        self.pace.setVisible(bool(self.pace.text()))
        anything = len(self._rows) > 1
        self.table.setVisible(anything)
        self.copy.setVisible(anything)
        if not anything:
            self.pace.setText(compare_words.nothing())
            self.pace.show()

    def forget(self) -> None:
        """Let go of both sessions: nothing of them is left on the page, shown or not."""
        self.expect("")
        self._rows = []
        for words in (self.pace, self.readout, self.state):
            words.setText("")
        self.trace.clear()
        self.table.show_rows([("", "", "", "")])

    def _show_content(self, *, shown: bool) -> None:
        self.meter.end()
        self.meter.setVisible(not shown)
        for widget in (
            self.pace,
            self.trace,
            self.readout,
            self._does,
            self.hint,
            self.table,
            self.copy,
            self.caution,
        ):
            widget.setVisible(shown)

    # ------------------------------------------------------------------------------- doing
    def _toggle(self) -> None:
        self.trace.set_together(not self.trace.together)
        together = self.trace.together
        self.together.setText(
            self.tr("Draw them apart") if together else self.tr("Draw them together")
        )
        self.together.updateGeometry()
        self._does.place()

    def _open(self, which: int) -> None:
        if self.shown_ids is not None:
            self.open_wanted.emit(self.shown_ids[which])

    def copy_table(self) -> None:
        """Put the comparison on the clipboard."""
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in self._rows))
        self._tell(self.tr("The table can be pasted now. It is not protected."))

    def _tell(self, words: str) -> None:
        self.state.setText(words)
        announce(self, words)

    def first_focus(self) -> QWidget:
        """Return the picture, so that its keys can be used at once."""
        return self.trace if self.shown_ids is not None else self.back

    def key(self, key: int) -> bool:
        """Do what a key stands for here; return whether it stands for anything."""
        if self.shown_ids is None:
            return False
        match key:
            case Qt.Key.Key_O:
                self._toggle()
            case Qt.Key.Key_N:
                self.trace.set_numbers(not self.trace.numbers)
            case Qt.Key.Key_K:
                self.copy_table()
            case Qt.Key.Key_1 | Qt.Key.Key_2:
                self._open(0 if key == Qt.Key.Key_1 else 1)
            case _:
                return False
        return True

    # -------------------------------------------------------------------------------- Qt's
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(1160)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 6, side - RING_PX, 14)
