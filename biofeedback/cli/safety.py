"""``safety``: what to know first, and whom to call."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from biofeedback.cli.own import language_for
from biofeedback.cli.say import CouldNotError, say, say_json
from biofeedback.practice.content import load_content
from biofeedback.practice.crisis import HelpLine, load_crisis
from biofeedback.sessions.first_words import mark_seen, seen

_DRAFT = "The wording is a draft. No clinician has reviewed it yet."
_FIRST = ("what", "who", "stop", "where", "therapy")


def run(options: argparse.Namespace) -> int:
    """Say it."""
    language = language_for(options)
    content, crisis = load_content(language), load_crisis()
    region = crisis.regions.get(options.region) if options.region else None
    if options.region and region is None:
        known = ", ".join(crisis.regions) or "none yet, since none was checked at its source"
        raise CouldNotError(f"There is no region '{options.region}'. There are: {known}.")
    lines = [line.text for line in content.sets["safety"].lines]
    numbers = [region.emergency, *region.entries] if region else []
    if options.json:
        say_json(
            {
                "emergency": crisis.sentence(language),
                "lines": lines,
                "numbers": [_plain(each) for each in numbers],
                "status": content.status,
            }
        )
        return 0
    say(crisis.sentence(language))
    for number in numbers:
        about = f"  {number.about}" if number.about else ""
        say(f"  {number.name}: {number.phone}{about}")
        say(f"    checked {number.checked.isoformat()} at {number.source}")
    say()
    for line in lines:
        say(line)
    say()
    say(_DRAFT)
    return 0


def first_words(folder: Path, language: str) -> None:
    """Say once, before the first practice in the terminal, what a window's first page says."""
    if seen(folder):
        return
    safety = load_content(language).sets["safety"]
    for line_id in _FIRST:
        say(safety.line(line_id).text)
    say(f"{load_crisis().sentence(language)} {_DRAFT}")
    say("`hand-on-heart safety` says this again.\n")
    mark_seen(folder)


def _plain(line: HelpLine) -> dict[str, Any]:
    checked: date = line.checked
    return {
        "name": line.name,
        "phone": line.phone,
        "about": line.about,
        "source": line.source,
        "checked": checked.isoformat(),
    }
