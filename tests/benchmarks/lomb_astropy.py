"""Lomb-Scargle beside astropy's fast method: ``PYTHON tests/benchmarks/lomb_astropy.py``.

Run it with the Python of an environment that has astropy; the project needn't be installed there.
Both get the same beats and the same lines (5 per 1/T, up to 0.4 Hz), in turn; CPU time, medians
and the ratio astropy / ours, pair by pair. ``apart`` is the sum of absolute differences of the two
spectra, each as shares of its whole.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from biofeedback.signals.lomb import lomb  # noqa: E402
from biofeedback.signals.series import NNSeries  # noqa: E402
from biofeedback.signals.spectrum import Psd  # noqa: E402


def _cpu_s(work: Callable[[], object]) -> float:
    begin_s = time.process_time()
    work()
    return time.process_time() - begin_s


def main() -> None:
    """Measure and print."""
    from astropy.timeseries import LombScargle  # type: ignore[import-not-found,unused-ignore]

    print(f"{'beats':>8s} {'ours ms':>10s} {'astropy ms':>11s} {'astropy/ours':>13s} {'apart':>9s}")
    for n in (300, 1800, 100_000):
        rng = np.random.default_rng(1)
        at = np.arange(n)
        swing = 30 * np.sin(2 * np.pi * at / 10) + 20 * np.sin(2 * np.pi * at / 4.1)
        rr_ms = np.round((900 + swing + rng.normal(0, 10, n)) * 1.024) / 1.024
        series = NNSeries.from_rr(rr_ms)
        psd = lomb(series)
        assert psd is not None

        def ours(series: NNSeries = series) -> NDArray[np.float64]:
            found = lomb(series)
            assert found is not None
            return found.density_ms2_per_hz

        def theirs(series: NNSeries = series, psd: Psd = psd) -> NDArray[np.float64]:
            hz = psd.first_hz + psd.step_hz * np.arange(psd.density_ms2_per_hz.size)
            model = LombScargle(series.t_s, series.nn_ms, fit_mean=False, normalization="psd")
            power = model.power(hz, method="fast", assume_regular_frequency=True)
            return np.asarray(power, dtype=np.float64)

        mine, other = ours(), theirs()
        apart = float(np.abs(mine / mine.sum() - other / other.sum()).sum())
        pairs = [(_cpu_s(ours), _cpu_s(theirs)) for _ in range(9)]
        ours_ms, theirs_ms = (1e3 * median(side) for side in zip(*pairs, strict=True))
        ratio = median(b / a for a, b in pairs)
        print(f"{n:8d} {ours_ms:10.2f} {theirs_ms:11.2f} {ratio:13.1f} {apart:9.1e}")


if __name__ == "__main__":
    main()
