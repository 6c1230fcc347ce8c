"""How good the signal is: contact, clear beats, link, battery, and what the strap gives."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from biofeedback.sensing import EcgSamples
from biofeedback.types import Update
from gui import theme, wording
from gui.screens.chest import ChestView
from gui.screens.sheet import Sheet
from gui.signal_heard import SignalHeard
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


class SignalPanel(Sheet):
    """The signal as a sheet beside a practice. Hidden, it only listens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            wording.tr("The signal of your strap"),
            wording.tr("The signal"),
            SIGNAL_KEY,
            parent,
        )
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
        self.lay(self.words, self._strap, self.chest, self._sensors)

    def expect(self, source: str, *, sensors: bool) -> None:
        """Forget what was heard: another practice begins.

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
