"""Work out kept figures anew where another version made them, or something was left out since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from biofeedback.practice.content import ContentError
from biofeedback.run import summed_up
from biofeedback.sessions.errors import NoSuchSessionError, StorageError
from biofeedback.sessions.kept_figures import Figures
from biofeedback.sessions.store import Store
from biofeedback.sessions.summary import Summary


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of it.

    Attributes
    ----------
    n_done
        Sessions whose figures are of today now.
    problems
        The sessions that could not be read, each with a sentence; theirs stay as they were.
    """

    n_done: int
    problems: tuple[tuple[int, str], ...] = ()


def refresh(store: Store, progress: Callable[[int, int], None] | None = None) -> Refreshed:
    """Work out every stale figure anew, newest session first.

    Each session is a commit of its own. What is interrupted anywhere goes on at the next call.

    Parameters
    ----------
    store
        Where the sessions are.
    progress
        Is told how many are done and how many there are, before each and at the end. What it
        raises stops the work.

    Raises
    ------
    StorageError
        If the disk did not take it.
    """
    stale = store.figures.stale()
    problems: list[tuple[int, str]] = []
    n_done = 0
    for n, session_id in enumerate(stale):
        if progress is not None:
            progress(n, len(stale))
        try:
            refresh_one(store, session_id)
        except NoSuchSessionError:  # deleted meanwhile
            continue
        except UnreadableSessionError as error:
            problems.append((session_id, str(error)))
        else:
            n_done += 1
    if progress is not None and stale:
        progress(len(stale), len(stale))
    return Refreshed(n_done, tuple(problems))


class UnreadableSessionError(StorageError):
    """A session's events can't be played through; its figures stay as they are."""


def refresh_one(store: Store, session_id: int) -> Summary:
    """Work out a session's summary and figures anew, without what is left out; return the summary.

    Raises
    ------
    UnreadableSessionError
        If its events can't be read, or it used words that are not known.
    StorageError
        If there is no such session, it is being recorded, or the disk did not take it.
    """
    while True:
        info = store.session(session_id)
        if info.ended is None:
            raise StorageError(
                f"Session {session_id} is not over yet. Its figures come at its end."
            )
        left_out = store.left_out.spans(session_id)
        try:
            events = store.events(session_id)
            summary = summed_up(events, info.choices, info.duration_s, info.personal, left_out)
        except NoSuchSessionError:
            raise
        except (StorageError, ContentError) as error:
            raise UnreadableSessionError(str(error)) from error
        store.figures.set(session_id, Figures.from_summary(summary), summary.to_dict())
        if store.left_out.spans(session_id) == left_out:
            return summary
