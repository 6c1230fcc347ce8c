"""The history in the window: what leads from home to a kept session, and what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui import spoken
from gui.bridge import Bridge
from gui.made import is_one
from gui.pages import Pages
from gui.screens.screen import Screen

if TYPE_CHECKING:
    from biofeedback.sessions.errors import StorageError
    from biofeedback.sessions.history import Listed
    from biofeedback.sessions.store import Store
    from gui.screens.history import HistoryScreen


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
    today
        The person's day.
    """

    open_wanted = Signal(int)
    compare_wanted = Signal(int, int)
    begin_wanted = Signal()
    demo_wanted = Signal()
    ground_wanted = Signal()
    home_wanted = Signal()
    changed = Signal()
    """What is kept is another than before."""

    def __init__(self, pages: Pages, bridge: Bridge, today: Callable[[], date] = _today) -> None:
        super().__init__(pages)
        self._pages, self._bridge, self._today = pages, bridge, today
        self._led = False

    @cached_property
    def screen(self) -> HistoryScreen:
        """The page itself."""
        from gui.screens.history import HistoryScreen

        screen = HistoryScreen()
        self._pages.add(screen)
        screen.open_wanted.connect(self._open)
        screen.compare_wanted.connect(self._compare)
        screen.remark_wanted.connect(self._remark)
        screen.begin_wanted.connect(self.begin_wanted)
        screen.demo_wanted.connect(self.demo_wanted)
        screen.ground_wanted.connect(self.ground_wanted)
        screen.back_wanted.connect(self.home_wanted)
        self._bridge.reflected.connect(screen.remark.remark.told)
        return screen

    # ------------------------------------------------------------------------------ opening
    def open(self) -> None:
        """Show the page, and read what is kept."""
        self._led = False
        self._pages.turn_to(self.screen)
        self.read()

    def read(self) -> None:
        """Read what is kept, and show it."""
        content = spoken.current()

        def rows(store: Store) -> tuple[Listed, ...]:
            return store.history.all(content)

        self._bridge.with_store(rows, self._take)

    def _take(self, answer: tuple[Listed, ...] | StorageError) -> None:
        if isinstance(answer, tuple):
            self.screen.tell("")
            self.screen.show_rows(answer, spoken.current(), self._today())
        else:
            self.screen.tell(self.tr("What is kept can't be read. {why}").format(why=answer))

    def _open(self, number: int) -> None:
        self._led = True
        self.open_wanted.emit(number)

    def _compare(self, older: int, newer: int) -> None:
        self._led = True
        self.compare_wanted.emit(older, newer)

    def back(self) -> bool:
        """Go back to the page from a session that it led to; return whether it had."""
        if self._led:
            self.open()
            return True
        return False

    def forget_way(self) -> None:
        """Let go of where a session was opened from."""
        self._led = False

    def escape(self, screen: Screen | None) -> bool:
        """Close what lies open on the page; return whether anything did."""
        return is_one(screen, self, "screen") and self.screen.escape()

    # ---------------------------------------------------------------------------- changing
    def _remark(self, number: int, tags: tuple[str, ...], note: str) -> None:
        from biofeedback.sessions.reflection import Reflection

        self._bridge.reflect(number, Reflection(tags=tags, note=note))
        self._replace(number, tags=tags, note=note)

    def _replace(self, number: int, **what: object) -> None:
        """Show a row with what was just said of it."""
        rows = tuple(
            replace(row, **what) if row.id == number else row  # type: ignore[arg-type]
            for row in self.screen.rows
        )
        self.screen.show_rows(rows, spoken.current(), self._today())
