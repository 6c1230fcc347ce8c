"""Bring files into a store: known ones recognised, bad ones told, the rest kept in batches."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from hashlib import file_digest
from pathlib import Path
from typing import Protocol

from biofeedback.coming.own_archive import OwnArchive
from biofeedback.coming.own_document import NotOursError, may_be_ours, read_document
from biofeedback.coming.recorded_elsewhere import ReadElsewhere, read_elsewhere
from biofeedback.practice.personal import Personal
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.formats import HEAD_BYTES
from biofeedback.sessions.store import Store
from biofeedback.sessions.whole import WholeSession
from biofeedback.sessions.whole_json import NotASessionError

BATCH_SESSIONS = 64
BATCH_EVENTS = 200_000
"""So much is put on disk together; what comes after an interruption begins with the next batch."""

_ZIP = b"PK"


class How(StrEnum):
    """What became of something that was brought."""

    NEW = "new"
    KNOWN = "known"
    DIFFERENT = "different"
    WORDS = "words"
    WRITING = "writing"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """One session that was brought, one file that could not be read, or what else came.

    Attributes
    ----------
    name
        The file it was in.
    how
        What became of it.
    words
        Plain sentences: what is wrong with it, or how it was understood.
    session
        Its uid, when it began, where it is from, its length in seconds and its beats; None for
        what is no session.
    """

    name: str
    how: How
    words: tuple[str, ...] = ()
    session: CameSession | None = None


@dataclass(frozen=True, slots=True)
class CameSession:
    """What a list shows of a session that came."""

    uid: str
    started_at: str
    source: str
    duration_s: float
    n_beats: int


class KeepsPersonal(Protocol):
    """Keeps guides, words and plans: `biofeedback.sessions.personal_file.PersonalFile` is one."""

    @property
    def personal(self) -> Personal:
        """What is the person's own."""
        ...

    def join(self, brought: Personal) -> None:
        """Add what was brought from elsewhere."""
        ...


Progress = Callable[[int, int], None]
"""Is told how many files are done, and of how many."""


def bring_in(
    files: Sequence[Path],
    store: Store,
    personal_file: KeepsPersonal | None = None,
    *,
    preview: bool = False,
    jobs: int = 1,
    batch: int = BATCH_SESSIONS,
    progress: Progress | None = None,
) -> Generator[Came, None, None]:
    """Bring files in; yield what became of each session, as it comes.

    Close the iterator where it isn't used up: what it holds by then goes to disk.

    Parameters
    ----------
    files
        Exports of this program (JSON, ZIP) and recordings of others.
    store
        Where they go.
    personal_file
        Where guides, words and plans go; None leaves them.
    preview
        Tell what would become of them, and keep nothing.
    jobs
        Processes to read other programs' files; what comes of it is the same for any number.
    batch
        So many sessions are put on disk together. A session that is being recorded into the same
        `Store` waits meanwhile, some ms for each.
    progress
        See `Progress`.

    Raises
    ------
    StorageError
        If the disk doesn't take it. What was put there before stays.
    """
    bringing = _Bringing(store, personal_file, preview=preview, batch=batch)
    own = [path for path in files if _is_ours(path)]
    others = [path for path in files if path not in set(own)]
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, len(files))

    try:
        for path in own:
            yield from bringing.own(path)
            step()
        for read in _read_all(others, bringing.known_files, jobs):
            yield bringing.other(read)
            step()
    finally:
        bringing.flush()


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (OSError, ValueError):
        return False  # the reader says why
    return head.startswith(_ZIP) or may_be_ours(head)


