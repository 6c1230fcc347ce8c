"""How good the signal is: contact, clear beats, link, battery, and what the strap gives."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.ports import Clock
from biofeedback.sensing import EcgSamples
from biofeedback.types import Update
from gui import theme, wording
from gui.screens.chest import ChestView
from gui.screens.screen import MARGIN_PX, RING_PX, Screen, scrolling, settle
from gui.screens.sheet import Sheet
from gui.signal_heard import SignalHeard
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.text import Text

SIGNAL_KEY = "I"


class SignalWords(QWidget):
    """The signal in a few sentences, each with what helps beneath it. No colour, no score."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.UNIT_PX)
        self._rows: list[tuple[Text, Text]] = []
        self._told: list[tuple[str, str]] = []

    def show_words(self, told: list[tuple[str, str]]) -> None:
        """Say these sentences and actions."""
        if told == self._told:
            return
        self._told = told
        while len(self._rows) < len(told):
            row = (Text(""), Text("", theme.SMALL_PX, tone="ink_soft"))
            for text in row:
                self._box.addWidget(text)
            self._rows.append(row)
        for number, (sentence, action) in enumerate(self._rows):
            words = told[number] if number < len(told) else ("", "")
            for text, says in zip((sentence, action), words, strict=True):
                text.setText(says)
                text.setVisible(bool(says))

    @property
    def sentences(self) -> list[str]:
        """What is said, without the actions."""
        return [sentence for sentence, _ in self._told]

    @property
    def helps(self) -> list[str]:
        """What is said to help, as far as anything is."""
        return [action for _, action in self._told if action]


class SignalView(QWidget):
    """All there is to say of a strap's signal. Hidden, it only listens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self.heard = SignalHeard()
        self.words = SignalWords()
        self._strap = Text("", theme.SMALL_PX, tone="ink_soft")
        self.chest = ChestView()
        self._sensors = Text(
            wording.tr("ECG and breath from the chest are off. My choices has the switch."),
            theme.SMALL_PX,
            tone="ink_soft",
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.UNIT_PX * 2)
        for widget in (self.words, self._strap, self.chest, self._sensors):
            box.addWidget(widget)

    def expect(self, source: str, *, sensors: bool) -> None:
        """Forget what was heard: another strap, another practice.

        Parameters
        ----------
        source
            As `devices.opening` names it.
        sensors
            Whether ECG and accelerometer are asked for.
        """
        self._source = source
        self.heard = SignalHeard()
        self.chest.forget()
        self.chest.setVisible(sensors)
        self._sensors.setVisible(not sensors and not source.startswith("replay:"))
        self.tell()

    def take(self, update: Update) -> None:
        """Listen; say what has changed if anybody sees it."""
        if isinstance(update, EcgSamples) and self.chest.isHidden():
            self.chest.show()  # a recording that holds an ECG
            self._sensors.hide()
        self.chest.take(update)
        if self.heard.take(update) and self.isVisible():
            self.tell()

    def tell(self) -> None:
        """Say how the signal is now."""
        self.chest.tell()
        self.words.show_words(self.heard.words())
        strap = self.heard.strap
        told = wording.strap_identity(strap) if strap and self._source.startswith("ble:") else ""
        self._strap.setText(told)
        self._strap.setVisible(bool(told))


class SignalPanel(Sheet):
    """The signal as a sheet beside a practice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            wording.tr("The signal of your strap"),
            wording.tr("The signal"),
            SIGNAL_KEY,
            parent,
        )
        self.view = SignalView()
        self.chest, self.words = self.view.chest, self.view.words
        self.expect, self.take, self.tell = self.view.expect, self.view.take, self.view.tell
        self.lay(self.view)


class SignalScreen(Screen):
    """The signal of the strap before a practice: it is connected to, and nothing is kept."""

    listen_wanted = Signal()
    listen_unwanted = Signal()
    begin_wanted = Signal()
    strap_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.tr("The signal of your strap"), parent)
        self._clock: Clock | None = None
        self.view = SignalView()
        self.begin = Pill(wording.tr("Begin with my strap"))
        self.strap = Pill(wording.tr("Find my strap"), Kind.QUIET)
        self.back = Pill(wording.tr("Back"), Kind.OUTLINE, key=wording.tr("Esc"))
        self.begin.clicked.connect(self.begin_wanted)
        self.strap.clicked.connect(self.strap_wanted)
        self.back.clicked.connect(self.back_wanted)
        foot = Flow(4)
        for button in (self.begin, self.strap, self.back):
            foot.add(button)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.addWidget(self.view)
        column.addStretch(1)
        self._box = QVBoxLayout(self)
        self._box.setSpacing(8)
        title = Text(wording.tr("The signal of your strap"), theme.TITLE_PX)
        lead = Text(
            wording.tr("Your strap as it is now. Nothing of this is kept."),
            theme.BODY_PX,
            tone="ink_soft",
        )
        self._box.addWidget(title)
        self._box.addWidget(lead)
        self._box.addSpacing(8)
        area = scrolling(inner)
        self._box.addWidget(area)
        self._box.addWidget(foot)
        settle(self._box, area)
        for text in (title, lead):
            text.setIndent(RING_PX)
        inner.setContentsMargins(RING_PX, 0, 0, 0)
        self._ticker = QTimer(self)
        self._ticker.setInterval(theme.FRAME_MS)
        self._ticker.timeout.connect(self._frame)

    def expect(self, source: str, *, sensors: bool) -> None:
        """Get ready for a strap; see `SignalView.expect`."""
        self._clock = None
        self.view.expect(source, sensors=sensors)

    def begin_with(self, clock: Clock) -> None:
        """Take the clock of what is told."""
        self._clock = clock

    def take(self, update: Update) -> None:
        """Take what was heard."""
        self.view.take(update)

    def first_focus(self) -> QWidget:
        """Back is where the keyboard begins."""
        return self.back

    def _frame(self) -> None:
        if self._clock is not None:
            self.view.chest.move_to(self._clock.now_s())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to listen."""
        super().showEvent(event)
        self.listen_wanted.emit()
        self.view.tell()
        self._ticker.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Let go of the strap."""
        super().hideEvent(event)
        self._ticker.stop()
        self.listen_unwanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the column narrow enough to read."""
        super().resizeEvent(event)
        wide = theme.current().px(720)
        side = max(MARGIN_PX, (self.width() - wide) // 2)
        if self.width() < wide + 2 * MARGIN_PX:
            side = 28
        self._box.setContentsMargins(side, 26, side, 18)
