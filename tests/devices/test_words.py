"""Every reason has one plain sentence and one way forward."""

from __future__ import annotations

import re

import pytest

from biofeedback.types import LinkReason, StrapKind
from devices.words import MAX_CHARS, Notice, Words, describe, signal_words

BANNED = re.compile(
    r"\b(should|must|fail|failed|failure|error|invalid|deep breath|relax|you are safe|score|"
    r"streak|heal|cure|please|oops|sorry)\b",
    re.IGNORECASE,
)
PLATFORMS = ("linux", "darwin", "win32")
ALL = [
    pytest.param(reason, platform, id=f"{reason}-{platform}")
    for reason in (*LinkReason, *Notice, *StrapKind)
    for platform in PLATFORMS
]


@pytest.mark.parametrize(("reason", "platform"), ALL)
def test_every_reason_has_a_sentence_and_an_action(
    reason: LinkReason | Notice | StrapKind, platform: str
) -> None:
    words = describe(reason, platform)
    for text in (words.sentence, words.action):
        assert 0 < len(text) <= MAX_CHARS
        assert text == text.strip()
        assert text[0].isupper()
        assert not BANNED.search(text)
    assert words.sentence.endswith(".")
    assert words.sentence != words.action


@pytest.mark.parametrize("platform", PLATFORMS)
def test_no_two_reasons_read_the_same(platform: str) -> None:
    # a strap without intervals is a notice too, in the same words
    reasons = (*LinkReason, *Notice, *(kind for kind in StrapKind if kind != StrapKind.NONE))
    sentences = [describe(reason, platform).sentence for reason in reasons]
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize(
    "reason",
    [LinkReason.BLUETOOTH_OFF, LinkReason.BLUETOOTH_DENIED, LinkReason.BLUETOOTH_ABSENT],
)
def test_what_to_do_about_bluetooth_differs_by_system(reason: LinkReason) -> None:
    assert len({describe(reason, platform).action for platform in PLATFORMS}) == len(PLATFORMS)


def test_an_unknown_system_gets_words_too() -> None:
    assert describe(LinkReason.BLUETOOTH_OFF, "freebsd14").action


def test_lost_contact_says_what_helps() -> None:
    assert describe(Notice.CONTACT_LOST) == Words(
        "The strap does not feel your skin.",
        "Moisten the electrodes and tighten the strap a little.",
    )


# --------------------------------------------------------------------- how good the signal is
def _signal(
    contact: bool | None = True,
    clear_share: float | None = 1.0,
    link: LinkReason | None = None,
    battery_pct: int | None = 87,
) -> tuple[Words, ...]:
    return signal_words(
        contact=contact, clear_share=clear_share, link=link, battery_pct=battery_pct
    )


def test_a_good_signal_is_said_and_asks_for_nothing() -> None:
    told = _signal()
    assert [words.sentence for words in told] == [
        "100 % of the last minute's beats are clear.",
        "The strap is connected.",
        "The strap feels your skin.",
        "The strap's battery is at 87 %.",
    ]
    assert {words.action for words in told} == {""}


@pytest.mark.parametrize(
    ("clear_share", "percent", "action"),
    [
        (0.999, "99 %", ""),
        (0.97, "97 %", "Sit still for a moment."),
        (0.9, "90 %", "Tighten the strap."),
        (0.5, "50 %", "Moisten the electrodes."),
    ],
)
def test_fewer_clear_beats_say_what_helps(clear_share: float, percent: str, action: str) -> None:
    first = _signal(clear_share=clear_share)[0]
    assert first.sentence.startswith(percent)
    assert first.action == action


def test_without_contact_the_beats_of_before_are_not_spoken_of() -> None:
    told = _signal(contact=False)
    assert told[0] == describe(Notice.CONTACT_LOST)
    assert not any("clear" in words.sentence for words in told)


def test_what_is_not_known_is_left_out() -> None:
    told = _signal(contact=None, clear_share=None, battery_pct=None)
    assert told == (Words("The strap is connected.", ""),)


def test_without_a_link_only_its_reason_and_the_battery_are_said() -> None:
    told = _signal(link=LinkReason.DROPPED, battery_pct=9)
    assert told == (describe(LinkReason.DROPPED), describe(Notice.LOW_BATTERY))
