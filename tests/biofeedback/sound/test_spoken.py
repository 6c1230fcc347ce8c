"""Spoken lines never overlap, and none is spoken late."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.practice.content import load_content
from biofeedback.practice.state import Practice
from biofeedback.sound.spoken import LONGEST_S, SpokenLines
from biofeedback.types import (
    Action,
    Choices,
    LineShown,
    Paused,
    PracticeEnded,
    Resumed,
    Update,
)
from tests.biofeedback.practice.person import run_through

CONTENT = load_content()
PLANS = list(CONTENT.plans)
END = CONTENT.sets["rest"].line("end").text


class Voice:
    """A voice in simulated time that notes who speaks when, and never speaks over itself."""

    def __init__(
        self, chars_per_s: float = 13.0, stops_after_s: float = 0.05, awake_s: float = 0.0
    ) -> None:
        self._awake_s = awake_s
        self.now_s = 0.0
        self.spoken: list[tuple[float, float, str]] = []
        self.ducked: list[bool] = []
        self._chars_per_s = chars_per_s
        self._stops_after_s = stops_after_s
        self._ends_s: float | None = None
        self._text, self._began_s = "", 0.0
        self.lines = SpokenLines(self, lambda: self.now_s, self.ducked.append)

    @property
    def begun(self) -> bool:
        return self._ends_s is not None and self.now_s >= self._awake_s

    def say(self, text: str) -> None:
        assert self._ends_s is None, f"{text!r} over {self._text!r}"
        self._text, self._began_s = text, self.now_s
        self._ends_s = max(self.now_s, self._awake_s) + 0.3 + len(text) / self._chars_per_s

    def stop(self) -> None:
        if self._ends_s is not None:
            self._ends_s = min(self._ends_s, self.now_s + self._stops_after_s)

    def until(self, t_s: float) -> None:
        while self._ends_s is not None and self._ends_s <= t_s:
            self.now_s = self._ends_s
            self.spoken.append((self._began_s, self.now_s, self._text))
            self._ends_s = None
            self.lines.finished()
        self.now_s = t_s


def spoken(updates: list[Update], voice: Voice | None = None) -> Voice:
    voice = voice or Voice()
    for update in updates:
        voice.until(update.t_s)
        voice.lines.take(update, CONTENT)
    voice.until(updates[-1].t_s + 60)
    return voice


def line(t_s: float, text: str) -> LineShown:
    return LineShown(t_s, "kind", text or "-", text)


@pytest.mark.parametrize("chars_per_s", [6.0, 13.0, 30.0])
@pytest.mark.parametrize("plan_id", PLANS)
def test_no_two_lines_overlap_over_a_full_practice(plan_id: str, chars_per_s: float) -> None:
    updates = Practice(Choices(plan_id=plan_id, attended=False), CONTENT).advance(100_000)
    voice = spoken(updates, Voice(chars_per_s))
    for (_, ends_s, _), (begins_s, _, _) in pairwise(voice.spoken):
        assert begins_s >= ends_s
    shown = [u for u in updates if isinstance(u, LineShown) and u.text]
    assert len(shown) >= 6
    if chars_per_s >= 13:
        assert [text for _, _, text in voice.spoken] == [*(u.text for u in shown), END]
        for (begins_s, _, _), update in zip(voice.spoken, shown, strict=False):
            assert begins_s == update.t_s


@pytest.mark.parametrize("plan_id", ["ten_reframe", "twenty_reframe", "letter"])
def test_what_is_to_be_written_is_spoken_with_its_hint_when_it_comes(plan_id: str) -> None:
    updates = run_through(Choices(plan_id=plan_id, quiet_s=0.0))
    voice = spoken(updates)
    heard = {begins_s: text for begins_s, _, text in voice.spoken}
    waits = [u for u in updates if isinstance(u, LineShown) and u.suggested_s is not None]
    assert len(waits) >= 6
    for update in waits:
        line_of = CONTENT.sets[update.set_id].line(update.line_id)
        assert line_of.hint
        assert heard[update.t_s] == f"{update.text} {line_of.hint}"
    led = [u for u in updates if isinstance(u, LineShown) and u.text and u.suggested_s is None]
    assert all(heard[update.t_s] == update.text for update in led)
    for (_, ends_s, _), (begins_s, _, _) in pairwise(voice.spoken):
        assert begins_s >= ends_s


@settings(max_examples=60, deadline=None)
@given(
    acts=st.lists(
        st.tuples(
            st.floats(0.1, 60.0),
            st.sampled_from(
                [
                    (Action.PAUSE, ""),
                    (Action.RESUME, ""),
                    (Action.NEXT_LINE, ""),
                    (Action.PREVIOUS_LINE, ""),
                    (Action.SKIP, ""),
                    (Action.GUIDE, "slow"),
                    (Action.STOP, ""),
                ]
            ),
        ),
        max_size=12,
    ),
    chars_per_s=st.floats(3.0, 30.0),
)
def test_whatever_the_person_does_no_line_is_spoken_late(
    acts: list[tuple[float, tuple[Action, str]]], chars_per_s: float
) -> None:
    practice = Practice(Choices(quiet_s=20), CONTENT)
    updates, t_s = practice.advance(0.0), 0.0
    for wait_s, (action, value) in acts:
        t_s += wait_s
        updates += practice.advance(t_s)
        updates += practice.act(t_s, action, value)
    updates += practice.act(t_s + 1, Action.RESUME)
    updates += practice.advance(t_s + 100_000)
    voice = spoken(updates, Voice(chars_per_s))
    shows = [u for u in updates if isinstance(u, LineShown | PracticeEnded | Paused)]
    for begins_s, _, text in voice.spoken:
        if text == END:
            continue
        before = [u for u in shows if u.t_s < begins_s][-1:]
        # what came and went at this very moment was up, too
        up = [*before, *(u for u in shows if u.t_s == begins_s)]
        texts = [u.text for u in up if isinstance(u, LineShown)]
        assert text in texts, f"{text!r} was spoken when it had gone"


def test_a_newer_line_takes_the_place_of_the_one_that_waits() -> None:
    voice = spoken([line(0.0, "a" * 90), line(1.0, "second"), line(2.0, "third")])
    assert [text for _, _, text in voice.spoken] == ["a" * 90, "third"]


def test_a_line_that_has_faded_is_not_spoken() -> None:
    voice = spoken([line(0.0, "a" * 90), line(1.0, "second"), line(2.0, "")])
    assert [text for _, _, text in voice.spoken] == ["a" * 90]


def test_a_line_that_went_before_the_voice_was_awake_is_taken_back() -> None:
    for after, heard in ((line(6.0, ""), []), (line(6.0, "second"), ["second"])):
        voice = spoken([line(0.0, "first"), after], Voice(awake_s=9.0))
        assert [text for _, ends_s, text in voice.spoken if ends_s > 9.0] == heard


def test_fading_does_not_cut_what_is_being_said() -> None:
    voice = spoken([line(0.0, "a" * 90), line(1.0, "")])
    ((begins_s, ends_s, _),) = voice.spoken
    assert ends_s - begins_s > 5


def test_pausing_silences_at_once_and_going_on_speaks_again() -> None:
    updates: list[Update] = [
        line(0.0, "a" * 90),
        Paused(1.0),
        line(1.0, "never"),
        Resumed(9.0),
        line(9.0, "b"),
    ]
    voice = spoken(updates)
    (_, ends_s, _), (begins_s, _, text) = voice.spoken
    assert ends_s == pytest.approx(1.05)
    assert (begins_s, text) == (9.0, "b")


def test_stopping_says_nothing_more() -> None:
    voice = spoken([line(0.0, "a" * 90), line(1.0, "second"), PracticeEnded(2.0, completed=False)])
    ((_, ends_s, _),) = voice.spoken
    assert ends_s == pytest.approx(2.05)


def test_the_end_waits_for_the_last_line() -> None:
    voice = spoken([line(0.0, "a" * 90), PracticeEnded(1.0, completed=True)])
    assert [text for _, _, text in voice.spoken] == ["a" * 90, END]


def test_the_sound_makes_room_once_for_lines_in_a_row() -> None:
    voice = spoken([line(0.0, "a" * 90), line(1.0, "second")])
    assert voice.ducked == [True, True, False]


def test_a_voice_that_never_says_it_is_done_does_not_silence_the_rest() -> None:
    class Stuck(Voice):
        def say(self, text: str) -> None:
            self.spoken.append((self.now_s, self.now_s, text))

    voice = Stuck()
    for t_s, text in ((0.0, "one"), (10.0, "two"), (LONGEST_S + 1, "three")):
        voice.now_s = t_s
        voice.lines.take(line(t_s, text))
    assert [text for _, _, text in voice.spoken] == ["one", "three"]
