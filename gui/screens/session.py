"""One session, opened: the heart, what it swung to, how it felt; calm, and without a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from biofeedback.sessions.reflection import Reflection
from biofeedback.types import BeatsJudged, GuideChanged
from gui import pace_words, session_words, theme, wording
from gui.announce import announce
from gui.screens.felt_panel import FeltPanel
from gui.screens.remark import RemarkPanel
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.chart_tools import ChartTools
from gui.widgets.flow import Flow
from gui.widgets.following_chart import FollowingChart
from gui.widgets.meter import Meter
from gui.widgets.pace_curve import PaceCurve
from gui.widgets.phase_bands import PhaseBands
from gui.widgets.power_chart import PowerChart
from gui.widgets.session_trace import SessionTrace
from gui.widgets.text import Text

if TYPE_CHECKING:
    from biofeedback.sessions.left_out import Range
    from biofeedback.sessions.summary import Summary
    from gui.shown import Shown


class SessionScreen(Screen):
    """Shows a session. What it can do with it, whoever owns it does."""

    back_wanted = Signal()
    ground_wanted = Signal()
    watch_wanted = Signal()
    compare_wanted = Signal()
    part_unwanted = Signal(float, float)
    """A part is to be left out: from and to, in session time."""
    part_wanted = Signal(object)
    """A part that is left out is to be taken in again: its `Range`."""
    whole_unwanted = Signal()
    """All of it is to be left out, or taken in again if it is."""
    undo_wanted = Signal()
    delete_wanted = Signal()
    copy_wanted = Signal(object)
    """The session is to be written to a file: its `Path`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("One session"), parent)
        self.shown: Shown | None = None
        self._numbers = True
        self.title = Text("", theme.TITLE_PX)
        self.about = Text("", theme.BODY_PX, tone="ink_soft")
        self.sentence = Text("", theme.LEAD_PX)
        self.trace = SessionTrace()
        self.readout = Text("", theme.BODY_PX)
        self.power = PowerChart()
        self.following = FollowingChart()
        self.power_words = Text("", theme.BODY_PX, tone="ink_soft")
        self.following_words = Text("", theme.BODY_PX, tone="ink_soft")
        self.bands = PhaseBands()
        self.paces = PaceCurve()
        self.follows = Text("", theme.BODY_PX)
        self.felt = FeltPanel()
        self.remark = RemarkPanel()
        self.state = Text("", theme.BODY_PX)
        self.meter = Meter()
        self.meter.setAccessibleName(self.tr("Opening the session"))
        self.undo = Pill(self.tr("Undo"), key=self.tr("Ctrl+Z"))
        self._looks = self._made_looks()
        self._does = self._made_does()
        self._foot = self._made_foot()
        self._columns = 0
        self._lay_out()
        self.trace.moved.connect(self._tell_moment)
        self.trace.chosen.connect(lambda _: self._tell_choice())
        self.trace.leave_wanted.connect(self._leave_part)
        self.trace.take_wanted.connect(self._take_part)
        self.undo.clicked.connect(self.undo_wanted)
        for chart in (self.trace, self.power, self.following):
            chart.told.connect(self.tell)
        theme.look().changed.connect(self._arrange)
        self.expect("")

    # ------------------------------------------------------------------------------ making
    def _made_looks(self) -> Flow:
        """Make the row of what the trace's keys do, for the mouse."""
        row = Flow(2)
        small = theme.SMALL_PX
        quiet = Kind.QUIET
        self.closer = Pill(self.tr("Closer"), quiet, key="+", size_px=small, low=True)
        self.further = Pill(
            self.tr("Further"), quiet, key="\N{MINUS SIGN}", size_px=small, low=True
        )
        self.everything = Pill(self.tr("All of it"), quiet, key="0", size_px=small, low=True)
        self.leave_part = Pill(
            self.tr("Leave this part out"), key=self.tr("Del"), size_px=small, low=True
        )
        self.take_part = Pill(
            self.tr("Take this part in again"), key=self.tr("Ins"), size_px=small, low=True
        )
        self.closer.clicked.connect(lambda: self.trace.zoom(1))
        self.further.clicked.connect(lambda: self.trace.zoom(-1))
        self.everything.clicked.connect(self.trace.show_all)
        self.leave_part.clicked.connect(self._leave_part)
        self.take_part.clicked.connect(self._take_part)
        for button in (
            self.closer,
            self.further,
            self.everything,
            ChartTools(self.trace),
            self.leave_part,
            self.take_part,
        ):
            row.add(button)
        return row

    def _made_does(self) -> Flow:
        """Make the row of what can be done with the session."""
        row = Flow(2)
        self.compare = Pill(
            self.tr("Compare with the one before"), key="P", size_px=theme.SMALL_PX, low=True
        )
        self.leave_all = Pill("", key="L", size_px=theme.SMALL_PX, low=True)
        self.copy = Pill(self.tr("Save a copy"), key="X", size_px=theme.SMALL_PX, low=True)
        self.delete = Pill(self.tr("Delete"), key="D", size_px=theme.SMALL_PX, low=True)
        self.compare.clicked.connect(self.compare_wanted)
        self.leave_all.clicked.connect(self._leave_all)
        self.copy.clicked.connect(self._save_copy)
        self.delete.clicked.connect(self.delete_wanted)
        for button in (self.compare, self.leave_all, self.copy, self.delete):
            row.add(button)
        return row

    def _made_foot(self) -> Flow:
        foot = Flow(6)
        self.back = Pill(self.tr("Back"), Kind.SOLID, key=self.tr("Esc"))
        self.watch = Pill(self.tr("Watch it again"), key="W")
        self.ground = Pill(self.tr("Grounding"), key="G")
        self.back.clicked.connect(self.back_wanted)
        self.watch.clicked.connect(self.watch_wanted)
        self.ground.clicked.connect(self.ground_wanted)
        for button in (self.back, self.watch, self.ground):
            foot.add(button)
        return foot

    def _lay_out(self) -> None:
        self._inner = QWidget()
        box = QVBoxLayout(self._inner)
        box.setContentsMargins(RING_PX, 0, RING_PX + 10, 0)
        box.setSpacing(8)
        for widget in (
            self.title,
            self.meter,
            self.about,
            self.sentence,
            self.trace,
            self.readout,
            self._looks,
        ):
            box.addWidget(widget)
        legend = self.tr(
            "Line: your heart. Wave: the breath guide. Cross: a beat that doesn't fit. "
            "Dots: nothing was heard. Two bars: paused. Hatched: left out by you."
        )
        hint = self.tr(
            "Arrows: read along, with Shift in larger steps; Home and End: to the ends. "
            "Page keys: move. + and \N{MINUS SIGN}, or Ctrl and the wheel: closer and further. "
            "0: all. S and E, or drag: begin and end a part; Del leaves it out, Ins takes in "
            "again, Esc lets go. C: copy the picture. T: copy its figures as a table. "
            "N: hide or show figures."
        )
        self.legend = Text(legend, theme.SMALL_PX, tone="ink_soft")
        self.hint = Text(hint, theme.SMALL_PX, tone="ink_soft")
        box.addWidget(self.legend)
        box.addWidget(self.hint)
        box.addWidget(self._does)
        box.addSpacing(10)
        box.addWidget(self.paces)
        box.addWidget(self.bands)
        box.addWidget(self.follows)
        box.addSpacing(10)
        self._apart = QWidget()
        self._grid = QGridLayout(self._apart)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.UNIT_PX + 2)
        box.addWidget(self._apart)
        box.addStretch(1)
        self._power_box = _stacked(self.power, self.power_words, ChartTools(self.power))
        self._following_box = _stacked(
            self.following, self.following_words, ChartTools(self.following)
        )
        self._notice = Flow(10)
        self._notice.add(self.state)
        self._notice.add(self.undo)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(8)
        self._outer.addWidget(scrolling(self._inner), 1)
        self._outer.addWidget(self._notice)
        self._outer.addWidget(self._foot)

    # ----------------------------------------------------------------------------- showing
    def expect(self, words: str) -> None:
        """Say that a session is being opened."""
        self.shown = None
        self.title.setText(words)
        self._show_content(shown=False)
        self.tell("")

    def show_progress(self, part: float) -> None:
        """Show how much of it has been read, 0..1."""
        if self.shown is None:
            self.meter.hold(part)

    def show_session(self, shown: Shown, title: str, *, again: bool = False) -> None:
        """Show a session; with ``again`` it is the same one, its figures worked out anew."""
        self.shown = shown
        opened, info = shown.opened, shown.info
        self.title.setText(title)
        self.setAccessibleName(self.tr("One session: {title}").format(title=title))
        self.about.setText(session_words.about(info))
        self.trace.show_session(opened, keep_view=again)
        self.power.show_session(opened)
        self.following.show_session(opened)
        self.power_words.setText(self.power.accessibleDescription())
        self.following_words.setText(self.following.accessibleDescription())
        beats = [b for u in opened.timeline.updates if isinstance(u, BeatsJudged) for b in u.beats]
        changes = [
            (u.t_s, u.segment) for u in opened.timeline.updates if isinstance(u, GuideChanged)
        ]
        self.bands.show_session(opened.summary.phases, beats, changes)
        follows = wording.following_sentence(opened.summary)
        self.follows.setText(follows)
        self.felt.show_said(shown.said, asks=True, kept=False)
        if not again:
            self.remark.show_said(shown.said.tags, shown.said.note, shown.known_tags)
            self.readout.setText(self.tr("Point at the picture, or go along it with the arrows."))
        all_out = opened.all_left_out
        self.leave_all.setText(
            self.tr("Take all of it in again") if all_out else self.tr("Leave all of it out")
        )
        self.leave_all.setAccessibleDescription(
            self.tr("All of this session, from history and trends")
        )
        self.leave_all.updateGeometry()
        self._does.place()
        self._show_content(shown=True)
        self._looks.setVisible(not self.trace.why)
        self.follows.setVisible(bool(follows))
        self.bands.setVisible(bool(beats) and bool(opened.summary.phases))
        found = opened.summary.resonance
        self.paces.setVisible(found is not None and bool(found.responses))
        if found is not None:
            self.paces.show_found(found)
        self._show_numbers(self._numbers)
        self._tell_choice()
        self._arrange()

    def forget(self) -> None:
        """Let go of the session: nothing of it is left on the page, shown or not."""
        self.expect("")
        self.setAccessibleName(self.tr("One session"))
        for words in (
            self.about,
            self.sentence,
            self.readout,
            self.follows,
            self.power_words,
            self.following_words,
        ):
            words.setText("")
        for chart in (self.trace, self.power, self.following):
            chart.clear()
        self.bands.show_session((), (), ())
        self.felt.show_said(Reflection(), asks=True, kept=False)
        self.remark.show_said((), "")

    def show_gone(self) -> None:
        """Show that the session is deleted."""
        self.shown = None
        self.title.setText(self.tr("This session is deleted."))
        self._show_content(shown=False)

    def tell(self, words: str, *, undo: bool | None = None) -> None:
        """Say what was done; ``undo`` offers to take it back, or no longer (None: as it was)."""
        self.state.setText(words)
        announce(self, words)
        self.state.setVisible(bool(words))
        if undo is not None:
            self.undo.setVisible(undo)
        elif not words:
            self.undo.hide()
        self._notice.setVisible(bool(words) or not self.undo.isHidden())
        self._notice.place()

    def _show_content(self, *, shown: bool) -> None:
        self.meter.end()
        self.meter.setVisible(not shown)
        for widget in (
            self.about,
            self.sentence,
            self.trace,
            self.readout,
            self._looks,
            self._does,
            self.legend,
            self.hint,
            self.paces,
            self.bands,
            self.follows,
            self._apart,
        ):
            widget.setVisible(shown)
        self.watch.setVisible(shown)
        self._foot.place()

    def _show_numbers(self, shown: bool) -> None:
        self._numbers = shown
        self.bands.set_numbers(shown)
        self.trace.set_numbers(shown)
        if self.shown is not None:
            self.sentence.setText(_sentence(self.shown.opened.summary, numbers=shown))

    def _tell_moment(self, words: str) -> None:
        self.readout.setText(words)
        self._offer_parts()

    def _tell_choice(self) -> None:
        choice = self.trace.choice
        if choice is not None:
            self.readout.setText(
                self.tr("Chosen: {range}").format(range=session_words.range_words(*choice))
            )
        self._offer_parts()

    def _offer_parts(self) -> None:
        """Offer to leave out what is chosen, or to take in again what is pointed at."""
        leaves, takes = self.trace.choice is not None, self._part() is not None
        if leaves != self.leave_part.isVisibleTo(self._looks) or takes != (
            self.take_part.isVisibleTo(self._looks)
        ):
            self.leave_part.setVisible(leaves)
            self.take_part.setVisible(takes)
            self._looks.place()

    def _part(self) -> Range | None:
        """Return the part at the cursor that is left out."""
        at_s = self.trace.cursor_s
        return self.shown.part_at(at_s) if self.shown and at_s is not None else None

    # ------------------------------------------------------------------------------- doing
    def _leave_part(self) -> None:
        if self.trace.choice is not None:
            self.part_unwanted.emit(*self.trace.choice)

    def _take_part(self) -> None:
        part = self._part()
        if part is not None:
            self.part_wanted.emit(part)

    def _leave_all(self) -> None:
        if self.shown is not None:
            self.whole_unwanted.emit()

    def _save_copy(self) -> None:
        if self.shown is None:
            return
        from gui.report_saving import filters, with_ending

        name = f"hand-on-heart-{self.shown.info.started_at.date()}"
        chosen, kind = QFileDialog.getSaveFileName(
            self, self.tr("Save a copy"), name, filters(self.tr("Sessions (*.json)"))
        )
        if chosen:
            self.copy_wanted.emit(with_ending(chosen, kind))

    def first_focus(self) -> QWidget:
        """Return the picture, so that its keys can be used at once."""
        return self.trace if self.shown is not None else self.back

    def key(self, key: int) -> bool:
        """Do what a key stands for here; return whether it stands for anything."""
        if key == Qt.Key.Key_Z and not self.undo.isHidden():
            self.undo_wanted.emit()
            return True
        if self.shown is None:
            return False
        match key:
            case Qt.Key.Key_W:
                self.watch_wanted.emit()
            case Qt.Key.Key_P:
                self.compare_wanted.emit()
            case Qt.Key.Key_L:
                self._leave_all()
            case Qt.Key.Key_X:
                self._save_copy()
            case Qt.Key.Key_D:
                self.delete_wanted.emit()
            case Qt.Key.Key_N:
                self._show_numbers(not self._numbers)
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
        columns = 2 if self.width() - 2 * side >= theme.current().px(800) else 1
        if columns != self._columns:
            self._columns = columns
            panels: Sequence[QWidget] = (
                self._following_box,
                self._power_box,
                self.felt,
                self.remark,
            )
            for place, panel in enumerate(panels):
                self._grid.removeWidget(panel)
                row, column = (place // 2, place % 2) if columns == 2 else (place, 0)
                self._grid.addWidget(panel, row, column)
            for column in range(2):
                self._grid.setColumnStretch(column, 1 if column < columns else 0)


def _sentence(summary: Summary, *, numbers: bool) -> str:
    """Say what came of it: the change from before to after, or where the heart swung the most."""
    if summary.resonance is not None:
        return pace_words.headline(summary.resonance)
    return wording.verdict_sentence(summary, numbers=numbers)


def _stacked(*widgets: QWidget) -> QWidget:
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(4)
    for widget in widgets:
        box.addWidget(widget)
    box.addStretch(1)
    return made
