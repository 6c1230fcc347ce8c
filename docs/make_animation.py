"""Make the README's moving picture from the seeded demo: one breath, that runs on for ever.

``xvfb-run -a uv run --group docs python docs/make_animation.py [--into FOLDER] [--frames FOLDER]``.
The heart, the words and the moments are the same each time.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from make_screens import SEED, Demo, run_demo, wait
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from biofeedback.practice.breath import phase_at
from gui import theme
from gui.app import application
from gui.main_window import MainWindow
from gui.screens.practice import PracticeScreen

NAME = "practice.webp"
SIZE = (1024, 640)
SHOWN = (720, 450)
FRAME_MS = 80
BREATH_S = 10.0
BEGIN_S = 280.0
"""When the loop begins: with a breath in. Another line comes with the breath out."""
LEAD_S = 3.0
"""So long before, the window settles: the orb's glow, the fading of what isn't the practice."""
BLEND_S = 0.8
"""The end melts into the beginning for so long, without words: only the heart goes on."""
FIRST = 50
"""The picture that stands where nothing moves: a full breath, and a line."""
QUALITY = 62


class StillClock:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.t_s = 0.0

    def now_s(self) -> float:
        """Return where it stands."""
        return self.t_s

    async def sleep_until(self, t_s: float) -> None:
        """Nobody sleeps here."""
        raise NotImplementedError


class Camera:
    """Brings a practice to one moment after the other."""

    def __init__(self, window: MainWindow, demo: Demo) -> None:
        self._window = window
        self._practice: PracticeScreen = window.practice
        self._updates = iter(demo.updates)
        self._next = next(self._updates, None)
        self._clock = StillClock()
        self._practice.expect(f"sim:{SEED}", window.settings.choices, numbers=False, sensors=False)
        self._practice.begin(self._clock)
        window.pages.turn_to(self._practice, at_once=True)
        wait(200)
        self._practice._ticker.stop()  # time is ours
        self._practice.orb.prepare()

    def move_to(self, t_s: float, dt_s: float) -> None:
        """Go on to a moment, ``dt_s`` after the one before."""
        practice = self._practice
        self._clock.t_s = t_s
        while self._next is not None and self._next.t_s <= t_s:
            practice.take(self._next)
            self._next = next(self._updates, None)
        segment = practice.segment
        practice.orb.breathe(phase_at(segment, t_s).fullness if segment else None, dt_s)
        practice.trace.move_to(t_s)
        practice.words.fade(dt_s)
        practice._fade_chrome(dt_s)

    def say(self, text: str) -> None:
        """Let the line of words change."""
        self._practice.words.say(text)

    @property
    def line(self) -> str:
        """The line that is up."""
        return self._practice.words.shown

    def picture(self) -> Image.Image:
        """Return what the window shows."""
        wait(1)
        shown = self._window.grab().toImage()
        small = shown.scaled(
            *SHOWN, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        ).convertToFormat(QImage.Format.Format_RGB888)
        data = bytes(small.constBits())
        size = (small.width(), small.height())
        return Image.frombuffer("RGB", size, data, "raw", "RGB", small.bytesPerLine(), 1)


def frames(window: MainWindow, demo: Demo) -> list[Image.Image]:
    """Return the pictures of one loop."""
    camera, dt_s = Camera(window, demo), FRAME_MS / 1000
    camera.move_to(BEGIN_S - BLEND_S - LEAD_S - 20, 1.0)
    n_lead = round((LEAD_S + 20) / dt_s)
    for at in range(n_lead):
        camera.move_to(BEGIN_S - BLEND_S - (n_lead - at) * dt_s, dt_s)
    n_blend, n_loop = round(BLEND_S / dt_s), round(BREATH_S / dt_s)
    n_fade = round(theme.LINE_FADE_S / dt_s)
    line = camera.line
    camera.say("")
    for _ in range(n_fade):
        camera.move_to(BEGIN_S - BLEND_S, dt_s)
    taken = []
    for at in range(-n_blend, n_loop):
        if at == 0:
            camera.say(line)
        if at == n_loop - n_blend - n_fade:
            camera.say("")
        camera.move_to(BEGIN_S + at * dt_s, dt_s)
        taken.append(camera.picture())
    loop = taken[n_blend:]
    for at in range(n_blend):
        place = n_loop - n_blend + at
        loop[place] = Image.blend(loop[place], taken[at], (at + 1) / (n_blend + 1))
    return loop[FIRST:] + loop[:FIRST]


def main() -> int:
    """Write it into ``docs/screens``, or where ``--into`` says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=Path(__file__).parent / "screens")
    parser.add_argument("--frames", type=Path, help="keep each picture as a PNG there, to look at")
    options = parser.parse_args()
    application()
    theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=False))
    started_at = datetime(2025, 11, 20, 21, 5, tzinfo=timezone(timedelta(hours=1)))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HAND_ON_HEART_HOME"] = folder
        demo = run_demo(None, SEED, started_at)
        window = MainWindow(Path(folder))
        window.resize(*SIZE)
        window.show()
        wait(200)
        made = frames(window, demo)
        window.close()
    if options.frames is not None:
        options.frames.mkdir(parents=True, exist_ok=True)
        for at, picture in enumerate(made):
            picture.save(options.frames / f"{at:03}.png")
    into = options.into / NAME
    made[0].save(
        into,
        save_all=True,
        append_images=made[1:],
        duration=FRAME_MS,
        loop=0,
        quality=QUALITY,
        method=6,
    )
    print(f"{into}: {len(made)} pictures, {into.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
