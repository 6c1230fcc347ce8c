"""Which languages the words come in, and which fits a person's system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from biofeedback.types import DEFAULT_LANGUAGE


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that there are words in, the default first."""
    folder = resources.files("biofeedback.practice") / "content"
    found = {file.name.removesuffix(".toml") for file in folder.iterdir() if _is_words(file.name)}
    return (DEFAULT_LANGUAGE, *sorted(found - {DEFAULT_LANGUAGE}))


def _is_words(name: str) -> bool:
    stem, dot, ending = name.partition(".")
    return ending == "toml" and bool(dot) and 2 <= len(stem) <= 3


def best_language(wanted: Iterable[str]) -> str:
    """Return the first of ``wanted`` that there are words in; the default if there is none.

    Parameters
    ----------
    wanted
        Names of languages or locales, most wanted first: ``de``, ``de-AT``, ``de_DE.UTF-8``.
    """
    for name in wanted:
        code = name.replace("-", "_").partition("_")[0].partition(".")[0].lower()
        if code in languages():
            return code
    return DEFAULT_LANGUAGE


def system_languages(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a POSIX environment asks for (gettext's order), most wanted first."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := environment.get(name, ""):
            break
    else:
        return ()
    if locale.partition(".")[0] in {"C", "POSIX"}:
        return ()
    preferred = [each for each in environment.get("LANGUAGE", "").split(":") if each]
    return (*preferred, locale)
