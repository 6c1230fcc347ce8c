"""What every test may ask for: the recordings that stand beside the repository."""

from __future__ import annotations

import getpass
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# The tests read the words in English, whatever the system speaks.
os.environ["LC_ALL"] = "C.UTF-8"

ROOT = Path(__file__).resolve().parents[1]

# How long an example takes says how busy the machine is, and nothing of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder beside the repository, or where HAND_ON_HEART_SHARED says.

    Where it is missing the test is skipped; in continuous integration that is a failure.
    """
    named = os.environ.get("HAND_ON_HEART_SHARED")
    found = Path(named) if named else ROOT.parent / "shared"
    if not found.is_dir():
        reason = f"no recordings at {found} (HAND_ON_HEART_SHARED names another place)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def shared_data(shared_dir: Path) -> Path:
    """The folder of real recordings; the licences are in each PROVENANCE.txt."""
    found = shared_dir / "data"
    if not found.is_dir():
        reason = f"no recordings at {found}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture
def lsl_alone() -> Iterator[None]:
    """Keep a second test of the Lab Streaming Layer waiting: streams are found by name."""
    path = Path(tempfile.gettempdir()) / f"hand-on-heart-lsl-{getpass.getuser()}.lock"
    with path.open("w") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
