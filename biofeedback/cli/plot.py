"""A picture of a recording: heart rate in time with what was left out, and its spectrum."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from biofeedback.analysis import analyze
from biofeedback.batch import Settings, read_named
from biofeedback.signals.series import NNSeries
from biofeedback.signals.spectrum import welch

HEART = "#a4512f"
BREATH = "#14525a"
INK = "#3a3a3a"


def draw(name: str, settings: Settings, path: Path) -> None:
    """Draw a recording to ``path``; the ending decides the format (svg, png, pdf).

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    OSError, ValueError
        If the file can't be written, or its ending is unknown.
    """
    from matplotlib.figure import Figure

    recording = read_named(name)
    analysis = analyze(recording, correct=settings.correct, window_s=settings.window_s)
    low_s, high_s = settings.window_s or (None, None)
    inside = np.ones(len(recording), dtype=np.bool_)
    if low_s is not None:
        inside &= recording.t_s >= low_s
    if high_s is not None:
        inside &= recording.t_s < high_s
    keep = inside.copy()
    keep[[artefact.index for artefact in analysis.artefacts]] = False
    series = NNSeries.from_rr(
        recording.rr_ms, keep=keep, starts=recording.starts, t_s=recording.t_s
    )
    figure = Figure(figsize=(10, 6), layout="constrained")
    trace, power = figure.subplots(2, 1, height_ratios=[3, 2])
    minutes = series.t_s / 60
    heart_bpm = 60_000 / series.nn_ms
    heart_bpm[~series.joined] = np.nan  # no line is drawn across what is missing
    trace.plot(minutes, heart_bpm, color=HEART, linewidth=0.9, label="Heart rate")
    left_out = inside & ~keep & (recording.rr_ms > 200) & (recording.rr_ms < 3000)
    if left_out.any():
        trace.plot(
            recording.t_s[left_out] / 60,
            60_000 / recording.rr_ms[left_out],
            "x",
            color=INK,
            markersize=5,
            label="Left out",
        )
        trace.legend(frameon=False)
    trace.set(xlabel="Minutes", ylabel="Beats a minute", title=analysis.headline())
    psd = welch(series)
    if psd is None:
        power.text(0.5, 0.5, "Too short for a spectrum", ha="center", transform=power.transAxes)
        power.set_axis_off()
    else:
        shown = psd.frequency_hz <= 0.4
        power.fill_between(
            psd.frequency_hz[shown], psd.density_ms2_per_hz[shown], color=BREATH, alpha=0.35
        )
        for edge_hz in (0.04, 0.15, 0.4):
            power.axvline(edge_hz, color=INK, linewidth=0.6, linestyle=":")
        power.set(xlabel="Hz", ylabel="ms² / Hz", xlim=(0, 0.4))
    for axes in (trace, power):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path)
