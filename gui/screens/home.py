"""Home: begin with the strap or without it, in one click."""

from __future__ import annotations

from math import cos, pi
from time import perf_counter

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from biofeedback.practice.content import NO_HAND
from biofeedback.types import Choices
from gui import theme
from gui.announce import announce
from gui.screens.screen import (
    MARGIN_PX,
    NARROW_MARGIN_PX,
    NARROW_PX,
    RING_PX,
    Screen,
    Scroller,
    scrolling,
)
from gui.widgets.buttons import Card, Glyph, Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.orb import Orb
from gui.widgets.text import Text

_COLUMN_PX = 520
_LOW_PX = 700
_LEAD_FITS_PX = 420
"""In a lower window (pixels at text of 100 %) the sentence under the title is left out."""
_QUIET_SIDE_PX = 12
"""How far the words of a quiet button stand inside it, at 100 % text."""
_BREATH_IN_S, _BREATH_OUT_S = 4.5, 5.5
_FRAME_MS = 32
"""The orb at home is scenery: half the frames do."""


class HomeScreen(Screen):
    """The first screen. It decides nothing; it asks."""

    begin_wanted = Signal()
    demo_wanted = Signal()
    strap_wanted = Signal()
    setup_wanted = Signal()
    pace_wanted = Signal()
    words_wanted = Signal()
    ground_wanted = Signal()
    help_wanted = Signal()
    written_wanted = Signal()
    offer_wanted = Signal()
    offer_unwanted = Signal()
    history_wanted = Signal()
    settings_wanted = Signal()
    session_wanted = Signal(int)
    """A kept session is to be looked at again: its number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Home"), parent)
        self.orb = Orb(self, cache_bytes=16 * 1024 * 1024)
        self._began_s = self._frame_s = perf_counter()
        self.begin = Card(self.tr("Begin with my strap"), "", Glyph.HEART)
        self.demo = Card(
            self.tr("Begin without a strap"),
            self.tr("A simulated heart shows how it goes."),
            Glyph.BREATH,
        )
        self.begin.clicked.connect(self.begin_wanted)
        self.demo.clicked.connect(self.demo_wanted)
        self._choices = Text("", theme.BODY_PX, tone="ink_soft")
        self._notice = Text("", theme.BODY_PX, tone="ink")
        self._notice.hide()
        self.copy_details = Pill(
            self.tr("Copy details"), Kind.QUIET, size_px=theme.SMALL_PX, low=True
        )
        self.copy_details.setAccessibleDescription(
            self.tr("For a report. Nothing private is in it.")
        )
        self.copy_details.clicked.connect(self._copy_details)
        self.copy_details.hide()
        self._details = ""
        self._sessions = Flow(0)
        self._sessions.hide()
        self.setup = Pill(self.tr("My choices"), Kind.QUIET, low=True)
        self.own_words = Pill(self.tr("My words"), Kind.QUIET, low=True)
        self.strap = Pill(self.tr("Find my strap"), Kind.QUIET, low=True)
        self.pace = Pill(self.tr("Find my pace"), Kind.QUIET, low=True)
        self.ground = Pill(self.tr("Grounding"), Kind.QUIET, key="G", low=True)
        self.help = Pill(self.tr("Help"), Kind.QUIET, key="?", low=True)
        self.settings = Pill(self.tr("Settings"), Kind.QUIET, key=",", low=True)
        self.settings.clicked.connect(self.settings_wanted)
        self.setup.clicked.connect(self.setup_wanted)
        self.own_words.clicked.connect(self.words_wanted)
        self.strap.clicked.connect(self.strap_wanted)
        self.pace.clicked.connect(self.pace_wanted)
        self.ground.clicked.connect(self.ground_wanted)
        self.help.clicked.connect(self.help_wanted)
        self.written = Pill(self.tr("What I wrote"), Kind.QUIET, low=True)
        self.written.clicked.connect(self.written_wanted)
        self.written.hide()
        self._offer = Text("", theme.BODY_PX)
        self.read_offer = Pill(self.tr("Read it"))
        self.not_now = Pill(self.tr("Not now"), Kind.QUIET)
        self.read_offer.clicked.connect(self.offer_wanted)
        self.not_now.clicked.connect(self.offer_unwanted)
        self.kept: list[Pill] = []
        """A button for each kept session that is listed, newest first."""
        self.all_kept: Pill | None = None
        """The button that leads to all of them; None where nothing is kept."""
        self._draws: list[QSpacerItem] = []
        self._gaps: list[tuple[QSpacerItem, int, int]] = []
        self._area = self._laid_out()
        self._ticker = QTimer(self)
        self._ticker.setInterval(_FRAME_MS)
        self._ticker.timeout.connect(self._frame)
        theme.look().changed.connect(self._arrange)

    def _laid_out(self) -> Scroller:
        self._column = QWidget()
        box = QVBoxLayout(self._column)
        box.setSpacing(0)
        box.addWidget(Text(self.tr("Hand on Heart"), theme.LEAD_PX, medium=True))
        box.addStretch(3)
        title = self.tr("A few quiet minutes,\na hand on your heart.")
        box.addWidget(Text(title, theme.WORDS_PX))
        self._gap(box, 12, 6)
        lead = self.tr("Breathe slowly, read a few kind words,\nand see your heart follow.")
        self._lead = Text(lead, theme.LEAD_PX, tone="ink_soft")
        box.addWidget(self._lead)
        self._gap(box, 26, 8)
        box.addWidget(self._notice)
        box.addWidget(self.copy_details)
        box.addWidget(self.begin)
        self._gap(box, 4, 0)
        box.addWidget(self.demo)
        self._gap(box, 10, 4)
        box.addWidget(self._choices)
        self._gap(box, 6, 0)
        links = Flow(0)
        for button in (
            self.setup,
            self.own_words,
            self.strap,
            self.pace,
            self.written,
            self.ground,
            self.settings,
            self.help,
        ):
            links.add(button)
        box.addLayout(self._drawn_out(links))
        box.addWidget(self._made_offer())
        box.addStretch(4)
        box.addLayout(self._drawn_out(self._sessions))
        self._gap(box, 14, 6)
        draft = self.tr(
            "For calm and self-care; it does not test for or treat illness. "
            "The wording is a draft, not clinically reviewed."
        )
        box.addWidget(Text(draft, theme.SMALL_PX, tone="ink_soft"))
        self._column.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        for text in self._column.findChildren(Text):
            text.setIndent(RING_PX)
        area = scrolling(self._column)
        area.setParent(self)
        area.setStyleSheet("QScrollArea { background: transparent; }")
        return area

    def _made_offer(self) -> QWidget:
        """Make the place for a page that was to be read again today."""
        self._offer_row = QWidget()
        box = QVBoxLayout(self._offer_row)
        box.setContentsMargins(0, 10, 0, 0)
        box.setSpacing(2)
        box.addWidget(self._offer)
        row = Flow(2)
        row.add(self.read_offer)
        row.add(self.not_now)
        box.addWidget(row)
        self._offer_row.hide()
        return self._offer_row

    def _drawn_out(self, links: Flow) -> QHBoxLayout:
        """Let the words of quiet buttons line up with the text above them."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        spacer = QSpacerItem(-_QUIET_SIDE_PX, 0, QSizePolicy.Policy.Fixed)
        row.addSpacerItem(spacer)
        row.addWidget(links)
        self._draws.append(spacer)
        return row

    def _gap(self, box: QVBoxLayout, roomy_px: int, tight_px: int) -> None:
        """Leave a gap that gives way on a low screen."""
        spacer = QSpacerItem(1, roomy_px, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        box.addItem(spacer)
        self._gaps.append((spacer, roomy_px, tight_px))

    # ------------------------------------------------------------------------------ words
    def first_focus(self) -> QWidget:
        """Begin is where the keyboard begins."""
        return self.begin

    def set_strap(self, words: str) -> None:
        """Say the strap's state."""
        self.begin.set_detail(words)

    def set_choices(self, choices: Choices, words: str) -> None:
        """Say what the next practice will be."""
        self._choices.setText(words)
        self.orb.set_hand(choices.touch_id not in NO_HAND)

    def set_notice(self, words: str, details: str = "") -> None:
        """Say what happened; empty says nothing.

        Parameters
        ----------
        words
            A sentence, with a way forward.
        details
            For whoever mends it (`biofeedback.fault.details`); where there are any, a button
            copies them.
        """
        self._notice.setText(words)
        self._notice.setVisible(bool(words))
        self._notice.setContentsMargins(0, 0, 0, 4 if details else 14)
        self._details = details
        self.copy_details.setText(self.tr("Copy details"))
        self.copy_details.setVisible(bool(words and details))

    def add_notice(self, words: str, details: str = "") -> None:
        """Say this as well, once."""
        before = self._notice.text()
        if words not in before.split("\n"):
            words = "\n".join(part for part in (before, words) if part)
        else:
            words = before
        self.set_notice(words, details or self._details)

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self.copy_details.setText(self.tr("Copied. Nothing private is in it."))
        announce(self, self.copy_details.text())

    def set_written(self, anything: bool, offer: str) -> None:
        """Lead to what was written, if anything was; and offer a page whose day has come."""
        self.written.setVisible(anything)
        self._offer.setText(offer)
        self._offer_row.setVisible(bool(offer))
        self._arrange()

    @property
    def offer(self) -> str:
        """What is offered to read again; empty if nothing is."""
        return self._offer.text()

    def set_sessions(self, sessions: list[tuple[int, str]]) -> None:
        """List the last practices, each with its number in a quiet line that opens it."""
        self._sessions.clear()
        self.kept, self.all_kept = [], None
        for number, line in sessions:
            button = Pill(line, Kind.QUIET, size_px=theme.SMALL_PX, low=True)
            button.setAccessibleDescription(self.tr("Look at this practice again"))
            button.clicked.connect(lambda _=False, number=number: self.session_wanted.emit(number))
            self._sessions.add(button)
            self.kept.append(button)
        if sessions:
            everything = Pill(
                self.tr("All sessions"), Kind.QUIET, size_px=theme.SMALL_PX, key="H", low=True
            )
            everything.clicked.connect(self.history_wanted)
            self._sessions.add(everything)
            self.all_kept = everything
        self._sessions.setVisible(bool(sessions))
        self._arrange()

    def key(self, key: int) -> bool:
        """Open the history or the settings by their keys."""
        if key == Qt.Key.Key_H:
            self.history_wanted.emit()
            return True
        if key == Qt.Key.Key_Comma:
            self.settings_wanted.emit()
            return True
        return False

    def show_still(self, fullness: float) -> None:
        """Hold the orb at a fullness, for a picture."""
        self._ticker.stop()
        self.orb.breathe(fullness, theme.SETTLE_S)

    # ------------------------------------------------------------------------------- Qt's
    def _frame(self) -> None:
        now = perf_counter()
        if theme.current().reduced_motion:
            self.orb.breathe(None, 1.0)
            return
        into_s = (now - self._began_s) % (_BREATH_IN_S + _BREATH_OUT_S)
        if into_s < _BREATH_IN_S:
            fullness = 0.5 - 0.5 * cos(pi * into_s / _BREATH_IN_S)
        else:
            fullness = 0.5 + 0.5 * cos(pi * (into_s - _BREATH_IN_S) / _BREATH_OUT_S)
        self.orb.breathe(fullness, now - self._frame_s)
        self._frame_s = now

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Let the orb breathe."""
        super().showEvent(event)
        self._began_s = self._frame_s = perf_counter()
        self._ticker.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Let it rest."""
        super().hideEvent(event)
        self._ticker.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Place the column of words, and the orb beside it where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.width(), self.height()
        margin = MARGIN_PX if width >= NARROW_PX else NARROW_MARGIN_PX
        column = min(theme.current().px(_COLUMN_PX), width - 2 * margin)
        low = height < _LOW_PX
        # with large text the two ways to begin come first
        self._lead.setVisible(height >= theme.current().px(_LEAD_FITS_PX))
        for spacer, roomy_px, tight_px in self._gaps:
            spacer.changeSize(1, tight_px if low else roomy_px)
        # on a low screen the newest alone
        for number, button in enumerate(self.kept):
            button.setVisible(number == 0 or not low)
        self._sessions.place()
        drawn = theme.current().px(_QUIET_SIDE_PX)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for spacer in self._draws:
            spacer.changeSize(-drawn, 0, QSizePolicy.Policy.Fixed)
        layout = self._column.layout()
        if layout is not None:
            sides = (drawn, 18) if not mirrored else (18, drawn)
            layout.setContentsMargins(sides[0], 14 if low else 36, sides[1], 10 if low else 16)
            layout.invalidate()
        edge, area_width = margin + 6 - drawn, column + drawn - 6
        left = width - edge - area_width if mirrored else edge
        self._area.setGeometry(left, 0, area_width, height)
        if layout is not None:
            # rows within rows keep their old heights until the layout is worked out anew
            layout.invalidate()
            layout.activate()
        self._area.fit()
        self._area.raise_()
        room = width - column - 2 * margin
        self.orb.setVisible(room > 200)
        if room > 200:
            full_px = min(room / 2 - 10, height * 0.34)
            x = margin + column + room / 2
            if mirrored:
                x = width - x
            self.orb.place(QPoint(round(x), round(height * 0.48)), full_px)
            self.orb.lower()
