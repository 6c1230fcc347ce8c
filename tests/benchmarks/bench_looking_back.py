"""What it takes to open a session of twenty minutes: ``pytest ... --benchmark-only -s``.

The figures are printed, never asserted: a busy machine is no failing test.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from biofeedback.looking_back.opened import open_session
from biofeedback.timeline import Timeline, timeline
from biofeedback.types import Choices, Event
from tests.biofeedback.looking_back.made import recorded

CHOICES = replace(Choices(), plan_id="twenty")
LENGTH_S = 1320.0


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return recorded(CHOICES, 4, length_s=LENGTH_S)


@pytest.fixture(scope="module")
def laid_out(events: list[Event]) -> Timeline:
    return timeline(events, CHOICES, LENGTH_S)


def test_the_engines_run(benchmark: BenchmarkFixture, events: list[Event]) -> None:
    benchmark(timeline, events, CHOICES, LENGTH_S)


def test_what_the_page_adds(benchmark: BenchmarkFixture, laid_out: Timeline) -> None:
    benchmark(open_session, laid_out)


def test_figures_anew_after_a_part_was_left_out(
    benchmark: BenchmarkFixture, laid_out: Timeline
) -> None:
    benchmark(open_session, laid_out, [(300.0, 360.0)])
