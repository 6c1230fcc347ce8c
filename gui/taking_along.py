"""Taking data along and bringing it in: what the page asks for, done beside everything else."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from gui.made import is_one
from gui.pages import Pages

if TYPE_CHECKING:
    from pathlib import Path

    from biofeedback.coming.bringing_in import Came
    from biofeedback.leaving.export import Leaving, Preview
    from biofeedback.practice.personal import Personal
    from biofeedback.sessions.store import Store
    from gui.bridge import Bridge
    from gui.screens.leave import LeaveScreen
    from gui.screens.screen import Screen

T = TypeVar("T")

TOGETHER = 2
"""So many practices go to disk at once: one that is being recorded must not wait for more."""

TOLD_PROBLEMS = 3
"""So many files that could not be read are named; of the others, how many there are."""


class _StoppedError(Exception):
    """The person thought better of it, or the window closes."""


class TakingAlong(QObject):
    """Leads the page.

    Parameters
    ----------
    pages
        Where it is shown.
    bridge
        Reaches Qt's thread.
    home
        The page to go back to where there is no other.
    personal
        Asked for the person's own guides, words and plans.
    keep_personal
        Keeps them.
    """

    ground_wanted = Signal()
    changed = Signal()
    """What is kept has changed: lists of sessions are to be read anew."""

    def __init__(
        self,
        pages: Pages,
        bridge: Bridge,
        home: Screen,
        personal: Callable[[], Personal],
        keep_personal: Callable[[Personal], None],
    ) -> None:
        super().__init__(pages)
        self._pages = pages
        self._bridge = bridge
        self._home = home
        self._behind: Screen = home
        self._personal = personal
        self._keep_personal = keep_personal
        self._looked = 0
        self._brought: list[Path] = []
        self._stop = threading.Event()
        self._working = False

    @cached_property
    def screen(self) -> LeaveScreen:
        """The page."""
        from gui.screens.leave import LeaveScreen

        screen = LeaveScreen()
        self._pages.add(screen)
        screen.look_wanted.connect(self._look)
        screen.write_wanted.connect(self._write)
        screen.bring_wanted.connect(self._look_at_files)
        screen.bring_confirmed.connect(self._bring)
        screen.stop_wanted.connect(self._stop.set)
        screen.back_wanted.connect(self.leave)
        screen.ground_wanted.connect(self.ground_wanted)
        return screen

    # --------------------------------------------------------------------------- the page
    def open(self) -> None:
        """Show the page."""
        if self._pages.current is not None and not self._is_open(self._pages.current):
            self._behind = self._pages.current
        self._pages.turn_to(self.screen)
        if not self._working:
            self.screen.tell("")
            self._look()

    def bring(self, paths: list[Path]) -> None:
        """Show the page, and look what these files and folders would bring."""
        self.open()
        if not self._working:
            self._look_at_files(paths)

    def leave(self) -> None:
        """Go back to where it was opened; what is being done goes on."""
        self._pages.turn_to(self._behind)

    def escape(self, screen: Screen | None) -> bool:
        """Leave the page; return whether ``screen`` was it."""
        if not self._is_open(screen):
            return False
        self.leave()
        return True

    def close(self) -> None:
        """Stop what is being done: a file is written whole or not at all."""
        self._stop.set()

    def _is_open(self, screen: Screen | None) -> bool:
        return is_one(screen, self, "screen")

    # ----------------------------------------------------------------------------- leaving
    def _look(self) -> None:
        """Say what would leave, as it is chosen now."""
        self._looked += 1
        looked = self._looked
        make = self._leaving

        def look(store: Store) -> Preview:
            from biofeedback.leaving.export import preview

            return preview(store, make(store))

        def show(seen: Preview | Exception) -> None:
            if looked != self._looked:
                return
            if isinstance(seen, Exception):
                self.screen.show_held([str(seen)], something=False)
            else:
                something = bool(seen.n_sessions or seen.n_own or seen.n_writings)
                self.screen.show_held(self._held(seen), something=something)

        self._start(look, show)

    @property
    def _leaving(self) -> Callable[[Store], Leaving]:
        form, with_writings = self.screen.form.value, self.screen.with_writings
        personal = self._personal()

        def make(store: Store) -> Leaving:
            from biofeedback.leaving.choosing import Wanted, choose
            from biofeedback.leaving.export import Form, Leaving

            writings = tuple(store.writings.all()) if with_writings else None
            chosen = choose(store, Wanted())
            return Leaving(form=Form(form), chosen=chosen, personal=personal, writings=writings)

        return make

    def _held(self, seen: Preview) -> list[str]:
        """Say in sentences what would leave."""
        lines = [
            self.tr("Practices: {n}. Together {hours} hours, about {size} MB.").format(
                n=seen.n_sessions,
                hours=f"{seen.hours:.1f}",
                size=f"{max(0.1, seen.about_bytes / 1e6):.1f}",
            )
        ]
        if not seen.n_sessions:
            lines = [self.tr("No practice is kept yet.")]
        if seen.n_own:
            lines.append(self.tr("Your own guides, words and plans: {n}.").format(n=seen.n_own))
        if seen.n_writings is not None:
            lines.append(self.tr("Pages that you saved: {n}.").format(n=seen.n_writings))
        if seen.n_straps:
            lines.append(self.tr("The name and address of your strap stand in it."))
        if seen.n_running:
            lines.append(self.tr("A practice that runs still is left out."))
        return lines

    def _write(self, path: Path) -> None:
        make = self._leaving
        each_a_file = self.screen.form.value

        def write(store: Store) -> tuple[Path, ...]:
            from biofeedback.leaving.export import ONE_EACH, write

            leaving = make(store)
            # Where one file is named, the person was asked whether it may be written over.
            force = each_a_file not in ONE_EACH
            written = write(store, leaving, path, force=force, progress=self._progress)
            return written.files

        def done(files: tuple[Path, ...] | Exception) -> None:
            if isinstance(files, Exception):
                self.screen.show_done(str(files) or self._stopped())
                return
            place = str(files[0]) if len(files) == 1 else str(path)
            told = self.tr("It is written to {place}. It is not protected: keep it safe.")
            self.screen.show_done(told.format(place=place))

        self._work(self.tr("Writing. You can go on meanwhile."), write, done)

    # ------------------------------------------------------------------------------ coming
    def _look_at_files(self, paths: list[Path]) -> None:
        """Say what these would bring, and ask."""
        self._brought = paths

        def done(counts: Counter[str] | Exception) -> None:
            if isinstance(counts, Exception):
                self.screen.show_done(str(counts) or self._stopped())
            else:
                news = counts["new"] + counts["words"] + counts["writing"]
                self.screen.show_done(self._came(counts), confirms=bool(news))

        self._work(
            self.tr("Looking at what is in it."), lambda store: self._read(store, True), done
        )

    def _bring(self) -> None:
        def done(counts: Counter[str] | Exception) -> None:
            if isinstance(counts, Exception):
                self.screen.show_done(str(counts) or self._stopped())
            else:
                self.screen.show_done(self.tr("Done. {what}").format(what=self._came(counts)))
            self.changed.emit()
            self._look()

        self._work(self.tr("Bringing it in."), lambda store: self._read(store, False), done)

    def _read(self, store: Store, preview: bool) -> Counter[str]:
        from contextlib import closing

        from biofeedback.coming.bringing_in import How, bring_in
        from biofeedback.coming.finding import find_files

        counts: Counter[str] = Counter()
        self._problems: list[str] = []
        files = find_files(self._brought)
        arriving = bring_in(
            files,
            store,
            _OwnWords(self),
            preview=preview,
            batch=TOGETHER,
            progress=self._progress,
        )
        with closing(arriving):
            came: Came
            for came in arriving:
                counts[came.how.value] += 1
                if came.how is How.PROBLEM:
                    self._problems.append(" ".join(came.words))
        return counts

    def _came(self, counts: Counter[str]) -> str:
        """Say in sentences what came, or would come."""
        lines = [
            text.format(n=counts[how])
            for how, text in (
                ("new", self.tr("New practices: {n}.")),
                ("known", self.tr("Here already: {n}.")),
                ("different", self.tr("Different from what is here, which stays as it is: {n}.")),
                ("problem", self.tr("Could not be read: {n}.")),
            )
            if counts[how]
        ]
        if counts["words"]:
            lines.append(self.tr("Guides, words and plans are among it."))
        if counts["writing"]:
            lines.append(self.tr("Saved writing is among it."))
        lines = [" ".join(lines) or self.tr("There is nothing in it.")]
        return "\n".join([*lines, *self._problems[:TOLD_PROBLEMS]])

    # ------------------------------------------------------------------------------ thread
    def keep_words(self, brought: Personal) -> None:
        """Join guides, words and plans with the person's, on Qt's thread."""
        self._bridge.call(lambda: self._keep_personal(self._personal().joined(brought)))

    def own_words(self) -> Personal:
        """Return what is the person's own: a value that nobody changes."""
        return self._personal()

    def _stopped(self) -> str:
        return self.tr("Stopped. What was done by then is kept.")

    def _progress(self, done: int, of: int) -> None:
        if self._stop.is_set():
            raise _StoppedError
        step = max(1, of // 100)
        if done % step == 0:
            part = done / of if of else 1.0
            self._bridge.call(lambda: self.screen.show_progress(part))

    def _work(
        self, words: str, work: Callable[[Store], T], answer: Callable[[T | Exception], None]
    ) -> None:
        """Do one thing at a time, with its progress shown."""
        if self._working:
            return
        self._working = True
        self._stop.clear()
        self.screen.show_working(words)

        def told(result: T | Exception) -> None:
            self._working = False
            answer(result)

        self._start(work, told)

    def _start(self, work: Callable[[Store], T], answer: Callable[[T | Exception], None]) -> None:
        """Let ``work`` use the store on a thread of its own: straps are heard meanwhile."""

        def run(store: Store) -> T | Exception:
            from biofeedback.coming.finding import NothingThereError
            from biofeedback.leaving.writing_whole import CannotLeaveError
            from biofeedback.sessions.errors import StorageError

            try:
                return work(store)
            except (StorageError, CannotLeaveError, NothingThereError) as error:
                return error
            except _StoppedError as error:
                return error

        def begin(store: Store) -> Awaitable[T | Exception]:
            import asyncio

            return asyncio.to_thread(run, store)

        self._bridge.with_store(begin, answer)


class _OwnWords:
    """The window's guides, words and plans, as an import asks for them."""

    def __init__(self, leads: TakingAlong) -> None:
        self._leads = leads

    @property
    def personal(self) -> Personal:
        """What is the person's own."""
        return self._leads.own_words()

    def join(self, brought: Personal) -> None:
        """Add what was brought."""
        self._leads.keep_words(brought)
