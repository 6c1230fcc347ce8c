"""Let a simulated person click at random while a simulated strap fails at random.

``xvfb-run -a python -m tests.soak.chaos --hours 8`` runs eight hours of practice at 60 times real
time in the real window, prints what it came to as JSON, and ends with 1 if anything was wrong: an
exception, a warning of Qt's, a packet that is not on disk, a thread, task, file or timer that
stays, or memory that grows. The same seed makes the same choices.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import random
import resource
import sys
import tempfile
import threading
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from biofeedback.run import Outcome
from biofeedback.sessions.first_words import mark_seen
from biofeedback.sessions.store import Store
from biofeedback.types import Packet, PacketUnreadable, PulseSeen, Update
from devices.steering import Steer
from gui import theme
from gui.app import application
from gui.main_window import MainWindow

SPEED = 60.0
BETWEEN_MS = 40
"""Between two things the person does; 2.4 s of practice."""

KEYS = (
    Qt.Key.Key_Space,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_C,
    Qt.Key.Key_D,
    Qt.Key.Key_G,
    Qt.Key.Key_H,
    Qt.Key.Key_I,
    Qt.Key.Key_M,
    Qt.Key.Key_N,
    Qt.Key.Key_S,
    Qt.Key.Key_Question,
    Qt.Key.Key_F1,
    Qt.Key.Key_F11,
)
QUIET_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_C,
    Qt.Key.Key_D,
    Qt.Key.Key_I,
    Qt.Key.Key_M,
    Qt.Key.Key_N,
)
"""What ends no practice, if it is pressed while one is seen."""

MOST_QUIET_S = 900.0
"""So long, at most, a person only practises: else none would last more than a minute."""

_OPEN_FILES = Path("/proc/self/fd")

SETTLE_MS = 1500
"""What goes on by itself (fades, threads that end) has ended by then."""

FIRST_TIMES_MB = 25.0, 90.0
"""What pages take that are opened for the first time after the first look; in a run of less than
an hour nearly all are."""

GROWTH_MB_PER_HOUR = 3.0
"""More than this, after the first quarter, is memory that grows. Python and Qt keep what they
have freed in pieces, so that no two looks are alike to the byte."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the program holds at rest."""

    threads: int
    tasks: int
    files: int
    timers: int
    widgets: int
    memory_mb: float


@dataclass(slots=True)
class Report:
    """What a run came to."""

    seed: int
    practised_h: float = 0.0
    n_practices: int = 0
    n_packets: int = 0
    n_deeds: int = 0
    wrong: list[str] = field(default_factory=list)
    at_first: Held | None = None
    at_last: Held | None = None


