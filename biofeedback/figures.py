"""The result of an analysis: a frozen value that prints, shows in a notebook and becomes JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from html import escape
from typing import Any

from biofeedback.types import BeatFlag

NAMES: tuple[tuple[str, str, str, int], ...] = (
    ("hr_bpm", "Heart rate", "bpm", 1),
    ("mean_nn_ms", "Mean NN", "ms", 1),
    ("sdnn_ms", "SDNN", "ms", 1),
    ("rmssd_ms", "RMSSD", "ms", 1),
    ("ln_rmssd", "ln RMSSD", "", 2),
    ("pnn50_pct", "pNN50", "%", 1),
    ("pnn20_pct", "pNN20", "%", 1),
    ("sd1_ms", "SD1", "ms", 1),
    ("sd2_ms", "SD2", "ms", 1),
    ("hrvi", "HRV index", "", 1),
    ("vlf_ms2", "VLF", "ms²", 0),
    ("lf_ms2", "LF", "ms²", 0),
    ("hf_ms2", "HF", "ms²", 0),
    ("total_ms2", "Total power", "ms²", 0),
    ("lf_hf", "LF/HF", "", 2),
    ("lf_nu", "LF/(LF+HF)", "", 2),
    ("lf_peak_hz", "LF peak", "Hz", 3),
    ("hf_peak_hz", "HF peak", "Hz", 3),
    ("sampen", "Sample entropy", "", 2),
    ("dfa_alpha1", "DFA alpha1", "", 2),
    ("rhythm_concentration", "Rhythm concentration", "", 2),
    ("breath_per_min", "Breaths", "a minute", 1),
    ("breath_confidence", "Breath confidence", "", 2),
)
"""Each figure: its key, its name for people, its unit, its decimals."""


@dataclass(frozen=True, slots=True)
class Artefact:
    """An interval that was left out.

    Attributes
    ----------
    index
        Which of the intervals given, counted from 0.
    time_s
        When it ended.
    label
        Why.
    """

    index: int
    time_s: float
    label: BeatFlag


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Analysis:
    """All figures of a recording. None means that the data does not carry the figure.

    Attributes
    ----------
    n_beats, n_normal
        Intervals given (within the window asked for), and those that were normal.
    duration_s
        From the start of the first interval to the end of the last.
    artefact_fraction
        Share of the intervals that were left out, 0..1.
    mean_nn_ms, hr_bpm, sdnn_ms, rmssd_ms, ln_rmssd, pnn50_pct, pnn20_pct, sd1_ms, sd2_ms, hrvi
        See `biofeedback.signals.hrv.TimeDomain`.
    vlf_ms2, lf_ms2, hf_ms2, total_ms2, lf_hf, lf_nu, lf_peak_hz, hf_peak_hz
        See `biofeedback.signals.spectrum.Bands`.
    sampen
        See `biofeedback.signals.entropy.sample_entropy`.
    dfa_alpha1, dfa_alpha1_range
        See `biofeedback.signals.fractal.dfa_alpha1`; smallest and largest box in beats.
    rhythm_concentration
        See `biofeedback.signals.rhythm.Rhythm`.
    breath_per_min, breath_confidence
        See `biofeedback.signals.breathing.BreathRate`.
    artefacts
        What was left out, in order.
    notes
        By key of a figure: why it is None, or what to keep in mind.
    """

    n_beats: int
    n_normal: int
    duration_s: float | None = None
    artefact_fraction: float | None = None
    mean_nn_ms: float | None = None
    hr_bpm: float | None = None
    sdnn_ms: float | None = None
    rmssd_ms: float | None = None
    ln_rmssd: float | None = None
    pnn50_pct: float | None = None
    pnn20_pct: float | None = None
    sd1_ms: float | None = None
    sd2_ms: float | None = None
    hrvi: float | None = None
    vlf_ms2: float | None = None
    lf_ms2: float | None = None
    hf_ms2: float | None = None
    total_ms2: float | None = None
    lf_hf: float | None = None
    lf_nu: float | None = None
    lf_peak_hz: float | None = None
    hf_peak_hz: float | None = None
    sampen: float | None = None
    dfa_alpha1: float | None = None
    dfa_alpha1_range: tuple[int, int] | None = None
    rhythm_concentration: float | None = None
    breath_per_min: float | None = None
    breath_confidence: float | None = None
    artefacts: tuple[Artefact, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return everything under its name, in plain Python types that JSON knows."""
        plain = {item.name: getattr(self, item.name) for item in fields(self)}
        plain["dfa_alpha1_range"] = self.dfa_alpha1_range and list(self.dfa_alpha1_range)
        plain["artefacts"] = [
            {"index": one.index, "time_s": one.time_s, "label": one.label.value}
            for one in self.artefacts
        ]
        plain["notes"] = dict(self.notes)
        return plain

    def rows(self) -> list[tuple[str, str]]:
        """Return name and value with unit of each figure that is known, for people."""
        shown = []
        for key, name, unit, decimals in NAMES:
            value = getattr(self, key)
            if value is not None:
                text = f"{value:.{decimals}f}"
                shown.append((name, f"{text} {unit}" if unit else text))
        return shown

    def headline(self) -> str:
        """Say in one line how much was analysed, such as ``620 beats in 10:02, 1.3 % left out``."""
        if self.duration_s is None or self.artefact_fraction is None:
            return "no beats"
        minutes, seconds = divmod(round(self.duration_s), 60)
        hours, minutes = divmod(minutes, 60)
        clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
        beats = "1 beat" if self.n_beats == 1 else f"{self.n_beats} beats"
        return f"{beats} in {clock}, {100 * self.artefact_fraction:.1f} % left out"

    def __repr__(self) -> str:
        width = max((len(name) for name, _ in self.rows()), default=0)
        lines = [f"  {name:<{width}}  {value}" for name, value in self.rows()]
        return "\n".join([f"Analysis: {self.headline()}", *lines])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(name)}</th>"
            f"<td style='text-align:right'>{escape(value)}</td></tr>"
            for name, value in self.rows()
        )
        # One sentence often explains several figures.
        said = dict.fromkeys(self.notes.values())
        notes = "".join(f"<li>{escape(note)}</li>" for note in said)
        table = f"<table><caption>{escape(self.headline())}</caption>{rows}</table>"
        return table + (f"<ul>{notes}</ul>" if notes else "")
