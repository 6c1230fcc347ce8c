"""Screens that are made when they are first asked for, so that the first picture waits for none.

A `functools.cached_property` of their owner makes and holds each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from gui.screens.screen import Screen

IDLE_MS = 50
"""Between two pieces of work in idle time: a few frames get through."""


def is_made(owner: object, name: str) -> bool:
    """Tell whether a screen of ``owner`` has been asked for yet.

    Raises
    ------
    AttributeError
        ``owner`` has no screen of that name.
    """
    getattr(type(owner), name)
    return name in vars(owner)


def is_one(screen: Screen | None, owner: object, *names: str) -> bool:
    """Tell whether ``screen`` is one of these of ``owner``; the question makes none of them."""
    return screen is not None and any(
        is_made(owner, name) and vars(owner)[name] is screen for name in names
    )


class InIdleTime(QObject):
    """Does one piece of work after another, with room for pictures and keys between them."""

    def __init__(self, works: Iterable[Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._works = iter(tuple(works))
        self._timer = QTimer(self)
        self._timer.setInterval(IDLE_MS)
        self._timer.timeout.connect(self._do_one)
        self._timer.start()

    def _do_one(self) -> None:
        work = next(self._works, None)
        if work is None:
            self._timer.stop()
        else:
            work()
