"""No text that the program shows counts, rates, drives or promises; in any language, anywhere.

Read out of the code (every string that is no docstring), the files of words and the window's
translations, so that no text can be missed because no test came by it.
"""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from biofeedback.practice.content import read_words
from biofeedback.practice.languages import languages
from tests.conftest import ROOT

UNKIND = {
    "en": r"scor(?:e|es|ed|ing)|streaks?|badges?|goals?|targets?|rewards?|medals?|troph(?:y|ies)|"
    r"level(?:s|led)? (?:up|\d)|your level|next level|points? earned|leader ?boards?|"
    r"rank(?:s|ed|ing)?|"
    r"fail(?:s|ed|ure|ures)?|try harder|try again harder|well done|good job|great job|nice work|"
    r"congratulations|excellent|perfect(?:ly)?|keep it up|achiev\w+|you should|you must|"
    r"(?:ab)?normal (?:hrv|heart|pulse|rhythm)|your (?:stress|anxiety)|detects? stress|"
    r"heal(?:s|ed|ing)?|cures?|clinically proven|deep breaths?|breathe deep(?:ly)?|calm down|"
    r"you(?: are|'re) safe|close your eyes",
    "de": r"punktzahl|punktestand|\d+ punkte|serien?|abzeichen|ziele?|belohnung(?:en)?|medaillen?|"
    r"pokale?|"
    r"dein (?:level|rang)|bestenliste|rangliste|gescheitert|versagt|streng dich an|gut gemacht|"
    r"gute arbeit|glückwunsch|ausgezeichnet|perfekt|weiter so|du (?:sollst|solltest|musst)|"
    r"normaler? (?:hrv|puls|herz\w*)|dein stress|heilt|heilung|klinisch erwiesen|"
    r"tief(?:er|en)? (?:ein)?atmen|du bist sicher|schlie(?:ß|ss)e? die augen",
}
"""Wording that judges, counts, drives, orders or claims; what content files owe is more
(`practice.care`)."""

ABOUT_ALL_ELSE = {"biofeedback/practice/care.py"}
"""Files that hold the rules themselves."""


def unkind(text: str, language: str) -> list[str]:
    """Return the wording in ``text`` that is better left out."""
    return re.findall(rf"\b(?:{UNKIND[language]})\b", text, re.IGNORECASE)


def strings_of(path: Path) -> Iterator[str]:
    """Yield every string of a file that is no docstring and no note between lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    notes = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.value


def words_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from words_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from words_of(each)


@pytest.mark.parametrize("package", ["biofeedback", "devices", "gui"])
def test_no_text_in_the_code_is_unkind(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {wording!r} in {text!r}"
        for path in sorted((ROOT / package).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in ABOUT_ALL_ELSE
        for text in strings_of(path)
        if " " in text or text[:1].isupper()  # else a key, an option, a name in code
        for wording in unkind(text, "en")
    ]
    assert found == []


@pytest.mark.parametrize("language", languages())
def test_no_word_of_a_practice_is_unkind(language: str) -> None:
    texts = [
        text
        for key, value in read_words(language).items()
        if key != "sets"
        for text in words_of(value)
    ]
    texts += [
        text for each in words_of_sets(read_words(language)["sets"]) for text in words_of(each)
    ]
    assert len(texts) > 150
    assert [(text, unkind(text, language)) for text in texts if unkind(text, language)] == []


def words_of_sets(sets: Any) -> Iterator[Any]:
    """Yield what is shown of the sets: the notes for authors stay out."""
    for each in sets.values() if isinstance(sets, Mapping) else sets:
        yield {key: value for key, value in each.items() if key != "note"}


@pytest.mark.parametrize("path", sorted((ROOT / "gui" / "translations").glob("*.ts")), ids=str)
def test_no_text_of_the_window_is_unkind_in_translation(path: Path) -> None:
    texts = [each.text or "" for each in ET.parse(path).getroot().iter("translation")]
    assert len(texts) > 300
    language = path.stem
    assert [(text, unkind(text, language)) for text in texts if unkind(text, language)] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Your score: 7", "en"),
        ("A streak of 3 days", "en"),
        ("Well done!", "en"),
        ("Try harder next time", "en"),
        ("You reached your goal", "en"),
        ("You failed", "en"),
        ("A normal heart", "en"),
        ("Du hast dein Ziel erreicht", "de"),
        ("Gut gemacht!", "de"),
    ],
)
def test_unkind_words_are_noticed(text: str, language: str) -> None:
    assert unkind(text, language)
