"""Looking back at one session, or at two side by side: what leads there and away again."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from gui import spoken
from gui.made import is_made, is_one
from gui.pages import Pages

if TYPE_CHECKING:
    from pathlib import Path

    from biofeedback.sessions.errors import StorageError
    from biofeedback.sessions.info import SessionInfo
    from biofeedback.sessions.left_out import Range
    from biofeedback.sessions.store import Store
    from biofeedback.signals.left_out import Span
    from gui.bridge import Bridge
    from gui.screens.compare import CompareScreen
    from gui.screens.screen import Screen
    from gui.screens.session import SessionScreen
    from gui.shown import GoesOn, Shown, Undo

T = TypeVar("T")


class LookingBack(QObject):
    """Opens sessions, and does with them what their pages ask for.

    Parameters
    ----------
    pages
        Where they are shown.
    bridge
        Reaches the store.
    home
        The page to go back to where there is no other.
    """

    ground_wanted = Signal()
    watch_wanted = Signal(int)
    """A session is to be watched as it was: its number."""
    changed = Signal()
    """What is kept has changed: lists of sessions and figures are to be read anew."""

    def __init__(self, pages: Pages, bridge: Bridge, home: Screen) -> None:
        super().__init__(pages)
        self._pages = pages
        self._bridge = bridge
        self._home = home
        self._behind: Screen = home
        self._first: Screen = home
        self._asked = 0
        self._id: int | None = None
        self._done: list[Undo] = []
        self._loaded = False
        self._pair: tuple[int, int] | None = None
        self._last: Screen = home

    @cached_property
    def session(self) -> SessionScreen:
        """The page of one session."""
        from gui.screens.session import SessionScreen

        screen = SessionScreen()
        self._pages.add(screen)
        screen.back_wanted.connect(self.leave)
        screen.ground_wanted.connect(self.ground_wanted)
        screen.watch_wanted.connect(self._watch)
        screen.compare_wanted.connect(self._compare_with_earlier)
        screen.part_unwanted.connect(lambda from_s, to_s: self._leave_out((from_s, to_s)))
        screen.part_wanted.connect(self._take_in)
        screen.whole_unwanted.connect(lambda: self._leave_out(None))
        screen.delete_wanted.connect(self._delete)
        screen.copy_wanted.connect(self._save_copy)
        screen.undo_wanted.connect(self._take_back)
        screen.remark.changed.connect(self._remark)
        self._bridge.reflected.connect(screen.remark.told)
        return screen

    @cached_property
    def comparison(self) -> CompareScreen:
        """The page of two sessions."""
        from gui.screens.compare import CompareScreen

        screen = CompareScreen()
        self._pages.add(screen)
        screen.back_wanted.connect(self.leave)
        screen.ground_wanted.connect(self.ground_wanted)
        screen.open_wanted.connect(self.open_session)
        return screen

    def get_ready(self) -> None:
        """Load what a first session takes to be opened, before it is: half a second of work."""
        if not self._loaded:
            self._loaded = True
            threading.Thread(target=_load, name="looking back", daemon=True).start()

    # ---------------------------------------------------------------------------- opening
    def open_session(self, session_id: int) -> None:
        """Open a kept session by its number."""
        self.session.expect(self.tr("Opening the session."))
        self._turn_to(self.session)
        self._read(session_id)

    def compare(self, first_id: int, second_id: int) -> None:
        """Open two kept sessions beside one another; which one is named first makes no odds."""
        self.comparison.expect(self.tr("Opening both sessions."))
        self._turn_to(self.comparison)
        self._read_pair(first_id, second_id)

    def _read_pair(self, first_id: int, second_id: int) -> None:
        self._pair = first_id, second_id

        async def read(store: Store, goes_on: GoesOn) -> list[Shown]:
            from gui.shown import read_shown

            return [await read_shown(store, number, goes_on) for number in (first_id, second_id)]

        self._ask(read, self._show_pair, self.comparison)

    def _read(self, session_id: int) -> None:
        if session_id != self._id:
            self._done.clear()
        self._id = session_id

        async def read(store: Store, goes_on: GoesOn) -> Shown:
            from gui.shown import read_shown

            return await read_shown(store, session_id, goes_on)

        self._ask(read, self._show, self.session)

    def _ask(
        self,
        read: Callable[[Store, GoesOn], Awaitable[T]],
        show: Callable[[T], None],
        screen: SessionScreen | CompareScreen,
    ) -> None:
        """Read off Qt's thread; who has gone elsewhere is left there, and nothing more is read."""
        self._asked += 1
        asked = self._asked

        def tell(part: float) -> None:
            if asked == self._asked:
                screen.show_progress(part)

        def goes_on(part: float) -> bool:
            self._bridge.call(lambda: tell(part))
            return asked == self._asked

        async def work(store: Store) -> T | str:
            from biofeedback.practice.content import ContentError
            from gui.shown import UnwantedError

            try:
                return await read(store, goes_on)
            except ContentError as error:
                return str(error)
            except UnwantedError:
                return ""

        def answer(result: T | str | StorageError) -> None:
            if asked != self._asked:
                return
            if isinstance(result, (str, OSError)):
                screen.expect(self.tr("It can't be opened. {why}").format(why=result))
            else:
                show(result)

        self._bridge.with_store(work, answer)

    def _show(self, shown: Shown) -> None:
        self.session.show_session(shown, self._title(shown.info))
        if is_one(self._pages.current, self, "session"):
            self.session.first_focus().setFocus()

    def _show_pair(self, pair: list[Shown]) -> None:
        first, second = sorted(pair, key=lambda one: (one.info.started_at, one.info.id))
        names = self._title(first.info), self._title(second.info)
        self.comparison.show_pair(first, second, names)
        if is_one(self._pages.current, self, "comparison"):
            self.comparison.first_focus().setFocus()

    def _title(self, info: SessionInfo) -> str:
        """Say when a session was and what was practised, as the history says it."""
        from biofeedback.sessions.history import practice_of
        from gui import history_words

        content = spoken.current().with_personal(info.personal)
        when = history_words.when_words(info.started_at, datetime.now().astimezone().date())
        practice = history_words.practice_words(practice_of(info.plan, content), content)
        return history_words.BETWEEN.join((when, practice))

    def _turn_to(self, screen: Screen) -> None:
        """Show one of these pages, and remember where the person came from."""
        current = self._pages.current
        if current is not None and not self.is_open(current):
            self._behind, self._first = current, screen
        self._last = screen
        self._pages.turn_to(screen)

    # ----------------------------------------------------------------------------- leaving
    def leave(self) -> None:
        """Go back: to the page that was opened first, and from there to where that was."""
        self._asked += 1
        first = self._pages.current is self._first
        if first:
            self._pages.turn_to(self._behind)
        else:
            self._last = self._first
            self._pages.turn_to(self._first)
            self._fill()

    def escape(self, screen: Screen | None) -> bool:
        """Leave one of these pages; return whether ``screen`` was one."""
        if not self.is_open(screen):
            return False
        self.leave()
        return True

    def is_open(self, screen: Screen | None) -> bool:
        """Tell whether ``screen`` is one of these pages."""
        return is_one(screen, self, "session", "comparison")

    def come_back(self) -> None:
        """Show the session again that was left to watch it."""
        self._last = self.session
        self._pages.turn_to(self.session)
        self._fill()

    # ---------------------------------------------------------------------------- the lock
    def hide(self) -> None:
        """Take what is private off these pages."""
        self._asked += 1
        self._done.clear()
        if is_made(self, "session"):
            self.session.forget()
        if is_made(self, "comparison"):
            self.comparison.forget()

    def show(self) -> None:
        """Read again what was taken off the page that was shown last."""
        self._fill()

    def _fill(self) -> None:
        """Read anew what the page that is shown has let go of."""
        page = self._last
        if is_one(page, self, "session") and self._id is not None and not self.session.shown:
            self.session.expect(self.tr("Opening the session."))
            self._read(self._id)
        elif is_one(page, self, "comparison") and self._pair and not self.comparison.shown_ids:
            self.comparison.expect(self.tr("Opening both sessions."))
            self._read_pair(*self._pair)

    # ------------------------------------------------------------------------------- doing
    def _watch(self) -> None:
        if self._id is not None:
            self.watch_wanted.emit(self._id)

    def _compare_with_earlier(self) -> None:
        shown = self.session.shown
        if shown is None:
            return

        asked = self._asked

        async def find(store: Store) -> int | None:
            from gui.shown import session_before

            return await session_before(store, shown.info)

        def found(number: int | StorageError | None) -> None:
            if asked != self._asked:
                return
            if isinstance(number, OSError):
                self.session.tell(str(number))
            elif number is None:
                self.session.tell(self.tr("There is no session before this one."))
            else:
                self.compare(number, shown.info.id)

        self._bridge.with_store(find, found)

    def _save_copy(self, path: Path) -> None:
        """Write the session to a file."""
        shown = self.session.shown
        if shown is None:
            return
        session_id = shown.info.id
        from gui.report_saving import ENDINGS, save_report

        if path.suffix.lower() in ENDINGS:
            save_report(self._bridge, session_id, path, lambda problem: self._saved(problem, path))
            return

        def save(store: Store) -> str:
            from gui.shown import save_copy

            return save_copy(store, session_id, path)

        self._bridge.with_store(save, lambda problem: self._saved(problem, path))

    def _saved(self, problem: str | StorageError, path: Path) -> None:
        told = self.tr("It is saved as {file}. That file is not protected: keep it safe.")
        self.session.tell(str(problem) or told.format(file=path.name))

    def _leave_out(self, span: Span | None) -> None:
        shown = self.session.shown
        if shown is None:
            return
        whole = shown.whole
        if span is None and whole is not None:
            self._take_in(whole)
            return
        told = self.tr("It is left out of history and trends. It stays here to be seen.")
        if span is not None:
            told = self.tr("That part is left out. It stays here to be seen, hatched.")

        def leave(store: Store) -> Undo:
            from gui.shown import leave_out

            return leave_out(store, shown.info.id, span)

        self._change(shown, leave, told)

    def _take_in(self, range_: Range) -> None:
        shown = self.session.shown
        if shown is None:
            return

        def take(store: Store) -> Undo:
            from gui.shown import take_in

            return take_in(store, shown.info.id, range_)

        self._change(shown, take, self.tr("It is taken in again."))

    def _take_back(self) -> None:
        """Undo the last thing that was done."""
        shown = self.session.shown
        if not self._done:
            return
        undo = self._done.pop()
        if shown is None:  # it was deleted: everything is read anew
            self._bridge.with_store(undo, self._came_back)
            return

        def back(store: Store) -> Undo:
            undo(store)
            return undo

        self._change(shown, back, self.tr("That is undone."), undone=undo)

    def _change(
        self, shown: Shown, do: Callable[[Store], Undo], told: str, *, undone: Undo | None = None
    ) -> None:
        """Change what is left out, show the figures anew, and keep them."""
        session_id = shown.info.id

        def work(store: Store) -> tuple[Undo, Shown]:
            from gui.shown import worked_out_anew

            return do(store), worked_out_anew(store, shown)

        def answer(result: tuple[Undo, Shown] | StorageError) -> None:
            if isinstance(result, OSError):
                if undone is not None:
                    self._done.append(undone)  # it can be tried again
                self.session.tell(str(result))
                return
            undo, fresh = result
            if undone is None:
                self._done.append(undo)
            if self.session.shown is not None and self._id == session_id:
                self.session.show_session(fresh, self._title(fresh.info), again=True)
                self.session.tell(told, undo=bool(self._done))
            self._keep_figures(session_id)

        self._bridge.with_store(work, answer)

    def _keep_figures(self, session_id: int) -> None:
        async def work(store: Store) -> str:
            from gui.shown import keep_figures

            return await keep_figures(store, session_id)

        def answer(problem: str | StorageError) -> None:
            if problem:
                self.session.tell(str(problem))
            self.changed.emit()

        self._bridge.with_store(work, answer)

    def _delete(self) -> None:
        shown = self.session.shown
        if shown is None:
            return
        session_id = shown.info.id

        def delete(store: Store) -> Undo:
            store.delete([session_id])
            return lambda store: store.restore([session_id])

        def answer(result: Undo | StorageError) -> None:
            if isinstance(result, OSError):
                self.session.tell(str(result))
                return
            self._done.append(result)
            self.session.show_gone()
            told = self.tr(
                "It goes for good when you close the window. Until then it can come back."
            )
            self.session.tell(told, undo=True)
            self.session.undo.setFocus()
            self.changed.emit()

        self._bridge.with_store(delete, answer)

    def _came_back(self, result: object) -> None:
        if isinstance(result, OSError):
            self.session.tell(str(result))
        elif self._id is not None:
            self.session.tell(self.tr("It is here again."), undo=bool(self._done))
            self._read(self._id)
            self.changed.emit()

    def _remark(self, tags: tuple[str, ...], note: str) -> None:
        shown = self.session.shown
        if shown is not None:
            self._bridge.reflect(shown.info.id, replace(shown.said, tags=tags, note=note))
            self.changed.emit()


def _load() -> None:
    import scipy.linalg.lapack  # noqa: F401

    import gui.shown  # noqa: F401
