"""From the numbers of a file to a `Recording`: garbage out, the unit recognised, gaps found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from biofeedback.sessions.formats.recording import Recording, RecordingError, Unit, counted
from biofeedback.sessions.formats.timeline import place
from biofeedback.signals.series import PLAUSIBLE_RR_MS

MS_PER_UNIT: Mapping[Unit, float] = {"ms": 1.0, "s": 1000.0, "ticks": 1000 / 1024}
KEPT_RR_MS = (1.0, 60_000.0)
"""Outside, a value is no interval at all; inside, judging it is the artefact rule's work."""

MIXED_SHARE = 0.01
"""More than this share of values that fit only the other unit: the file mixes units."""

PLAUSIBLE_SHARE = 0.5
"""At least this share of values are plausible intervals, or the file is about something else."""

UNIT_WORDS: Mapping[Unit, str] = {
    "ms": "milliseconds",
    "s": "seconds",
    "ticks": "ticks of 1/1024 s",
    "samples": "samples",
}


def assemble(
    values: NDArray[np.float64],
    path: Path,
    format_name: str,
    *,
    unit: Unit | None = None,
    counted_in: Unit | None = None,
    times_s: NDArray[np.float64] | None = None,
    rebase: bool = False,
    breaks: NDArray[np.bool_] | None = None,
    refused: tuple[str, NDArray[np.bool_]] | None = None,
    lines: NDArray[np.int64] | None = None,
    labels: Sequence[str] | None = None,
    normal: NDArray[np.bool_] | None = None,
    notes: Sequence[str] = (),
) -> Recording:
    """Make a recording of the numbers that a reader found.

    Parameters
    ----------
    values
        Intervals as the file has them, shape (m,); NaN for what is no number.
    path, format_name
        Where they come from and what that is called.
    unit
        What they are counted in if the file says so; None to recognise it.
    counted_in
        What the file itself counts in, where ``values`` are converted already.
    times_s
        Times that the file gives with them, in seconds, shape (m,); NaN where it gives none.
    rebase
        True where the times are those of a clock, so that the first interval begins at 0.
    breaks
        Shape (m,): True where the file says that an interval begins after a gap.
    refused
        Values that the file itself calls no intervals, shape (m,), and what to call that.
    lines
        Line number of each value, shape (m,), to name in messages.
    labels, normal
        As in `Recording`, shape (m,).
    notes
        Sentences that the reader adds.

    Returns
    -------
    Recording
        With at least one interval.

    Raises
    ------
    RecordingError
        If there are no heart intervals, or their unit cannot be told.
    """
    reason, outcast = refused or ("", np.zeros(values.size, dtype=np.bool_))
    number = np.isfinite(values) | outcast
    values = np.where(outcast, 1.0, values)
    positive = ~outcast & number & (np.where(number, values, 0.0) > 0)
    if not positive.any():
        raise RecordingError(
            f"No heartbeats were found in {path.name}. It would hold RR intervals in "
            "milliseconds or seconds, one a line or in a column named rr."
        )
    seen = recognise(values, positive, path, lines) if unit is None else unit
    rr_ms = np.where(positive, values, np.nan) * MS_PER_UNIT[seen]
    inside = (rr_ms >= KEPT_RR_MS[0]) & (rr_ms <= KEPT_RR_MS[1])
    if unit is None and seen == "ms":
        inside &= ~_seconds_among_ms(values)
    dropped = {
        why: count
        for why, count in (
            ("not a number", int(np.count_nonzero(~number))),
            ("zero", int(np.count_nonzero(number & (values == 0)))),
            ("negative", int(np.count_nonzero(number & (values < 0)))),
            ("out of range", int(np.count_nonzero(positive & ~inside))),
            (reason, int(np.count_nonzero(outcast))),
        )
        if count
    }
    kept = np.flatnonzero(inside)
    _check_plausible(rr_ms[kept], path)
    starts = np.ones(kept.size, dtype=np.bool_)
    starts[1:] = np.diff(kept) > 1
    if breaks is not None:
        starts |= breaks[kept]
    rr_ms = np.ascontiguousarray(rr_ms[kept])
    placed = place(rr_ms, None if times_s is None else times_s[kept], starts, rebase=rebase)
    if placed.backwards is not None:
        at = kept[placed.backwards]
        where = f"interval {at + 1}" if lines is None else f"line {lines[at]}"
        raise RecordingError(
            f"The times in {path.name} run backwards at {where}. "
            "Sort the file by time, or take the column of times out."
        )
    return Recording(
        rr_ms=rr_ms,
        t_s=placed.t_s,
        starts=placed.starts,
        unit=counted_in or seen,
        format=format_name,
        source_path=path,
        dropped=dropped,
        notes=(*_said(counted_in or seen, dropped, values.size), *notes, *placed.notes),
        labels=None if labels is None else tuple(labels[int(at)] for at in kept),
        normal=None if normal is None else normal[kept],
    )


