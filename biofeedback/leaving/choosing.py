"""Which sessions leave: one, some or all of those that are over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from biofeedback.leaving.writing_whole import CannotLeaveError
from biofeedback.sessions.info import SessionInfo
from biofeedback.sessions.store import Store
from biofeedback.sessions.whole import WholeSession

Progress = Callable[[int, int], None]
"""Is told how much is done, and of how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person asks for; each part narrows it down.

    Attributes
    ----------
    numbers
        Of sessions; empty for any.
    first_day, last_day
        Days in the person's local time, both included; None for an open side.
    tag
        A tag that they bear, in small letters or large; empty for any.
    """

    numbers: tuple[int, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Sessions that leave, oldest first, and how many can't because they run still."""

    infos: tuple[SessionInfo, ...]
    n_running: int = 0


def choose(store: Store, wanted: Wanted) -> Chosen:
    """Find what is asked for.

    Raises
    ------
    CannotLeaveError
        If a number is none of a session's.
    StorageError
        If the store can't be read.
    """
    everything = store.sessions()
    missing = set(wanted.numbers) - {info.id for info in everything}
    if missing:
        raise CannotLeaveError(
            f"There is no session {min(missing)}. `hand-on-heart sessions` lists them."
        )
    tagged: set[int] | None = None
    if wanted.tag:
        said = store.reflections.all()
        tagged = {
            number
            for number, each in said.items()
            if wanted.tag.casefold() in (tag.casefold() for tag in each.tags)
        }
    found = [info for info in everything if _fits(info, wanted, tagged)]
    over = [info for info in found if info.ended is not None]
    # By what is the same in every copy, so that two stores with the same sessions say the same.
    over.sort(key=lambda info: (info.started_at, info.uid))
    return Chosen(tuple(over), len(found) - len(over))


def _fits(info: SessionInfo, wanted: Wanted, tagged: set[int] | None) -> bool:
    day = info.started_at.date()
    return (
        (not wanted.numbers or info.id in wanted.numbers)
        and (wanted.first_day is None or day >= wanted.first_day)
        and (wanted.last_day is None or day <= wanted.last_day)
        and (tagged is None or info.id in tagged)
    )


def whole_sessions(
    store: Store, chosen: Chosen, progress: Progress | None = None
) -> Iterator[WholeSession]:
    """Read the sessions one by one, as they are asked for.

    Raises
    ------
    StorageError
        If one can't be read.
    """
    n = len(chosen.infos)
    for done, info in enumerate(chosen.infos):
        if progress:
            progress(done, n)
        said = store.reflections.of(info.id)
        yield store.arrivals.whole(info, store.events(info.id), said)
    if progress:
        progress(n, n)
