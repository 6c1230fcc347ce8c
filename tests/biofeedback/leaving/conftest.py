"""A session with something in every field."""

from __future__ import annotations

import pytest

from biofeedback.sessions.whole import WholeSession
from tests.biofeedback.leaving.full_session import full_session


@pytest.fixture
def session() -> WholeSession:
    return full_session()
