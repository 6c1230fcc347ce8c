"""One recorded practice, and what becomes of it when less of it is there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from biofeedback.hrm import decode, encode
from biofeedback.report.around import Wanted
from biofeedback.report.session_page import SessionTold
from biofeedback.run import practise, replay
from biofeedback.sessions.info import Ended, SessionInfo
from biofeedback.sessions.kept_figures import Figures
from biofeedback.sessions.reflection import Felt, Reflection
from biofeedback.sessions.store import Store
from biofeedback.signals.left_out import Span
from biofeedback.types import Choices, Event, Packet
from devices.clock import VirtualClock
from devices.simulator import SimulatedSource

WANTED = Wanted(made_on=date(2026, 3, 5), version="1.2.3")
STARTED_AT = datetime(2026, 3, 4, 7, 31, tzinfo=timezone(timedelta(hours=1)))


@dataclass(frozen=True)
class Recorded:
    """A practice of 90 seconds with a minute of quiet on both sides, as it was kept."""

    info: SessionInfo
    events: list[Event]
    figures: Figures

    def told(
        self,
        *,
        events: list[Event] | None = None,
        left_out: tuple[Span, ...] = (),
        said: Reflection | None = None,
        source: str = "ble:AA:BB:CC",
        ended: Ended = Ended.COMPLETED,
        duration_s: float | None = None,
    ) -> SessionTold:
        info = replace(self.info, source=source, ended=ended)
        updates, summary = replay(
            self.events if events is None else events,
            info.choices,
            duration_s or (info.duration_s if events is None else None),
            info.personal,
            left_out,
        )
        return SessionTold(info, updates, summary, said or Reflection(), left_out)

    def without_rr(self) -> list[Event]:
        """The same from a strap that sends heart rate alone."""
        return [
            replace(event, payload=encode(replace(decode(event.payload), rr_ticks=())))
            if isinstance(event, Packet)
            else event
            for event in self.events
        ]


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    folder: Path = tmp_path_factory.mktemp("reported")
    with Store.open(folder) as store:
        asyncio.run(
            practise(
                choices=Choices(guided_s=90.0, quiet_s=62.0, guide_id="light", posture="sitting"),
                open_source=lambda clock, guide: SimulatedSource(clock, guide, seed=4),
                clock=VirtualClock(),
                store=store,
                sink=lambda update: None,
                inbox=asyncio.Queue(),
                started_at=STARTED_AT,
                ticking=False,
            )
        )
        figures = store.figures.of(1)
        assert figures is not None
        return Recorded(store.session(1), store.events(1), figures)


@pytest.fixture(scope="session")
def told(recorded: Recorded) -> Callable[..., SessionTold]:
    return recorded.told


RATED = Reflection(Felt(6, 5, 3), Felt(4, None, 5), ("after <b>work</b>",), "A note & more\nhere")
