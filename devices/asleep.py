"""How long this computer has slept: time that its steady clock may have left out."""

from __future__ import annotations

import sys
import time

if sys.platform == "linux":

    def slept_s() -> float:
        """Return the seconds slept since the start, as far as `time.monotonic` left them out."""
        with_sleep_s = time.clock_gettime(time.CLOCK_BOOTTIME)
        return with_sleep_s - time.clock_gettime(time.CLOCK_MONOTONIC)

elif sys.platform == "darwin":

    def slept_s() -> float:
        """Return the seconds slept since the start, as far as `time.monotonic` left them out."""
        # Here it is the system's CLOCK_MONOTONIC that goes on, and Python's that doesn't.
        return time.clock_gettime(time.CLOCK_MONOTONIC) - time.monotonic()

else:

    def slept_s() -> float:
        """Return 0: here `time.monotonic` goes on during sleep, and its jump tells."""
        return 0.0
