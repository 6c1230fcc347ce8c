"""An ECG from the strap to the disk and back: raw, whole, and of the very beats of the RR."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from biofeedback.run import replay
from biofeedback.sessions.store import Store
from biofeedback.signals.ecg_peaks import check_rr, r_peaks
from biofeedback.signals.sensor_samples import SensorReader
from biofeedback.types import BeatsJudged, Packet, SensorFrame, SensorStream
from tests.biofeedback.cli.conftest import Command


def test_a_practice_records_the_sensors_raw_and_peaks_agree_with_the_intervals(
    command: Command, home: Path
) -> None:
    arguments = ("demo", "--seed", 3, "--seconds", 60, "--headless", "--speed", 0, "--json")
    assert command(*arguments, "--sensors").code == 0
    assert command(*arguments).code == 0
    with Store.open(home) as store:
        with_sensors, without = sorted(store.sessions(), key=lambda info: info.id)
        stored = store.events(with_sensors.id)
        plain = store.events(without.id)
    # who asks for sensors loses nothing of the heart rate, and who doesn't has none on disk
    assert [e.t_s for e in stored if isinstance(e, Packet)] == [
        e.t_s for e in plain if isinstance(e, Packet)
    ]
    assert not any(isinstance(e, SensorFrame) for e in plain)
    reader = SensorReader(SensorStream.ECG)
    frames = [e for e in stored if isinstance(e, SensorFrame) and e.stream is SensorStream.ECG]
    samples = [read for frame in frames if (read := reader.step(frame)) is not None]
    assert len(samples) == len(frames) > 90
    t_s = np.concatenate([one.t_s for one in samples])
    uv = np.concatenate([one.values for one in samples])
    found = r_peaks(uv, reader.rate_hz)
    peaks_s = np.interp(found, np.arange(t_s.size), t_s)
    updates, _ = replay(stored, with_sensors.choices)
    beats = [beat for u in updates if isinstance(u, BeatsJudged) for beat in u.beats]
    checked = check_rr(
        peaks_s, np.array([beat.t_s for beat in beats]), np.array([beat.rr_ms for beat in beats])
    )
    assert checked is not None
    assert checked.n_compared > 40
    assert checked.n_agreeing == checked.n_compared
    assert checked.apart_ms < 3.0
