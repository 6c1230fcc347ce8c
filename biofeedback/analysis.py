"""Analysis of a whole recording at once: intervals in, every figure out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import inf
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from biofeedback.figures import Analysis, Artefact
from biofeedback.signals.causal_batch import causal_flagged
from biofeedback.signals.hrv import TimeDomain, time_domain, triangular_index
from biofeedback.signals.series import PLAUSIBLE_RR_MS, NNSeries
from biofeedback.types import BeatFlag

if TYPE_CHECKING:
    from biofeedback.signals.spectrum import Psd

Part = Literal["time", "frequency", "nonlinear", "rhythm"]

PARTS: tuple[Part, ...] = ("time", "frequency", "nonlinear", "rhythm")
"""Groups of figures, the cheapest first."""

MAX_ARTEFACT_FRACTION = 0.05
"""With more left out, variability can't be relied on."""

HRVI_NEEDS_S = 120.0
RMSSD_NEEDS_S = 30.0
SDNN_NEEDS_S = 120.0
BREATH_MOST_S = 7200.0
"""A breath rate of longer than two hours says nothing about any of them."""

SECONDS_BELOW = 10.0
"""If most intervals are smaller, they are seconds."""

_LONGEST_PASSING_MS = 60_000.0  # A longer "interval" is garbage and takes no time.

_TIME_KEYS = tuple(key for key in TimeDomain.__slots__ if not key.startswith("n_"))

FloatArray = NDArray[np.float64]


class Intervals(Protocol):
    """What `biofeedback.read_recording` returns, as far as it matters here."""

    @property
    def rr_ms(self) -> FloatArray:
        """Intervals in ms."""
        ...

    @property
    def t_s(self) -> FloatArray:
        """When each ended."""
        ...

    @property
    def starts(self) -> NDArray[np.bool_]:
        """True where one begins after a gap."""
        ...


def analyze(
    rr_ms: ArrayLike | Intervals,
    *,
    t_s: ArrayLike | None = None,
    starts: ArrayLike | None = None,
    correct: bool = True,
    method: Literal["welch", "lomb"] = "welch",
    detrend: Literal["mean", "smooth"] = "mean",
    window_s: tuple[float | None, float | None] | None = None,
    parts: Collection[Part] = PARTS,
) -> Analysis:
    """Compute the figures of a recording.

    Parameters
    ----------
    rr_ms
        RR intervals in ms, oldest first, shape (n,): a list, an array, a pandas Series; or a
        recording from `biofeedback.read_recording`, which brings its times and gaps along.
    t_s
        When each ended, in seconds, shape (n,), not falling. They tell where beats are missing.
        None: the running sum of the intervals.
    starts
        Shape (n,): True where an interval begins after a gap. With it ``t_s`` is taken as it is;
        without it gaps are looked for in ``t_s``.
    correct
        Leave out what the causal rule flags (`biofeedback.signals.causal`), the same as live.
        Nothing is ever put in its place, and no difference is formed across it. False leaves
        out only what is no heartbeat at all (`PLAUSIBLE_RR_MS`).
    method
        Spectrum by Welch (``welch``) or Lomb and Scargle (``lomb``).
    detrend
        ``mean``, or ``smooth`` for smoothness priors (then no VLF and no total power).
    window_s
        Start and end in seconds on the time axis: the beats that ended in [start, end). None for
        an open side. Artefacts are judged with the beats around the window in view.
    parts
        Which groups of figures to compute, of ``time``, ``frequency``, ``nonlinear`` and
        ``rhythm``. The rest are None.

    Returns
    -------
    Analysis
        Figures that the data does not carry are None, and `Analysis.notes` says why.

    Raises
    ------
    ValueError
        If an interval is negative, infinite or no number (the message names which), if they are
        in seconds, if times fall or shapes differ, or if an option is unknown. Zero, and
        anything else outside 200 to 3000 ms, is no error: it is counted among the artefacts.

    Examples
    --------
    >>> result = analyze([800, 850, 800, 880])
    >>> result.hr_bpm, round(result.rmssd_ms, 2)
    (72.07207207207207, 61.64)
    """
    _check_options(method, detrend, parts)
    if hasattr(rr_ms, "starts") and hasattr(rr_ms, "rr_ms"):
        recording = cast("Intervals", rr_ms)
        rr_ms = recording.rr_ms
        if t_s is None and starts is None:
            t_s, starts = recording.t_s, recording.starts
    rr = _intervals(cast("ArrayLike", rr_ms))
    ended_s, begins = _placed(rr, t_s, starts)
    keep = np.ones(rr.size, dtype=np.bool_)
    if correct:
        flagged = causal_flagged(rr, begins)
        keep[list(flagged)] = False
    else:
        keep = (rr >= PLAUSIBLE_RR_MS[0]) & (rr <= PLAUSIBLE_RR_MS[1])
        flagged = dict.fromkeys(np.flatnonzero(~keep).tolist(), BeatFlag.IMPLAUSIBLE)
    first, end = _span(ended_s, window_s)
    artefacts = tuple(
        Artefact(at, float(ended_s[at]), flagged[at])
        for at in (first + np.flatnonzero(~keep[first:end])).tolist()
    )
    series = NNSeries.from_rr(
        rr[first:end],
        keep=keep[first:end] if artefacts else None,
        starts=None if begins is None else begins[first:end],
        t_s=ended_s[first:end],
    )
    n_beats = end - first
    if not n_beats:
        why = "There are no beats in this window." if rr.size else "There are no beats."
        return Analysis(n_beats=0, n_normal=0, notes={"n_beats": why})
    duration_s = float(ended_s[end - 1] - ended_s[first]) + _passing_ms(float(rr[first])) / 1000
    notes: dict[str, str] = {}
    fraction = len(artefacts) / n_beats
    if fraction > MAX_ARTEFACT_FRACTION:
        notes["artefact_fraction"] = (
            f"{100 * fraction:.0f} % of the beats were left out. With more than "
            f"{100 * MAX_ARTEFACT_FRACTION:.0f} % the figures of variability can't be relied on."
        )
    found: dict[str, Any] = {}
    if "time" in parts:
        found |= _time(series, duration_s, notes)
    if "frequency" in parts:
        found |= _frequency(series, method, detrend, notes)
    if "nonlinear" in parts:
        found |= _nonlinear(series, notes)
    if "rhythm" in parts:
        found |= _rhythm(series, duration_s, notes)
    return Analysis(
        n_beats=n_beats,
        n_normal=series.size,
        duration_s=duration_s,
        artefact_fraction=fraction,
        artefacts=artefacts,
        notes=notes,
        **found,
    )


