"""Keeps Python alive where PySide uses up references to None, True and False.

PySide6 6.12.0 counts on these being immortal, as they are from Python 3.12 on. Before that, many
of its calls take one reference away; after some thousand calls none is left, and Python ends
itself ("none_dealloc: deallocating None"). Measured on Python 3.11: 300 calls of
``QFont.setPixelSize`` cost 300 references to None with 6.12.0, and none with 6.11.3.
"""

from __future__ import annotations

import ctypes
import sys

import PySide6

FIRST_BROKEN = (6, 12)

_SINGLETONS: tuple[object, ...] = (None, True, False)
_SPARE = 1 << (40 if sys.maxsize > 2**32 else 29)


def needed() -> bool:
    """Tell whether this Python and this PySide disagree on what is immortal."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return False
    return tuple(PySide6.__version_info__[:2]) >= FIRST_BROKEN


def ensure() -> bool:
    """Put by more references than can be used up; return whether that was needed.

    It writes to the count that heads every object in CPython up to 3.11; Python 3.12 made these
    objects immortal by the same means (PEP 683). Called again, it tops up what was used.
    """
    if not needed():
        return False
    for singleton in _SINGLETONS:
        count = ctypes.c_ssize_t.from_address(id(singleton))
        if count.value < _SPARE:
            count.value += _SPARE
    return True
