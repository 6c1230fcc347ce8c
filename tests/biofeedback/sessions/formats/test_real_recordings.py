"""Every recording beside the repository, with what is known of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from biofeedback.sessions.formats import RecordingError, read_recording


@pytest.mark.parametrize(
    ("file", "format_name", "unit", "n", "n_gaps", "dropped", "duration_s"),
    [
        ("flirt/empatica_IBI.csv", "Empatica", "s", 4999, 202, {}, 8851),
        ("flirt/holter.txt", "beat list", "s", 4763, 3, {}, 4567),
        ("hrvband/RR1_Cleaned.ibi", "RR text", "s", 108, 0, {}, 88.4),
        ("hrvband/RR1_With_Artifacts.ibi", "RR text", "s", 110, 0, {}, 88.4),
        ("neurokit/bio_resting_5min_100hz_rr_derived.txt", "RR text", "ms", 430, 0, {}, 299),
        ("physionet_nsr2db/nsr001.ecg", "WFDB annotations", "samples", 106_459, 0, {}, 80_966),
        ("physionet_nsr2db/nsr004.hea", "WFDB annotations", "samples", 97_814, 0, {}, 83_236),
        ("polar_h10_dhyb/sample_data_ibi.csv", "CSV", "ms", 620, 0, {}, 602),
        ("pyhrv_samples/SampleNNISeriesShort.npy", "NumPy array", "ms", 337, 0, {}, 300),
        ("pyhrv_samples/SampleNNISeriesLong.npy", "NumPy array", "ms", 4684, 0, {}, 3599),
        ("rhenan_hrv/rest_rri.txt", "RR text", "ms", 910, 0, {}, 963),
        ("rhenan_hrv/real_rri.txt", "RR text", "ms", 771, 0, {"zero": 1}, 916),
        ("rhenan_hrv/08012805.txt", "RR text", "ms", 2380, 0, {}, 1271),
        # The watch's own Length says 42:41.7 and 40:03.0.
        ("rhenan_hrv/exercise_rri.hrm", "Polar HRM", "ms", 4117, 0, {}, 2561.7),
        ("rhenan_hrv/noisy_rri.hrm", "Polar HRM", "ms", 3581, 0, {}, 2403),
        ("joegle/2013-02-03-18-40-12.txt", "RR text", "ms", 1372, 20, {"out of range": 20}, 1270),
    ],
)
def test_recording(
    shared_data: Path,
    file: str,
    format_name: str,
    unit: str,
    n: int,
    n_gaps: int,
    dropped: dict[str, int],
    duration_s: float,
) -> None:
    read = read_recording(shared_data / file)
    assert (read.format, read.unit, len(read), read.n_gaps) == (format_name, unit, n, n_gaps)
    assert read.dropped == dropped
    assert read.duration_s == pytest.approx(duration_s, abs=1)
    assert 400 < np.median(read.rr_ms) < 1300
    assert (np.diff(read.t_s) > 0).all()


def test_no_interval_overlaps_the_one_before(shared_data: Path) -> None:
    for file in ("flirt/empatica_IBI.csv", "polar_h10_dhyb/sample_data_ibi.csv"):
        read = read_recording(shared_data / file)
        assert (np.diff(read.t_s) - read.rr_ms[1:] / 1000 > -0.02).all()


def test_stamps_of_the_polar_h10_stay_near_its_intervals(shared_data: Path) -> None:
    path = shared_data / "polar_h10_dhyb" / "sample_data_ibi.csv"
    stamped_s = np.loadtxt(path, delimiter=",")[:, 0]
    read = read_recording(path)
    late_s = stamped_s - stamped_s[0] - (read.t_s - read.t_s[0])
    assert np.ptp(late_s) < 2  # a strap may hold intervals back for seconds; none is lost
    np.testing.assert_allclose(np.diff(read.t_s), read.rr_ms[1:] / 1000)


def test_a_table_of_results_is_no_recording(shared_data: Path) -> None:
    with pytest.raises(RecordingError, match="NNmean"):
        read_recording(shared_data / "physionet_nsr2db" / "reference_windows.csv")


def test_texts_beside_the_recordings_are_refused_with_a_sentence(shared_data: Path) -> None:
    texts = [*shared_data.glob("*/PROVENANCE.txt"), *shared_data.glob("*/LICENSE")]
    assert texts
    for path in texts:
        with pytest.raises(RecordingError):
            read_recording(path)