def _check_options(method: str, detrend: str, parts: Collection[str]) -> None:
    if method not in ("welch", "lomb"):
        raise ValueError(f'method is "welch" or "lomb", not {method!r}')
    if detrend not in ("mean", "smooth"):
        raise ValueError(f'detrend is "mean" or "smooth", not {detrend!r}')
    if isinstance(parts, str) or not set(parts) <= set(PARTS):
        raise ValueError(f"parts is a list of {', '.join(PARTS)}, not {parts!r}")


# ------------------------------------------------------------------------------ what comes in
def _intervals(values: ArrayLike) -> FloatArray:
    """Return the intervals as an array, or say which of them is none."""
    rr = _numbers(values, "intervals")
    if not rr.size:
        return rr
    lowest, highest = float(np.minimum.reduce(rr)), float(np.maximum.reduce(rr))
    if not (lowest >= 0 and highest < inf):
        at = int(np.flatnonzero(~((rr >= 0) & (rr < inf)))[0])
        raise ValueError(f"interval {at} is {rr[at]}: intervals are positive, finite numbers of ms")
    if lowest < SECONDS_BELOW:
        above = np.count_nonzero(rr > 0)
        if 2 * np.count_nonzero((rr > 0) & (rr < SECONDS_BELOW)) > above:
            raise ValueError("these intervals look like seconds; multiply them by 1000 to get ms")
    return rr


def _numbers(values: ArrayLike, words: str) -> FloatArray:
    """Return numbers as float64, shape (n,); text and nested lists are refused."""
    if isinstance(values, (str, bytes)):
        raise ValueError(f"{words} are a list of numbers, not text")
    if isinstance(values, Iterable) and not hasattr(values, "__len__"):
        values = cast("ArrayLike", list(values))
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"{words} are a flat list of numbers") from None
    if array.ndim != 1:
        raise ValueError(f"{words} are a flat list of numbers, not of shape {array.shape}")
    if array.dtype.kind in "iuf" or not array.size:
        return np.asarray(array, dtype=np.float64)
    # A mixed list became text or objects: look at what was given, one by one.
    given = array.tolist() if array.dtype.kind not in "US" else list(cast("Iterable[Any]", values))
    numbers = np.empty(len(given))
    for at, value in enumerate(given):
        try:
            if isinstance(value, (str, bytes, bool, complex)):
                raise TypeError
            numbers[at] = float(value)
        except (TypeError, ValueError, OverflowError):
            raise ValueError(f"{words}: number {at} is {value!r}, which is no number") from None
    return numbers


