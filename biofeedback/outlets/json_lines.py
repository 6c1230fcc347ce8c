"""One JSON object a line, each written out at once."""

from __future__ import annotations

import contextlib
import json
import threading
from queue import Full, Queue
from typing import TextIO

from biofeedback.outlets.telling import Told

WAITING_LINES = 50_000
"""So many may wait for a reader: hours of a strap. A recording at full speed waits instead."""

_PATIENCE_S = 30.0
_LAST_WORDS_S = 2.0
"""A reader that stands still keeps the end waiting no longer than this."""


class JsonLines:
    """Writes on a thread of its own: a reader that is slow must not delay a packet's stamp.

    Parameters
    ----------
    out
        Where to; it is flushed after each line and never closed.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._lines: Queue[str | None] = Queue(WAITING_LINES)
        self._error: OSError | None = None
        self._thread = threading.Thread(target=self._write, name="json lines", daemon=True)
        self._thread.start()

    def tell(self, told: Told) -> None:
        """Write one line.

        Raises
        ------
        OSError
            If the reader has gone, or has stood still for too long: BrokenPipeError.
        """
        if self._error is not None:
            raise self._error
        line = json.dumps(told, ensure_ascii=False, allow_nan=False) + "\n"
        try:
            self._lines.put(line, timeout=_PATIENCE_S)
        except Full:
            raise BrokenPipeError("the reader stands still") from self._error

    def close(self) -> None:
        """Write what is left."""
        with contextlib.suppress(Full):
            self._lines.put(None, timeout=_LAST_WORDS_S)
        self._thread.join(_LAST_WORDS_S)

    def _write(self) -> None:
        try:
            while (line := self._lines.get()) is not None:
                self._out.write(line)
                self._out.flush()
        except OSError as error:
            self._error = error
