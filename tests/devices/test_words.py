"""Every reason has one plain sentence and one way forward."""

from __future__ import annotations

import re

import pytest

from biofeedback.types import LinkReason
from devices.words import MAX_CHARS, Notice, Words, describe

BANNED = re.compile(
    r"\b(should|must|fail|failed|failure|error|invalid|deep breath|relax|you are safe|score|"
    r"streak|heal|cure|please|oops|sorry)\b",
    re.IGNORECASE,
)
PLATFORMS = ("linux", "darwin", "win32")
ALL = [
    pytest.param(reason, platform, id=f"{reason}-{platform}")
    for reason in (*LinkReason, *Notice)
    for platform in PLATFORMS
]


@pytest.mark.parametrize(("reason", "platform"), ALL)
def test_every_reason_has_a_sentence_and_an_action(
    reason: LinkReason | Notice, platform: str
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
    sentences = [describe(reason, platform).sentence for reason in (*LinkReason, *Notice)]
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
