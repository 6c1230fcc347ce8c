"""History and trends of ten years: ``python -m tests.benchmarks.history FOLDER``.

FOLDER holds a store that ``python -m tests.benchmarks.many_sessions --keep FOLDER`` made. Told are,
in ms of a real window on a real display (``xvfb-run -a`` makes one): from the key to the drawn
page, the first time and again; narrowing by a word; a frame of scrolling; turning to the calendar.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from biofeedback.sessions.first_words import mark_seen
from gui import theme
from gui.app import application
from gui.main_window import MainWindow

AGAIN = 7
FRAMES = 200


def until(done: Callable[[], bool]) -> None:
    """Let the window live until something holds."""
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def took_ms(work: Callable[[], object]) -> float:
    """Return how long something takes: of the processor's time, which no other program lengthens.

    Waiting for the store's thread costs up to `gui.bridge` 's 30 ms on top of it.
    """
    begin_s = time.process_time()
    work()
    return 1000 * (time.process_time() - begin_s)


def measure(window: MainWindow) -> None:
    """Print what history and trends of the window's store cost."""

    def say(what: str, ms: float, more: str = "") -> None:
        print(f"{what:<44}{ms:8.1f} ms  {more}".rstrip(), flush=True)

    history = window.history

    def open_history() -> None:
        history.open()
        until(lambda: bool(history.screen.rows))
        history.screen.repaint()

    def once_more() -> float:
        window.pages.turn_to(window.home, at_once=True)
        history.screen.show_rows((), history.screen._content, history._today())
        return took_ms(open_history)

    say("history, the first time", took_ms(open_history), "budget 200")
    print(f"{len(history.screen.rows)} rows")
    say("history, again", statistics.median(once_more() for _ in range(AGAIN)), "budget 200")
    finder, rows = history.screen.finder, history.screen.list
    say("narrowed by a word", took_ms(lambda: finder.text.setText("work")))
    say("all shown again", took_ms(finder.clear))
    bar = rows.verticalScrollBar()

    def frame(number: int) -> float:
        def scroll() -> None:
            bar.setValue(bar.maximum() * number // FRAMES)
            rows.repaint()

        return took_ms(scroll)

    frames = sorted(frame(number) for number in range(FRAMES))
    say("a frame of scrolling, median", frames[FRAMES // 2], "budget 16")
    say("a frame of scrolling, 99th of 100", frames[FRAMES * 99 // 100])
    say("to the calendar", took_ms(history.screen.toggle_view))

    def open_trends() -> None:
        history.open_trends()
        until(lambda: history.trends.found is not None)
        history.trends.repaint()

    say("trends, the first time", took_ms(open_trends))


def main() -> None:
    """Open a window on the store, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    os.environ["HAND_ON_HEART_HOME"] = str(options.folder)
    mark_seen(options.folder)
    application()
    theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=False))
    window = MainWindow(options.folder)
    window.show()
    window.bridge.read_kept()  # as at every start
    until(lambda: bool(window.home.kept))
    for work in window.in_idle_time:  # as while the person looks at home
        work()
    measure(window)
    window.close()


if __name__ == "__main__":
    main()
