"""Each language of reports and trends is whole, kind, and counts as it is counted there."""

from __future__ import annotations

import re
import string
import tomllib
from datetime import date, datetime
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.practice.languages import languages
from biofeedback.report.wording import MINUS, wording

OTHERS = [language for language in languages() if language != "en"]


def _file(language: str) -> dict[str, Any]:
    file = resources.files("biofeedback.report") / "words" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _places(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_everything_with_the_same_places(language: str) -> None:
    ours, theirs = _file("en"), _file(language)
    assert theirs.keys() == ours.keys()
    assert theirs["say"].keys() == ours["say"].keys()
    for name, sentence in ours["say"].items():
        assert _places(theirs["say"][name]) == _places(sentence), name
    assert (len(theirs["months"]), len(theirs["short_months"]), len(theirs["weekdays"])) == (
        12,
        12,
        7,
    )


@pytest.mark.parametrize("language", languages())
def test_no_sentence_judges_promises_or_drives(language: str) -> None:
    bad = re.compile(
        r"\b(abnormal|healthy|unhealthy|gesund|krank|streak|serie|goal|ziel|target|score|failed|"
        r"gescheitert|heal|heals|heilt|treats|behandelt|cure|proven|bewiesen|badge|well done|"
        r"try harder|deep breath|tief atmen|relax|entspann dich|you are safe|du bist sicher)\b",
        re.IGNORECASE,
    )
    for name, sentence in _file(language)["say"].items():
        assert not bad.search(sentence), name


def test_numbers_are_written_as_the_language_writes_them() -> None:
    english, german = wording("en"), wording("de")
    assert (english.number(-3.25, 1), german.number(-3.25, 1)) == (f"{MINUS}3.2", f"{MINUS}3,2")
    assert (english.number(-0.04, 1), german.number(2, sign=True)) == ("0.0", "+2")


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_number_reads_back_as_it_was_rounded(value: float, digits: int) -> None:
    text = wording("de").number(value, digits).replace(MINUS, "-").replace(",", ".")
    assert float(text) == pytest.approx(round(value, digits), abs=10**-digits / 2 + 1e-9)


def test_days_and_times_are_said_in_the_language() -> None:
    moment = datetime(2026, 3, 4, 7, 5)  # noqa: DTZ001 - a clock on the wall
    assert wording("en").day(date(2026, 3, 4)) == "4 March 2026"
    assert wording("de").day(date(2026, 3, 4)) == "4. März 2026"
    assert (wording("en").clock(moment), wording("de").clock(moment)) == ("7:05", "7:05 Uhr")


def test_one_is_said_otherwise_than_many() -> None:
    assert wording("en").counted("sessions", 1) == "One session is kept of that time."
    assert wording("en").counted("sessions", 2).startswith("2 sessions")
