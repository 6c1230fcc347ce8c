"""A few minutes of random clicks and faults; hours of them: ``python -m tests.soak.chaos``."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from gui import theme
from tests.soak import chaos


def test_nothing_breaks_or_is_lost_under_random_clicks_and_faults(
    qapp: QApplication, look: theme.Look, home: Path, muted: None
) -> None:
    report = chaos.run(0.04, 11, home)
    assert report.wrong == []
    assert report.n_practices >= 1
    assert report.n_packets > 50


def test_what_is_wrong_is_found() -> None:
    held = chaos.Held(threads=2, tasks=1, files=9, timers=0, widgets=300, memory_mb=150.0)
    more = chaos.Held(threads=3, tasks=1, files=9, timers=0, widgets=300, memory_mb=150.0)
    report = chaos.Report(1, at_first=held, at_last=held)
    assert chaos.grown(report) == []
    report.at_last = more
    assert chaos.grown(report) == ["threads: 2 at first, 3 at last"]
