"""``sessions show``, ``tag``, ``note``, ``delete``, ``undelete``, ``leave-out`` and ``take-in``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

from biofeedback.cli.felt import felt_lines
from biofeedback.cli.kept import open_store
from biofeedback.cli.own import language_for, own_file
from biofeedback.cli.say import CouldNotError, note, say, say_json
from biofeedback.cli.sessions import plain
from biofeedback.cli.typed import ask
from biofeedback.practice.content import Content, load_content
from biofeedback.refreshed import UnreadableSessionError, refresh_one
from biofeedback.report.wording import wording
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.history import Listed
from biofeedback.sessions.left_out import Range
from biofeedback.sessions.reflection import clean_tags
from biofeedback.sessions.store import Store

_GONE = (
    "It goes for good with the next command other than `sessions`, or when the window opens; "
    "--for-good does so at once."
)


def run(options: argparse.Namespace) -> int:
    """Carry out one of the commands."""
    does = {
        "show": _show,
        "tag": _tag,
        "note": _note,
        "delete": _delete,
        "undelete": _undelete,
        "leave-out": _leave_out,
        "take-in": _take_in,
    }[options.sessions_command]
    try:
        with open_store(keep_deleted=True) as store:
            does(store, options)
    except StorageError as error:
        raise CouldNotError(str(error)) from error
    return 0


# ---------------------------------------------------------------------------------- one
def _show(store: Store, options: argparse.Namespace) -> None:
    info = store.session(options.number)
    said = store.reflections.of(info.id)
    left_out = store.left_out.of(info.id)
    if options.json:
        parts = [None if each.whole else list(each.span) for each in left_out]
        say_json({**plain(info, said), "summary": info.summary, "left_out": parts})
        return
    content = _content(options)
    row = next(each for each in store.history.all(content) if each.id == info.id)
    say(f"Session {info.id}, {info.started_at.strftime('%Y-%m-%d %H:%M')}")
    plan = content.plans.get(info.plan)
    length = f", {_clock(info.duration_s)} min" if info.duration_s is not None else ""
    say(f"  {plan.title if plan else info.plan}{length}, {row.strap or 'no strap'} ({info.source})")
    if info.n_beats is not None:
        say(f"  {info.n_packets} packets, {info.n_beats} beats")
    say(f"  {wording(language_for(options)).say(f'came_{row.came}')}.")
    for line in felt_lines(said):
        say(f"  {line}")
    if said.tags:
        say("  " + "  ".join(f"#{tag}" for tag in said.tags))
    if said.note:
        say("  A note:")
        for line in said.note.splitlines():
            say(f"    {line}")
    for part in left_out:
        say(f"  Left out of the figures: {_part(part)}.")
    say(f"Look at it again: hand-on-heart --source replay:{info.id}")


def _tag(store: Store, options: argparse.Namespace) -> None:
    store.session(options.number)
    had = store.reflections.of(options.number).tags
    named = clean_tags(options.tags)
    if options.remove:
        away = {tag.casefold() for tag in named}
        tags: Sequence[str] = [tag for tag in had if tag.casefold() not in away]
    else:
        tags = [*had, *named]
    kept = store.reflections.set_tags(options.number, tags)
    say("  ".join(f"#{tag}" for tag in kept) if kept else "No tags.")


def _note(store: Store, options: argparse.Namespace) -> None:
    store.session(options.number)
    if options.clear:
        store.reflections.set_note(options.number, "")
        say("No note.")
    elif options.text is None:
        say(store.reflections.of(options.number).note or "No note.")
    else:
        text = sys.stdin.read() if options.text == "-" else options.text
        store.reflections.set_note(options.number, text)
        say("The note is kept on this computer only.")


# ------------------------------------------------------------------------------ deleting
def _delete(store: Store, options: argparse.Namespace) -> None:
    numbers = _named(store, options)
    if not numbers:
        raise CouldNotError(
            "Nothing of that is kept. Name sessions by NUMBER, by --from and --to, or --all."
        )
    told = _told(numbers)
    final = options.for_good or options.all
    if not options.yes:
        if sys.stdin.isatty():
            how = "for good, with ratings, tags and notes; it can't be taken back" if final else ""
            if not ask(f"Delete {told}{f' {how}' if how else ''}? [y/N] "):
                say("Everything is left as it is.")
                return
        elif options.all:
            raise CouldNotError("Deleting everything is for real. Say --yes if you mean it.")
    store.delete(numbers)
    if final:
        store.purge()
        say(f"{told[:1].upper()}{told[1:]} deleted for good.")
        return
    say(f"{told[:1].upper()}{told[1:]} deleted.")
    note(f"Bring back: hand-on-heart sessions undelete {' '.join(map(str, numbers))}")
    note(_GONE)


def _named(store: Store, options: argparse.Namespace) -> list[int]:
    """Return the sessions that are named by number, by day, or all."""
    named = dict.fromkeys(options.numbers)
    by_day = options.first is not None or options.last is not None
    if by_day or options.all:
        for row in store.history.all(load_content()):
            if options.all or _within(row, options.first, options.last):
                named.setdefault(row.id)
    return list(named)


def _within(row: Listed, first: date | None, last: date | None) -> bool:
    return (first is None or row.day >= first) and (last is None or row.day <= last)


def _undelete(store: Store, options: argparse.Namespace) -> None:
    gone = store.history.deleted(load_content())
    if not gone and not options.numbers:
        say("Nothing is deleted that could be brought back.")
        return
    if not options.numbers and not options.all:
        for row in gone:
            say(f"{row.id:>4}  {row.started_at.strftime('%Y-%m-%d %H:%M')}")
        return
    numbers = [row.id for row in gone] if options.all else options.numbers
    there = {row.id for row in gone}
    lost = [number for number in numbers if number not in there]
    if lost:
        raise CouldNotError(
            f"Session {lost[0]} is not among those that can be brought back. "
            "`hand-on-heart sessions undelete` lists them."
        )
    store.restore(numbers)
    say(f"{_told(numbers)[:1].upper()}{_told(numbers)[1:]} brought back.")


def _told(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"session {numbers[0]}"
    return f"{len(numbers)} sessions"


# ------------------------------------------------------------------------------- figures
def _leave_out(store: Store, options: argparse.Namespace) -> None:
    info = store.session(options.number)
    if options.range is not None and options.range[0] >= (info.duration_s or 0.0):
        raise CouldNotError(
            f"Session {info.id} is {_clock(info.duration_s or 0.0)} long; that part lies behind it."
        )
    store.left_out.add(info.id, options.range)
    _work_out(store, info.id)
    _say_left_out(store, info.id)


def _take_in(store: Store, options: argparse.Namespace) -> None:
    store.session(options.number)
    for part in store.left_out.of(options.number):
        store.left_out.remove(part.id)
    _work_out(store, options.number)
    _say_left_out(store, options.number)


def _work_out(store: Store, number: int) -> None:
    try:
        refresh_one(store, number)
    except UnreadableSessionError as error:
        note(f"The figures of session {number} stay as they were: {error}")


def _say_left_out(store: Store, number: int) -> None:
    parts = store.left_out.of(number)
    if not parts:
        say(f"All of session {number} counts.")
    for part in parts:
        say(f"Left out of session {number}: {_part(part)}.")


def _part(part: Range) -> str:
    if part.whole:
        return "all of it"
    return f"{_clock(part.start_s)} to {_clock(part.end_s)}"


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def _content(options: Any) -> Content:
    return load_content(language_for(options)).with_personal(own_file().personal)
