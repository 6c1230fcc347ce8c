"""The whole path to a loudspeaker: with one, without one, and when it is pulled out."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from biofeedback.sound.rendering import blocks
from biofeedback.types import (
    BreathSegment,
    GuideChanged,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    Update,
)
from tests.gui.sound.conftest import RATE_HZ, SINK, PulseAudio, play
from tests.gui.sound.playing import BREATH, CHOICES


def test_the_tones_come_out_in_step_with_the_breath_and_without_a_click(
    pulse: PulseAudio,
) -> None:
    with pulse.listening() as heard:
        told = play(pulse.environment, "5.2")
    assert told["loaded_before"] is False
    assert told["playing"][-1][1] is True
    sound, at_s = heard.sound()
    # where a daemon on a busy machine came late itself, it put exact zeros
    ours = (sound[:-1] != 0) & (sound[1:] != 0)
    assert np.max(np.abs(np.diff(sound))[ours]) < 0.03
    assert 0.05 < np.max(np.abs(sound)) < 0.6
    assert abs(lag_s(sound, at_s - told["began_s"], 2.9, 4.9)) < 0.06


def lag_s(sound: NDArray, session_s: NDArray, begins_s: float, ends_s: float) -> float:
    """How much later the breath is heard than the guide is, by the rise and fall of the sound."""
    updates: list[Update] = [
        PhaseStarted(0.0, PhaseName.GUIDED, None),
        GuideChanged(0.0, BreathSegment(0.0, BREATH)),
        PracticeEnded(8.0, completed=False),
    ]
    guided = np.concatenate(list(blocks(updates, CHOICES, RATE_HZ)))
    bins_s = np.arange(0.0, 9.0, 0.005)
    as_heard, as_guided = np.zeros(len(bins_s)), np.zeros(len(bins_s))
    within = (session_s > begins_s - 0.5) & (session_s < ends_s + 0.5)
    for envelope, at_s, samples in (
        (as_heard, session_s[within], sound[within]),
        (as_guided, np.arange(len(guided)) / RATE_HZ, guided),
    ):
        inside = at_s < 8.9
        bins = np.searchsorted(bins_s, at_s[inside], side="right") - 1
        np.maximum.at(envelope, bins, np.abs(samples[inside]))
    around = np.flatnonzero((bins_s > begins_s) & (bins_s < ends_s - 0.3))
    lags = range(-50, 51)
    off = [np.sum((as_heard[around + lag] - as_guided[around]) ** 2) for lag in lags]
    return lags[int(np.argmin(off))] * 0.005


def test_a_device_that_is_pulled_out_is_silence_and_it_comes_back(pulse: PulseAudio) -> None:
    told = play(
        pulse.environment,
        "8.5",
        "2:pactl unload-module module-null-sink",
        f"5.8:pactl load-module {SINK}",
    )
    sentences = [sentence for _, sentence in told["notes"]]
    assert any("comes back" in sentence for sentence in sentences)
    assert told["playing"][-1][1] is True
    assert "comes back" not in sentences[-1]


def test_without_a_device_it_is_silent_and_says_so_once(tmp_path: Path) -> None:
    environment = {**os.environ, "PULSE_SERVER": f"unix:{tmp_path}/nobody"}
    told = play(environment, "2.6")
    assert not any(plays for _, plays in told["playing"])
    said = [sentence for _, sentence in told["notes"] if "no sound" in sentence]
    # of speech, more may be said after it, whenever that is known
    sentences = {each.partition(".")[0] for each in said}
    assert len(sentences) == 1
    assert "audio output" in sentences.pop()


def test_without_the_parts_it_is_silent_and_names_the_package() -> None:
    told = play(dict(os.environ), "--without-parts", "0.5")
    assert not any(plays for _, plays in told["playing"])
    said = [each for _, each in told["notes"] if "no sound" in each]
    assert said
    assert len({each.partition(".")[0] for each in said}) == 1  # of speech, more may be said after
    assert told["closed_in_s"] < 1
