"""A study in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.biofeedback.study.people import make_people


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    make_people(folder)
    return folder
