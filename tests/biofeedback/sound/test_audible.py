"""What is heard and what is seen stay together, whatever the loudspeaker's clock does."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from biofeedback.sound.audible import JUMP_S, AudibleTime
from biofeedback.sound.choices import SoundChoices
from biofeedback.sound.control import BLOCK
from biofeedback.sound.performance import Performance
from biofeedback.sound.soundscape import Soundscape
from biofeedback.types import BreathSegment, GuideChanged, PracticeEnded
from tests.biofeedback.sound.listening import EASE, RATE_HZ, heard

CLOSE_S = 0.030
QUEUE_S = 0.12
TWENTY_MINUTES_S = 1200.0


@dataclass
class Device:
    """A loudspeaker whose clock runs ``speed`` times as fast as it says.

    It asks for a block whenever its queue has room, up to ``late_s`` late, and tells how much is
    queued with an error of up to ``vague_s``.
    """

    speed: float
    late_s: float = 0.008
    vague_s: float = 0.004
    rate_hz: int = 48_000

    def blocks(self, seconds: float, seed: int = 0) -> Iterator[tuple[float, float, float]]:
        """Yield (when it asks, what it says is queued, when the block will truly be heard)."""
        random = Random(seed)
        length_s = BLOCK / self.rate_hz / self.speed
        heard_s = QUEUE_S
        while heard_s < seconds:
            asks_s = heard_s - QUEUE_S + random.uniform(0, self.late_s)
            said_s = (heard_s - asks_s) * self.speed + random.uniform(-self.vague_s, self.vague_s)
            yield asks_s, said_s, heard_s
            heard_s += length_s


@pytest.mark.parametrize("speed", [1.001, 0.999, 1.0, 1.005])
def test_tones_stay_within_30_ms_of_the_orb_for_20_minutes(speed: float) -> None:
    audible = AudibleTime()
    length_s = BLOCK / 48_000
    worst_s = 0.0
    for asks_s, said_s, heard_s in Device(speed).blocks(TWENTY_MINUTES_S):
        begins_s, _ = audible.block(asks_s + said_s, length_s)
        worst_s = max(worst_s, abs(begins_s - heard_s))
    assert worst_s < CLOSE_S / 2


@settings(max_examples=20, deadline=None)
@given(speed=st.floats(0.995, 1.005), late_s=st.floats(0, 0.02), seed=st.integers(0, 99))
def test_the_session_never_goes_back_nor_stumbles_in_the_sound(
    speed: float, late_s: float, seed: int
) -> None:
    audible = AudibleTime()
    length_s = BLOCK / 48_000
    before_s = None
    for asks_s, said_s, _ in Device(speed, late_s).blocks(20.0, seed):
        begins_s, ends_s = audible.block(asks_s + said_s, length_s)
        assert before_s is None or begins_s == before_s
        assert 0.9 * length_s < ends_s - begins_s < 1.1 * length_s
        before_s = ends_s


def test_a_device_that_stood_still_takes_up_where_time_is() -> None:
    audible = AudibleTime()
    for number in range(50):
        audible.block(number * 0.02, 0.02)
    begins_s, _ = audible.block(50 * 0.02 + 5.0, 0.02)
    assert begins_s == 6.0
    assert JUMP_S < 5.0


def envelope(sound: NDArray, at_s: NDArray, bins_s: NDArray) -> NDArray:
    """The loudest sample of each bin of session time."""
    loudest = np.zeros(len(bins_s))
    np.maximum.at(loudest, np.searchsorted(bins_s, at_s, side="right") - 1, np.abs(sound))
    return loudest


def test_the_turns_of_the_breath_are_heard_when_they_are_seen() -> None:
    """By the sound itself: its rise and fall around each turn lie where the guide's do."""
    device = Device(1.001, rate_hz=RATE_HZ)
    now_s = 0.0
    performance = Performance(Soundscape(SoundChoices(tones=1), RATE_HZ), lambda: now_s)
    begins = GuideChanged(0.0, BreathSegment(0.0, EASE))
    performance.tell(lambda sound: sound.take(begins))
    sound, heard_s = [], []
    for asks_s, said_s, begins_s in device.blocks(120.0):
        now_s = asks_s
        sound.append(performance.block(said_s))
        heard_s.append(begins_s + np.arange(BLOCK) / RATE_HZ / device.speed)
    ideal = heard([begins, PracticeEnded(125.0, completed=True)], SoundChoices(tones=1))
    bin_s = 0.005
    bins_s = np.arange(0.0, 130.0, bin_s)
    as_heard = envelope(np.concatenate(sound), np.concatenate(heard_s), bins_s)
    as_guided = envelope(ideal, np.arange(len(ideal)) / RATE_HZ, bins_s)
    for turn_s in (14.5, 20.0, 54.5, 60.0, 104.5, 110.0):
        around = np.flatnonzero(np.abs(bins_s - turn_s) < 1.0)
        lags = range(-20, 21)
        off = [np.sum((as_heard[around + lag] - as_guided[around]) ** 2) for lag in lags]
        assert abs(lags[int(np.argmin(off))] * bin_s) < CLOSE_S, turn_s


def test_what_is_told_from_any_thread_is_heard_in_the_next_block() -> None:
    performance = Performance(Soundscape(SoundChoices(tones=1), RATE_HZ), lambda: 3.0)
    assert not np.any(performance.block(0.0))
    assert performance.still_s > 0
    performance.tell(lambda sound: sound.take(GuideChanged(0.0, BreathSegment(0.0, EASE))))
    assert np.any(performance.block(0.0))
    assert performance.still_s == 0
