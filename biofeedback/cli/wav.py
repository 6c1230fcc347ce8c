"""``wav``: a practice's sound as a file, to be heard anywhere with eyes shut."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from biofeedback.cli.practice import choices_given, content_given
from biofeedback.cli.say import CouldNotError, say
from biofeedback.practice.state import Practice
from biofeedback.sound.choices import SoundChoices

_EVER_S = 1e9


def run(options: argparse.Namespace) -> int:
    """Carry out ``wav``."""
    from biofeedback.sound.rendering import write_wav

    path = Path(options.file)
    if path.exists():
        raise CouldNotError(f"{path} is there already. Name another file.")
    content, _, _ = content_given(options)
    choices = choices_given(options, content, wait_for_heart=False)
    # nobody is there to press a key where a line waits
    updates = Practice(replace(choices, attended=False), content).advance(_EVER_S)
    sound = SoundChoices(tones=options.tones, bowl=options.bowl, waves=options.waves)
    try:
        seconds = write_wav(path, updates, sound)
    except OSError as error:
        raise CouldNotError(f"{path} could not be written: {error.strerror}.") from error
    minutes, rest = divmod(round(seconds), 60)
    say(f"{path}: {minutes}:{rest:02} minutes, until the last sound has died away.")
    return 0
