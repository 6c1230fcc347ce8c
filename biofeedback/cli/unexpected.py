"""What is written where something goes wrong that nobody foresaw: where, and never what was typed.

An exception's message may quote a letter, a note or a heartbeat (``invalid literal: 'Dear me'``),
and people send tracebacks around. So the message stays out; the place in the program is enough to
mend it. ``HAND_ON_HEART_DEBUG=1`` shows everything, for whoever mends it on their own data.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from types import TracebackType

from biofeedback.fault import without_messages

DEBUG_VARIABLE = "HAND_ON_HEART_DEBUG"


def install() -> None:
    """Write unexpected exceptions so from now on, in every thread and from every library."""
    if os.environ.get(DEBUG_VARIABLE):
        return
    sys.excepthook = _tell
    threading.excepthook = _tell_of_thread
    if logging.lastResort is not None:  # where no program has said how to log
        logging.lastResort.setFormatter(_WithoutMessages())


def _told(error: BaseException) -> str:
    return (
        f"{without_messages(error)}(Messages are left out, since they may quote what is private; "
        f"{DEBUG_VARIABLE}=1 shows them.)\n"
    )


class _WithoutMessages(logging.Formatter):
    def formatException(  # noqa: N802 - logging's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        return "" if ei[1] is None else _told(ei[1])


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _write(_told(error.with_traceback(trace)))


def _tell_of_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _write(_told(args.exc_value))


def _write(text: str) -> None:
    if sys.stderr is not None:  # a window without a terminal has none
        sys.stderr.write(text)
        sys.stderr.flush()
