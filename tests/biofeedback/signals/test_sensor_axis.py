"""Samples of a sensor get times that are steady, rise, and know where something is missing."""

from __future__ import annotations

import random

import numpy as np
import pytest

from biofeedback.signals.sensor_axis import Placed, SensorAxis

START_NS = 599_616_000_000_000_000


def place(axis: SensorAxis, last_s: float, n_samples: int, delay_s: float = 0.1) -> Placed:
    """Place a frame whose last sample was taken at ``last_s`` of session time."""
    return axis.place(last_s + delay_s, START_NS + round(last_s * 1e9), n_samples)


def test_samples_are_spread_backwards_from_the_last_one() -> None:
    placed = place(SensorAxis(130.0), 10.0, 73)
    assert placed.starts
    assert placed.t_s[-1] == pytest.approx(10.1)
    assert np.diff(placed.t_s) == pytest.approx(1 / 130)


def test_a_strap_whose_clock_is_a_little_off_is_believed() -> None:
    axis = SensorAxis(130.0)
    true_hz = 130.6
    frames = [place(axis, 73 * i / true_hz, 73) for i in range(1, 20)]
    assert [placed.starts for placed in frames] == [True] + 18 * [False]
    sensor_s = np.concatenate([placed.sensor_s for placed in frames[1:]])
    assert np.diff(sensor_s) == pytest.approx(1 / true_hz)
    assert axis.rate_hz == pytest.approx(true_hz)


def test_the_jitter_of_the_radio_does_not_reach_the_samples() -> None:
    chance = random.Random(1)
    axis = SensorAxis(50.0)
    errors_s, reached_s = [], 0.0
    for i in range(1, 400):
        last_s = 0.72 * i
        reached_s = max(reached_s, last_s + 0.05 + chance.expovariate(1 / 0.1))
        placed = axis.place(reached_s, START_NS + round(last_s * 1e9), 36)
        errors_s.append(float(placed.t_s[-1]) - last_s)
    late_s = np.array(errors_s[100:])
    assert late_s.std() < 0.005
    assert 0.05 <= late_s.mean() < 0.07


def test_times_rise_though_the_guess_of_the_delay_falls() -> None:
    axis = SensorAxis(50.0)
    frames = [place(axis, 0.72 * i, 36, delay_s=3.0 / i) for i in range(1, 100)]
    t_s = np.concatenate([placed.t_s for placed in frames])
    assert (np.diff(t_s) > 0).all()


def test_lost_frames_leave_a_hole_that_is_told() -> None:
    axis = SensorAxis(50.0)
    frames = [place(axis, 0.72 * i, 36) for i in (1, 2, 3, 5, 6, 20, 21)]
    assert [placed.starts for placed in frames] == [True, False, False, True, False, True, False]
    assert np.diff(frames[3].t_s) == pytest.approx(0.02)
    assert frames[3].t_s[0] - frames[2].t_s[-1] == pytest.approx(0.74)
    assert axis.rate_hz == pytest.approx(50.0)


@pytest.mark.parametrize("true_hz", [25.0, 100.0, 200.0])
def test_a_rate_that_nobody_asked_for_is_found_out(true_hz: float) -> None:
    axis = SensorAxis(50.0)
    frames = [place(axis, 36 * i / true_hz, 36) for i in range(1, 9)]
    assert axis.rate_hz == pytest.approx(true_hz)
    assert np.diff(frames[-1].sensor_s) == pytest.approx(1 / true_hz)
    t_s = np.concatenate([placed.t_s for placed in frames])
    assert (np.diff(t_s) > 0).all()


def test_a_frame_that_comes_twice_counts_once() -> None:
    axis = SensorAxis(50.0)
    place(axis, 0.72, 36)
    assert place(axis, 0.72, 36, delay_s=0.2).t_s.size == 0
    assert not place(axis, 1.44, 36).starts


def test_a_clock_that_began_anew_begins_a_segment() -> None:
    axis = SensorAxis(50.0)
    for i in range(1, 4):
        place(axis, 0.72 * i, 36)
    again = axis.place(100.0, START_NS, 36)
    assert again.starts
    assert again.t_s[-1] == pytest.approx(100.0)
    assert again.sensor_s[-1] == 0.0


def test_after_a_gap_nothing_is_joined() -> None:
    axis = SensorAxis(50.0)
    place(axis, 0.72, 36)
    axis.gap()
    assert place(axis, 1.44, 36).starts


def test_an_empty_frame_places_nothing() -> None:
    assert place(SensorAxis(50.0), 1.0, 0).t_s.size == 0
