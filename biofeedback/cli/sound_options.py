"""What can be typed about sound."""

from __future__ import annotations

import argparse

EXAMPLES = """\
The breath in is a rising, bright tone, the breath out a falling, dark one. Volumes go from 0
(absent) to 1. Lines are not spoken in a file: that takes the system's voice, in a practice.

examples:
  hand-on-heart wav practice.wav                      five minutes, with a bowl where parts begin
  hand-on-heart wav calm.wav --plan ten --waves 0.5   ten minutes with waves
  hand-on-heart wav try.wav --seconds 120 --guide 4-6 two minutes, 4 s in and 6 s out
"""

_VOLUMES = (
    ("tones", 0.5, "for the breath in and out"),
    ("bowl", 0.4, "struck where a part begins or ends"),
    ("waves", 0.0, "that swell with the breath"),
)


def add_wav_options(parser: argparse.ArgumentParser) -> None:
    """Give ``wav`` its own options, beside those of a practice."""
    parser.epilog = EXAMPLES
    parser.add_argument("file", metavar="OUT.wav", help="where to write; it must not exist yet")
    for name, default, about in _VOLUMES:
        parser.add_argument(
            f"--{name}",
            type=_volume,
            default=default,
            metavar="V",
            help=f"volume of the {name} {about} (default {default:g})",
        )


def add_heard_options(parser: argparse.ArgumentParser) -> None:
    """Give a practice in the terminal its sound."""
    parser.add_argument(
        "--sound",
        action="store_true",
        help="in the terminal: the sounds that are set in the window, and a bowl where parts begin",
    )
    parser.add_argument(
        "--voice", action="store_true", help="in the terminal: lines spoken by the system's voice"
    )


def _volume(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number") from None
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not between 0 and 1")
    return value
