"""The words of reports and trends in the person's language, with its numbers and days.

Each language is one file of sentences by name, in `words`; a test holds them complete, with the
same places to fill in.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any

from biofeedback.practice.content import Content, load_content
from biofeedback.types import DEFAULT_LANGUAGE

MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language.

    Attributes
    ----------
    language
        Such as ``en``.
    content
        The words of practices: titles, guides, postures.
    """

    language: str
    content: Content
    _said: dict[str, Any]

    def say(self, name: str, /, **values: object) -> str:
        """Return a sentence, its places filled in.

        Numbers and days belong in as `number` and `day` return them.

        Raises
        ------
        KeyError
            If there is no such sentence.
        """
        text: str = self._said["say"][name]
        return text.format(**values)

    def has(self, name: str) -> bool:
        """Return whether there is such a sentence."""
        return name in self._said["say"]

    def counted(self, name: str, n: int, /, **values: object) -> str:
        """Return the sentence for one (``name_1``) or for another number (``name_n``)."""
        return self.say(f"{name}_1" if n == 1 else f"{name}_n", n=self.number(n), **values)

    def number(self, value: float, digits: int = 0, *, sign: bool = False) -> str:
        """Return a number with the language's decimal mark; a true minus, and no minus zero."""
        text = f"{abs(value):.{digits}f}"
        if float(text) != 0:
            text = MINUS + text if value < 0 else ("+" + text if sign else text)
        mark: str = self._said["decimal_mark"]
        return text.replace(".", mark)

    def day(self, day: date) -> str:
        """Return a day in words, such as ``3 February 2026``."""
        month: str = self._said["months"][day.month - 1]
        form: str = self._said["day"]
        return form.format(day=day.day, month=month, year=day.year)

    def short_day(self, day: date) -> str:
        """Return a day in as few letters as a picture has room for, such as ``3 Feb``."""
        month: str = self._said["short_months"][day.month - 1]
        form: str = self._said["short_day"]
        return form.format(day=day.day, month=month)

    def month(self, day: date) -> str:
        """Return a month with its year."""
        return f"{self._said['months'][day.month - 1]} {day.year}"

    def weekdays(self) -> list[str]:
        """Return the short names of the days of a week, Monday first."""
        return list(self._said["weekdays"])

    def clock(self, moment: datetime) -> str:
        """Return the time of day in 24 hours."""
        form: str = self._said["clock"]
        return form.format(time=f"{moment.hour}:{moment.minute:02}")

    def minutes(self, seconds: float) -> str:
        """Return a length in minutes and seconds, such as ``7:05``."""
        whole = round(seconds)
        return f"{whole // 60}:{whole % 60:02}"

    def listed(self, parts: list[str]) -> str:
        """Return parts as one enumeration."""
        if len(parts) < 2:
            return "".join(parts)
        return self.say("and", first=", ".join(parts[:-1]), last=parts[-1])


@cache
def wording(language: str = DEFAULT_LANGUAGE) -> Wording:
    """Read the sentences of a language.

    Raises
    ------
    ContentError
        If there are no words of practices in it.
    """
    content = load_content(language)
    file = resources.files("biofeedback.report") / "words" / f"{language}.toml"
    return Wording(language, content, tomllib.loads(file.read_text(encoding="utf-8")))
