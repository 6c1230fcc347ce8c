"""Measure frames: ``python -m tests.benchmarks.frames [--seconds 30]`` on a display (Xvfb does).

Runs a practice with the simulated heart in the real window at 1280x800 and prints how long frames
take and how far apart they are, as figures and as a histogram, and the share of one core; then
how long a packet takes from its arrival to the end of the first painting that shows it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from biofeedback.types import Action

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

WARM_UP_S = 4.0
_LATENCIES_MS = (0, 1, 5, 10, 15, 20, 30, 40, 50, 100)
_INTERVALS_MS = (0, 14, 15, 16, 16.5, 17, 17.5, 18, 20, 25, 33)


@dataclass(frozen=True, slots=True)
class FrameTimes:
    """What was measured; times in milliseconds, in the order they came."""

    interval_ms: tuple[float, ...]
    paint_ms: tuple[float, ...]
    cpu_fraction: float


def percentile(values: tuple[float, ...], percent: float) -> float:
    """Return the nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def measure(seconds: float, *, reduced_motion: bool = False, ecg: bool = False) -> FrameTimes:
    """Run the window for ``seconds`` after a warm-up, and measure; ``ecg`` with its line open."""
    from PySide6.QtCore import QEventLoop, QTimer

    def wait(milliseconds: float) -> None:
        # QTest.qWait sleeps 10 ms at a time, which is no way to run frames
        loop = QEventLoop()
        QTimer.singleShot(round(milliseconds), loop.quit)
        loop.exec()

    from gui import theme
    from gui.app import application

    application()
    theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=reduced_motion))
    from gui.main_window import MainWindow
    from gui.widgets import ecg_trace, heart_trace, orb, words

    paints: list[float] = []
    frames: list[float] = []

    def timed(kind: type, name: str, into: Callable[[float, float], None]) -> Callable[[], None]:
        original = getattr(kind, name)

        def wrapped(self: object, *arguments: object) -> None:
            began = perf_counter()
            original(self, *arguments)
            into(began, perf_counter() - began)

        setattr(kind, name, wrapped)
        return lambda: setattr(kind, name, original)

    spent = [0.0]

    def add(_: float, took_s: float) -> None:
        spent[0] += took_s

    def frame(began_s: float, took_s: float) -> None:
        frames.append(began_s)
        # what was painted since the last frame, and this frame's own work
        paints.append((spent[0] + took_s) * 1000)
        spent[0] = 0.0

    from gui.screens.practice import PracticeScreen

    undo = [
        timed(orb.Orb, "paintEvent", add),
        timed(heart_trace.HeartTrace, "paintEvent", add),
        timed(words.Words, "paintEvent", add),
        timed(ecg_trace.EcgTrace, "paintEvent", add),
        timed(PracticeScreen, "paintEvent", add),
        timed(PracticeScreen, "_frame", frame),
    ]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HAND_ON_HEART_HOME"] = folder
        window = MainWindow(Path(folder))
        window.resize(1280, 800)
        window.show()
        wait(300)
        choices = replace(window.settings.choices, quiet_s=0.0)
        if ecg:
            window._file.change(sensors=True)
            window.bridge.load_detector()
            assert window.bridge._detector is not None
            window.bridge._detector.join()
        window.begin("sim:7", choices)
        window.practice.orb.prepare()
        wait(500)
        window.bridge.act(Action.SKIP)  # to where the guide breathes
        if ecg:
            window.practice.toggle_signal()
        wait(WARM_UP_S * 1000)
        frames.clear()
        paints.clear()
        began_s, cpu_s = perf_counter(), process_time()
        wait(seconds * 1000)
        cpu = (process_time() - cpu_s) / (perf_counter() - began_s)
        window.close()
    for each in undo:
        each()
    gaps = tuple((b - a) * 1000 for a, b in pairwise(frames))
    return FrameTimes(gaps, tuple(paints), cpu)


def histogram(values: tuple[float, ...], edges_ms: tuple[float, ...]) -> list[str]:
    """Return one line for each bin."""
    lines = []
    for low, high in zip(edges_ms, (*edges_ms[1:], float("inf")), strict=True):
        n = sum(low <= value < high for value in values)
        bar = "#" * round(60 * n / max(1, len(values)))
        lines.append(f"{low:6.1f} ms  {n:6d}  {bar}")
    return lines


