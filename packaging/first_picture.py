"""A screen of our own, on which a started program is watched until its first picture is up.

Xvfb writes what it shows into a file; that file is looked at, so what is timed is what a person
would see, whatever the program that shows it knows of itself.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from gui.theme import DARK, LIGHT

SIZE = (1400, 900)
LOOK_EACH_S = 0.004
PAPER_SHARE = 0.25
"""Of the screen; no more than the window's own paper can fill as much."""

_HEADER_WORDS = 25


class NoPictureError(Exception):
    """The program ended, or the time was up, before anything was seen."""


class Screen:
    """An Xvfb of our own; leaving the ``with`` ends it."""

    def __enter__(self) -> Screen:
        self._folder = tempfile.TemporaryDirectory(prefix="first-picture-")
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            [
                "Xvfb",
                *("-displayfd", str(writing), "-fbdir", self._folder.name, "-nolisten", "tcp"),
                *("-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"),
            ],
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.terminate()
        self._server.wait(10)
        self._folder.cleanup()

    @property
    def _file(self) -> Path:
        return Path(self._folder.name) / "Xvfb_screen0"

    def pixels(self) -> NDArray[np.uint8]:
        """Return what is shown: shape (height, width, 4), blue first."""
        data = np.fromfile(self._file, np.uint8)
        header = data[: 4 * _HEADER_WORDS].view(">u4")
        start = int(header[0]) + 12 * int(header[19])
        width, height, line = int(header[4]), int(header[5]), int(header[12])
        rows = data[start : start + height * line].reshape(height, line)
        return rows[:, : 4 * width].reshape(height, width, 4)

    def save(self, path: Path) -> None:
        """Keep what is shown as a PNG."""
        pixels = np.ascontiguousarray(self.pixels())
        height, width = pixels.shape[:2]
        image = QImage(pixels.tobytes(), width, height, QImage.Format.Format_RGB32)
        image.save(str(path))

    def shows_paper(self) -> bool:
        """Tell whether a window of ours is up: much of the screen is the paper's colour."""
        if not self._file.stat().st_size:
            return False
        blue, green, red = np.moveaxis(self.pixels()[::8, ::8, :3], 2, 0)
        for paper in (QColor(LIGHT.paper), QColor(DARK.paper)):
            same = (red == paper.red()) & (green == paper.green()) & (blue == paper.blue())
            if same.mean() > PAPER_SHARE:
                return True
        return False


def first_picture_s(
    command: Sequence[str],
    environment: Mapping[str, str],
    picture: Path | None = None,
    limit_s: float = 60.0,
) -> float:
    """Start a program on a screen of its own; return how long its first picture took.

    The program is then asked to end, as by Ctrl+C, and has to end well.

    Parameters
    ----------
    command
        What to start.
    environment
        Its variables; the display is added.
    picture
        Keep a PNG of what was seen.
    limit_s
        How long to wait at most.

    Returns
    -------
    float
        Seconds from the start of the process to the picture on the screen.
    """
    with Screen() as screen:
        told = {**environment, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
        began_s = time.monotonic()
        program = subprocess.Popen(command, env=told, stderr=subprocess.PIPE, text=True)
        try:
            while not screen.shows_paper():
                if time.monotonic() - began_s > limit_s:
                    raise NoPictureError(f"{command[0]} showed nothing within {limit_s:g} s.")
                with suppress(subprocess.TimeoutExpired):
                    program.wait(LOOK_EACH_S)
                    raise NoPictureError(f"{command[0]} ended first: {_said(program)}")
            took_s = time.monotonic() - began_s
            if picture is not None:
                with suppress(subprocess.TimeoutExpired):
                    program.wait(1.0)  # what comes in after the first picture
                screen.save(picture)
            program.terminate()
            if program.wait(20) != 0:
                raise NoPictureError(f"{command[0]} did not end well: {_said(program)}")
        finally:
            if program.poll() is None:
                program.kill()
                program.wait(5)
            if program.stderr is not None:
                program.stderr.close()
    return took_s


def _said(program: subprocess.Popen[str]) -> str:
    return f"{program.returncode}: {program.stderr.read()[-2000:] if program.stderr else ''}"
