"""How the figures agree with other people's: ``python -m tests.oracles.agreement [--write]``.

Prints a table; ``--write`` puts it into docs/metrics.md. It needs the shared recordings
(HAND_ON_HEART_SHARED, or ../shared beside the checkout).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from biofeedback.sessions.formats import read_recording
from biofeedback.signals.entropy import sample_entropy
from biofeedback.signals.fractal import dfa_alpha1
from biofeedback.signals.lomb import lomb
from biofeedback.signals.series import NNSeries
from biofeedback.signals.spectrum import welch
from tests.oracles.physionet import FIELDS, clean_windows

ROOT = Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- oracles:begin -->", "<!-- oracles:end -->"


def shared_data() -> Path:
    """Return the folder of shared recordings."""
    return Path(os.environ.get("HAND_ON_HEART_SHARED", ROOT.parent / "shared")) / "data"


def rows(data: Path) -> Iterator[tuple[str, str, str, float]]:
    """Yield figure, oracle, what was compared, and the largest relative difference."""
    windows = list(clean_windows(data / "physionet_nsr2db"))
    what = f"{len(windows)} of 462 windows of 300 s (those with nothing rejected)"
    for field, name in FIELDS.items():
        worst = max(window.difference(field) for window in windows)
        yield f"`{name}`", "PhysioNet cardiovascular toolbox", what, worst
    short = _series(data / "pyhrv_samples" / "SampleNNISeriesShort.npy")
    ours = sample_entropy(short)
    assert ours is not None
    theirs = 1.7122387639675827
    yield "`sampen`", "pyhrv and nolds", "337 intervals", abs(ours / theirs - 1)
    yield "`sampen`", "all pairs counted one by one", "337 intervals", abs(ours / _slow(short) - 1)
    h10 = _series(data / "polar_h10_dhyb" / "sample_data_ibi.csv")
    yield "Welch density", "scipy.signal.welch on the same samples", "620 beats", _welch(h10)
    yield "Lomb-Scargle density", "scipy.signal.lombscargle, direct", "620 beats", _lomb(h10)
    yield "`dfa_alpha1`", "numpy.polyfit box by box", "620 beats", _dfa(h10)


def _series(path: Path) -> NNSeries:
    return NNSeries.from_rr(read_recording(path).rr_ms)


def _slow(series: NNSeries) -> float:
    nn_ms = series.nn_ms
    r_ms = 0.2 * float(np.std(nn_ms, ddof=1)) + 1e-9
    n = nn_ms.size - 2
    pairs = triples = 0
    for i in range(n):
        for j in range(n):
            if i != j and np.abs(nn_ms[i : i + 2] - nn_ms[j : j + 2]).max() <= r_ms:
                pairs += 1
                triples += bool(abs(nn_ms[i + 2] - nn_ms[j + 2]) <= r_ms)
    return float(-np.log(triples / pairs))


def _welch(series: NNSeries) -> float:
    from scipy.interpolate import CubicSpline
    from scipy.signal import welch as theirs

    ours = welch(series)
    assert ours is not None
    at_s = np.arange(series.t_s[0], series.t_s[-1], 0.25)
    samples = CubicSpline(series.t_s, series.nn_ms)(at_s)
    _, density = theirs(
        samples - samples.mean(), 4.0, "hann", nperseg=1200, noverlap=600, detrend="constant"
    )
    shown = ours.density_ms2_per_hz
    first = round(ours.first_hz / ours.step_hz)
    other = density[first : first + shown.size]
    return float(np.abs(shown - other).max() / other.max())


def _lomb(series: NNSeries) -> float:
    from scipy.signal import lombscargle

    ours = lomb(series)
    assert ours is not None
    t_s = series.t_s - series.t_s[0]
    centred = series.nn_ms - series.nn_ms.mean()
    power = lombscargle(t_s, centred, 2 * np.pi * ours.frequency_hz)
    length_s = series.size * t_s[-1] / (series.size - 1)  # so that the integral is the variance
    other = power * 2 * length_s / series.size
    return float(np.abs(ours.density_ms2_per_hz - other).max() / other.max())


def _dfa(series: NNSeries) -> float:
    ours = dfa_alpha1(series)
    assert ours is not None
    profile = np.cumsum(series.nn_ms - series.nn_ms.mean())
    spreads = []
    sizes = range(4, 17)
    for size in sizes:
        boxes = profile[: profile.size // size * size].reshape(-1, size)
        x = np.arange(size)
        left = [box - np.polyval(np.polyfit(x, box, 1), x) for box in boxes]
        spreads.append(np.sqrt(np.mean(np.square(left))))
    slope = float(np.polyfit(np.log(list(sizes)), np.log(spreads), 1)[0])
    return abs(ours / slope - 1)


def table() -> str:
    """Return the table as Markdown."""
    lines = [
        "Made by `python -m tests.oracles.agreement --write`.",
        "",
        "| figure | oracle | compared on | largest relative difference |",
        "|---|---|---|---|",
    ]
    lines += [f"| {a} | {b} | {c} | {d:.1e} |" for a, b, c, d in rows(shared_data())]
    return "\n".join(lines)


def main() -> None:
    """Print the table, and write it where asked."""
    made = table()
    print(made)
    if "--write" in sys.argv:
        path = ROOT / "docs" / "metrics.md"
        text = path.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN)
        _, after = rest.split(END)
        path.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
