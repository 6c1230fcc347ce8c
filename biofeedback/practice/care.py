"""What a line of words owes the person, language by language, as far as a program can tell.

Lines that the program brings keep to all of it (a test holds them). For what a person or a
therapist writes, each broken rule is a gentle sentence; only the length is binding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MAX_CHARS = 90
TOP_GRADE = 6.0
"""The lines of a set read at this school year or an earlier one."""

_HARD_GRADE = 10.0
_WORDS_TO_JUDGE = 7
"""A single short sentence can't be graded: one long word would decide."""


class Concern(StrEnum):
    """Why wording is better left out."""

    ORDER = "order"
    BLAME = "blame"
    BREATH = "breath"
    EYES = "eyes"
    SAFE = "safe"
    CLAIM = "claim"
    SCORE = "score"
    FAITH = "faith"
    DARK = "dark"


INSTEAD: Mapping[Concern, str] = {
    Concern.ORDER: "an invitation, such as 'you could' or 'if you like'",
    Concern.BLAME: "leave room: 'it is okay as it is'",
    Concern.BREATH: "say 'soft and small': deep or held breath makes many dizzy",
    Concern.EYES: "leave the choice: 'eyes open or closed'",
    Concern.SAFE: "nobody can know that for someone else: name what is here, such as the floor",
    Concern.CLAIM: "promise nothing: 'you gave yourself this time'",
    Concern.SCORE: "leave out what counts or rates",
    Concern.FAITH: "plain words fit people of any faith or none",
    Concern.DARK: "use a smaller word, such as 'hard'",
}
"""What to write instead, after 'better:'."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one language.

    Attributes
    ----------
    avoid
        Wording that is better left out, and why.
    presuppose
        For each other form of a line, wording that asks for it: a line that speaks of a hand
        needs words for those who chose none.
    grade
        The school year that texts read at.
    """

    avoid: tuple[tuple[re.Pattern[str], Concern], ...]
    presuppose: Mapping[str, re.Pattern[str]]
    grade: Callable[[Sequence[str]], float]

    def avoided_in(self, text: str) -> list[tuple[str, Concern]]:
        """Return the wording in ``text`` that is better left out, as it stands there."""
        return [
            (found.group(0), concern)
            for pattern, concern in self.avoid
            for found in pattern.finditer(text)
        ]

    def forms_asked_by(self, text: str) -> list[str]:
        """Return the other forms (such as ``alt_no_touch``) that a line with ``text`` needs."""
        return [form for form, pattern in self.presuppose.items() if pattern.search(text)]


def rules_for(language: str) -> Rules | None:
    """Return the rules of a language; None where there are none."""
    return _RULES.get(language)


def warnings(text: str, language: str) -> list[str]:
    """Return a gentle sentence for each rule that ``text`` doesn't keep, its length aside."""
    rules = rules_for(language)
    if rules is None:
        return []
    said = [
        f"'{wording}' can be hard to hear; better: {INSTEAD[concern]}."
        for wording, concern in rules.avoided_in(text)
    ]
    if len(text.split()) >= _WORDS_TO_JUDGE and rules.grade([text]) > _HARD_GRADE:
        said.append("It reads hard; better: short words and short sentences.")
    return said


def too_long(text: str, max_chars: int = MAX_CHARS) -> str:
    """Return a sentence if ``text`` is too long to be read in its time; empty if it fits."""
    over = len(text) - max_chars
    if over <= 0:
        return ""
    return f"{len(text)} characters; at most {max_chars} can be read in time: {over} too many."


# ------------------------------------------------------------------------------- English
def _english_syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    if not letters:
        return 0
    count = len(re.findall(r"[aeiouy]+", letters))
    if letters.endswith("e") and not letters.endswith(("le", "ee", "ye")) and count > 1:
        count -= 1
    if re.search(r"[^td]ed$", letters) and count > 1:
        count -= 1
    return max(1, count)


def _sentences(texts: Iterable[str]) -> int:
    return sum(1 for text in texts for part in re.split(r"[.?!:]+", text) if part.strip())


def english_grade(texts: Sequence[str]) -> float:
    """Return the Flesch-Kincaid grade level (Kincaid 1975); 0 where there is no word."""
    words = [word for text in texts for word in re.findall(r"[A-Za-z']+", text)]
    if not words:
        return 0.0
    syllables = sum(map(_english_syllables, words))
    return 0.39 * len(words) / _sentences(texts) + 11.8 * syllables / len(words) - 15.59


