"""PhysioNet's toolbox agrees to 5e-5 wherever nothing was rejected."""

from pathlib import Path

import pytest

from tests.oracles.physionet import FIELDS, Window, clean_windows


@pytest.fixture(scope="module")
def windows(shared_data: Path) -> list[Window]:
    return list(clean_windows(shared_data / "physionet_nsr2db"))


def test_enough_windows_of_both_records_can_be_compared(windows: list[Window]) -> None:
    assert len(windows) >= 150
    assert {window.record for window in windows} == {"nsr001", "nsr004"}


@pytest.mark.parametrize("field", FIELDS)
def test_every_window_agrees(windows: list[Window], field: str) -> None:
    assert max(window.difference(field) for window in windows) < 5e-5
