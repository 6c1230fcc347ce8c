"""A full practice with the screen off: each part and the end are announced, by bowl or voice."""

from __future__ import annotations

from itertools import pairwise

import pytest

from biofeedback.practice.content import load_content
from biofeedback.practice.state import Practice
from biofeedback.sound.choices import SoundChoices
from biofeedback.types import (
    BreathSegment,
    Choices,
    GuideChanged,
    PhaseStarted,
    PracticeEnded,
    Update,
)
from tests.biofeedback.sound.listening import between, heard, rms
from tests.biofeedback.sound.test_spoken import END, spoken

CONTENT = load_content()
RATE_HZ = 4000
PLANS = ["five", *(plan for plan in CONTENT.plans if plan not in {"five", "ten", "twenty"})]


def practice(plan_id: str) -> list[Update]:
    choices = Choices(plan_id=plan_id, attended=False)
    return Practice(choices, CONTENT).advance(100_000)


@pytest.mark.parametrize("plan_id", ["five", "letter"])
def test_every_part_and_the_end_are_announced_by_the_bowl(plan_id: str) -> None:
    updates = practice(plan_id)
    sound = heard(updates, SoundChoices(tones=0, bowl=0.5), RATE_HZ)
    marks = [u for u in updates if isinstance(u, PhaseStarted | PracticeEnded)]
    assert len(marks) == 4
    for mark in marks:
        after = rms(between(sound, mark.t_s + 0.1, mark.t_s + 1.5, RATE_HZ))
        before = rms(between(sound, mark.t_s - 1.5, mark.t_s - 0.1, RATE_HZ)) if mark.t_s else 0.0
        assert after > 5 * before
        assert after > 0.003


@pytest.mark.parametrize("plan_id", PLANS)
def test_every_part_and_the_end_are_announced_by_the_voice(plan_id: str) -> None:
    updates = practice(plan_id)
    voice = spoken(updates)
    for mark in (u for u in updates if isinstance(u, PhaseStarted)):
        waits_s = min(begins for begins, _, _ in voice.spoken if begins >= mark.t_s - 0.01)
        assert waits_s - mark.t_s < 15
    assert voice.spoken[-1][2] == END
    for (_, ends_s, _), (begins_s, _, _) in pairwise(voice.spoken):
        assert begins_s >= ends_s


def test_every_breath_of_the_guide_can_be_heard() -> None:
    updates = practice("five")
    sound = heard(updates, SoundChoices(), RATE_HZ)
    guides = [u for u in updates if isinstance(u, GuideChanged)]
    quietest = 1.0
    for guide, after in pairwise(guides):
        if guide.segment is None:
            continue
        for begins_s, length_s in stages(guide.segment, guide.t_s, after.t_s):
            middle = between(sound, begins_s + 0.4 * length_s, begins_s + 0.6 * length_s, RATE_HZ)
            quietest = min(quietest, rms(middle))
    assert quietest > 0.01


def stages(segment: BreathSegment, begins_s: float, ends_s: float) -> list[tuple[float, float]]:
    """When each breath in and out begins, and how long it takes."""
    pattern = segment.pattern
    found = []
    for number in range(int((ends_s - begins_s) / pattern.cycle_s + 1e-6)):
        at_s = segment.start_s + number * pattern.cycle_s
        found.append((at_s, pattern.inhale_s))
        found.append((at_s + pattern.inhale_s + pattern.hold_in_s, pattern.exhale_s))
    return found
