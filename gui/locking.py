"""The lock in the window: what covers private pages, when it comes, and how it goes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from biofeedback.sessions.unlocked import is_lock_set, is_locked_now
from gui.bridge import Bridge
from gui.pages import Pages

if TYPE_CHECKING:
    from biofeedback.sessions.errors import StorageError
    from gui.screens.locked import LockedScreen

T = TypeVar("T")

_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Locking(QObject):
    """Covers what is private while it is locked.

    Parameters
    ----------
    folder
        The data folder; None where it cannot be used, and nothing is kept.
    pages
        What is covered.
    bridge
        Closes the store.
    """

    hide_wanted = Signal()
    """What is private is to go from every page."""
    read_wanted = Signal()
    """It is open: what is kept can be read."""
    without_wanted = Signal()
    """The person goes on without opening it."""
    ground_wanted = Signal()
    stop_wanted = Signal()
    settings_wanted = Signal()
    """There is no passphrase yet."""
    _answered = Signal(object)
    """A call to make on Qt's thread."""

    def __init__(self, folder: Path | None, pages: Pages, bridge: Bridge) -> None:
        super().__init__(pages)
        self._folder, self._pages, self._bridge = folder, pages, bridge
        self._waiting: list[Callable[[], object]] = []
        self._shutting, self._tried = False, ""
        self._answered.connect(lambda call: call())
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self.idle.timeout.connect(self._nobody_is_here)
        self._listens = False

    @cached_property
    def screen(self) -> LockedScreen:
        """The page that covers all others."""
        from gui.screens.locked import LockedScreen

        screen = LockedScreen()
        self._pages.add(screen)
        screen.open_wanted.connect(self.open_with)
        screen.without_wanted.connect(self._go_without)
        screen.ground_wanted.connect(self.ground_wanted)
        screen.stop_wanted.connect(self.stop_wanted)
        for over in (self._bridge.ended, self._bridge.failed):
            over.connect(lambda _: screen.set_practising(False))
        return screen

    @property
    def is_set(self) -> bool:
        """Whether there is a passphrase."""
        return self._folder is not None and is_lock_set(self._folder)

    @property
    def is_locked(self) -> bool:
        """Whether what is kept can't be read now."""
        return self._folder is not None and is_locked_now(self._folder)

    # ---------------------------------------------------------------------------- locking
    def begin(self) -> None:
        """Cover everything from the start if it is locked; a keyring that remembers opens it."""
        if self.is_locked:
            self.screen.expect()
            self._pages.cover(self.screen)
            if find_spec("keyring") is not None:
                self.do(self._opened_by_keyring, self._hear_keyring)

    def lock(self) -> None:
        """Lock at once. A practice that runs goes on behind, and is kept to its end."""
        if not self.is_set:
            if not self._bridge.practising:
                self.settings_wanted.emit()
        elif not self._pages.is_covered:
            self.screen.expect(practising=self._bridge.practising)
            # what was typed on a page is kept as the page goes; the key goes after that
            self._pages.cover(self.screen)
            self._shutting = True
            self._bridge.let_go(self._is_shut, lock=True)

    def _is_shut(self) -> None:
        self._shutting = False
        self.hide_wanted.emit()
        tried, self._tried = self._tried, ""
        if tried:
            self.open_with(tried)

    def when_open(self, work: Callable[[], object]) -> None:
        """Do it now, or once the cover is gone."""
        if self._pages.is_covered:
            self._waiting.append(work)
        else:
            work()

    # --------------------------------------------------------------------------- unlocking
    def open_with(self, passphrase: str) -> None:
        """Try a passphrase; it takes a moment, by intention."""
        folder = self._folder
        if folder is None:
            return
        self.screen.set_busy(True)
        if self._shutting:  # the key would be forgotten after it was found
            self._tried = passphrase
            return

        def work() -> None:
            from biofeedback.sessions.locking import unlock

            unlock(folder, passphrase)

        def hear(answer: StorageError | None) -> None:
            if answer is None:
                self._opened()
            else:
                self.screen.refuse(self.why(answer))

        self.do(work, hear)

    def _opened_by_keyring(self) -> bool:
        from biofeedback.sessions.key_file import FILE_NAME, KeyFile
        from biofeedback.sessions.locking import unlock_with
        from biofeedback.sessions.os_keyring import remembered

        assert self._folder is not None
        file = KeyFile.read(self._folder / FILE_NAME)
        key = None if file is None else remembered(file.key_id)
        if key is None:
            return False
        unlock_with(self._folder, key)
        return True

    def _hear_keyring(self, answer: bool | StorageError) -> None:
        if answer is True and self._pages.is_covered:
            self._opened()

    def why(self, error: StorageError) -> str:
        """Return a sentence for the page."""
        from biofeedback.sessions.errors import WrongPassphraseError

        if isinstance(error, WrongPassphraseError):
            return self.tr("That is not the passphrase. Try again, in your own time.")
        return str(error)

    def _opened(self) -> None:
        self.screen.expect()  # nothing of what was typed stays
        self.read_wanted.emit()
        self._pages.uncover()
        self.touch()
        self._do_what_waited()

    def _go_without(self) -> None:
        self.screen.expect()
        self.without_wanted.emit()
        self._do_what_waited()

    def _do_what_waited(self) -> None:
        waiting, self._waiting = self._waiting, []
        for work in waiting:
            work()

    # -------------------------------------------------------------------------------- idle
    def set_idle_min(self, minutes: int) -> None:
        """Lock after so many minutes without key or mouse; 0 never does."""
        self.idle.setInterval(minutes * 60_000)
        self.touch()

    def touch(self) -> None:
        """Somebody is here: count anew, where there is something to lock."""
        counts = self.idle.interval() > 0 and self.is_set
        if counts:
            self.idle.start()
        else:
            self.idle.stop()
        app = QApplication.instance()
        if app is not None and counts is not self._listens:
            # every event of the window comes by then, so only while it is of use
            self._listens = counts
            if counts:
                app.installEventFilter(self)
            else:
                app.removeEventFilter(self)

    def _nobody_is_here(self) -> None:
        if self._bridge.practising:
            self.touch()  # whoever practises sits still
        elif self.is_set and not self.is_locked:
            self.lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take note of signs of life."""
        if event.type() in _SIGNS_OF_LIFE and self.idle.isActive():
            self.idle.start()
        return False

    # ------------------------------------------------------------------------- off the way
    def do(self, work: Callable[[], T], hear: Callable[[T | StorageError], object]) -> None:
        """Let ``work`` run on a thread of its own; ``hear`` gets its result on Qt's."""

        def run() -> None:
            from biofeedback.sessions.errors import StorageError

            result: T | StorageError
            try:
                result = work()
            except StorageError as error:
                result = error
            self._answered.emit(lambda: hear(result))

        threading.Thread(target=run, name="lock", daemon=True).start()
