"""A quiet page to write on: one prompt at a time, no clock, no body data."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from biofeedback.practice.content import Line
from gui import theme, wording
from gui.announce import announce
from gui.pages_of_visit import VisitPage
from gui.screens.earlier import EarlierPanel
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.paper import Paper, blank_document
from gui.widgets.text import Text

_WIDEST_PX = 920


class WritingScreen(Screen):
    """Shows the line that waits; what is written stays in the page that it was given."""

    next_wanted = Signal()
    previous_wanted = Signal()
    ground_wanted = Signal()
    help_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Writing"), parent)
        self._page: VisitPage | None = None
        self._line: Line | None = None
        self.spoken: Callable[[], bool] = lambda: False
        """Whether a voice reads the lines; a screen reader needn't say them then."""
        self._blank = blank_document()
        self.place = Text("", theme.SMALL_PX, tone="ink_soft")
        self.prompt = Text("", theme.WORDS_PX)
        self.hint = Text("", theme.LEAD_PX, tone="ink_soft")
        self.time = Text("", theme.SMALL_PX, tone="ink_soft")
        self.paper = Paper(140)
        self.earlier = EarlierPanel(self)
        self.earlier.hide()
        self.earlier.closed.connect(self._close_earlier)
        control = self.tr("Ctrl")
        self.next = Pill(self.tr("Go on"), Kind.SOLID, key=self.tr("Ctrl+Enter"))
        self.previous = Pill(self.tr("Back"), key=self.tr("Alt+\N{LEFTWARDS ARROW}"))
        self.show_earlier = Pill(self.tr("What I wrote"), Kind.QUIET, key=f"{control}+E")
        self.ground = Pill(self.tr("Grounding"), key=f"{control}+G")
        self.help = Pill(self.tr("Help"), Kind.QUIET)
        self.stop = Pill(self.tr("Stop"), key=self.tr("Esc"))
        self.next.clicked.connect(self.next_wanted)
        self.previous.clicked.connect(self.previous_wanted)
        self.show_earlier.clicked.connect(self.toggle_earlier)
        self.ground.clicked.connect(self.ground_wanted)
        self.help.clicked.connect(self.help_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self._shortcuts = [
            self._shortcut("Ctrl+Return", self.next_wanted.emit),
            self._shortcut("Ctrl+Enter", self.next_wanted.emit),
            self._shortcut("Alt+Left", self.previous_wanted.emit),
            self._shortcut("Ctrl+E", self.toggle_earlier),
        ]
        self._lay_out()
        theme.look().changed.connect(self._arrange)

    def _shortcut(self, keys: str, does: object) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(does)
        return shortcut

    def _lay_out(self) -> None:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(RING_PX, 0, RING_PX, RING_PX)
        box.setSpacing(6)
        box.addWidget(self.place)
        box.addWidget(self.prompt)
        box.addWidget(self.hint)
        box.addSpacing(6)
        box.addWidget(self.paper, 1)
        self._rest = QWidget()
        box.addWidget(self._rest, 1)
        self._rest.hide()
        box.addWidget(self.time)
        foot = Flow(4)
        for button in (
            self.next,
            self.previous,
            self.show_earlier,
            self.ground,
            self.help,
            self.stop,
        ):
            foot.add(button)
        self._foot = foot
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(foot)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(12)
        self._outer.addWidget(scrolling(inner), 1)
        self._outer.addLayout(row)
        order = [self.paper, self.next, self.previous, self.show_earlier, self.ground, self.help]
        for one, after in zip(order, [*order[1:], self.stop], strict=True):
            QWidget.setTabOrder(one, after)

    # ------------------------------------------------------------------------------ lines
    def show_line(self, line: Line, text: str, suggested_s: float, page: VisitPage) -> None:
        """Show a line that waits, and what was written to it so far.

        Parameters
        ----------
        line
            Its hint, and whether it is answered in writing.
        text
            Its form that fits the choices.
        suggested_s
            About how long it may take, in seconds.
        page
            Where it is written.
        """
        again = self._line is not None and self._line.line_id == line.line_id
        if again and self._page is page:
            return  # it goes on after a pause: nothing moves under the person's hands
        self._close_earlier()
        self._line, self._page = line, page
        lines = page.content.sets[line.set_id]
        ids = [each.line_id for each in lines.lines]
        at = ids.index(line.line_id) + 1 if line.line_id in ids else 1
        self.place.setText(
            self.tr("{title}   \N{MIDDLE DOT}   {n} of {all}").format(
                title=wording.writing_title(line.set_id, lines.title), n=at, all=len(ids)
            )
        )
        self.prompt.setText(text)
        self.hint.setText(line.hint)
        self.hint.setVisible(bool(line.hint))
        self.time.setText(wording.no_clock(suggested_s))
        self.paper.setVisible(line.wants_text)
        self._rest.setVisible(not line.wants_text)
        if line.wants_text:
            self.paper.write_on(page.document(line.line_id))
        self.paper.setAccessibleName(text)
        self.paper.setAccessibleDescription(line.hint)
        self.previous.setEnabled(at > 1)
        self.show_earlier.setVisible(bool(self._earlier()))
        self._foot.place()
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.spoken():
            announce(self, f"{text} {line.hint}".strip())

    def leave(self) -> None:
        """Forget which page was written on; the page itself stays where it is."""
        self._close_earlier()
        self._line = self._page = None
        self.paper.write_on(self._blank)

    def _earlier(self) -> list[Line]:
        """Return the other lines that something was written to."""
        if self._page is None or self._line is None:
            return []
        page, here = self._page, self._line.line_id
        lines = page.content.sets[page.set_id].lines
        return [
            line
            for line in lines
            if line.line_id != here and line.wants_text and page.text(line.line_id).strip()
        ]

    # ---------------------------------------------------------------------- earlier answers
    def toggle_earlier(self) -> None:
        """Show what was written to the other lines, to look at and edit; or close it."""
        if not self.earlier.isHidden():
            self._close_earlier()
        elif self._page is not None and (lines := self._earlier()):
            self.earlier.show_answers(self._page, lines)
            self._arrange()
            self.earlier.show()
            self.earlier.raise_()
            self.earlier.first_focus().setFocus(Qt.FocusReason.TabFocusReason)

    def _close_earlier(self) -> None:
        if not self.earlier.isHidden():
            self.earlier.hide()
            self.earlier.let_go()
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def escape(self) -> bool:
        """Close what lies over the page; return whether anything did."""
        if self.earlier.isHidden():
            return False
        self._close_earlier()
        return True

    def first_focus(self) -> QWidget:
        """Return the page; Go on where nothing is written."""
        if self._line is not None and not self._line.wants_text:
            return self.next
        return self.paper

    # ------------------------------------------------------------------------------- Qt's
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        look = theme.current()
        width, height = self.width(), self.height()
        margin = MARGIN_PX if width >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (width - look.px(_WIDEST_PX)) // 2)
        top = max(14, min(56, round(height * 0.06)))
        self._outer.setContentsMargins(side - RING_PX, top, side - RING_PX, 16)
        panel_w = min(look.px(460), width - 2 * NARROW_MARGIN_PX)
        x = width - panel_w - NARROW_MARGIN_PX
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            x = NARROW_MARGIN_PX
        panel_h = height - 2 * NARROW_MARGIN_PX
        foot_h = self._foot.heightForWidth(width - 2 * side)
        if panel_h - foot_h >= 0.6 * height:  # with large text the sheet lies over the buttons
            panel_h -= foot_h
        self.earlier.setGeometry(x, NARROW_MARGIN_PX, panel_w, panel_h)
