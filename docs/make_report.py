"""Draw the example reports: ``python docs/make_report.py``.

A session of a seeded simulated heart, and a hundred made-up days (`tests.benchmarks.trends`); the
first sheet of each PDF becomes a picture in ``docs/screens``. The same seeds, the same pages.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from biofeedback.report.around import Wanted
from biofeedback.report.page import Page
from biofeedback.report.period_page import PeriodTold, period_page
from biofeedback.report.session_page import SessionTold, session_page
from biofeedback.report.wording import wording
from biofeedback.run import practise, replay
from biofeedback.sessions.reflection import Felt, Reflection
from biofeedback.sessions.store import Store
from biofeedback.sessions.trends import trends
from biofeedback.types import Choices
from devices.clock import VirtualClock
from devices.simulator import SimulatedSource
from tests.benchmarks.trends import fill

WANTED = Wanted(made_on=date(2026, 3, 5), version="0.1.0")
STARTED_AT = datetime(2026, 3, 4, 7, 31, tzinfo=timezone(timedelta(hours=1)))
DPI = 90


def a_session(folder: Path, language: str) -> Page:
    """Practise with a simulated heart, and tell it."""
    with Store.open(folder / "one") as store:
        asyncio.run(
            practise(
                choices=Choices(quiet_s=90.0, posture="sitting"),
                open_source=lambda clock, guide: SimulatedSource(clock, guide, seed=3),
                clock=VirtualClock(),
                store=store,
                sink=lambda update: None,
                inbox=asyncio.Queue(),
                started_at=STARTED_AT,
                ticking=False,
            )
        )
        info = store.session(1)
        updates, summary = replay(store.events(1), info.choices, info.duration_s)
    said = Reflection(Felt(6, 5, 3), Felt(4, None, 5))
    told = SessionTold(info, updates, summary, said)
    return session_page(told, wording(language), WANTED)


def a_time(folder: Path, language: str) -> Page:
    """Make a hundred days up, and tell them."""
    with Store.open(folder / "many") as store:
        fill(store, 100, Choices(posture="sitting"))
        told = PeriodTold(
            store.sessions(),
            store.figures.all(),
            store.reflections.all(),
            frozenset(),
            trends(store.trend_sessions.all()),
        )
    return period_page(told, wording(language), WANTED)


def draw(page: Page, file: Path, folder: Path) -> None:
    """Draw the first sheet of a page's PDF."""
    from gui.report_pdf import to_pdf

    pdf = folder / "page.pdf"
    pdf.write_bytes(to_pdf(page))
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    document.load(str(pdf))
    points = document.pagePointSize(0)
    size = QSize(round(points.width() / 72 * DPI), round(points.height() / 72 * DPI))
    drawn = document.render(0, size)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.drawImage(0, 0, drawn)
    painter.end()
    document.close()
    image.save(str(file))


def main() -> int:
    """Draw both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=Path(__file__).parent / "screens")
    parser.add_argument("--language", default="en")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    os.environ.pop("DISPLAY", None)
    with TemporaryDirectory() as name:
        folder = Path(name)
        for what, page in (
            ("session", a_session(folder, options.language)),
            ("period", a_time(folder, options.language)),
        ):
            draw(page, options.into / f"report-{what}.png", folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
