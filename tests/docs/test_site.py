"""The manual loads nothing from another computer; the build asks this of every page."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    path = ROOT / "docs" / "site" / "nothing_from_afar.py"
    spec = importlib.util.spec_from_file_location("nothing_from_afar", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://example.org/a.js"></script>',
        "<script src='//example.org/a.js'></script>",
        '<link rel="preconnect" href="HTTPS://fonts.example.org">',
        '<img alt="" src="http://example.org/a.png">',
        '<iframe src="https://example.org"></iframe>',
        '<p style="background: url(https://example.org/a.png)">',
        "<style>@import 'https://example.org/a.css'</style>",
    ],
)
def test_what_a_page_would_load_is_found(hook: ModuleType, html: str) -> None:
    assert len(hook.loaded_from_afar(html)) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://example.org">a link to be clicked</a>',
        '<script src="assets/a.js"></script><img src="../screens/a.png">',
        '<img src="data:image/svg+xml;base64,AA">',
        "<code>https://example.org</code>",
    ],
)
def test_links_and_what_lies_beside_the_page_are_fine(hook: ModuleType, html: str) -> None:
    assert hook.loaded_from_afar(html) == []


def test_style_sheets_are_looked_through_too(hook: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("b { background: url('//example.org/a.png') }")
    (tmp_path / "index.html").write_text("<p>quiet</p>")
    assert list(hook.everything_from_afar(tmp_path)) == ["a.css: //example.org/a.png"]
