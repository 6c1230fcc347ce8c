"""The sound and the voice of a practice in the terminal; Qt does both, without a window."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication

from biofeedback.ports import Clock
from biofeedback.practice.content import Content
from biofeedback.sound.choices import SoundChoices
from biofeedback.types import Update
from gui.settings import SettingsFile
from gui.sound.sounding import Sounding

_TURN_S = 0.02
"""How often Qt gets a turn: speech ends, devices come and go."""

_RINGS_S = 6.0
"""So long the last bowl and the last words are waited for."""

_BOWL, _VOICE = 0.4, 0.7


class TerminalHearing:
    """Lets a practice be heard. Where it can't, a note says why, and the practice goes on.

    Parameters
    ----------
    folder
        Where the window remembers its volumes.
    content
        The words.
    sound, voice
        What was asked for.
    note
        Is told what can't be heard, in a sentence.
    """

    def __init__(
        self,
        folder: Path,
        content: Content,
        *,
        sound: bool,
        voice: bool,
        note: Callable[[str], None],
    ) -> None:
        self._app = QCoreApplication.instance() or QCoreApplication([])
        self._choices = _chosen(SettingsFile(folder).settings.sound, sound=sound, voice=voice)
        self._sounding = Sounding(self._choices, content)
        self._sounding.noted.connect(lambda sentence: note(sentence) if sentence else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._sounding.close()

    def begin(self, clock: Clock, speed: float) -> None:
        """Sound a practice that begins on this clock."""
        self._sounding.begin(clock.now_s, speed=speed)

    def __call__(self, update: Update) -> None:
        """Let an update be heard."""
        self._sounding.take(update)

    def ground(self, line: str) -> None:
        """Answer the key of grounding, and speak its first line."""
        self._sounding.ground()
        self._sounding.say(line)

    def say(self, line: str) -> None:
        """Speak a line of grounding."""
        self._sounding.say(line)

    def toggle_mute(self) -> None:
        """Silence all, or bring it back."""
        self._choices = self._choices.toggled()
        self._sounding.choose(self._choices)

    async def turn(self) -> None:
        """Give Qt its turns, until cancelled."""
        while True:
            self._app.processEvents()
            await asyncio.sleep(_TURN_S)

    async def ring_out(self) -> None:
        """Wait a moment for the last bowl and the last words."""
        self._sounding.end()
        with suppress(TimeoutError):
            async with asyncio.timeout(_RINGS_S):
                while self._sounding.audible:
                    self._app.processEvents()
                    await asyncio.sleep(_TURN_S)


def _chosen(kept: SoundChoices, *, sound: bool, voice: bool) -> SoundChoices:
    """Return the volumes that the window remembers, as far as they are asked for here."""
    kept = replace(kept, muted=False, voice=(kept.voice or _VOICE) if voice else 0.0)
    if not sound:
        return replace(kept, tones=0.0, bowl=0.0, waves=0.0, heart=0.0)
    if max(kept.tones, kept.waves, kept.heart) == 0:
        kept = replace(kept, tones=SoundChoices().tones)
    return replace(kept, bowl=kept.bowl or _BOWL)
