"""The icon is drawn by our own code, from the theme, and every system's file is there."""

from __future__ import annotations

import importlib.util
import struct
from types import ModuleType

import pytest
from PySide6.QtGui import QImage

from tests.conftest import ROOT

FOLDER = ROOT / "packaging" / "icons"


@pytest.fixture(scope="module")
def drawing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("icons", ROOT / "packaging" / "icons.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_source_is_what_the_theme_says_now(drawing: ModuleType) -> None:
    assert (FOLDER / "hand-on-heart.svg").read_text(encoding="utf-8") == drawing.svg(256)


@pytest.mark.parametrize("side", [16, 24, 32, 48, 64, 128, 256, 512])
def test_a_picture_is_round_and_not_red(side: int) -> None:
    image = QImage(str(FOLDER / f"hand-on-heart-{side}.png"))
    assert (image.width(), image.height()) == (side, side)
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(side // 2, side // 2).alpha() == 255
    colours = [image.pixelColor(x, y) for x in range(side) for y in range(side)]
    # a clay hand is warm; red would be far from green and blue at once
    assert all(c.red() < 2.0 * max(c.green(), 40) for c in colours if c.alpha() == 255)


def test_windows_and_macos_have_theirs() -> None:
    ico = (FOLDER / "hand-on-heart.ico").read_bytes()
    reserved, kind, n_pictures = struct.unpack_from("<HHH", ico)
    assert (reserved, kind) == (0, 1)
    assert {ico[6 + 16 * at] or 256 for at in range(n_pictures)} >= {16, 32, 48, 256}
    icns = (FOLDER / "hand-on-heart.icns").read_bytes()
    assert icns[:4] == b"icns"
    assert int.from_bytes(icns[4:8], "big") == len(icns)