# -------------------------------------------------------------------------------- German
def _german_syllables(word: str) -> int:
    # diphthongs and doubled vowels are one syllable, other vowels that meet are two
    found = re.findall(r"au|äu|ei|ai|eu|ie|aa|ee|oo|[aeiouyäöü]", word.lower())
    return max(1, len(found))


def german_grade(texts: Sequence[str]) -> float:
    """Return the first Vienna non-fiction formula (Bamberger & Vanecek 1984); 0 without words.

    It counts words of three syllables and more, the length of sentences, words of more than six
    letters and words of one syllable, each in percent but for the length.
    """
    words = [word for text in texts for word in re.findall(r"[A-Za-zÄÖÜäöüß]+", text)]
    if not words:
        return 0.0
    share = 100 / len(words)
    syllables = [_german_syllables(word) for word in words]
    long_words = share * sum(count >= 3 for count in syllables)
    sentence = len(words) / _sentences(texts)
    wide_words = share * sum(len(word) > 6 for word in words)
    short_words = share * sum(count == 1 for count in syllables)
    return (
        0.1935 * long_words + 0.1672 * sentence + 0.1297 * wide_words - 0.0327 * short_words - 0.875
    )


# --------------------------------------------------------------------------------- rules
def _words(wording: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{wording})\b", re.IGNORECASE)


def _avoid(*found: tuple[Concern, str]) -> tuple[tuple[re.Pattern[str], Concern], ...]:
    return tuple((_words(wording), concern) for concern, wording in found)


_RULES: Mapping[str, Rules] = {
    "en": Rules(
        _avoid(
            (Concern.ORDER, r"should|must"),
            (Concern.BLAME, r"fail|fails|failed|failure"),
            (
                Concern.BREATH,
                r"deep breaths?|breathe? (?:in )?deep(?:ly)?|deeply|deeper|"
                r"hold (?:your|the) breath|hold it",
            ),
            (Concern.EYES, r"(?:close|shut) your eyes"),
            (Concern.SAFE, r"you(?: are|'re) safe"),
            (Concern.ORDER, r"relax|calm down|let go of everything"),
            (
                Concern.CLAIM,
                r"heal|heals|healing|cure|cures|treats?(?= (?:your|anxiety|trauma|stress))|"
                r"clinically proven",
            ),
            (Concern.DARK, r"suffering"),
            (Concern.SCORE, r"score|streak|badge|goal|target"),
            (Concern.FAITH, r"god|soul|blessing"),
        ),
        {
            "alt_no_touch": _words(
                r"hands? (?:on|over) (?:your|the)|the touch|your (?:belly|cheek|arms)"
            ),
            "alt_no_breath": _words(r"breath\w*|inhale|exhale|moving shape"),
            "alt_no_sight": _words(
                r"look (?:around|up|at)|eyes (?:move|wander)|you can see|see where"
            ),
        },
        english_grade,
    ),
    "de": Rules(
        _avoid(
            (Concern.ORDER, r"sollst|solltest|soll|musst|müsstest|muss|streng dich an"),
            (Concern.BLAME, r"versag\w*|gescheitert|scheiterst"),
            (
                Concern.BREATH,
                r"tief(?:er|en|e|es)? (?:ein)?(?:atmen|atme|atmest|atem|atemzug|atemzüge|"
                r"luft holen)|atme? tief\w*|(?:den|deinen) atem an(?:halten)?|"
                r"halte? (?:den|deinen) atem|luft anhalten|halte? die luft an",
            ),
            (Concern.EYES, r"schlie(?:ß|ss)(?:e|t)? (?:die|deine) augen|mach die augen zu"),
            (Concern.SAFE, r"du bist (?:hier )?(?:sicher|in sicherheit)"),
            (Concern.ORDER, r"entspann\w*|beruhig\w* dich|lass alles los"),
            (Concern.CLAIM, r"heil(?:t|en|ung|sam|e)|kurier\w*|klinisch erwiesen"),
            (Concern.DARK, r"leiden|leid"),
            (Concern.SCORE, r"punkte(?:zahl)?|serie|abzeichen|ziel|rekord"),
            (Concern.FAITH, r"gott|seele|segen"),
        ),
        {
            "alt_no_touch": _words(r"hand auf (?:dein|das) herz\w*|die berührung|bauch|wange"),
            "alt_no_breath": _words(r"atem\w*|atme\w*|einatmen|ausatmen|bewegte form"),
            "alt_no_sight": _words(r"schau (?:dich|auf)|(?:die|deine) augen|du siehst|sieh,? wo"),
        },
        german_grade,
    ),
}
