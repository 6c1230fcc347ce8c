"""Fixtures over the fake org.bluez. A test module asks for them by naming this one::

pytest_plugins = ["tests.bluez.fixtures"]
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.bluez.bus import DAEMON
from tests.bluez.fake import FakeBluez
from tests.bluez.strap import FakeStrap


@pytest.fixture
def dbus_daemon() -> None:
    """Skip where there is no dbus-daemon; in continuous integration that is a failure."""
    if shutil.which(DAEMON) is None:
        reason = "no dbus-daemon here (Debian: apt install dbus)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture
def bluez(dbus_daemon: None) -> Iterator[FakeBluez]:
    """An org.bluez that is on and has no strap in range."""
    with FakeBluez() as fake:
        yield fake


@pytest.fixture
def strap(bluez: FakeBluez) -> FakeStrap:
    """One good strap in range."""
    return bluez.add_strap()
