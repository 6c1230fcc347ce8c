"""A session as EDF+: heart rate, RR intervals and ECG as signals, everything else as annotations.

Source: B. Kemp, J. Olivan, European data format 'plus' (EDF+), Clin Neurophysiol 2003,
doi:10.1016/S1388-2457(03)00123-8. Written by the package ``edfio``, imported only then.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from biofeedback.leaving.laid_out import LaidOut
from biofeedback.leaving.writing_whole import CannotLeaveError
from biofeedback.sensing import EcgSamples
from biofeedback.types import Beat, BeatFlag

HEART_HZ = 4
"""Samples a second of heart rate and RR intervals, which are held until the next beat."""

ECG_HZ = 260
"""Twice what a Polar strap sends: its clock is a little off, and no two of its samples may fall
into one place."""

HR_RANGE_BPM = (0.0, 400.0)
RR_RANGE_MS = (0.0, 8000.0)
ECG_RANGE_UV = (-32768.0, 32767.0)
LONGEST_LINE = 120
LONGEST_S = 7 * 86_400.0
"""EDF has no gaps: what is longer would be mostly nothing."""

_DATES = (date(1985, 1, 1), date(2084, 12, 31))
"""The header of EDF knows no others."""


def edf_bytes(laid: LaidOut) -> bytes:
    """Return a session as the bytes of an EDF+ file.

    Raises
    ------
    CannotLeaveError
        If the package for EDF is missing, or the session is too long.
    """
    try:
        import edfio
    except ImportError:
        raise CannotLeaveError(
            'EDF+ needs one more package. Install it with: pip install "hand-on-heart[formats]"'
        ) from None
    if laid.session.duration_s > LONGEST_S:
        raise CannotLeaveError(
            f"The session of {laid.session.started_at:%Y-%m-%d %H:%M} is longer than a week, and "
            "EDF+ has no gaps. As csv, json or zip it leaves all the same."
        )
    n_s = max(1, math.ceil(laid.session.duration_s) + 1)
    hr_bpm, rr_ms = _held(laid, n_s)
    signals = [
        _signal(hr_bpm, HEART_HZ, "HR", "bpm", HR_RANGE_BPM),
        _signal(rr_ms, HEART_HZ, "RR", "ms", RR_RANGE_MS),
    ]
    if laid.ecg:
        signals.append(_signal(_ecg(laid, n_s), ECG_HZ, "ECG", "uV", ECG_RANGE_UV))
    began = laid.session.started_at.replace(tzinfo=None)
    dated = _DATES[0] <= began.date() <= _DATES[1]
    opened = edfio.Edf(
        signals,
        recording=edfio.Recording(
            startdate=began.date() if dated else None, equipment_code="Hand_on_Heart"
        ),
        starttime=began.time(),
        data_record_duration=1,
        annotations=[edfio.EdfAnnotation(*mark) for mark in _marks(laid)],
    )
    written = BytesIO()
    opened.write(written)
    return written.getvalue()


def _signal(
    values: NDArray[np.float64], hz: int, label: str, unit: str, span: tuple[float, float]
) -> Any:
    import edfio

    return edfio.EdfSignal(
        np.clip(values, *span), hz, label=label, physical_dimension=unit, physical_range=span
    )


def _held(laid: LaidOut, n_s: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return heart rate and RR interval at each moment; 0 where no normal beat tells them."""
    rr_ms = np.zeros(n_s * HEART_HZ)
    for beat in laid.beats:
        if beat.flag is not BeatFlag.NORMAL:
            continue
        first = max(0, math.ceil((beat.t_s - beat.rr_ms / 1000) * HEART_HZ))
        rr_ms[first : max(first, math.ceil(beat.t_s * HEART_HZ))] = beat.rr_ms
    hr_bpm = np.divide(60_000, rr_ms, out=np.zeros_like(rr_ms), where=rr_ms > 0)
    return hr_bpm, rr_ms


def _ecg(laid: LaidOut, n_s: int) -> NDArray[np.float64]:
    """Put each sample in the nearest place of the grid, and a line between them; 0 beside."""
    uv = np.zeros(n_s * ECG_HZ)
    for at_s, values in _runs(laid.ecg):
        places = np.rint(at_s * ECG_HZ).astype(np.int64)
        inside = (places >= 0) & (places < uv.size)
        places, values = places[inside], values[inside]
        if places.size:
            between = np.arange(places[0], places[-1] + 1)
            uv[between] = np.interp(between, places, values)
    return uv


def _runs(
    frames: Sequence[EcgSamples],
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Yield times and values of samples that follow each other without a break.

    Frames say their beginnings to a few ms; over a run the samples are evenly apart, as the
    strap took them.
    """
    first = 0
    for last in range(1, len(frames) + 1):
        if last < len(frames) and not frames[last].starts:
            continue
        run = frames[first:last]
        first = last
        if not run:
            continue
        before = sum(len(frame.uv) for frame in run[:-1])
        step_s = (run[-1].from_s - run[0].from_s) / before if before else run[0].step_s
        values = np.concatenate([np.array(frame.uv, dtype=np.float64) for frame in run])
        yield np.asarray(run[0].from_s + step_s * np.arange(values.size)), values


def _marks(laid: LaidOut) -> list[tuple[float, float | None, str]]:
    """Return what was going on: onset, length and words, in order of time."""
    marks: list[tuple[float, float | None, str]] = []
    for beat in laid.beats:
        marks += _marks_of(beat)
    for parts, words in (
        (laid.phases, "phase"),
        (laid.pauses, "practice"),
        (laid.losses, "strap lost:"),
    ):
        marks += [
            (part.start_s, part.end_s - part.start_s, f"{words} {part.name}") for part in parts
        ]
    end_s = laid.session.duration_s
    for start_s, until_s in laid.left_out:
        first_s = max(0.0, start_s)
        marks.append((first_s, max(0.0, min(until_s, end_s) - first_s), "left out by the person"))
    marks += [(line.t_s, None, f"line: {_printable(line.text)}") for line in laid.lines]
    begun = ((max(0.0, onset_s), length_s, text) for onset_s, length_s, text in marks)
    return sorted(begun, key=lambda mark: (mark[0], mark[2]))


def _marks_of(beat: Beat) -> list[tuple[float, float | None, str]]:
    found: list[tuple[float, float | None, str]] = [(beat.t_s, None, f"RR {beat.rr_ms:.3f}")]
    if beat.flag is not BeatFlag.NORMAL:
        found.append((beat.t_s, None, f"artefact {beat.flag.value}"))
    return found


def _printable(text: str) -> str:
    """Return words without what EDF+ marks its own structure with, and no longer than needed."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain.encode("utf-8", "replace").decode("utf-8")[:LONGEST_LINE]
