"""A pace is kept when two assessments of the same heart agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from biofeedback.sessions.info import Ended, SessionInfo
from biofeedback.sessions.paces import KeptPace, kept_pace
from biofeedback.types import Choices


def _info(
    pace_per_min: float | None, source: str = "ble:AA", plan: str = "resonance_steps"
) -> SessionInfo:
    choices = Choices(plan_id=plan)
    return SessionInfo(
        id=1,
        uid="a",
        started_at=datetime(2026, 1, 2, tzinfo=UTC),
        source=source,
        plan=plan,
        choices=choices,
        strap=None,
        ended=Ended.COMPLETED,
        duration_s=750.0,
        n_packets=1,
        n_beats=1,
        summary={"resonance": {"pace_per_min": pace_per_min}},
    )


def test_the_last_two_that_named_a_pace_have_to_agree() -> None:
    assert kept_pace([], "ble:") == KeptPace(None, 0)
    assert kept_pace([_info(5.2)], "ble:") == KeptPace(None, 1)
    assert kept_pace([_info(5.2), _info(None), _info(5.4)], "ble:") == KeptPace(5.3, 2)
    assert kept_pace([_info(5.2), _info(6.4), _info(5.2)], "ble:") == KeptPace(None, 2)


def test_straps_are_one_person_and_a_simulated_heart_is_nobody() -> None:
    both = [_info(5.2, "ble:AA"), _info(6.4, "sim:3"), _info(6.4, "sim:3"), _info(5.3, "ble:BB")]
    assert kept_pace(both, "ble:CC").pace_per_min == pytest.approx(5.25, abs=0.06)
    assert kept_pace(both, "sim:3") == KeptPace(None, 0)
    assert kept_pace(both, "replay:rest.csv") == KeptPace(None, 0)


def test_practices_and_sessions_of_before_count_for_nothing() -> None:
    practice = replace(_info(5.2), plan="five")
    old = replace(_info(5.2), summary=None)
    assert kept_pace([practice, old, _info(5.0)], "ble:") == KeptPace(None, 1)
