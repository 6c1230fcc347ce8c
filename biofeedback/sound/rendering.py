"""The sound of a whole practice without a device: as samples, or as a WAV file."""

from __future__ import annotations

import wave
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from biofeedback.sound.choices import SoundChoices
from biofeedback.sound.control import BLOCK
from biofeedback.sound.soundscape import RATE_HZ, Soundscape
from biofeedback.types import PracticeEnded, Update

LONGEST_TAIL_S = 60.0
"""Rounds off what still rings when nothing else comes; every sound is over long before."""

_FULL_SCALE = 32767


def blocks(
    updates: Sequence[Update], choices: SoundChoices, rate_hz: int = RATE_HZ, seed: int = 0
) -> Iterator[NDArray[np.float32]]:
    """Render a practice block by block, until its last sound has died away.

    Parameters
    ----------
    updates
        Those of a practice, with its end, in any order: each sounds at its own time.
    choices, rate_hz, seed
        As of `Soundscape`.
    """
    due = sorted(updates, key=lambda update: update.t_s)
    last_s = due[-1].t_s if due else 0.0
    if due and not any(isinstance(update, PracticeEnded) for update in due):
        due.append(PracticeEnded(last_s, completed=False))
    soundscape = Soundscape(choices, rate_hz, seed)
    at, length_s, number = 0, BLOCK / rate_hz, 0
    while True:
        begins_s = number * length_s
        while at < len(due) and due[at].t_s <= begins_s:
            soundscape.take(due[at])
            at += 1
        yield soundscape.block(begins_s, begins_s + length_s)
        number += 1
        if at == len(due) and (soundscape.still or begins_s > last_s + LONGEST_TAIL_S):
            return


def write_wav(
    path: Path,
    updates: Sequence[Update],
    choices: SoundChoices,
    rate_hz: int = RATE_HZ,
    seed: int = 0,
) -> float:
    """Write a practice's sound as a WAV file (16 bit, one channel).

    Returns
    -------
    float
        Its length in seconds.

    Raises
    ------
    OSError
        If it can't be written.
    """
    frames = 0
    with path.open("wb") as opened, wave.open(opened, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        for block in blocks(updates, choices, rate_hz, seed):
            file.writeframesraw(np.round(block * _FULL_SCALE).astype("<i2").tobytes())
            frames += len(block)
    return frames / rate_hz
