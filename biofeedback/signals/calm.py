"""The calm verdict: the quiet time after a practice against the quiet time before it.

Like is compared with like: quiet minutes before and after, own breath, same posture. During
paced breathing nothing is judged, since slow breath raises HRV by arithmetic.

``calmer`` needs all of these:

1. heart rate fell;
2. RMSSD did not fall by more than it wanders at rest;
3. the 95 % interval of the change excludes 0;
4. the change beats what resting hearts do with no practice (`calm_null`), or what this person's
   own heart did.

``more_active`` mirrors it: heart rate rose, RMSSD did not rise by more than it wanders at rest, and
3 and 4. Where heart rate and RMSSD clearly contradict each other (both fell, or both rose), the
answer is ``cannot_tell``; in every other case it is ``same``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from biofeedback.signals import calm_null
from biofeedback.signals.calm_reasons import ENGLISH, CalmReason
from biofeedback.signals.causal_batch import causal_flags
from biofeedback.signals.left_out import Span
from biofeedback.signals.series import NNSeries
from biofeedback.types import BeatFlag

MIN_WINDOW_S = 60.0
"""Shortest quiet time that can be compared; the beat cut at its edge is forgiven."""

MAX_WINDOW_S = 1800.0
"""Longer than half an hour is no quiet minute any more, and nothing is known of its drift."""

EDGE_S = 1.5
"""A window cut out of a recording loses up to one beat at its edges."""

MAX_ARTEFACT_FRACTION = 0.05

_LONG_GAP_S = 10.0  # A longer gap is a pause or a lost link, not removed beats.
_BLOCK_S = 10.0
_SLOW_BLOCK_S = 20.0
_ERROR_BLOCK_S = 15.0
_MOST_LAG1 = 0.9  # Above, a minute can't tell a slow wave from a trend, and the error explodes.
_CALM_SHARE = 0.75  # Of the 10-second blocks, those with the lowest heart rates.
_LEAST_RMSSD_MS = 1.0  # One tick of 1/1024 s: below, the intervals are not measured.
_LEAST_BEATS = 20


class CalmAnswer(StrEnum):
    """The four answers. `CANNOT_TELL` is a good answer: it says that the data don't say."""

    CALMER = "calmer"
    SAME = "same"
    MORE_ACTIVE = "more_active"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class CalmVerdict:
    """Quiet after against quiet before.

    Attributes
    ----------
    answer
        The verdict.
    change_bpm
        Mean heart rate after minus before (60000 / mean NN each); None where it isn't known.
    interval_bpm
        95 % interval of that change, from the wandering of the beats within the two windows
        (overlapping blocks, aware of autocorrelation). How hearts drift from one window to the
        next is not in it: the limits of `calm_null` stand for that. None where it isn't known.
    reason_id
        Why, as an id that never changes.
    """

    answer: CalmAnswer
    change_bpm: float | None
    interval_bpm: tuple[float, float] | None
    reason_id: CalmReason

    @property
    def reason(self) -> str:
        """Why, as an English sentence of at most 90 characters."""
        return ENGLISH[self.reason_id]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, ready for JSON."""
        return {
            "answer": self.answer.value,
            "change_bpm": self.change_bpm,
            "interval_bpm": None if self.interval_bpm is None else list(self.interval_bpm),
            "reason_id": self.reason_id.value,
            "reason": self.reason,
        }


def calm_verdict(
    before: NNSeries | ArrayLike,
    after: NNSeries | ArrayLike,
    history: Sequence[float] | None = None,
    *,
    left_out: Sequence[Span] = (),
) -> CalmVerdict:
    """Judge whether the heart was calmer in the quiet time after than in the one before.

    Parameters
    ----------
    before, after
        Quiet minutes, own breath, same posture: RR intervals in ms, shape (n,) (list, array,
        Series), in which artefacts are looked for here, or an `NNSeries`, whose gaps of up to
        10 s count as removed beats. Each needs 60 s, the beat at its edge forgiven. Two series
        on one time axis also tell how long the practice was: hearts drift further in a long one.
    history
        Changes in bpm (after minus before) of this person between two quiet times with *no*
        practice in between, at least `calm_null.OWN_MIN_CHANGES` of them: they then replace what
        resting people show, be that narrower or wider. Fewer are ignored. Changes of sessions
        with practice don't belong here, for they would hide what practice does.
    left_out
        Stretches on the time axis of two `NNSeries` that a person left out: the gaps there are
        pauses, not removed beats.

    Returns
    -------
    CalmVerdict
        The same input always gives the same verdict; nothing is drawn at random.

    Raises
    ------
    ValueError
        If an interval or an earlier change is no finite number, or the shape is not (n,).

    Notes
    -----
    Source of the rule: the project's own, calibrated as docs/calm.md tells. The drift test is
    made on the calmest three quarters of each window (blocks of 10 s): a cough or a shift in the
    seat quickens the heart for some seconds and says nothing of calm. In resting recordings this
    change wanders about 5 % less than that of the means.
    """
    own = _own_limits(history)
    windows = _read(before, "before", left_out), _read(after, "after", left_out)
    for window, which in zip(windows, ("before", "after"), strict=True):
        reason = _unfit(window, which)
        if reason is not None:
            return CalmVerdict(CalmAnswer.CANNOT_TELL, None, None, reason)
    lag1 = _shared_lag1(windows)
    quiet = _Quiet.of(windows[0], lag1), _Quiet.of(windows[1], lag1)
    return _judge(*quiet, own, _gap_s(before, after))


# --------------------------------------------------------------------------------- reading
@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    """Normal intervals of a quiet time and how much of it they are."""

    series: NNSeries
    span_s: float
    artefact_fraction: float


def _read(values: NNSeries | ArrayLike, name: str, left_out: Sequence[Span]) -> _Window:
    if isinstance(values, NNSeries):
        return _from_series(values, left_out)
    return _from_rr(values, name)


def _numbers(values: ArrayLike | Sequence[float], name: str) -> NDArray[np.float64]:
    try:
        array = np.asarray(values)
        if array.dtype.kind == "O" and not any(isinstance(v, (str, bytes)) for v in array.flat):
            array = array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: not a list of numbers") from error
    if array.size == 0 and array.ndim <= 1:
        return np.empty(0)
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name}: not a list of numbers")
    if array.ndim != 1:
        raise ValueError(f"{name}: one row of numbers is needed, not shape {array.shape}")
    numbers = array.astype(np.float64)
    if not np.isfinite(numbers).all():
        raise ValueError(f"{name}: not all of it is finite (NaN or infinity)")
    return numbers


def _from_rr(values: ArrayLike, name: str) -> _Window:
    rr_ms = _numbers(values, f"{name}, RR intervals in ms")
    span_s = float(rr_ms.clip(0, 3000).sum()) / 1000
    if span_s > MAX_WINDOW_S:
        # Too long to be judged, so no beat of it is either.
        return _Window(NNSeries.from_rr(rr_ms[:0]), span_s, 0.0)
    flags = causal_flags(rr_ms)
    keep = np.fromiter((flag is BeatFlag.NORMAL for flag in flags), np.bool_, len(flags))
    fraction = 1 - float(keep.mean()) if keep.size else 0.0
    return _Window(NNSeries.from_rr(rr_ms, keep=keep), span_s, fraction)


def _from_series(series: NNSeries, left_out: Sequence[Span]) -> _Window:
    if not (np.isfinite(series.nn_ms).all() and np.isfinite(series.t_s).all()):
        raise ValueError("not all intervals or times are finite (NaN or infinity)")
    if series.size == 0:
        return _Window(series, 0.0, 0.0)
    nn_s = series.nn_ms / 1000
    missing_s = np.diff(series.t_s) - nn_s[1:]
    counts = ~series.joined[1:]
    for from_s, until_s in left_out:
        counts &= (series.t_s[1:] - nn_s[1:] <= from_s) | (until_s <= series.t_s[:-1])
    missing_s = missing_s[counts]
    missing_s = missing_s[(missing_s > 0) & (missing_s <= _LONG_GAP_S)]
    typical_s = float(np.median(nn_s))
    # A gap shorter than half a beat is a change of the clock, not a beat.
    removed = np.round(missing_s / typical_s) if typical_s > 0 else missing_s
    n_removed = float(removed.sum())
    span_s = float(nn_s.sum() + missing_s[removed > 0].sum())
    return _Window(series, span_s, n_removed / (n_removed + series.size))


def _gap_s(before: NNSeries | ArrayLike, after: NNSeries | ArrayLike) -> float | None:
    """Return the time between two series that share a time axis, else None."""
    if not (isinstance(before, NNSeries) and isinstance(after, NNSeries)):
        return None
    gap_s = float(after.t_s[0] - after.nn_ms[0] / 1000 - before.t_s[-1])
    return gap_s if gap_s > 0 else None


def _unfit(window: _Window, which: str) -> CalmReason | None:
    if window.span_s > MAX_WINDOW_S:
        return CalmReason(f"too_long_{which}")
    if window.series.size == 0 and window.artefact_fraction == 0:
        return CalmReason(f"none_{which}")
    if window.span_s < MIN_WINDOW_S - EDGE_S:
        return CalmReason(f"short_{which}")
    if window.artefact_fraction > MAX_ARTEFACT_FRACTION:
        return CalmReason(f"unclear_{which}")
    if window.series.size < _LEAST_BEATS:
        return CalmReason(f"few_{which}")
    differences_ms = window.series.differences_ms()
    if differences_ms.size < _LEAST_BEATS // 2 or _rms(differences_ms) < _LEAST_RMSSD_MS:
        return CalmReason.FLAT
    return None


def _rms(values: NDArray[np.float64]) -> float:
    return sqrt(float(np.mean(values**2)))


# -------------------------------------------------------------------------------- describing
@dataclass(frozen=True, slots=True)
class _Quiet:
    """What the verdict needs of one quiet time."""

    length_s: float
    hr_bpm: float
    hr_error_bpm: float
    freedom: float
    calm_hr_bpm: float
    slow_variance_bpm2: float
    slow_freedom: int
    ln_rmssd: float

    @classmethod
    def of(cls, window: _Window, lag1: float) -> _Quiet:
        nn_ms = window.series.nn_ms
        mean_ms = float(nn_ms.mean())
        hr_bpm = 60_000 / mean_ms
        error_ms, freedom = _error_of_mean(nn_ms, lag1)
        blocks = np.sort(_block_rates(nn_ms, _BLOCK_S))
        slow = _block_rates(nn_ms, _SLOW_BLOCK_S)
        return cls(
            length_s=float(nn_ms.sum()) / 1000,
            hr_bpm=hr_bpm,
            hr_error_bpm=error_ms * hr_bpm / mean_ms,
            freedom=freedom,
            calm_hr_bpm=float(blocks[: round(_CALM_SHARE * blocks.size + 0.01)].mean()),
            slow_variance_bpm2=float(slow.var(ddof=1)),
            slow_freedom=slow.size - 1,
            ln_rmssd=log(_rms(window.series.differences_ms())),
        )


def _block_rates(nn_ms: NDArray[np.float64], block_s: float) -> NDArray[np.float64]:
    """Mean heart rates of equal blocks of about this length, in bpm."""
    ends_ms = np.cumsum(nn_ms)
    n_blocks = max(2, round(float(ends_ms[-1]) / 1000 / block_s))
    middle = (ends_ms - nn_ms / 2) / ends_ms[-1]
    block = np.minimum((middle * n_blocks).astype(np.int64), n_blocks - 1)
    beats = np.bincount(block, minlength=n_blocks)
    total_ms = np.bincount(block, weights=nn_ms, minlength=n_blocks)
    held = beats > 0
    return np.asarray(60_000 * beats[held] / total_ms[held], dtype=np.float64)


def _shared_lag1(windows: tuple[_Window, _Window]) -> float:
    """Return the lag-1 autocorrelation of one heart, from both of its windows.

    Corrected for the bias in short series (Kendall 1954).
    """
    energy = product = n = 0.0
    for window in windows:
        nn_ms = window.series.nn_ms
        off = nn_ms - nn_ms.mean()
        energy += float(np.sum(off**2))
        product += float(np.sum(off[1:] * off[:-1]))
        n += nn_ms.size / 2
    lag1 = product / energy
    return min(max(lag1 + (1 + 3 * lag1) / n, 0.0), _MOST_LAG1)


def _error_of_mean(nn_ms: NDArray[np.float64], lag1: float) -> tuple[float, float]:
    """Return the standard error of a mean of autocorrelated intervals, and its freedom.

    The variance of the overlapping block means: what a moving-block bootstrap (Kunsch 1989)
    converges to, without drawing. Blocks are 15 s, longer than the 10-second waves of blood
    pressure. Blocks that long in a window this short miss some variance; how much is worked out
    for the first-order autoregression that fits the intervals, and put back.
    """
    n = nn_ms.size
    size = max(2, min(round(_ERROR_BLOCK_S * 1000 * n / float(nn_ms.sum())), n // 3))
    sums = np.concatenate(([0.0], np.cumsum(nn_ms - nn_ms.mean())))
    means = (sums[size:] - sums[:-size]) / size
    seen = size / n * float(np.mean(means**2))
    return sqrt(seen * _missed_variance(n, size, lag1)), max(1.5 * n / size - 1, 1.0)


def _missed_variance(n: int, size: int, lag1: float) -> float:
    """Return true over expected block variance of a mean, for an AR(1) with this correlation."""

    def of_mean(m: int) -> float:
        lags = np.arange(1, m)
        return float(1 + 2 * np.sum((1 - lags / m) * lag1**lags)) / m

    at = np.arange(n)
    with_mean = ((2 - lag1 ** (at + 1.0) - lag1 ** (n - at + 0.0)) / (1 - lag1) - 1) / n
    weight = np.minimum(np.minimum(at + 1, n - at), min(size, n - size + 1))
    shared = float(np.sum(weight * with_mean)) / (size * (n - size + 1))
    expected = size / n * (of_mean(size) + of_mean(n) - 2 * shared)
    return of_mean(n) / expected if expected > 0 else 1.0


# ---------------------------------------------------------------------------------- judging
def _judge(
    before: _Quiet, after: _Quiet, own: calm_null.NullLimits | None, gap_s: float | None
) -> CalmVerdict:
    change_bpm = after.hr_bpm - before.hr_bpm
    half_bpm = _half_width(before, after)
    interval_bpm = (change_bpm - half_bpm, change_bpm + half_bpm)

    def answer(which: CalmAnswer, reason: CalmReason) -> CalmVerdict:
        return CalmVerdict(which, change_bpm, interval_bpm, reason)

    freedom = before.slow_freedom + after.slow_freedom
    restless_bpm = sqrt(
        (
            before.slow_variance_bpm2 * before.slow_freedom
            + after.slow_variance_bpm2 * after.slow_freedom
        )
        / freedom
    )
    if restless_bpm > calm_null.UNQUIET_SD_BPM:
        return answer(CalmAnswer.CANNOT_TELL, CalmReason.RESTLESS)
    if own is None:
        length_s = min(before.length_s, after.length_s)
        limits = calm_null.general_limits(length_s, restless_bpm, gap_s)
        tested_bpm = after.calm_hr_bpm - before.calm_hr_bpm
    else:
        limits = own
        tested_bpm = change_bpm
    step = after.ln_rmssd - before.ln_rmssd
    certain_fall = change_bpm < 0 and interval_bpm[1] < 0
    certain_rise = change_bpm > 0 and interval_bpm[0] > 0
    if certain_fall and tested_bpm < limits.fall_bpm:
        if step < -calm_null.RMSSD_CHANGE_LN:
            return answer(CalmAnswer.CANNOT_TELL, CalmReason.DIFFER)
        slower = CalmReason.SLOWER_OWN if own is not None else CalmReason.SLOWER
        return answer(CalmAnswer.CALMER, slower)
    if certain_rise and tested_bpm > limits.rise_bpm:
        if step > calm_null.RMSSD_CHANGE_LN:
            return answer(CalmAnswer.CANNOT_TELL, CalmReason.DIFFER)
        faster = CalmReason.FASTER_OWN if own is not None else CalmReason.FASTER
        return answer(CalmAnswer.MORE_ACTIVE, faster)
    return answer(CalmAnswer.SAME, CalmReason.WITHIN_OWN if own is not None else CalmReason.WITHIN)


def _half_width(before: _Quiet, after: _Quiet) -> float:
    """Half of the 95 % interval in bpm, with Welch's degrees of freedom."""
    parts = before.hr_error_bpm**2, after.hr_error_bpm**2
    total = sum(parts)
    if total == 0:
        return 0.0
    freedom = total**2 / (parts[0] ** 2 / before.freedom + parts[1] ** 2 / after.freedom)
    return calm_null.t_quantile(0.975, freedom) * sqrt(total)


def _own_limits(history: Sequence[float] | None) -> calm_null.NullLimits | None:
    if history is None:
        return None
    changes = _numbers(history, "history, changes in bpm")
    if changes.size < calm_null.OWN_MIN_CHANGES:
        return None
    return calm_null.own_limits(changes)
