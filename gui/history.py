"""The history in the window: what leads from home to a kept session, and what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui import history_words, spoken
from gui.bridge import Bridge
from gui.made import is_made, is_one
from gui.pages import Pages
from gui.screens.screen import Screen

if TYPE_CHECKING:
    from biofeedback.sessions.errors import StorageError
    from biofeedback.sessions.history import Listed
    from biofeedback.sessions.store import Store
    from biofeedback.sessions.trends import Trends, TrendSession
    from gui.screens.history import HistoryScreen
    from gui.screens.trends import TrendsScreen

    Rows = tuple[tuple[Listed, ...], tuple[Listed, ...]]


def _today() -> date:
    return datetime.now().astimezone().date()


class History(QObject):
    """Reads what is kept when its page is opened, and carries out what is asked there.

    Parameters
    ----------
    pages
        Where it is shown.
    bridge
        Reads and writes.
    numbers
        Tells whether figures are shown.
    today
        The person's day.
    """

    open_wanted = Signal(int)
    compare_wanted = Signal(int, int)
    begin_wanted = Signal()
    demo_wanted = Signal()
    ground_wanted = Signal()
    home_wanted = Signal()
    numbers_wanted = Signal()
    changed = Signal()
    """What is kept is another than before."""

    def __init__(
        self,
        pages: Pages,
        bridge: Bridge,
        numbers: Callable[[], bool],
        today: Callable[[], date] = _today,
    ) -> None:
        super().__init__(pages)
        self._pages, self._bridge, self._today = pages, bridge, today
        self._numbers = numbers
        self._undoable: list[tuple[int, ...]] = []

    @cached_property
    def screen(self) -> HistoryScreen:
        """The page itself."""
        from gui.screens.history import HistoryScreen

        screen = HistoryScreen()
        self._pages.add(screen)
        screen.open_wanted.connect(self.open_wanted)
        screen.compare_wanted.connect(self.compare_wanted)
        screen.remark_wanted.connect(self._remark)
        screen.left_out_wanted.connect(self._leave_out)
        screen.delete_wanted.connect(self._delete)
        screen.bar.undo_wanted.connect(self._undo)
        screen.bar.dismissed.connect(self._purge)
        screen.deleting.restore_wanted.connect(self._restore)
        screen.deleting.purge_wanted.connect(self._purge)
        screen.deleting.delete_all_wanted.connect(self._delete_all)
        screen.trends_wanted.connect(self.open_trends)
        screen.begin_wanted.connect(self.begin_wanted)
        screen.demo_wanted.connect(self.demo_wanted)
        screen.ground_wanted.connect(self.ground_wanted)
        screen.back_wanted.connect(self.home_wanted)
        self._bridge.reflected.connect(screen.remark.remark.told)
        return screen

    @cached_property
    def trends(self) -> TrendsScreen:
        """The page of trends."""
        from gui.screens.trends import TrendsScreen

        screen = TrendsScreen()
        self._pages.add(screen)
        screen.open_wanted.connect(self.open_wanted)
        screen.ground_wanted.connect(self.ground_wanted)
        screen.back_wanted.connect(self.open)
        screen.numbers_wanted.connect(self.numbers_wanted)
        return screen

    # ------------------------------------------------------------------------------ opening
    def open(self) -> None:
        """Show the page, and read what is kept."""
        self._undoable.clear()  # the bar went with the page
        self._pages.turn_to(self.screen)
        self.read()

    def read(self) -> None:
        """Read what is kept, and show it."""
        content = spoken.current()

        def rows(store: Store) -> Rows:
            return store.history.all(content), store.history.deleted(content)

        self._bridge.with_store(rows, self._take)

    def hide(self) -> None:
        """Show nothing of what is kept, and hold nothing of it, until it is read again."""
        self._undoable.clear()
        if is_made(self, "screen"):
            self.screen.let_go()
        if is_made(self, "trends"):
            self.trends.let_go()

    def read_if_shown(self) -> None:
        """Read what is kept, where the page has been opened before."""
        if is_made(self, "screen"):
            self.read()

    def _take(self, answer: Rows | StorageError) -> None:
        if isinstance(answer, tuple):
            rows, deleted = answer
            self.screen.tell("")
            self.screen.show_rows(rows, spoken.current(), self._today(), deleted)
        else:
            self.screen.tell(self.tr("What is kept can't be read. {why}").format(why=answer))

    def open_trends(self) -> None:
        """Show how figures went over weeks."""
        self._pages.turn_to(self.trends)

        def work_out(store: Store) -> tuple[list[TrendSession], Trends]:
            from biofeedback.sessions.trends import trends

            sessions = store.trend_sessions.all()
            return sessions, trends(sessions)

        self._bridge.with_store(work_out, self._take_trends)

    def _take_trends(self, answer: tuple[list[TrendSession], Trends] | StorageError) -> None:
        if isinstance(answer, tuple):
            sessions, found = answer
            language, numbers = spoken.current().language, self._numbers()
            self.trends.show_sessions(sessions, language, numbers=numbers, found=found)
            if is_one(self._pages.current, self, "trends"):
                self.trends.first_focus().setFocus()
        else:
            self.trends.tell(self.tr("What is kept can't be read. {why}").format(why=answer))

    def show_numbers(self, shown: bool) -> None:
        """Write figures out on the page of trends, or leave them away."""
        if is_made(self, "trends"):
            self.trends.set_numbers(shown)

    def escape(self, screen: Screen | None) -> bool:
        """Close what lies open on a page, or go from trends to the history; return whether so."""
        if is_one(screen, self, "trends"):
            self.open()
            return True
        return is_one(screen, self, "screen") and self.screen.escape()

    # ---------------------------------------------------------------------------- changing
    def _remark(self, number: int, tags: tuple[str, ...], note: str) -> None:
        from biofeedback.sessions.reflection import Reflection

        self._bridge.reflect(number, Reflection(tags=tags, note=note))
        self._replace(number, tags=tags, note=note)

    def _replace(self, number: int, **what: object) -> None:
        """Show a row with what was just said of it."""
        screen = self.screen
        rows = tuple(
            replace(row, **what) if row.id == number else row  # type: ignore[arg-type]
            for row in screen.rows
        )
        screen.show_rows(rows, spoken.current(), self._today(), screen.deleted)

    def _leave_out(self, number: int, wanted: bool) -> None:
        """Leave all of a session out of the figures, or no longer; parts stay as they are."""

        def work(store: Store) -> bool:
            from biofeedback.refreshed import UnreadableSessionError, refresh_one

            for part in store.left_out.of(number):
                if part.whole:
                    store.left_out.remove(part.id)
            if wanted:
                store.left_out.add(number, None)
            with suppress(UnreadableSessionError):  # it has no figures to work out
                refresh_one(store, number)
            return True

        def done(answer: bool | StorageError) -> None:
            if isinstance(answer, bool):
                self.screen.remark.set_left_out(wanted)
                self.read()
            else:
                self.screen.tell(str(answer))

        self._bridge.with_store(work, done)

    # ---------------------------------------------------------------------------- deleting
    def _change(self, work: Callable[[Store], object], then: Callable[[], None]) -> None:
        """Change what is kept; then show what there is, or say why it could not be done."""
        content = spoken.current()

        def changed(store: Store) -> Rows:
            work(store)
            return store.history.all(content), store.history.deleted(content)

        def done(answer: Rows | StorageError) -> None:
            if isinstance(answer, tuple):
                self._take(answer)
                then()
                self.changed.emit()
            else:
                self.screen.tell(str(answer))

        self._bridge.with_store(changed, done)

    def _delete(self, numbers: tuple[int, ...]) -> None:
        def offer() -> None:
            self._undoable.append(numbers)
            if is_one(self._pages.current, self, "screen"):
                self.screen.bar.offer(history_words.deleted_words(len(numbers)))

        self._change(lambda store: store.delete(numbers), offer)

    def _undo(self) -> None:
        """Take back the last deletion; one before it can be taken back after that."""
        if self._undoable:
            self._restore(self._undoable.pop())

    def _restore(self, numbers: tuple[int, ...]) -> None:
        if not numbers:
            return
        self._undoable = [each for each in self._undoable if not set(each) & set(numbers)]

        def show() -> None:
            self.screen.list.pick(numbers[0])
            if self._undoable:
                self.screen.bar.offer(history_words.deleted_words(len(self._undoable[-1])))
            else:
                self.screen.bar.hide()

        self._change(lambda store: store.restore(numbers), show)

    def _purge(self) -> None:
        """Let go for good of what is deleted."""
        self._undoable.clear()
        self.screen.bar.hide()
        self._change(lambda store: store.purge(), lambda: None)

    def _delete_all(self) -> None:
        self._undoable.clear()
        self.screen.bar.hide()
        self.screen.close_sheet()

        def work(store: Store) -> None:
            store.delete(info.id for info in store.sessions() if not store.is_running(info))
            store.purge()

        self._change(work, lambda: None)
