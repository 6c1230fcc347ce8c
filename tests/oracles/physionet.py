"""PhysioNet's cardiovascular toolbox on two 23 h recordings: windows of 300 s, every 30 s.

The table was made with a sampling frequency of 125 Hz where the true one is 128: samples are
divided by 125 here, for this comparison alone. Its own rejections are not ours, so windows count
in which every interval joins two beats labelled normal and none was rejected by either.
"""

from __future__ import annotations

import csv
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from biofeedback.signals.hrv import TimeDomain, time_domain
from biofeedback.signals.series import NNSeries

TABLE_FS_HZ = 125.0
N_WINDOWS = 462
FIELDS = {
    "NNmean": "mean_nn_ms",
    "SDNN": "sdnn_ms",
    "RMSSD": "rmssd_ms",
    "pnn50": "pnn50_pct",
    "SD1": "sd1_ms",
}
"""Columns of the table and what they are called here. Its SD2 is another formula (8e-4 apart)."""


@dataclass(frozen=True)
class Window:
    """One window: what the toolbox found and what we find."""

    record: str
    start_s: float
    theirs: dict[str, float]
    ours: TimeDomain

    def difference(self, field: str) -> float:
        """Return how far apart the two are, relative to the toolbox."""
        ours = getattr(self.ours, FIELDS[field])
        assert ours is not None
        theirs = self.theirs[field] * (100 if field == "pnn50" else 1)
        return float(abs(ours - theirs) / max(abs(theirs), 1e-9))


def clean_windows(folder: Path) -> Iterator[Window]:
    """Yield the windows in which nothing was rejected."""
    with (folder / "reference_windows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for record in sorted({row["patID"] for row in rows}):
        rr_ms, ends_s, normal = _intervals(folder, record)
        for row in rows:
            if row["patID"] != record:
                continue
            start_s, end_s = float(row["t_start"]), float(row["t_end"])
            inside = (ends_s >= start_s) & (ends_s < end_s)
            n_theirs = float(row["btsdet"])
            if not normal[inside].all() or inside.sum() != n_theirs:
                continue
            series = NNSeries.from_rr(rr_ms[inside])
            theirs = {field: float(row[field]) for field in FIELDS}
            yield Window(record, start_s, theirs, time_domain(series))


def _intervals(
    folder: Path, record: str
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # wfdb's own use of pandas
        import wfdb

        marks = wfdb.rdann(str(folder / record), "ecg")
    is_beat = np.isin(marks.symbol, ["N", "V", "A"])
    at_s = np.asarray(marks.sample)[is_beat] / TABLE_FS_HZ
    is_normal = np.asarray(marks.symbol)[is_beat] == "N"
    return np.diff(at_s) * 1000, at_s[1:] - at_s[0], is_normal[1:] & is_normal[:-1]
