"""The pages of settings: what is chosen there, and what it does at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui import theme
from gui.bridge import Bridge
from gui.locking import Locking
from gui.pages import Pages
from gui.settings import Settings, SettingsFile

if TYPE_CHECKING:
    from biofeedback.sessions.errors import StorageError
    from gui.screens.passphrase import PassphraseScreen, Task
    from gui.screens.settings import SettingsScreen


def apply_look(settings: Settings) -> None:
    """Look as the person chose; where they chose nothing, as it does already."""
    look = theme.look()
    if settings.look:
        look.set_scheme(settings.look)
    if settings.text_pct:
        look.set_text_scale(settings.text_pct / 100)
    if settings.motion:
        look.set_reduced_motion(settings.motion == "less")


class Preferences(QObject):
    """Leads through settings, and sets, changes or removes the passphrase.

    Parameters
    ----------
    folder
        The data folder; None where it cannot be used.
    file
        What is remembered.
    locking
        The lock.
    pages, bridge
        The window's.
    """

    language_chosen = Signal(str)
    changed = Signal()
    """What is remembered is another than before."""
    home_wanted = Signal()
    read_wanted = Signal()
    """What is kept is to be read anew."""
    sound_chosen = Signal(object)
    """`SoundChoices`, to be heard from now on."""

    def __init__(
        self,
        folder: Path | None,
        file: SettingsFile,
        locking: Locking,
        pages: Pages,
        bridge: Bridge,
    ) -> None:
        super().__init__(pages)
        self._folder, self._file, self._locking = folder, file, locking
        self._pages, self._bridge = pages, bridge
        self._remembered: bool | None = None
        self._problem = ""
        self._before: Settings | None = None
        apply_look(file.settings)
        locking.set_idle_min(file.settings.lock_after_min)

    @cached_property
    def screen(self) -> SettingsScreen:
        """The page of settings."""
        from gui.screens.settings import SettingsScreen

        screen = SettingsScreen()
        self._pages.add(screen)
        screen.look_chosen.connect(self._choose_look)
        screen.text_chosen.connect(self._choose_text)
        screen.motion_chosen.connect(self._choose_motion)
        screen.language_chosen.connect(self.language_chosen)
        screen.strap_unwanted.connect(self._forget_strap)
        screen.idle_chosen.connect(self._choose_idle)
        screen.remember_chosen.connect(self._remember)
        screen.lock_wanted.connect(self._locking.lock)
        screen.back_wanted.connect(self.home_wanted)
        screen.reset_wanted.connect(self._reset)
        screen.undo_wanted.connect(self._undo)
        screen.set_wanted.connect(lambda: self._ask(0))
        screen.change_wanted.connect(lambda: self._ask(1))
        screen.remove_wanted.connect(lambda: self._ask(2))
        return screen

    @cached_property
    def passphrase(self) -> PassphraseScreen:
        """The page on which a passphrase is set."""
        from gui.screens.passphrase import PassphraseScreen

        screen = PassphraseScreen()
        self._pages.add(screen)
        screen.wanted.connect(self._carry_out)
        screen.back_wanted.connect(self.leave_passphrase)
        return screen

    def open(self) -> None:
        """Show the page."""
        self.screen.tell("")
        self._before = None
        self.screen.show_reset(False)
        self.screen.show_settings(self._file.settings)
        self._show_lock()
        self._pages.turn_to(self.screen)
        if self._locking.is_set and not self._locking.is_locked:
            self._locking.do(self._asked_keyring, self._hear_keyring)

    def leave_passphrase(self) -> None:
        """Go back to the page of settings; nothing that was typed stays."""
        self.passphrase.leave()
        self.open()

    # ------------------------------------------------------------------------------- looks
    def _choose_look(self, look: str) -> None:
        self._file.change(look=look)
        theme.look().set_scheme(look or None)

    def _choose_text(self, percent: int) -> None:
        self._file.change(text_pct=percent)
        theme.look().set_text_scale(percent / 100 if percent else None)

    def _choose_motion(self, motion: str) -> None:
        self._file.change(motion=motion)
        theme.look().set_reduced_motion({"less": True, "full": False}.get(motion))

    def _forget_strap(self) -> None:
        self._file.change(strap=None)
        self.screen.show_settings(self._file.settings)
        self.screen.first_focus().setFocus()
        self.changed.emit()

    # ------------------------------------------------------------------------- as at first
    def _reset(self) -> None:
        if self._before is None:
            self._before = self._file.settings
        self._take(self._file.settings.as_at_first())
        self.screen.show_reset(True)
        self.screen.undo.setFocus()

    def _undo(self) -> None:
        before, self._before = self._before, None
        if before is not None:
            self._take(before)
        self.screen.show_reset(False)
        self.screen.reset.setFocus()

    def _take(self, settings: Settings) -> None:
        """Take all of them, and let each be seen and heard."""
        self._file.take(settings)
        self._choose_look(settings.look)
        self._choose_text(settings.text_pct)
        self._choose_motion(settings.motion)
        self.sound_chosen.emit(settings.sound)
        self.screen.show_settings(settings)
        self.changed.emit()

    # ---------------------------------------------------------------------------- the lock
    def _choose_idle(self, minutes: int) -> None:
        self._file.change(lock_after_min=minutes)
        self._locking.set_idle_min(minutes)

    def _show_lock(self) -> None:
        from gui.screens.settings import LockState

        self.screen.show_lock(
            LockState(
                "" if self._folder is None else str(self._folder),
                self._locking.is_set,
                self._locking.is_locked,
                self._remembered,
                self._problem,
            )
        )

    def _ask(self, number: int) -> None:
        from gui.screens.passphrase import Task

        self.passphrase.expect(tuple(Task)[number])
        self._pages.turn_to(self.passphrase)

    def _carry_out(self, task: Task, old: str, new: str) -> None:
        """Do it off Qt's thread, with the store closed meanwhile."""
        from gui.screens.passphrase import Task

        folder = self._folder
        assert folder is not None

        def work() -> None:
            from biofeedback.sessions import locking

            match task:
                case Task.SET:
                    locking.set_lock(folder, new)
                case Task.CHANGE:
                    locking.change_passphrase(folder, old, new)
                case Task.REMOVE:
                    self._take_out_of_keyring(lambda: locking.remove_lock(folder, old))

        def hear(answer: StorageError | None) -> None:
            self._bridge.go_on()
            if answer is not None:
                self.passphrase.refuse(self._locking.why(answer))
                return
            said = {
                Task.SET: self.tr("Done. Everything that is kept is encrypted from now on."),
                Task.CHANGE: self.tr("Done. The new passphrase opens what is kept."),
                Task.REMOVE: self.tr("Done. Nothing is encrypted any more."),
            }
            self._remembered = None
            self._locking.touch()
            self.leave_passphrase()
            self.screen.tell(said[task])
            self.read_wanted.emit()

        self.passphrase.set_busy(True)
        self._bridge.let_go(lambda: self._locking.do(work, hear), hold=True)

    # ------------------------------------------------------------------------- the keyring
    def _take_out_of_keyring(self, remove: Callable[[], None]) -> None:
        from biofeedback.sessions.errors import StorageError
        from biofeedback.sessions.key_file import FILE_NAME, KeyFile
        from biofeedback.sessions.os_keyring import forget_remembered

        assert self._folder is not None
        file = KeyFile.read(self._folder / FILE_NAME)
        remove()
        with suppress(StorageError):  # a key that opens nothing any more
            forget_remembered("" if file is None else file.key_id)

    def _asked_keyring(self) -> tuple[bool, str]:
        from biofeedback.sessions.os_keyring import keyring_problem, remembered
        from biofeedback.sessions.unlocked import key_of

        assert self._folder is not None
        problem = keyring_problem()
        key = key_of(self._folder)
        return (key is not None and remembered(key.key_id) is not None, problem)

    def _hear_keyring(self, answer: tuple[bool, str] | StorageError) -> None:
        if isinstance(answer, tuple):
            self._remembered, self._problem = answer
            self._show_lock()

    def _remember(self, wanted: bool) -> None:
        def work() -> tuple[bool, str]:
            from biofeedback.sessions.os_keyring import forget_remembered, remember
            from biofeedback.sessions.unlocked import key_of

            assert self._folder is not None
            key = key_of(self._folder)
            if key is not None and wanted:
                remember(key)
            elif key is not None:
                forget_remembered(key.key_id)
            return self._asked_keyring()

        def hear(answer: tuple[bool, str] | StorageError) -> None:
            if isinstance(answer, tuple):
                self._hear_keyring(answer)
                self.screen.tell("")
            else:
                self._show_lock()
                self.screen.tell(str(answer))

        self._locking.do(work, hear)
