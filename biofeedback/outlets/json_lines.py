"""One JSON object a line, each written out at once."""

from __future__ import annotations

import json
import threading
from queue import SimpleQueue
from typing import TextIO

from biofeedback.outlets.telling import Told

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
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        self._error: OSError | None = None
        self._thread = threading.Thread(target=self._write, name="json lines", daemon=True)
        self._thread.start()

    def tell(self, told: Told) -> None:
        """Write one line.

        Raises
        ------
        OSError
            If the reader has gone: BrokenPipeError.
        """
        if self._error is not None:
            raise self._error
        self._lines.put(json.dumps(told, ensure_ascii=False, allow_nan=False) + "\n")

    def close(self) -> None:
        """Write what is left."""
        self._lines.put(None)
        self._thread.join(_LAST_WORDS_S)

    def _write(self) -> None:
        try:
            while (line := self._lines.get()) is not None:
                self._out.write(line)
                self._out.flush()
        except OSError as error:
            self._error = error
