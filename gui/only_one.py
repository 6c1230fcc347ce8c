"""One window a person and data folder: a second start hands over what it wants, and ends.

Who holds the lock file has the window; Qt takes the lock of a program that has died. The window
listens on a local socket beside it, for this user alone; whoever comes second writes a line of
JSON there and reads one. Where neither can be made, each start opens a window, as ever.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject

from biofeedback.types import Choices

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_LONGEST_PATH = 100
"""A socket's name can't be longer, on any Unix."""
_LONGEST_LINE = 65_536
TRY_MS, TRIES = 500, 10
"""The first may still be on its way to its first picture, and listens only then."""
ANSWER_MS = 5_000


class Answer(StrEnum):
    """What became of what was handed over."""

    SHOWN = "shown"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a second start wants.

    Attributes
    ----------
    source
        Begin with it, or look at it; None brings the window to the front and nothing else.
    choices
        For that practice; None takes those that are remembered.
    felt
        Ask how it feels.
    watching
        The source is a recording that is looked at.
    """

    source: str | None = None
    choices: Choices | None = None
    felt: bool = False
    watching: bool = False

    def to_json(self) -> str:
        """Return it as one line."""
        from biofeedback.sessions.info import choices_to_json

        return json.dumps(
            {
                "source": self.source,
                "choices": choices_to_json(self.choices) if self.choices else None,
                "felt": self.felt,
                "watching": self.watching,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Asked:
        """Read a line.

        Raises
        ------
        ValueError
            If it is none that `to_json` wrote.
        """
        from biofeedback.sessions.info import choices_from_json

        told = json.loads(text)
        if not isinstance(told, dict):
            raise ValueError("not an object")
        source, choices = told.get("source"), told.get("choices")
        if not isinstance(source, str | None) or not isinstance(choices, str | None):
            raise ValueError("not what a second start writes")
        return cls(
            source,
            choices_from_json(choices) if choices else None,
            told.get("felt") is True,
            told.get("watching") is True,
        )


class OnlyOne(QObject):
    """The place at which the windows of one data folder meet.

    Parameters
    ----------
    folder
        The data folder; None where it can't be used: then every start is the first.
    """

    def __init__(self, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None
        self._does: Callable[[Asked], Answer] | None = None
        self._lock: QLockFile | None = None
        self._name = ""
        self.is_first = True
        if (place := _place(folder)) is not None:
            self._name = place.name if sys.platform == "win32" else str(place)
            self._lock = QLockFile(f"{place}.lock")
            self._lock.setStaleLockTime(0)  # only a lock whose program has gone is stale
            if not self._lock.tryLock(0):
                self.is_first = self._lock.error() is not QLockFile.LockError.LockFailedError

    def hand_over(self, asked: Asked) -> Answer | None:
        """Tell the first what this start wants.

        Returns
        -------
        Answer or None
            None where nobody answers; the first may also have gone, then this one `is_first`.
        """
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        for _ in range(TRIES):
            socket.connectToServer(self._name)
            if socket.waitForConnected(TRY_MS):
                break
            if self._lock is None or self._lock.tryLock(TRY_MS):
                self.is_first = True
                return None
        else:
            return None
        socket.write(asked.to_json().encode() + b"\n")
        answer = b""
        while not answer.endswith(b"\n") and socket.waitForReadyRead(ANSWER_MS):
            answer += bytes(socket.readAll().data())
        try:
            return Answer(answer.decode("ascii", "replace").strip())
        except ValueError:
            return None

    def listen(self, does: Callable[[Asked], Answer]) -> None:
        """Be told of later starts, from now on."""
        if self._lock is None or not self._lock.isLocked():
            return
        from PySide6.QtNetwork import QLocalServer

        self._does = does
        QLocalServer.removeServer(self._name)  # left by one that died; the lock is ours
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._meet)
        self._server.listen(self._name)

    def close(self) -> None:
        """Make room for the next start."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None and self._lock.isLocked():
            self._lock.unlock()

    def _meet(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            if socket.canReadLine():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST_LINE:
                socket.abort()
            return
        try:
            asked = Asked.from_json(bytes(socket.readLine().data()).decode())
        except (ValueError, KeyError, TypeError):
            socket.abort()
            return
        if self._does is not None:
            socket.write(self._does(asked).encode() + b"\n")
            socket.flush()
        socket.disconnectFromServer()


def _place(folder: Path | None) -> Path | None:
    """Return where those of this person and data folder meet."""
    if folder is None:
        return None
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    name = f"hand-on-heart-{digest}"
    if sys.platform == "win32":
        return folder / name
    run = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    for place in (run / name if run.is_absolute() and run.is_dir() else None, folder / name):
        if place is not None and len(os.fsencode(place)) < _LONGEST_PATH:
            return place
    return None
