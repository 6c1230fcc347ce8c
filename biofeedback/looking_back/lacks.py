"""Why a picture can't be drawn: one word each, for which the screen has a sentence."""

from __future__ import annotations

from enum import StrEnum


class Lack(StrEnum):
    """What is missing."""

    NO_HEART = "no_heart"
    NO_BEATS = "no_beats"
    NO_GUIDE = "no_guide"
    NO_QUIET = "no_quiet"
    SHORT = "short"
    ROUGH = "rough"
    LEFT_OUT = "left_out"
