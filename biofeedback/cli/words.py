"""``words``: what a person made their own, shown, copied out and brought in."""

from __future__ import annotations

import argparse
from pathlib import Path

from biofeedback.cli.own import own_file
from biofeedback.cli.say import CouldNotError, note, say
from biofeedback.practice.personal import Personal
from biofeedback.practice.personal_json import personal_to_json
from biofeedback.sessions.errors import StorageError


def run(options: argparse.Namespace) -> int:
    """Carry out one of the commands of ``words``."""
    file = own_file()
    try:
        match options.words_command:
            case "export":
                path = Path(options.file)
                if path.exists():
                    raise CouldNotError(f"{path} is there already; name another file.")
                file.export(path)
                say(f"{path} holds {_counted(file.personal)}. This file is not protected.")
            case "import":
                brought = file.bring_in(Path(options.file))
                say(f"Brought in: {_counted(brought)}.")
                note("What was there before is kept beside, as personal.before-import-N.json.")
            case _:
                _show(file.personal, as_json=options.json)
    except StorageError as error:
        raise CouldNotError(str(error)) from error
    return 0


def _show(personal: Personal, *, as_json: bool) -> None:
    if as_json:
        say(personal_to_json(personal, indent=2))
        return
    if personal.empty:
        say("Nothing is yours yet. The page `My words` in the window is where that begins.")
    for guide in personal.guides:
        breath = guide.pattern
        times = (breath.inhale_s, breath.hold_in_s, breath.exhale_s, breath.hold_out_s)
        say(f"breath guide  {guide.label}: {' - '.join(f'{each:g}' for each in times)} s")
    for edit in personal.edits:
        say(f"said so       {edit.set_id}.{edit.line_id} ({edit.language}): {edit.text}")
    for line in personal.hidden:
        say(f"left out      {line.set_id}.{line.line_id}")
    for phrase in personal.phrases:
        say(f"phrase        {phrase.set_id} ({phrase.language}): {phrase.text}")
    for plan in personal.plans:
        say(f"plan          {plan.plan.plan_id}: {plan.plan.title}")


def _counted(personal: Personal) -> str:
    parts = (
        (len(personal.guides), "breath guide"),
        (len(personal.edits), "edited line"),
        (len(personal.hidden), "line left out"),
        (len(personal.phrases), "phrase"),
        (len(personal.plans), "plan"),
    )
    told = [f"{n} {_many(n, word)}" for n, word in parts if n]
    return ", ".join(told) or "nothing"


def _many(n: int, word: str) -> str:
    if n == 1:
        return word
    return "lines left out" if word == "line left out" else word + "s"
