"""A visit with something private in every place, run by the tests in a process of its own.

``visit.py REPORT [PASSPHRASE]``: ``HAND_ON_HEART_HOME`` names a store whose session 1 holds the
beats and the strap that are named below; a passphrase opens it where it is locked. It practises
with them, writes a letter, keeps own words, ratings, tags and a note, lets things go wrong while
all that is at hand, and writes what it saw to REPORT.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

WORDS = "quietheron"
"""In all that is typed. One word of letters alone, so that no encoding takes it apart."""
ADDRESS = "C0:FF:EE:0D:D0:0D"
STRAP_NAME = "Wrenstrap 0x77"
RR_TICKS = 1013
"""Of each beat: 989.258 ms, which nothing else here is."""
PACKET = bytes([0x10, 60, *RR_TICKS.to_bytes(2, "little")])
RATING = 9


def canaries() -> dict[str, bytes]:
    """Return what must be found nowhere, by what it is."""
    plain = {
        "words": WORDS,
        "words as Windows writes them": WORDS.encode("utf-16-le").decode("latin-1"),
        "address": ADDRESS,
        "address, small": ADDRESS.lower(),
        "address on the bus": ADDRESS.replace(":", "_"),
        "address as one number": ADDRESS.replace(":", "").lower(),
        "name": STRAP_NAME,
        "beats in ms": f"{RR_TICKS * 1000 / 1024:.4f}"[:8],
        "beats": f"({RR_TICKS},)",
        "packet": PACKET.hex(),
        "packet as Python": repr(PACKET),
    }
    return {what: text.encode("latin-1") for what, text in plain.items()} | {"bytes": PACKET}


def main(report: str, passphrase: str = "") -> None:
    """Make the visit."""
    place = Path(report).parent
    os.umask(0)  # nobody else keeps the files private
    audited: list[tuple[str, list[str]]] = []

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event.startswith("socket."):
            family = getattr(args[0], "family", None) if args else None
            audited.append((event, [repr(family), *(repr(each) for each in args[1:])]))

    sys.addaudithook(watch)
    logging.basicConfig(level=logging.DEBUG, filename=place / "log.txt")
    crash = (place / "crash.txt").open("w")
    faulthandler.enable(crash)

    from biofeedback.cli import unexpected

    unexpected.install()
    from PySide6.QtCore import QEvent, QObject, QTimer, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from biofeedback.sessions.folder import data_folder
    from biofeedback.types import Action, Choices
    from gui import theme
    from gui.app import application
    from gui.main_window import MainWindow

    said_by_qt: list[str] = []
    qInstallMessageHandler(lambda kind, context, text: said_by_qt.append(text))
    app = application()
    theme.install(theme.Look())
    window = MainWindow(data_folder(), speed=60.0)
    titles: set[str] = set()

    class Titles(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() is QEvent.Type.WindowTitleChange:
                titles.add(window.windowTitle())
            return False

    filter_ = Titles()
    window.installEventFilter(filter_)
    titles.add(window.windowTitle())
    window.show()
    window.activateWindow()
    window.bridge.read_kept()
    held_while_open: set[str] = set()
    steps = iter(_steps(window, Action, Choices, passphrase, held_while_open))

    def go_on() -> None:
        """Take the next step once what it waits for is so."""
        ready = waiting[0]
        try:
            if ready is None or ready():
                waiting[0] = next(steps)
        except StopIteration:
            timer.stop()
            window.close()
            app.quit()

    waiting: list[Any] = [None]
    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(go_on)
    timer.start()
    QTimer.singleShot(90_000, app.quit)
    app.exec()
    crash.flush()
    faulthandler.dump_traceback(crash)
    Path(report).write_text(
        json.dumps(
            {
                "titles": sorted(titles),
                "qt": said_by_qt,
                "sockets": audited,
                "held_while_open": sorted(held_while_open),
                "finished": not timer.isActive(),
                "title_of_application": QApplication.applicationDisplayName(),
            }
        ),
        encoding="utf-8",
    )
    faulthandler.disable()
    crash.close()


def _steps(
    window: Any, action: Any, choices: Any, passphrase: str, held_while_open: set[str]
) -> Any:
    """Yield what to wait for, after each step."""
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest

    from biofeedback.practice.personal import NOTHING
    from biofeedback.sessions.folder import data_folder
    from biofeedback.sessions.reflection import Felt, Reflection

    if passphrase:
        yield lambda: window.pages.is_covered
        window.locking.open_with(passphrase)
        yield lambda: not window.pages.is_covered
    window.keep_personal(NOTHING.with_edit("en", "settle", "hand", f"My {WORDS}."))
    window._file.change(ratings=True)
    window.begin("replay:1", choices(plan_id="letter", quiet_s=0.0))
    yield lambda: window.felt.isVisible()
    window.felt.done.emit(Felt(RATING, RATING, RATING))
    yield lambda: window.practice.phase is not None
    for _ in range(2):
        window.bridge.act(action.SKIP)
    yield lambda: window.written.writing.isVisible()
    for _ in range(3):
        QTest.keyClicks(window.written.writing.paper, f"dear {WORDS}")
        prompt = window.written.writing.prompt.text()
        window.bridge.act(action.NEXT_LINE)
        yield (
            lambda prompt=prompt: (
                window.written.writing.prompt.text() != prompt or not window.written.waiting
            )
        )
    window.stop()
    yield lambda: window.written.keep.isVisible() or window.summary.isVisible()
    if window.written.keep.isVisible():
        window.written.keep.save_wanted.emit()
        yield lambda: bool(window.written.saved)
        window.written.leave_page()
    said = Reflection(None, Felt(RATING, RATING, RATING), (f"tag {WORDS}",), f"note {WORDS}")
    numbers: list[int] = []
    window.bridge.with_store(
        lambda store: [info.id for info in store.sessions()], lambda found: numbers.extend(found)
    )
    yield lambda: bool(numbers)
    window.bridge.reflect(max(numbers), said)
    yield lambda: not window.bridge._jobs
    for path in data_folder().rglob("*"):  # its log is there now
        if path.is_file() and any(each in path.read_bytes() for each in canaries().values()):
            held_while_open.add(path.name)

    # ------------------------------------------------------ and now it goes wrong, everywhere
    letter = f"dear {WORDS} {ADDRESS} {RR_TICKS}"

    def fail_in_store(store: Any) -> None:
        private = (letter, store.events(1))
        raise ValueError(f"no number: {private!r}")

    def fail_in_window() -> None:
        private = {letter: letter}
        try:
            int(letter)
        except ValueError as error:
            raise KeyError(private[letter]) from error

    window.bridge.with_store(fail_in_store, lambda _: None)
    QTimer.singleShot(0, fail_in_window)
    yield lambda: not window.bridge._jobs
    window.watch("replay:1")
    yield lambda: window.replay.isVisible()
    window.leave_replay()
    window.begin("sim:3", replace(window.settings.choices, quiet_s=0.0))
    yield lambda: window.felt.isVisible()
    window.felt.done.emit(Felt())
    yield lambda: window.practice.phase is not None
    window.ground()
    yield lambda: window.grounding.isVisible()
    window.leave_grounding()
    window.stop()
    yield lambda: not window.bridge.practising


if __name__ == "__main__":
    main(*sys.argv[1:])
