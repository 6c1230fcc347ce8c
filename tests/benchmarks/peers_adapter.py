"""Points a comparison of HRV libraries at this project's functions.

Each function takes RR intervals in ms as a float64 array; ``stream`` makes an object with
``push(rr_ms)``. The names of the tasks are those of the comparison. The adapter runs where the
project is not installed, so it puts it on the path.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PATH = [str(Path(__file__).resolve().parents[2])]
sys.path[:0] = PATH

from biofeedback.signals.artefacts import offline_labels  # noqa: E402
from biofeedback.signals.entropy import sample_entropy  # noqa: E402
from biofeedback.signals.fractal import dfa_alpha1  # noqa: E402
from biofeedback.signals.hrv import time_domain  # noqa: E402
from biofeedback.signals.lomb import lomb  # noqa: E402
from biofeedback.signals.series import NNSeries  # noqa: E402
from biofeedback.signals.spectrum import bands, welch  # noqa: E402
from biofeedback.stream import Stream  # noqa: E402
from biofeedback.types import BeatFlag  # noqa: E402

IMPORT = "biofeedback"

RR = NDArray[np.float64]


def _time(rr_ms: RR) -> Mapping[str, float | None]:
    figures = time_domain(NNSeries.from_rr(rr_ms))
    return {
        "mean_nn": figures.mean_nn_ms,
        "sdnn": figures.sdnn_ms,
        "rmssd": figures.rmssd_ms,
        "pnn50": figures.pnn50_pct,
    }


def _poincare(rr_ms: RR) -> tuple[float | None, float | None]:
    figures = time_domain(NNSeries.from_rr(rr_ms))
    return figures.sd1_ms, figures.sd2_ms


def _welch(rr_ms: RR) -> Mapping[str, float | None]:
    psd = welch(NNSeries.from_rr(rr_ms), segment_s=256.0)
    found = bands(psd) if psd else None
    return {"lf": found.lf_ms2, "hf": found.hf_ms2} if found else {}


def _lomb(rr_ms: RR) -> Mapping[str, float | None]:
    psd = lomb(NNSeries.from_rr(rr_ms))
    found = bands(psd) if psd else None
    return {"lf": found.lf_ms2, "hf": found.hf_ms2} if found else {}


def _sampen(rr_ms: RR) -> float | None:
    return sample_entropy(NNSeries.from_rr(rr_ms))


def _dfa(rr_ms: RR) -> float | None:
    return dfa_alpha1(NNSeries.from_rr(rr_ms))


def _artefact(rr_ms: RR) -> list[BeatFlag]:
    return offline_labels(rr_ms)


def _full(rr_ms: RR) -> tuple[object, ...]:
    series = NNSeries.from_rr(rr_ms)
    whole, beats = welch(series), lomb(series)
    return (
        offline_labels(rr_ms),
        time_domain(series),
        whole and bands(whole),
        beats and bands(beats),
        sample_entropy(series),
        dfa_alpha1(series),
    )


TASKS: dict[str, Callable[..., Any]] = {
    "time": _time,
    "poincare": _poincare,
    "welch": _welch,
    "lomb": _lomb,
    "sampen": _sampen,
    "dfa": _dfa,
    "artefact": _artefact,
    "full": _full,
    "stream": Stream,
}
