"""What a strap's ECG and accelerometer tell beside its heart rate. Frozen values, as in `types`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EcgSamples:
    """The samples of one frame of an ECG, placed in time.

    Attributes
    ----------
    t_s
        When the frame arrived.
    from_s
        When its first sample was taken, as far as is known.
    step_s
        From one sample to the next.
    uv
        Microvolts, oldest first.
    starts
        True where samples may be missing before the first.
    """

    t_s: float
    from_s: float
    step_s: float
    uv: tuple[int, ...]
    starts: bool


@dataclass(frozen=True, slots=True)
class GuideAgreement:
    """How the chest moves with the breath guide, over the look's whole breaths of the guide.

    Attributes
    ----------
    locking
        ``|mean exp(i (phase of chest - phase of guide))|`` over the breaths, 0..1.
    share
        Share of the chest's movement that lies at the guide's pace, 0..1.
    lag_s
        How far the chest is behind, in seconds; up to a quarter of a breath either way, and
        with the unknown constant by which samples arrive late in it.
    """

    locking: float
    share: float
    lag_s: float


@dataclass(frozen=True, slots=True)
class ChestBreath:
    """One look at the breath.

    Attributes
    ----------
    t_s
        Time of the newest sample that it took in.
    rate_per_min
        Breaths a minute, or None where it would be a guess. It is the pace in the middle of the
        last ten breaths (at least 30 s, at most 60), by a Hann window.
    confidence
        0..1: how much of the movement is one rhythm; 0 where there is nothing to look at.
    reason
        Why there is no rate: "", "short", "movement" or "unclear".
    phase_cycles
        Where in the breath ``t_s`` lies, 0..1, 0 being the turn from out to in (as the guide
        counts; without one, in or out by chance). None where there is no rate.
    amplitude_mg
        Half of peak to trough.
    agreement
        With the guide, where there was one for long enough.
    """

    t_s: float
    rate_per_min: float | None
    confidence: float
    reason: str = ""
    phase_cycles: float | None = None
    amplitude_mg: float = 0.0
    agreement: GuideAgreement | None = None


@dataclass(frozen=True, slots=True)
class RrCheck:
    """The strap's intervals held against those of its ECG.

    Attributes
    ----------
    n_compared
        Intervals that have a counterpart in the ECG.
    n_agreeing
        Those that differ from it by 20 ms at most (`biofeedback.signals.ecg_peaks.AGREE_MS`).
    apart_ms
        Median of how far those differ.
    delay_s
        How long after the beat the strap's interval was placed.
    """

    n_compared: int
    n_agreeing: int
    apart_ms: float
    delay_s: float

    @property
    def agreement(self) -> float:
        """Share of the compared intervals that agree, 0..1."""
        return self.n_agreeing / self.n_compared


@dataclass(frozen=True, slots=True)
class RrChecked:
    """The strap's intervals of the last minute were held against its ECG.

    ``check`` is None where there is too little to compare.
    """

    t_s: float
    check: RrCheck | None
