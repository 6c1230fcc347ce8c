"""Lists of beats: a time in seconds and a label a line, as Holter recorders export them."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from biofeedback.sessions.formats.beats import BEAT_LABELS, from_beat_times
from biofeedback.sessions.formats.opening import decode, load, text_or_none
from biofeedback.sessions.formats.recording import Recording, RecordingError

NAME = "beat list"
TEXT_SHARE = 0.05

_BEAT = re.compile(r"\s*(\d+(?:[.,]\d+)?)[\s;,]+([A-Za-z|~+/?])\s*$")
_LOOK_LINES = 50
_LEAST_LINES = 3


def matches(head: bytes, path: Path) -> bool:
    """Return whether most of the first lines are a number and a letter."""
    lines = (text_or_none(head) or "").splitlines()[:_LOOK_LINES]
    lines = [line for line in lines if line.strip()]
    found = sum(_BEAT.match(line) is not None for line in lines)
    return found >= _LEAST_LINES and found > 0.5 * len(lines)


def read(path: Path) -> Recording:
    """Read the beats; what is labelled as no beat breaks the recording.

    Raises
    ------
    RecordingError
        If too many lines are something else, or the times run backwards.
    """
    text = decode(load(path), path).replace("\r\n", "\n").replace("\r", "\n")
    found = [(at, line, _BEAT.match(line)) for at, line in enumerate(text.split("\n"), 1)]
    first = next(index for index, (_, _, beat) in enumerate(found) if beat)  # matches() saw some
    odd = [(at, line) for at, line, beat in found[first:] if beat is None and line.strip()]
    beats = [(at, beat[1].replace(",", "."), beat[2]) for at, _, beat in found if beat]
    if len(odd) > TEXT_SHARE * len(beats):
        at, line = odd[0]
        raise RecordingError(
            f"Line {at} of {path.name} is no beat: {line.strip()[:40]!r}. "
            "Each line would hold a time and a label."
        )
    is_beat = np.array([label in BEAT_LABELS for _, _, label in beats])
    others = len(beats) - int(np.count_nonzero(is_beat))
    kept = np.flatnonzero(is_beat)
    breaks = np.diff(np.concatenate(([-1], kept))) > 1
    notes = []
    if others:
        notes.append(f"Gaps stand where lines are labelled as no heartbeat: {others}.")
    if odd:
        notes.append(f"Lines that are no beats were left out: {len(odd)}, from line {odd[0][0]}.")
    return from_beat_times(
        np.array([float(beats[at][1]) for at in kept], dtype=np.float64),
        path,
        NAME,
        labels=[beats[at][2] for at in kept],
        breaks=breaks,
        lines=np.array([beats[at][0] for at in kept], dtype=np.int64),
        notes=notes,
    )
