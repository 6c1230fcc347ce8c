"""Single keys from a terminal while a practice runs."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

POLL_S = 0.05
"""How often Windows is asked, where a console can't be waited for."""


_KEY = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1bO.|.", re.DOTALL)
"""A key that sends a sequence (an arrow, say), or one that sends a character."""


def split(typed: str) -> list[str]:
    """Return the keys that were typed; a key that sends a sequence is one, not its letters."""
    return _KEY.findall(typed)


@contextmanager
def keys(on_key: Callable[[str], None]) -> Iterator[None]:
    """Call ``on_key`` with each key typed, on the running event loop; nothing where none can be.

    The terminal is as it was when this ends. Ctrl+C stays what it is.
    """
    if not sys.stdin.isatty():
        yield
    elif sys.platform == "win32":
        with _windows_keys(on_key):
            yield
    else:
        with _posix_keys(on_key):
            yield


if sys.platform == "win32":

    @contextmanager
    def _windows_keys(on_key: Callable[[str], None]) -> Iterator[None]:
        import msvcrt

        loop = asyncio.get_running_loop()
        handle: asyncio.TimerHandle | None = None

        def ask() -> None:
            nonlocal handle
            while msvcrt.kbhit():
                on_key(msvcrt.getwch())
            handle = loop.call_later(POLL_S, ask)

        ask()
        try:
            yield
        finally:
            if handle is not None:
                handle.cancel()

else:

    @contextmanager
    def _posix_keys(on_key: Callable[[str], None]) -> Iterator[None]:
        import codecs
        import os
        import termios
        import tty

        loop = asyncio.get_running_loop()
        stdin = sys.stdin.fileno()
        before = termios.tcgetattr(stdin)

        decoder = codecs.getincrementaldecoder("utf-8")(errors="ignore")

        def ready() -> None:
            typed = os.read(stdin, 1024)
            if not typed:
                loop.remove_reader(stdin)  # the terminal has gone
            for key in split(decoder.decode(typed)):
                on_key(key)

        tty.setcbreak(stdin)
        loop.add_reader(stdin, ready)
        try:
            yield
        finally:
            loop.remove_reader(stdin)
            termios.tcsetattr(stdin, termios.TCSADRAIN, before)