def _placed(
    rr: FloatArray, t_s: ArrayLike | None, starts: ArrayLike | None
) -> tuple[FloatArray, NDArray[np.bool_] | None]:
    """Return when each interval ended and where gaps are."""
    begins: NDArray[np.bool_] | None = None
    if starts is not None:
        begins = np.asarray(starts, dtype=np.bool_)
        if begins.shape != rr.shape:
            raise ValueError(f"{begins.size} starts for {rr.size} intervals")
    if t_s is None:
        passing = rr
        if rr.size and float(np.maximum.reduce(rr)) > _LONGEST_PASSING_MS:
            passing = np.where(rr > _LONGEST_PASSING_MS, 0.0, rr)
        return np.cumsum(passing) / 1000, begins
    times = _numbers(t_s, "times")
    if times.shape != rr.shape:
        raise ValueError(f"{times.size} times for {rr.size} intervals")
    if not np.isfinite(times).all():
        at = int(np.flatnonzero(~np.isfinite(times))[0])
        raise ValueError(f"time {at} is {times[at]}: times are finite numbers of seconds")
    falls = np.flatnonzero(times[1:] < times[:-1])
    if begins is not None:
        # These times are taken as they are, and no heartbeat takes no time.
        falls = np.flatnonzero((times[1:] <= times[:-1]) & (rr[1:] >= PLAUSIBLE_RR_MS[0]))
    if falls.size:
        raise ValueError(f"time {int(falls[0]) + 1} is no later than the one before it")
    if begins is not None or not rr.size:
        return times, begins
    from biofeedback.sessions.formats.timeline import place

    passing = np.where(rr > _LONGEST_PASSING_MS, 0.0, rr)
    placed = place(passing, times - times[0], np.zeros(rr.size, dtype=np.bool_))
    return placed.t_s + times[0], placed.starts


def _passing_ms(rr_ms: float) -> float:
    return rr_ms if rr_ms <= _LONGEST_PASSING_MS else 0.0


def _span(
    ended_s: FloatArray, window_s: tuple[float | None, float | None] | None
) -> tuple[int, int]:
    """Return first and end (exclusive) of the intervals in the window."""
    if window_s is None:
        return 0, ended_s.size
    start_s, end_s = window_s
    start_s = -inf if start_s is None else float(start_s)
    end_s = inf if end_s is None else float(end_s)
    if not start_s < end_s:
        raise ValueError(f"a window from {start_s:g} to {end_s:g} s is empty")
    first, end = np.searchsorted(ended_s, (start_s, end_s))
    return int(first), int(end)


# ---------------------------------------------------------------------------- what comes out
def _time(series: NNSeries, duration_s: float, notes: dict[str, str]) -> dict[str, Any]:
    figures = time_domain(series)
    n, k = figures.n_nn, figures.n_differences
    if n < 1:
        notes["hr_bpm"] = notes["mean_nn_ms"] = "No interval was normal."
    if n < 2:
        notes["sdnn_ms"] = "This takes at least two normal intervals."
    elif duration_s < SDNN_NEEDS_S - 1.5:
        notes["sdnn_ms"] = f"From {duration_s:.0f} s; SDNN can be compared from 2 minutes on."
    if k < 1:
        why = "This takes two normal intervals that follow each other."
        notes |= dict.fromkeys(("rmssd_ms", "ln_rmssd", "pnn50_pct", "pnn20_pct"), why)
    elif duration_s < RMSSD_NEEDS_S:
        notes["rmssd_ms"] = f"From {duration_s:.0f} s; RMSSD says something from 30 s on."
    if k >= 1 and figures.ln_rmssd is None:
        notes["ln_rmssd"] = "RMSSD is 0, which has no logarithm."
    if k < 2:
        notes |= dict.fromkeys(("sd1_ms", "sd2_ms"), "This takes two differences of neighbours.")
    hrvi = None
    if duration_s < HRVI_NEEDS_S - 1.5:
        notes["hrvi"] = "This takes 2 minutes; 20 and more say it better."
    else:
        hrvi = triangular_index(series)
    return {key: getattr(figures, key) for key in _TIME_KEYS} | {"hrvi": hrvi}


