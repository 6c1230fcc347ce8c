"""No click, no shock, no offset: what everything together sounds like."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.sound.choices import SoundChoices, gain
from biofeedback.sound.soundscape import DUCKED, PEAK, Answer, Soundscape
from biofeedback.types import (
    BreathPattern,
    BreathSegment,
    Following,
    GuideChanged,
    LinkChanged,
    LinkReason,
    Metrics,
    Paused,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    Resumed,
    Update,
)
from tests.biofeedback.sound.listening import (
    ALL,
    EASE,
    RATE_HZ,
    SILENCE,
    between,
    breathing,
    heard,
    play,
    rms,
)

JUMP = 0.15
"""No two samples differ by more: the steepest that the mix of all layers is, at 16 kHz."""

FULL = 48_000


def follows(t_s: float, r2: float, reason: str = "") -> Metrics:
    return Metrics(t_s, following=Following(0.8, r2, 5.0, 0.9), reason=reason)


def guided(choices: SoundChoices, rate_hz: int = RATE_HZ) -> Soundscape:
    soundscape = Soundscape(choices, rate_hz)
    soundscape.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
    soundscape.take(GuideChanged(0.0, BreathSegment(0.0, EASE)))
    return soundscape


# ------------------------------------------------------------------------------- the samples
@pytest.mark.parametrize("rate_hz", [16_000, FULL])
def test_it_begins_and_ends_at_nothing_without_jump_peak_or_offset(rate_hz: int) -> None:
    sound = heard(breathing(breaths=1), ALL, rate_hz)
    assert abs(sound[0]) < 1e-4
    assert sound[-1] == 0.0
    assert np.max(np.abs(np.diff(sound))) < JUMP * RATE_HZ / rate_hz
    assert np.max(np.abs(sound)) < PEAK
    assert abs(np.mean(sound)) < 1e-4


def test_it_fades_in() -> None:
    sound = heard(breathing(breaths=2), SoundChoices(tones=1, waves=1))
    assert rms(between(sound, 0.0, 0.1)) < 0.05 * rms(between(sound, 12.0, 14.0))


def test_the_default_is_gentle() -> None:
    sound = heard(breathing(breaths=2), SoundChoices())
    assert np.max(np.abs(sound)) < 0.1  # 20 dB below full scale
    assert rms(sound) > 0.01


def test_the_same_gives_the_same_to_the_last_bit() -> None:
    one, other = heard(breathing(breaths=1), ALL), heard(breathing(breaths=1), ALL)
    assert one.tobytes() == other.tobytes()


# A pattern of things that may happen, each with seconds of sound after it.
HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "pause", "resume", "ground", "rest", "begin", "slower", "box", "follow", "poor",
                "lost", "phase", "end", "mute", "loud", "off", "speak", "silent", "jump",
            ]
        ),
        st.floats(0.02, 1.5),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(happenings=HAPPENINGS)
def test_nothing_that_happens_makes_a_click(happenings: list[tuple[str, float]]) -> None:
    soundscape = guided(ALL)
    choices = ALL
    t_s = 0.0
    parts = [play(soundscape, 0.0, 2.0)]
    for what, seconds in happenings:
        updates: dict[str, Update] = {
            "pause": Paused(t_s),
            "resume": Resumed(t_s),
            "rest": GuideChanged(t_s, None),
            "begin": GuideChanged(t_s, BreathSegment(t_s, EASE)),
            "slower": GuideChanged(t_s, BreathSegment(t_s - 3.0, BreathPattern(5, 0, 7, 0), 4.0)),
            "box": GuideChanged(t_s, BreathSegment(t_s - 1.0, BreathPattern(4, 4, 4, 4), 4.0)),
            "follow": follows(t_s, 0.9),
            "poor": Metrics(t_s, reason="artefacts"),
            "lost": LinkChanged(t_s, None, LinkReason.DROPPED),
            "phase": PhaseStarted(t_s, PhaseName.QUIET_AFTER, None),
            "end": PracticeEnded(t_s, completed=True),
        }
        if what in updates:
            soundscape.take(updates[what])
        elif what == "ground":
            soundscape.ground()
        elif what == "jump":
            t_s += 2.5  # the device stood still
        elif what in {"speak", "silent"}:
            soundscape.speak(what == "speak")
        else:
            muted = SoundChoices(tones=1, bowl=1, waves=1, heart=1, muted=True)
            choices = {"mute": muted, "loud": ALL, "off": SILENCE}[what]
            soundscape.choose(choices)
        parts.append(play(soundscape, t_s, seconds))
        t_s += len(parts[-1]) / RATE_HZ
    sound = np.concatenate(parts)
    assert np.max(np.abs(np.diff(sound))) < JUMP
    assert np.max(np.abs(sound)) < PEAK


# -------------------------------------------------------------------------------- the layers
def test_off_is_absent() -> None:
    updates = breathing(breaths=1)
    assert not np.any(heard(updates, SILENCE))
    for layer in ("tones", "bowl", "waves"):
        alone = replace(SILENCE, **{layer: 1.0})  # type: ignore[arg-type]
        assert np.any(heard(updates, alone)), layer


def test_volume_is_heard_as_chosen() -> None:
    loud = heard(breathing(breaths=2), SoundChoices(tones=1))
    soft = heard(breathing(breaths=2), SoundChoices(tones=0.5))
    # the limiter takes a little from what is loud
    assert rms(soft) / rms(loud) == pytest.approx(gain(0.5), rel=0.08)


def test_a_volume_outside_0_to_1_is_refused() -> None:
    for name, volume in (("tones", 1.1), ("bowl", -0.1), ("voice", np.nan), ("voice_rate", 2.0)):
        with pytest.raises(ValueError, match="lies between"):
            replace(SILENCE, **{name: volume})  # type: ignore[arg-type]


def test_mute_silences_all_and_gives_it_back() -> None:
    soundscape = guided(ALL)
    play(soundscape, 0.0, 3.0)
    soundscape.choose(ALL.toggled())
    muted = play(soundscape, 3.0, 1.0)
    assert not np.any(muted[RATE_HZ // 2 :])
    assert soundscape.still
    soundscape.choose(ALL.toggled().toggled())
    assert rms(play(soundscape, 4.0, 1.0)) > 0.01


def test_the_bowl_is_struck_where_a_part_begins_and_more_softly_at_the_end() -> None:
    soundscape = Soundscape(SoundChoices(tones=0, bowl=1), RATE_HZ)
    loudness = []
    for at, phase in enumerate(
        (PhaseName.ARRIVING, PhaseName.QUIET_BEFORE, PhaseName.GUIDED, PhaseName.QUIET_AFTER)
    ):
        soundscape.take(PhaseStarted(at * 40.0, phase, None))
        loudness.append(rms(play(soundscape, at * 40.0, 1.0)))
        play(soundscape, at * 40.0 + 1.0, 39.0)
        assert soundscape.still
    soundscape.take(PracticeEnded(160.0, completed=True))
    end = rms(play(soundscape, 160.0, 1.0))
    assert loudness[0] == 0.0
    assert min(loudness[1:]) > 0.02
    assert 0.02 < end < min(loudness[1:])


def test_the_bowl_never_comes_suddenly() -> None:
    soundscape = Soundscape(SoundChoices(tones=0, bowl=1), FULL)
    soundscape.take(PhaseStarted(0.0, PhaseName.GUIDED, None))
    sound = play(soundscape, 0.0, 1.0)
    peak = np.max(np.abs(sound))
    assert np.max(np.abs(sound[: int(0.015 * FULL)])) < 0.25 * peak


def test_waves_swell_with_the_breath_and_rest_in_quiet_times() -> None:
    sound = heard(breathing(breaths=2), SoundChoices(tones=0, waves=1))
    full, empty = between(sound, 14.0, 15.0), between(sound, 19.5, 20.5)
    assert rms(full) > 2 * rms(empty) > 0
    quiet: list[Update] = [
        PhaseStarted(0.0, PhaseName.QUIET_BEFORE, 60.0),
        PracticeEnded(20.0, completed=True),
    ]
    assert not np.any(heard(quiet, SoundChoices(tones=0, waves=1)))


def test_waves_pace_nobody_where_no_guide_runs() -> None:
    soundscape = Soundscape(SoundChoices(tones=0, waves=1), RATE_HZ)
    soundscape.take(PhaseStarted(0.0, PhaseName.GUIDED, None))
    sound = play(soundscape, 0.0, 30.0)
    loudness = [rms(between(sound, at, at + 3.0)) for at in range(4, 27, 3)]
    assert max(loudness) < 1.25 * min(loudness)


# --------------------------------------------------------------------------------- the heart
HEART = SoundChoices(tones=0, heart=1)


def warmed(r2: float, reason: str = "") -> Soundscape:
    soundscape = guided(HEART)
    for t_s in range(0, 24, 8):
        soundscape.take(follows(float(t_s), r2, reason))
        play(soundscape, float(t_s), 8.0)
    return soundscape


def test_the_heart_tone_warms_as_following_grows() -> None:
    loudness = []
    for r2 in (0.1, 0.3, 0.75):
        soundscape = warmed(r2)
        loudness.append(rms(play(soundscape, 24.0, 2.0)))
    assert loudness[0] == 0.0
    assert loudness == sorted(loudness)
    assert loudness[-1] > 2 * loudness[1] > 0


def test_the_heart_tone_comes_and_goes_slowly() -> None:
    soundscape = guided(HEART)
    soundscape.take(follows(0.0, 0.9))
    rising = play(soundscape, 0.0, 8.0)
    steps = [rms(between(rising, at, at + 0.5)) for at in np.arange(1.0, 7.5, 0.5)]
    assert max(np.diff(steps)) < 0.15 * steps[-1]
    soundscape.take(Metrics(8.0, reason="artefacts"))
    falling = play(soundscape, 8.0, 4.0)
    assert rms(between(falling, 0.0, 0.2)) > 0.8 * rms(between(rising, 7.5, 8.0))


@pytest.mark.parametrize(
    "poor",
    [
        Metrics(24.0, reason="artefacts"),
        follows(24.0, 0.9, "gap"),
        follows(24.0, 0.9, "untrue_rr"),
        LinkChanged(24.0, None, LinkReason.DROPPED),
        GuideChanged(24.0, None),
    ],
)
def test_the_heart_tone_is_silent_where_the_data_is_poor(poor: Update) -> None:
    soundscape = warmed(0.9)
    soundscape.take(poor)
    play(soundscape, 24.0, 18.0)
    assert soundscape.still


def test_the_heart_tone_is_silent_where_beats_have_stopped_coming() -> None:
    soundscape = warmed(0.9)
    play(soundscape, 24.0, 40.0)
    assert soundscape.still


# -------------------------------------------------------------------------------- the person
def test_pause_silences_the_breath_and_resume_brings_it_back() -> None:
    soundscape = guided(SoundChoices(tones=1, waves=1))
    play(soundscape, 0.0, 3.0)
    soundscape.take(Paused(3.0))
    paused = play(soundscape, 3.0, 5.0)
    assert rms(between(paused, 0.1, 0.5)) > 0.005  # the answer to the key
    assert soundscape.still
    soundscape.take(Resumed(8.0))
    soundscape.take(GuideChanged(8.0, BreathSegment(8.0, EASE)))
    assert rms(between(play(soundscape, 8.0, 3.0), 2.0, 3.0)) > 0.02


def answer(how: Answer | None) -> np.ndarray:
    soundscape = Soundscape(SoundChoices(), RATE_HZ)
    if how is None:
        soundscape.ground()
        soundscape.take(Paused(0.0))
    else:
        soundscape.answer(how)
    return play(soundscape, 0.0, 2.0)


def test_each_key_has_an_answer_of_its_own() -> None:
    answers = [answer(how) for how in Answer]
    for at, one in enumerate(answers):
        assert rms(one) > 0.001
        for other in answers[at + 1 :]:
            alike = np.corrcoef(one, other)[0, 1]
            assert abs(alike) < 0.9


def test_grounding_has_one_answer_not_two() -> None:
    assert answer(None).tobytes() == answer(Answer.GROUNDED).tobytes()


def test_no_answer_sounds_where_all_sound_is_off() -> None:
    soundscape = Soundscape(SILENCE, RATE_HZ)
    soundscape.take(Paused(0.0))
    assert not np.any(play(soundscape, 0.0, 1.0))


def test_the_tones_make_room_for_a_spoken_line() -> None:
    loud, ducked = guided(SoundChoices(tones=0.5)), guided(SoundChoices(tones=0.5))
    ducked.speak(True)
    play(loud, 0.0, 12.0)
    play(ducked, 0.0, 12.0)
    share = rms(play(ducked, 12.0, 1.0)) / rms(play(loud, 12.0, 1.0))
    assert share == pytest.approx(DUCKED, rel=0.03)
    ducked.speak(False)
    play(ducked, 13.0, 9.0)
    play(loud, 13.0, 9.0)
    assert rms(play(ducked, 22.0, 1.0)) == pytest.approx(rms(play(loud, 22.0, 1.0)), rel=1e-3)