class _Bringing:
    """What is known by now, and what waits to be put on disk."""

    def __init__(
        self,
        store: Store,
        personal_file: KeepsPersonal | None,
        *,
        preview: bool,
        batch: int,
    ) -> None:
        self._store = store
        self._personal_file = personal_file
        self._preview = preview
        self._batch = batch
        self._uids = store.arrivals.known_uids()
        self._waiting: dict[str, WholeSession] = {}
        self._new: set[str] = set()
        self.known_files = set(store.arrivals.known_files())

    # ------------------------------------------------------------------------ own exports
    def own(self, path: Path) -> Iterator[Came]:
        """Take a JSON document or a ZIP of this program."""
        try:
            with path.open("rb") as file:
                is_archive = file.read(2) == _ZIP
                file.seek(0)
                if not is_archive:
                    yield from self._document(str(path), read_document(file))
            if is_archive:
                with OwnArchive(path) as archive:
                    yield from self._archive(str(path), archive)
        except NotOursError as error:
            yield _problem(str(path), f"{path.name} cannot be read: {error}.")
        except StorageError:
            raise
        except OSError as error:
            why = error.strerror or str(error)
            yield _problem(str(path), f"{path.name} cannot be read ({why}).")

    def _archive(self, name: str, archive: OwnArchive) -> Iterator[Came]:
        for member in archive.names:
            try:
                yield from self._document(name, archive.sessions(member))
            except NotOursError as error:
                yield _problem(name, f"Something in {Path(name).name} cannot be read: {error}.")
        for bring in (self._personal, self._writings):
            try:
                yield from bring(name, archive)
            except NotOursError as error:
                yield _problem(name, f"Something in {Path(name).name} cannot be read: {error}.")

    def _document(
        self, name: str, found: Iterator[WholeSession | NotASessionError]
    ) -> Iterator[Came]:
        for session in found:
            if isinstance(session, NotASessionError):
                yield _problem(name, f"A session in {Path(name).name} cannot be read: {session}.")
            else:
                yield self._session(name, session)

    def _personal(self, name: str, archive: OwnArchive) -> Iterator[Came]:
        personal = archive.personal()
        if personal is None or self._personal_file is None:
            return
        joined = self._personal_file.personal.joined(personal)
        if joined == self._personal_file.personal:
            return
        if not self._preview:
            self._personal_file.join(personal)
        yield Came(name=name, how=How.WORDS, words=("Guides, words and plans of your own.",))

    def _writings(self, name: str, archive: OwnArchive) -> Iterator[Came]:
        pages = archive.writings()
        here = {page.uid for page in self._store.writings.all()}
        new = [page for page in pages if page.uid not in here]
        if not new:
            return
        if not self._preview:
            self._store.writings.add(new)
        words = "1 page" if len(new) == 1 else f"{len(new)} pages"
        yield Came(name=name, how=How.WRITING, words=(f"Saved writing: {words}.",))

    # ----------------------------------------------------------------- other programs' files
    def other(self, read: ReadElsewhere) -> Came:
        """Take what was read of another program's file."""
        name = str(read.path)
        if read.problem:
            return _problem(name, read.problem)
        if read.session is None or read.sha256 in self.known_files:
            return Came(name=name, how=How.KNOWN, words=("This very file is here already.",))
        self.known_files.add(read.sha256)
        return self._session(name, read.session, read.notes)

    # --------------------------------------------------------------------------- sessions
    def _session(self, name: str, session: WholeSession, notes: tuple[str, ...] = ()) -> Came:
        shown = CameSession(
            session.uid,
            session.started_at.isoformat(),
            session.source,
            session.duration_s,
            session.n_beats,
        )
        if session.uid in self._waiting:
            self.flush()
        how = How.NEW
        if session.uid in self._uids:
            number = self._uids[session.uid]
            if number is None:
                sentence = "You deleted this session a moment ago, so it is not brought back."
                return Came(name=name, how=How.PROBLEM, words=(sentence,), session=shown)
            how, notes = self._compared(number, session)
        elif session.uid in self._new:
            how = How.KNOWN
        else:
            self._new.add(session.uid)
            if not self._preview:
                self._waiting[session.uid] = session
            n_events = sum(len(each.events) for each in self._waiting.values())
            if len(self._waiting) >= self._batch or n_events >= BATCH_EVENTS:
                self.flush()
        return Came(name=name, how=how, words=notes, session=shown)

    def _compared(self, number: int, session: WholeSession) -> tuple[How, tuple[str, ...]]:
        info = self._store.session(number)
        if info.ended is None:
            return How.DIFFERENT, ("It is being recorded now, and is left as it is.",)
        here = self._store.arrivals.whole(
            info, self._store.events(number), self._store.reflections.of(number)
        )
        if here.same_as(session):
            return How.KNOWN, ()
        return How.DIFFERENT, (f"Session {number} here differs from it, and is kept as it is.",)

    def flush(self) -> None:
        """Put on disk what waits."""
        waiting = list(self._waiting.values())
        self._waiting.clear()
        if not waiting:
            return
        try:
            numbers = self._store.arrivals.add(waiting)
        except ValueError:  # another program brought one of them in meanwhile
            self._uids |= self._store.arrivals.known_uids()
            missing = [each for each in waiting if each.uid not in self._uids]
            numbers = self._store.arrivals.add(missing)
            waiting = missing
        self._uids |= dict(zip((each.uid for each in waiting), numbers, strict=True))


def _problem(name: str, sentence: str) -> Came:
    return Came(name=name, how=How.PROBLEM, words=(sentence,))


# --------------------------------------------------------------------------------- reading
def _read_all(files: Sequence[Path], known: Collection[str], jobs: int) -> Iterator[ReadElsewhere]:
    """Read files in their order, a few ahead of what is asked for; those that are known at once.

    ``known`` grows while this runs.
    """
    if jobs <= 1 or len(files) < 2:
        for path in files:
            yield _known(path, known) or read_elsewhere(path)
        return
    ahead: deque[Future[ReadElsewhere] | ReadElsewhere] = deque()

    def first() -> ReadElsewhere:
        read = ahead.popleft()
        return read.result() if isinstance(read, Future) else read

    # Ctrl+C goes to every process of a terminal; the one that keeps the store decides.
    pool = ProcessPoolExecutor(
        min(jobs, len(files)), initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    )
    try:
        for path in files:
            ahead.append(_known(path, known) or pool.submit(read_elsewhere, path))
            if len(ahead) >= 4 * jobs:
                yield first()
        while ahead:
            yield first()
    finally:
        pool.shutdown(cancel_futures=True)


def _known(path: Path, known: Collection[str]) -> ReadElsewhere | None:
    """Return a file that is here already, as read; None for any other."""
    try:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None  # the reader says why
    return ReadElsewhere(path=path, sha256=digest) if digest in known else None