class Chaos:
    """One run in one window.

    Parameters
    ----------
    folder
        An empty data folder.
    seed
        Of every choice.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.report = Report(seed)
        self._random = random.Random(seed)
        self._folder = folder
        self._told_packets = 0
        self._reached_s = self._quiet_until_s = 0.0
        mark_seen(folder)
        self.window = window = MainWindow(folder, SPEED)
        window.bridge.began.connect(self._begin)
        window.bridge.updated.connect(self._take)
        window.bridge.ended.connect(self._end)
        window.bridge.failed.connect(lambda why: self.report.wrong.append(f"failed: {why}"))
        window.resize(1280, 800)
        window.show()

    @property
    def practised_s(self) -> float:
        """Session time so far, that of the running practice with it."""
        return self.report.practised_h * 3600 + self._reached_s

    def run(self, seconds: float) -> None:
        """Do things at random until so much was practised."""
        while self.practised_s < seconds:
            self._wait(BETWEEN_MS)
            if not self.window.bridge.practising:
                self._rest(begin=True)
            else:
                self._do_something()

    def look(self) -> Held:
        """Stop what runs, and count what is held at rest."""
        self._rest(begin=False)
        self._wait(SETTLE_MS)
        gc.collect()
        loop = self.window.bridge._loop
        tasks = len(asyncio.all_tasks(loop)) if loop is not None else 0
        return Held(
            threads=threading.active_count(),
            tasks=tasks,
            files=len(list(_OPEN_FILES.iterdir())) if _OPEN_FILES.exists() else 0,
            timers=sum(each.isActive() for each in self.window.findChildren(QTimer)),
            widgets=len(QApplication.allWidgets()),
            memory_mb=_memory_mb(),
        )

    def close(self) -> None:
        """Close the window, as its button does."""
        self.window.close()
        self.window.deleteLater()
        self._wait(100)

    # ---------------------------------------------------------------------------- deeds
    def _do_something(self) -> None:
        self.report.n_deeds += 1
        deed = self._random.random()
        if deed < 0.15:
            self.window.steer(self._random.choice(list(Steer)))
        elif self._reached_s < self._quiet_until_s:
            if deed < 0.25 and self.window.pages.current is self.window.practice:
                QTest.keyClick(self.window, self._random.choice(QUIET_KEYS))
        elif deed < 0.6:
            key = self._random.choice(KEYS)
            QTest.keyClick(QApplication.focusWidget() or self.window, key)
        else:
            buttons = self._buttons()
            if buttons:
                button = self._random.choice(buttons)
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self._leave_dialogs()

    def _buttons(self) -> list[QAbstractButton]:
        """Return what can be clicked, in an order that does not depend on where memory lies."""
        found = [
            each
            for each in self.window.findChildren(QAbstractButton)
            if each.isVisible() and each.isEnabled()
        ]
        return sorted(found, key=lambda each: (each.text(), each.x(), each.y()))

    def _leave_dialogs(self) -> None:
        """Close what waits for an answer: a file dialog, a menu."""
        for asking in (QApplication.activeModalWidget(), QApplication.activePopupWidget()):
            if asking is not None and asking is not self.window:
                asking.close()

    def _rest(self, *, begin: bool) -> None:
        """Come to rest at home, then begin the next practice if asked to."""
        window = self.window
        for _ in range(50):
            self._leave_dialogs()
            if not window.bridge.practising and window.pages.current is window.home:
                break
            if window.bridge.practising:
                window.stop()
            else:
                window.go_home()
            self._wait(40)
        if window.isFullScreen():
            window.showNormal()
        if begin:
            window.begin(f"sim:{self._random.randrange(10_000)}")
            self._wait(200)

    # ------------------------------------------------------------------------- accounts
    def _begin(self, _: object) -> None:
        self._quiet_until_s = self._random.uniform(0.0, MOST_QUIET_S)
        self._told_packets = 0
        self._reached_s = 0.0

    def _take(self, update: Update) -> None:
        if isinstance(update, PulseSeen | PacketUnreadable):
            self._told_packets += 1
        self._reached_s = max(self._reached_s, update.t_s)

    def _end(self, outcome: Outcome) -> None:
        report = self.report
        report.n_practices += 1
        report.practised_h += outcome.summary.duration_s / 3600
        self._reached_s = 0.0
        if outcome.problem:
            report.wrong.append(f"not kept: {outcome.problem}")
        if outcome.session_id is None:
            report.wrong.append("a practice was not kept")
            return
        with Store.open(self._folder) as store:
            events = store.events(outcome.session_id)
        on_disk = sum(isinstance(each, Packet) for each in events)
        report.n_packets += on_disk
        counts = (on_disk, outcome.summary.n_packets, self._told_packets)
        if len(set(counts)) != 1:
            report.wrong.append(
                f"session {outcome.session_id}: {counts[0]} packets on disk, "
                f"{counts[1]} summed up, {counts[2]} told to the window"
            )

    def _wait(self, ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()


def _memory_mb() -> float:
    """Memory that is in use now, in MB; where that can't be asked, the most that ever was."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 2**20


def grown(report: Report) -> list[str]:
    """Say what stays that should not: more at the last look than at the first."""
    first, last = report.at_first, report.at_last
    assert first is not None
    assert last is not None
    found = [
        f"{name}: {getattr(first, name)} at first, {getattr(last, name)} at last"
        for name in ("threads", "tasks", "files", "timers")
        if getattr(last, name) > getattr(first, name)
    ]
    # a page that is opened for the first time late in a run brings its widgets with it
    if last.widgets > first.widgets * 1.5:
        found.append(f"widgets: {first.widgets} at first, {last.widgets} at last")
    return found


def run(hours: float, seed: int, folder: Path) -> Report:
    """Practise so many hours, and report."""
    application()
    theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=False))
    chaos = Chaos(folder, seed)
    report = chaos.report
    with _listening(report.wrong):
        chaos.run(hours * 3600 / 4)
        report.at_first, first_h = chaos.look(), report.practised_h
        chaos.run(hours * 3600)
        report.at_last = chaos.look()
        chaos.close()
    report.wrong += grown(report)
    grew_mb = report.at_last.memory_mb - report.at_first.memory_mb
    if grew_mb > FIRST_TIMES_MB[hours < 1] + GROWTH_MB_PER_HOUR * (report.practised_h - first_h):
        report.wrong.append(f"memory grew by {grew_mb:.0f} MB")
    return report


class _listening:  # noqa: N801 - reads as a phrase
    """Take down every exception that nobody caught, and every warning of Qt's."""

    def __init__(self, wrong: list[str]) -> None:
        self._wrong = wrong

    def __enter__(self) -> None:
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._take
        threading.excepthook = lambda told: self._take(
            told.exc_type, told.exc_value, told.exc_traceback
        )
        sys.unraisablehook = lambda told: self._wrong.append(f"unraisable: {told.exc_value!r}")
        self._handler = qInstallMessageHandler(self._warn)

    def __exit__(self, *_: object) -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        qInstallMessageHandler(self._handler)

    def _take(
        self,
        kind: type[BaseException],
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._wrong.append("".join(traceback.format_exception(kind, value, trace)))

    def _warn(self, kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}:
            self._wrong.append(f"Qt: {text}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--hours", type=float, default=8.0, help="of practice (8)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HAND_ON_HEART_HOME"] = folder
        report = run(options.hours, options.seed, Path(folder))
    sys.stdout.write(json.dumps(asdict(report), indent=1) + "\n")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
