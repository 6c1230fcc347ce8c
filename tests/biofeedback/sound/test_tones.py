"""In and out can be told apart with eyes shut, and follow the guide of any breath."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.practice.breath import continued
from biofeedback.sound.choices import SoundChoices
from biofeedback.sound.soundscape import Soundscape
from biofeedback.types import BreathPattern, BreathSegment, GuideChanged
from tests.biofeedback.sound.listening import (
    EASE,
    RATE_HZ,
    between,
    breathing,
    centroid_hz,
    heard,
    pitch_hz,
    play,
    rms,
)

TONES = SoundChoices(tones=1)

BRIGHTER = 1.5
"""The stated difference: the spectral centroid of the in-tone against that of the out-tone."""


@pytest.mark.parametrize("volume", [1.0, 0.2])
def test_in_is_brighter_than_out_at_any_volume(volume: float) -> None:
    sound = heard(breathing(breaths=2), SoundChoices(tones=volume))
    breath_in, breath_out = between(sound, 10.0, 14.5), between(sound, 14.5, 20.0)
    assert centroid_hz(breath_in) > BRIGHTER * centroid_hz(breath_out)


def test_in_rises_and_out_falls() -> None:
    sound = heard(breathing(breaths=2), TONES)
    rises = [pitch_hz(between(sound, at, at + 0.4)) for at in (10.8, 12.0, 13.2)]
    falls = [pitch_hz(between(sound, at, at + 0.4)) for at in (15.5, 16.9, 18.3)]
    assert rises[0] < rises[1] < rises[2]
    assert falls[0] > falls[1] > falls[2]


def test_in_and_out_are_about_as_loud() -> None:
    sound = heard(breathing(breaths=2), TONES)
    ratio = rms(between(sound, 11.2, 14.0)) / rms(between(sound, 15.8, 19.4))
    assert 0.5 < ratio < 1.0  # overtones make the in-tone louder than its power says


def test_a_hold_is_silent() -> None:
    box = BreathPattern(4.0, 4.0, 4.0, 4.0)
    sound = heard(breathing(box, 2), TONES)
    for begins_s in (20.1, 28.1):
        assert rms(between(sound, begins_s, begins_s + 3.8)) == 0.0
    for begins_s in (16.0, 24.0):
        assert rms(between(sound, begins_s + 1, begins_s + 3)) > 0.02


@settings(max_examples=15, deadline=None)
@given(
    inhale_s=st.floats(2.0, 8.0),
    hold_in_s=st.one_of(st.just(0.0), st.floats(0.5, 7.0)),
    exhale_s=st.floats(2.0, 10.0),
    hold_out_s=st.one_of(st.just(0.0), st.floats(0.5, 7.0)),
)
def test_tones_keep_to_their_stages_in_any_pattern(
    inhale_s: float, hold_in_s: float, exhale_s: float, hold_out_s: float
) -> None:
    pattern = BreathPattern(inhale_s, hold_in_s, exhale_s, hold_out_s)
    rate_hz = 4000
    sound = heard(breathing(pattern, 2), TONES, rate_hz)
    cycle_s = pattern.cycle_s
    turns_s = cycle_s + inhale_s + hold_in_s
    loudest = float(np.max(np.abs(sound)))
    for boundary_s in (cycle_s, turns_s):
        assert rms(between(sound, boundary_s - 0.01, boundary_s + 0.01, rate_hz)) < 0.02 * loudest
    for middle_s in (cycle_s + inhale_s / 2, turns_s + exhale_s / 2):
        assert rms(between(sound, middle_s - 0.2, middle_s + 0.2, rate_hz)) > 0.3 * loudest


def test_a_change_of_pace_is_followed_at_the_breath_where_it_comes() -> None:
    soundscape = Soundscape(TONES, RATE_HZ)
    first = BreathSegment(0.0, EASE)
    slower = continued(first, 10.0, BreathPattern(5.0, 0.0, 7.0, 0.0))
    soundscape.take(GuideChanged(0.0, first))
    sound = [play(soundscape, 0.0, 10.0)]
    begins_s = len(sound[0]) / RATE_HZ
    soundscape.take(GuideChanged(10.0, slower))
    sound.append(play(soundscape, begins_s, 13.0))
    all_of_it = np.concatenate(sound)
    assert rms(between(all_of_it, 14.98, 15.02)) < 0.01  # from in to out, 5 s into it
    assert pitch_hz(between(all_of_it, 14.0, 14.4)) > 350
    assert centroid_hz(between(all_of_it, 10.0, 15.0)) > BRIGHTER * centroid_hz(
        between(all_of_it, 15.0, 22.0)
    )


def test_a_ramp_is_followed_breath_by_breath() -> None:
    light, slow = BreathPattern(3.0, 0.0, 4.0, 0.0), BreathPattern(5.0, 1.0, 7.0, 0.0)
    sounds = []
    for segment in (BreathSegment(0.0, slow, lead=(light, EASE)), BreathSegment(0.0, light)):
        soundscape = Soundscape(TONES, RATE_HZ)
        soundscape.take(GuideChanged(0.0, segment))
        sounds.append(play(soundscape, 0.0, 24.0))
    ramp, steady = sounds
    assert np.array_equal(between(ramp, 0.0, 6.9), between(steady, 0.0, 6.9))
    for turn_s in (3.0, 7.0, 11.5, 17.0, 22.5):
        assert rms(between(ramp, turn_s - 0.01, turn_s + 0.01)) < 0.003, turn_s
    for middle_s in (1.5, 5.0, 9.25, 14.25, 19.5):
        assert rms(between(ramp, middle_s - 0.2, middle_s + 0.2)) > 0.05, middle_s


def test_a_guide_that_rests_a_little_late_is_not_heard_to_begin_again() -> None:
    """The end of a guide is told up to 0.15 s late, and sound is made 0.15 s ahead."""
    soundscape = Soundscape(TONES, RATE_HZ)
    soundscape.take(GuideChanged(0.0, BreathSegment(0.0, EASE)))
    guided = play(soundscape, 0.0, 10.3)
    soundscape.take(GuideChanged(10.0, None))
    rest = play(soundscape, len(guided) / RATE_HZ, 1.0)
    late = np.concatenate([between(guided, 10.0, 10.3), rest])
    # 26 dB below the tone, and gone
    assert np.max(np.abs(late)) < 0.05 * np.max(np.abs(guided))
    assert not np.any(late[-RATE_HZ // 2 :])
