"""The chest, as a strap with ECG and accelerometer has it: the ECG's line, the breath, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from biofeedback.practice.breath import phase_at
from biofeedback.sensing import ChestBreath, EcgSamples, RrChecked
from biofeedback.types import BreathSegment, GuideChanged, LinkChanged, Update
from gui import strap_words, theme, wording
from gui.chest_words import breath_words, check_words
from gui.roles import Role
from gui.widgets.chest_ring import ChestRing, chest_fullness
from gui.widgets.ecg_trace import EcgTrace
from gui.widgets.text import Text

if TYPE_CHECKING:
    from devices.words import Words


class ChestView(QWidget):
    """Shows what comes; where nothing comes, it says so."""

    accessible_role = Role.Grouping

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(wording.tr("ECG and breath"))
        self._look: ChestBreath | None = None
        self._checked: RrChecked | None = None
        self._trouble: Words | None = None
        self._segment: BreathSegment | None = None
        self._has_ecg = False
        self.trace = EcgTrace()
        self.ring = ChestRing()
        self._breath = Text("")
        self._breath_note = Text("", theme.SMALL_PX, tone="ink_soft")
        self._check = Text("")
        self._check_note = Text("", theme.SMALL_PX, tone="ink_soft")
        note = Text(
            wording.tr("A picture of your heart to look at. It is no medical ECG."),
            theme.SMALL_PX,
            tone="ink_soft",
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._breath)
        words.addWidget(self._breath_note)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.ring)
        row.addLayout(words, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.UNIT_PX)
        box.addWidget(self.trace)
        box.addWidget(self._check)
        box.addWidget(self._check_note)
        box.addWidget(note)
        box.addLayout(row)
        self.forget()

    # ---------------------------------------------------------------------------- control
    def forget(self) -> None:
        """Begin anew: another practice."""
        self._look, self._checked, self._trouble, self._segment = None, None, None, None
        self._has_ecg = False
        self.trace.clear()
        self.tell()

    def take(self, update: Update) -> None:
        """Take an update; say what has changed if anybody sees it."""
        match update:
            case EcgSamples():
                first, self._has_ecg = not self._has_ecg, True
                self.trace.push(update)
                if not first:
                    return
            case ChestBreath():
                self._look = update
            case RrChecked():
                self._checked = update
            case GuideChanged(_, segment):
                self._segment = segment
                return
            case LinkChanged(_, _, reason) if reason is not None:
                self._look, self._checked, self._has_ecg = None, None, False
            case _:
                return
        if self.isVisible():
            self.tell()

    def set_trouble(self, words: Words | None) -> None:
        """Say why there is no ECG though the strap has one; None takes it back."""
        self._trouble = words
        self.tell()

    def move_to(self, now_s: float) -> None:
        """Draw what time has brought."""
        if not self.isVisible():
            return
        self.trace.move_to(now_s)
        guide = phase_at(self._segment, now_s).fullness if self._segment else None
        self.ring.show_breath(chest_fullness(self._look, now_s), guide)

    def tell(self) -> None:
        """Say how it is now."""
        sentence, note = breath_words(self._look)
        self._say(self._breath, sentence)
        self._say(self._breath_note, note)
        if self._trouble is not None:
            sentence, note = strap_words.told(self._trouble)
        elif not self._has_ecg:
            sentence = wording.tr("No ECG has come yet.")
            note = wording.tr("Heart rate goes on as ever.")
        elif self._checked is None:
            sentence = note = ""
        else:
            sentence, note = check_words(self._checked.check)
        self._say(self._check, sentence)
        self._say(self._check_note, note)

    @property
    def told(self) -> str:
        """All that is said, for whoever listens."""
        texts = (self._breath, self._breath_note, self._check, self._check_note)
        return "\n".join(text.text() for text in texts if text.text())

    def _say(self, text: Text, words: str) -> None:
        if words != text.text():
            text.setText(words)
        text.setVisible(bool(words))
