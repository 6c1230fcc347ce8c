"""``sessions``: what is kept on this computer."""

from __future__ import annotations

import argparse
from typing import Any

from biofeedback.cli.kept import open_store
from biofeedback.cli.say import CouldNotError, say, say_json
from biofeedback.practice.content import load_content
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.history import practice_of
from biofeedback.sessions.info import SessionInfo
from biofeedback.sessions.reflection import Reflection


def run(options: argparse.Namespace) -> int:
    """Carry out ``sessions``."""
    try:
        with open_store(keep_deleted=True) as store:
            said = store.reflections.all()
            kept = store.sessions()
    except StorageError as error:
        raise CouldNotError(str(error)) from error
    content = load_content()  # a plan that isn't in it is one of the person's own
    infos = [
        info
        for info in kept
        if _fits(info, said.get(info.id, Reflection()), options)
        and options.plan in (None, info.plan, practice_of(info.plan, content))
    ]
    if options.json:
        say_json([plain(info, said.get(info.id, Reflection())) for info in infos])
        return 0
    if kept and not infos:
        say("Nothing that is kept fits that.")
    if not kept:
        say("Nothing is kept yet. `hand-on-heart demo` shows what a session is.")
    for info in infos:
        minutes = f"{info.duration_s / 60:4.1f} min" if info.duration_s is not None else "running"
        beats = f"{info.n_beats} beats" if info.n_beats is not None else ""
        when = info.started_at.strftime("%Y-%m-%d %H:%M")
        say(f"{info.id:>4}  {when}  {info.plan:<8} {minutes}  {beats:<11} {info.source}")
        if info.id in said:
            for line in _said_lines(said[info.id]):
                say(f"      {line}")
    return 0


def _fits(info: SessionInfo, said: Reflection, options: argparse.Namespace) -> bool:
    """Tell whether a session is among the days that are asked for, and has the tag."""
    day = info.started_at.date()
    return (
        (options.first is None or day >= options.first)
        and (options.last is None or day <= options.last)
        and (
            options.tag is None
            or any(tag.casefold() == options.tag.casefold() for tag in said.tags)
        )
    )


def _said_lines(said: Reflection) -> list[str]:
    """Return ratings and tags, where there are any; of a note, that there is one."""
    rated = [
        f"{scale.value} {_rating(before)} \N{RIGHTWARDS ARROW} {_rating(after)}"
        for scale, (before, after) in said.pairs().items()
        if before is not None or after is not None
    ]
    more = [f"#{tag}" for tag in said.tags] + (["(a note)"] if said.note else [])
    return [part for part in (", ".join(rated), "  ".join(more)) if part]


def _rating(value: int | None) -> str:
    return "-" if value is None else str(value)


def plain(info: SessionInfo, said: Reflection) -> dict[str, Any]:
    """Return a session as plain values, ready for JSON."""
    return {
        "id": info.id,
        "started_at": info.started_at.isoformat(),
        "source": info.source,
        "plan": info.plan,
        "duration_s": info.duration_s,
        "n_packets": info.n_packets,
        "n_beats": info.n_beats,
        "ended": info.ended.value if info.ended else None,
        "felt": said.felt_dict(),
        "tags": list(said.tags),
        "note": said.note,
    }
