"""``store``: is what is kept whole, backups of it, and the room that it takes."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import Any

from biofeedback.cli.kept import open_store
from biofeedback.cli.passphrase import unlock_here
from biofeedback.cli.progress import bar
from biofeedback.cli.say import CouldNotError, say, say_json
from biofeedback.sessions.backups import Backup, back_up, backups
from biofeedback.sessions.compacting import compact
from biofeedback.sessions.database import FILE_NAME
from biofeedback.sessions.errors import DamagedStoreError, StorageError
from biofeedback.sessions.folder import data_folder
from biofeedback.sessions.looking_through import look_through
from biofeedback.sessions.restoring import restore
from biofeedback.sessions.store import Store


def run(options: argparse.Namespace) -> int:
    """Carry out ``store``."""
    commands = {"check": _check, "backup": _backup, "restore": _restore, "compact": _compact}
    try:
        return commands[options.store_command](options)
    except StorageError as error:
        raise CouldNotError(str(error)) from error


def _check(options: argparse.Namespace) -> int:
    unlock_here()
    path, n_sessions = data_folder() / FILE_NAME, None
    try:
        # Not open_store: a session that was interrupted is left as it is.
        with Store.open(path.parent) as store:
            n_sessions = store.n_sessions()
            with bar("Looking through your sessions", n_sessions) as progress:
                found = store.check() if options.quick else look_through(store, progress)
    except DamagedStoreError as error:
        found = [str(error)]
    if options.json:
        say_json({"file": str(path), "sessions": n_sessions, "whole": not found, "found": found})
    elif found:
        for line in found:
            say(line)
        say(f"{path} is damaged. `hand-on-heart store restore newest` puts a backup in place.")
    else:
        say(f"All is well: {_sessions(n_sessions or 0)} in {path}.")
    return 1 if found else 0


def _backup(options: argparse.Namespace) -> int:
    folder = data_folder()
    if options.list:
        there = backups(folder)
        if options.json:
            say_json([_plain(each) for each in there])
        elif not there:
            say("There is no backup yet. `hand-on-heart store backup` makes one.")
        for each in [] if options.json else there:
            say(f"{each.day}  {_size(each.n_bytes)}  {each.path}")
        return 0
    with open_store() as store:
        n_pages = store.n_bytes() // 4096
    today = datetime.now().astimezone().date()
    with bar("Making a backup", n_pages) as progress:
        made = back_up(folder, today, again=True, progress=progress)
    if options.json:
        say_json({"made": None if made is None else _plain(made)})
    elif made is not None:
        say(f"Made {made.path} ({_size(made.n_bytes)}).")
    elif there := backups(folder):
        say(f"Nothing has changed since the backup of {there[0].day}: {there[0].path}.")
    else:
        say("Nothing is kept yet, so there is nothing to back up.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    folder = data_folder()
    source = _source(options.copy, folder)
    unlock_here()
    aside = restore(folder, source)
    with open_store() as store:
        n_sessions = store.n_sessions()
    if options.json:
        before = None if aside is None else str(aside)
        say_json({"restored": str(source), "sessions": n_sessions, "before": before})
        return 0
    say(f"{source} is in place: {_sessions(n_sessions)}.")
    if aside is not None:
        say(f"What was there before is kept as {aside}.")
    return 0


def _source(copy: str, folder: Path) -> Path:
    there = backups(folder)
    days = {each.day: each.path for each in there}
    if copy == "newest":
        if not there:
            raise CouldNotError(
                f"There is no backup in {folder / 'backups'}. Name a FILE: a copy of {FILE_NAME}."
            )
        return there[0].path
    try:
        day = date.fromisoformat(copy)
    except ValueError:
        return Path(copy).expanduser().absolute()
    if day not in days:
        known = ", ".join(str(each.day) for each in there) or "none"
        raise CouldNotError(f"There is no backup of {day}. There are: {known}.")
    return days[day]


def _compact(options: argparse.Namespace) -> int:
    with open_store() as store, bar("Packing", len(store.recorded.unpacked())) as progress:
        done = compact(store, progress)
    if options.json:
        say_json(
            {
                "packed": done.n_packed,
                "bytes_before": done.bytes_before,
                "bytes_after": done.bytes_after,
            }
        )
        return 0
    packed = f"Packed {_sessions(done.n_packed)}. " if done.n_packed else ""
    say(f"{packed}{_size(done.bytes_before)} before, {_size(done.bytes_after)} now.")
    return 0


def _plain(backup: Backup) -> dict[str, Any]:
    return {"day": str(backup.day), "file": str(backup.path), "bytes": backup.n_bytes}


def _sessions(n: int) -> str:
    return "1 session" if n == 1 else f"{n} sessions"


def _size(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:.1f} MB"
