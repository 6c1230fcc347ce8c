"""Ctrl+C as a wish: what is being done ends where it does no harm."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType

PATIENT = 2
"""So often Ctrl+C is a wish: a terminal and what runs between may each send it. Then it is an
order."""


class AskedToStop:
    """Hears Ctrl+C while its ``with`` statement lasts."""

    def __init__(self) -> None:
        self._times = 0
        self._before: signal.Handlers | None = None

    def __bool__(self) -> bool:
        return self._times > 0

    def __enter__(self) -> AskedToStop:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._heard)  # type: ignore[assignment]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _heard(self, signum: int, frame: FrameType | None) -> None:
        del signum, frame
        self._times += 1
        if self._times > PATIENT:
            raise KeyboardInterrupt
