"""``sessions``: what is kept on this computer."""

from __future__ import annotations

import argparse
from typing import Any

from biofeedback.cli.kept import open_store
from biofeedback.cli.say import CouldNotError, say, say_json
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.info import SessionInfo
from biofeedback.sessions.reflection import Reflection


def run(options: argparse.Namespace) -> int:
    """Carry out ``sessions``."""
    try:
        with open_store() as store:
            infos = store.sessions()
            said = store.reflections.all()
    except StorageError as error:
        raise CouldNotError(str(error)) from error
    if options.json:
        say_json([_plain(info, said.get(info.id, Reflection())) for info in infos])
        return 0
    if not infos:
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


def _plain(info: SessionInfo, said: Reflection) -> dict[str, Any]:
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
