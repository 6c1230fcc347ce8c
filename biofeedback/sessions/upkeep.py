"""What a store does for itself while nobody waits: looked through, backed up, packed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from biofeedback.sessions.backups import back_up
from biofeedback.sessions.database import FILE_NAME
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.looking_through import damage_of
from biofeedback.sessions.recorded_events import RecordedEvents


class Upkeep:
    """One round of it, on a thread of its own; it begins at once.

    Parameters
    ----------
    folder
        The data folder.
    today
        The person's day.
    recorded
        The raw log: what earlier versions left as rows is packed.
    told
        Is told a sentence where something is wrong, on that thread.
    done
        Is called there when all is done, or stopped.
    """

    def __init__(
        self,
        folder: Path,
        today: date,
        recorded: RecordedEvents,
        told: Callable[[str], None],
        done: Callable[[], None],
    ) -> None:
        self._folder = folder
        self._today = today
        self._recorded = recorded
        self._told = told
        self._done = done
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep")
        self._thread.start()

    def stop(self) -> None:
        """Stop within moments, wherever it is, and wait for that."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            damage = damage_of(self._folder / FILE_NAME)
            if damage:
                self._told(damage)
                return
            back_up(self._folder, self._today, progress=self._go_on)
            for session_id in self._recorded.unpacked():
                self._go_on()
                self._recorded.pack(session_id)
        except _StoppedError:
            pass
        except StorageError as error:
            self._told(str(error))
        finally:
            self._done()

    def _go_on(self, n_done: int = 0, n_all: int = 0) -> None:
        if self._stopped.is_set():
            raise _StoppedError


class _StoppedError(Exception):
    """The store is being closed."""
