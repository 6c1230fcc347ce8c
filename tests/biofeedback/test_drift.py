"""The guide of a real practice drifts as its recording says, in small steps, or not at all."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from biofeedback.practice.breath import phase_at
from biofeedback.run import practise, replay
from biofeedback.sessions.store import Store
from biofeedback.types import Choices, GuideChanged, GuideDrifted, Update
from devices.clock import VirtualClock
from devices.simulator import SimulatedSource
from tests.calibration.drift import drift

DRIFTS = Choices(plan_id="ten", quiet_s=0, adaptive=True, ramp=True, guide_id="5-6")


def _run(choices: Choices, store: Store | None = None, seed: int = 5) -> list[Update]:
    updates: list[Update] = []
    asyncio.run(
        practise(
            choices=choices,
            open_source=lambda clock, guide: SimulatedSource(clock, guide, seed=seed),
            clock=VirtualClock(),
            store=store,
            sink=updates.append,
            inbox=asyncio.Queue(),
            started_at=datetime(2026, 1, 2, tzinfo=UTC),
            ticking=False,
        )
    )
    return updates


@pytest.fixture(scope="module")
def drifted(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Update], Path]:
    folder = tmp_path_factory.mktemp("store")
    with Store.open(folder) as store:
        return _run(DRIFTS, store), folder


def test_it_is_off_unless_chosen() -> None:
    assert not Choices().adaptive
    updates = _run(Choices(plan_id="five", quiet_s=0))
    assert not [update for update in updates if isinstance(update, GuideDrifted)]


def test_each_drift_is_said_small_and_two_minutes_after_the_one_before(
    drifted: tuple[list[Update], Path],
) -> None:
    said = [update for update in drifted[0] if isinstance(update, GuideDrifted)]
    assert said
    for update in said:
        assert abs(update.to_per_min - update.from_per_min) <= 0.1 + 1e-6
        assert 4.5 <= update.to_per_min <= 7.0
    assert all(after.t_s - before.t_s >= 120 for before, after in pairwise(said))
    rates = [
        update.segment.pattern.rate_per_min
        for update in drifted[0]
        if isinstance(update, GuideChanged) and update.segment
    ]
    assert rates[1:] == pytest.approx([update.to_per_min for update in said])


def test_the_breath_goes_on_without_a_jump(drifted: tuple[list[Update], Path]) -> None:
    changes = [update for update in drifted[0] if isinstance(update, GuideChanged)]
    for change, after in pairwise(changes):
        if change.segment and after.segment:
            before, begins = (phase_at(s, after.t_s) for s in (change.segment, after.segment))
            assert begins.cycles == pytest.approx(before.cycles, abs=1e-6)
            assert begins.fullness == pytest.approx(before.fullness, abs=1e-5)


def test_a_replay_drifts_the_same_way_to_the_last_bit(drifted: tuple[list[Update], Path]) -> None:
    live, folder = drifted
    with Store.open(folder) as store:
        (info,) = store.sessions()
        again, _ = replay(store.events(info.id), info.choices, info.duration_s)
    assert again == live


def test_a_guide_with_holds_stays_as_it_was_chosen() -> None:
    updates = _run(Choices(plan_id="five", quiet_s=0, adaptive=True, guide_id="box"))
    assert not [update for update in updates if isinstance(update, GuideDrifted)]


def test_over_simulated_hearts_it_moves_toward_the_resonance_more_often_than_away() -> None:
    paths = [
        drift(seed, start, minutes=9)
        for seed, start in zip(range(9), (5.0, 6.0, 6.6) * 3, strict=True)
    ]
    moves = [toward for path in paths for toward in path.moves()]
    assert len(moves) > 10
    assert sum(moves) > len(moves) / 2
    for path in paths:
        assert all(4.5 <= pace <= 7.0 for pace in path.paces_per_min)
        assert all(abs(b - a) <= 0.1 + 1e-6 for a, b in pairwise(path.paces_per_min))