def packets_to_pixels(
    n_packets: int, speed: float = 10.0
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return for each packet the ms from its arrival to the end of the painting that shows it.

    The clock starts where the packet's bytes reach the recorder. What follows is told apart: the
    ms until they are on disk, which are the disk's own, and those from there to the screen. Time
    runs ``speed`` times as fast, so that there are more packets, and less rest between them.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    from gui import theme
    from gui.app import application

    application()
    theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=False))
    from biofeedback.sessions.recorder import SessionRecorder
    from biofeedback.types import Event, Packet, PulseSeen, Update
    from gui.main_window import MainWindow
    from gui.screens.practice import PracticeScreen
    from gui.widgets.heart_trace import HeartTrace

    written_s: deque[float] = deque()
    told_s: list[float] = []
    disk_ms: list[float] = []
    took_ms: list[float] = []
    write, take, paint = SessionRecorder.write, PracticeScreen.take, HeartTrace.paintEvent

    def writing(self: SessionRecorder, event: Event) -> None:
        arrived_s = perf_counter()
        write(self, event)
        if isinstance(event, Packet):
            written_s.append(perf_counter())
            disk_ms.append((written_s[-1] - arrived_s) * 1000)

    def taking(self: PracticeScreen, update: Update) -> None:
        take(self, update)
        if isinstance(update, PulseSeen) and written_s:
            told_s.append(written_s.popleft())

    def painting(self: HeartTrace, event: QPaintEvent) -> None:
        paint(self, event)
        now_s = perf_counter()
        took_ms.extend((now_s - each) * 1000 for each in told_s)
        told_s.clear()

    setattr(SessionRecorder, "write", writing)  # noqa: B010 - a method is changed for a while
    setattr(PracticeScreen, "take", taking)  # noqa: B010
    setattr(HeartTrace, "paintEvent", painting)  # noqa: B010
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["HAND_ON_HEART_HOME"] = folder
            window = MainWindow(Path(folder), speed=speed)
            window.resize(1280, 800)
            window.show()
            window.begin("sim:7", replace(window.settings.choices, plan_id="twenty"))
            loop, look = QEventLoop(), QTimer()
            look.timeout.connect(lambda: loop.quit() if len(took_ms) >= n_packets else None)
            look.start(50)
            QTimer.singleShot(round(1000 * (30 + 3 * n_packets / speed)), loop.quit)
            loop.exec()
            look.stop()
            window.close()
    finally:
        setattr(SessionRecorder, "write", write)  # noqa: B010
        setattr(PracticeScreen, "take", take)  # noqa: B010
        setattr(HeartTrace, "paintEvent", paint)  # noqa: B010
    return tuple(disk_ms), tuple(took_ms)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--reduced-motion", action="store_true")
    parser.add_argument("--ecg", action="store_true", help="with the ECG's line beside it")
    parser.add_argument("--packets", type=int, default=500, help="to follow to the screen")
    options = parser.parse_args()
    times = measure(options.seconds, reduced_motion=options.reduced_motion, ecg=options.ecg)
    print(f"share of one core: {times.cpu_fraction:.1%} (at most 10 %)")
    disk_ms, shown_ms = packets_to_pixels(options.packets)
    both_ms = tuple(sorted(map(sum, zip(disk_ms, shown_ms, strict=False))))
    for name, values, edges in (
        ("interval (p99 at most 17.5 ms)", times.interval_ms, _INTERVALS_MS),
        ("paint (p99 below 4 ms)", times.paint_ms, (0, 0.5, 1, 1.5, 2, 3, 4, 8)),
        ("packet to pixel (p99 below 50 ms)", both_ms, _LATENCIES_MS),
        ("of it until it is on disk", disk_ms, _LATENCIES_MS),
        ("of it from there to the screen", shown_ms, _LATENCIES_MS),
    ):
        print(
            f"{name}: median {percentile(values, 50):.2f} ms, p95 {percentile(values, 95):.2f} ms, "
            f"p99 {percentile(values, 99):.2f} ms, worst {max(values):.2f} ms, n {len(values)}"
        )
        print("\n".join(histogram(values, edges)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