def _frequency(
    series: NNSeries, method: str, detrend: str, notes: dict[str, str]
) -> dict[str, Any]:
    from biofeedback.signals import spectrum

    psd: Psd | None
    if method == "lomb":
        from biofeedback.signals.lomb import lomb

        psd = lomb(series, detrend=detrend)
    else:
        psd = spectrum.welch(series, detrend=detrend)
    stretch_s = 0.0 if psd is None else psd.stretch_s
    slow_part = detrend == "mean"
    powers = spectrum.Bands() if psd is None else spectrum.bands(psd, slow_part=slow_part)
    found = {key: getattr(powers, key) for key in powers.__slots__}
    broken = "" if psd is None or psd.left_out_s <= 0 else " without a break"
    for key, value in found.items():
        needs_s = spectrum.HF_NEEDS_S if key.startswith("hf") else spectrum.LF_NEEDS_S
        if value is not None:
            continue
        if stretch_s < needs_s - spectrum.EDGE_S:
            notes[key] = f"This takes {needs_s:.0f} s{broken}; there are {stretch_s:.0f} s."
        elif not slow_part and key in ("vlf_ms2", "total_ms2"):
            notes[key] = "The slow part was taken out with the trend."
        else:
            notes[key] = "Nothing varies here."
    if psd is not None and psd.left_out_s > 0 and found["hf_ms2"] is not None:
        notes["hf_ms2"] = (
            f"{psd.left_out_s:.0f} s that lie beyond gaps are not part of the spectrum."
        )
    return found


def _nonlinear(series: NNSeries, notes: dict[str, str]) -> dict[str, Any]:
    from biofeedback.signals import entropy, fractal

    sampen = alpha1 = None
    n = series.size
    if n < entropy.LEAST_INTERVALS:
        notes["sampen"] = f"This takes {entropy.LEAST_INTERVALS} normal intervals; there are {n}."
    elif n > entropy.MOST_INTERVALS:
        notes["sampen"] = "This recording is too long for it; choose a window."
    else:
        sampen = entropy.sample_entropy(series)
        if sampen is None:
            notes["sampen"] = "Nothing varies here, or no pattern occurs twice."
    total_s = float(np.add.reduce(series.nn_ms)) / 1000
    if total_s < fractal.NEEDS_S - 1.5:
        why = f"This takes {fractal.NEEDS_S:.0f} s of normal intervals; there are {total_s:.0f} s."
        notes["dfa_alpha1"] = why
    else:
        alpha1 = fractal.dfa_alpha1(series)
        if alpha1 is None:
            notes["dfa_alpha1"] = "Nothing varies here, or no 16 beats follow each other unbroken."
    boxes = (fractal.FIRST_BOX, fractal.LAST_BOX)
    return {
        "sampen": sampen,
        "dfa_alpha1": alpha1,
        "dfa_alpha1_range": None if alpha1 is None else boxes,
    }


BREATH_REFUSALS = {
    "short": "This takes 2 minutes without a break.",
    "unsteady": "The intervals show no steady breath.",
    "unclear": "No breath stands out from the rest.",
    "slow": "This may be a wave of blood pressure as well as a slow breath.",
    "fast": "Breaths this fast can't be told from their mirror images.",
}


def _rhythm(series: NNSeries, duration_s: float, notes: dict[str, str]) -> dict[str, Any]:
    from biofeedback.signals.breathing import breath_rate
    from biofeedback.signals.rhythm import rhythm_concentration

    rhythm = rhythm_concentration(series)
    still = series.size > 0 and not (series.nn_ms != series.nn_ms[0]).any()
    if still:
        rhythm = None
    if rhythm is None:
        why = "Nothing varies here." if still else "This takes 64 s without a break."
        notes["rhythm_concentration"] = why
    if still or duration_s > BREATH_MOST_S:
        if not still:
            why = "This recording is too long for one breath rate; choose a window."
        notes |= dict.fromkeys(("breath_per_min", "breath_confidence"), why)
        breath_per_min = confidence = None
    else:
        breath = breath_rate(series)
        breath_per_min = breath.per_min
        confidence = None if breath.reason == "short" else breath.confidence
        if breath.reason:
            notes["breath_per_min"] = BREATH_REFUSALS[breath.reason]
        if confidence is None:
            notes["breath_confidence"] = BREATH_REFUSALS[breath.reason]
    return {
        "rhythm_concentration": None if rhythm is None else rhythm.concentration,
        "breath_per_min": breath_per_min,
        "breath_confidence": confidence,
    }
