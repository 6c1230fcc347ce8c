"""``writing``: what was written and saved: listed, read, deleted."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from biofeedback.cli.kept import open_store
from biofeedback.cli.say import CouldNotError, say, say_json
from biofeedback.cli.typed import ask
from biofeedback.practice.content import load_content
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.writings import SavedWriting


def run(options: argparse.Namespace) -> int:
    """Carry out ``writing``."""
    try:
        with open_store() as store:
            found = {each.id: each for each in store.writings.all()}
            if options.number is None:
                _list(list(found.values()), as_json=options.json)
                return 0
            saved = found.get(options.number)
            if saved is None:
                raise CouldNotError(
                    f"There is no writing {options.number}. `hand-on-heart writing` lists them."
                )
            if options.delete:
                if sys.stdin.isatty() and not ask(f"Delete writing {saved.id} for good? [y/N] "):
                    say("It is left as it is.")
                    return 0
                store.writings.delete(saved.id)
                store.writings.purge()
                say(f"Writing {saved.id} is deleted for good.")
            else:
                _show(saved)
    except StorageError as error:
        raise CouldNotError(str(error)) from error
    return 0


def _list(found: list[SavedWriting], *, as_json: bool) -> None:
    """List when and of what kind, and nothing of what is in them."""
    if as_json:
        say_json([_plain(saved) for saved in found])
        return
    if not found:
        say("Nothing is saved. What is written in a practice stays there unless you save it.")
    for saved in found:
        day = f"  to read again on {saved.reread_on}" if saved.reread_on else ""
        when = saved.written_at.strftime("%Y-%m-%d %H:%M")
        say(f"{saved.id:>4}  {when}  {_title(saved)}{day}")


def _show(saved: SavedWriting) -> None:
    say(f"{_title(saved)}, {saved.written_at.strftime('%Y-%m-%d %H:%M')}")
    for heading, text in saved.writing.blocks:
        say()
        if heading:
            say(f"  {heading}")
        say(text)


def _title(saved: SavedWriting) -> str:
    line_set = load_content().sets.get(saved.writing.set_id)
    return line_set.title.partition(":")[0] if line_set else saved.writing.set_id


def _plain(saved: SavedWriting) -> dict[str, Any]:
    return {
        "id": saved.id,
        "written_at": saved.written_at.isoformat(),
        "kind": saved.writing.set_id,
        "reread_on": saved.reread_on.isoformat() if saved.reread_on else None,
    }