def recognise(
    values: NDArray[np.float64],
    positive: NDArray[np.bool_],
    path: Path,
    lines: NDArray[np.int64] | None = None,
) -> Unit:
    """Tell milliseconds from seconds by what a heart can do.

    Raises
    ------
    RecordingError
        If the file mixes both, or the numbers fit neither.
    """
    numbers = values[positive]
    low, high = PLAUSIBLE_RR_MS
    as_ms = (numbers >= low) & (numbers <= high)
    as_s = (numbers >= low / 1000) & (numbers <= high / 1000)
    # 1, 2 and 3 as whole numbers are more often a glitch among ms than an interval in seconds.
    as_s_for_sure = as_s & (numbers != np.floor(numbers))
    many_ms, many_s = (np.count_nonzero(fits) / numbers.size for fits in (as_ms, as_s))
    other = as_s_for_sure if many_ms >= many_s else as_ms
    if min(many_ms, many_s) > 0 and np.count_nonzero(other) > MIXED_SHARE * numbers.size:
        at = np.flatnonzero(positive)[np.flatnonzero(other)[0]]
        where = f"value {at + 1}" if lines is None else f"line {lines[at]}"
        one, two = ("milliseconds", "seconds") if many_ms >= many_s else ("seconds", "milliseconds")
        raise RecordingError(
            f"{path.name} mixes units: most intervals are in {one}, but {where} "
            f"({values[at]:g}) reads as {two}. Bring all to one unit."
        )
    middle = float(np.median(numbers))
    if max(many_ms, many_s) < PLAUSIBLE_SHARE:
        heart_rate = 25 <= middle < low
        raise RecordingError(
            f"The numbers in {path.name} are no heart intervals: their median is {middle:g}, "
            + (
                "which would be a heart rate. RR intervals are needed, "
                if heart_rate
                else "but intervals are "
            )
            + f"{low:g} to {high:g} in milliseconds or {low / 1000:g} to {high / 1000:g} "
            "in seconds."
        )
    return "ms" if many_ms >= many_s else "s"


def _seconds_among_ms(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    low, high = PLAUSIBLE_RR_MS
    near = (values >= low / 1000) & (values <= high / 1000)
    return np.asarray(near & (values != np.floor(values)), dtype=np.bool_)


def _check_plausible(rr_ms: NDArray[np.float64], path: Path) -> None:
    low, high = PLAUSIBLE_RR_MS
    fits = np.count_nonzero((rr_ms >= low) & (rr_ms <= high))
    if not fits or fits < PLAUSIBLE_SHARE * rr_ms.size:
        raise RecordingError(
            f"Most numbers in {path.name} are no heart intervals: only {fits} of {rr_ms.size} lie "
            f"between {low:g} and {high:g} ms. Check which column holds the intervals."
        )


def _said(unit: Unit, dropped: Mapping[str, int], n_values: int) -> list[str]:
    said = [] if unit == "ms" else [f"Intervals were in {UNIT_WORDS[unit]}."]
    if dropped:
        count = sum(dropped.values())
        were = "was no heart interval and was" if count == 1 else "were no heart intervals and were"
        said.append(f"{count} of {n_values} values {were} left out: {counted(dropped)}.")
    return said
