from __future__ import annotations

import math
import re
from dataclasses import fields
from pathlib import Path

import pytest

from gui import theme


@pytest.mark.parametrize("scheme", sorted(theme.SCHEMES))
@pytest.mark.parametrize("pair", theme.TEXT_PAIRS, ids="-on-".join)
def test_text_stands_out_by_4_5_to_1(scheme: str, pair: tuple[str, str]) -> None:
    colours = theme.SCHEMES[scheme]
    assert theme.contrast(getattr(colours, pair[0]), getattr(colours, pair[1])) >= 4.5


@pytest.mark.parametrize("scheme", sorted(theme.SCHEMES))
@pytest.mark.parametrize("pair", theme.GRAPHIC_PAIRS, ids="-on-".join)
def test_graphics_and_focus_stand_out_by_3_to_1(scheme: str, pair: tuple[str, str]) -> None:
    colours = theme.SCHEMES[scheme]
    assert theme.contrast(getattr(colours, pair[0]), getattr(colours, pair[1])) >= 3.0


def test_contrast_agrees_with_the_published_example() -> None:
    # WCAG 2.2: black on white is 21:1; #777777 on white is 4.48:1
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


def test_dark_is_never_black() -> None:
    for scheme in ("dark", "dark-high"):
        assert theme.SCHEMES[scheme].paper not in {"#000000", "#000"}


def test_words_are_28_px_or_more_and_there_are_five_sizes() -> None:
    sizes = {theme.SMALL_PX, theme.BODY_PX, theme.LEAD_PX, theme.TITLE_PX, theme.WORDS_PX}
    assert len(sizes) == 5
    assert theme.WORDS_PX >= 28


def test_text_scale_scales_every_size(look: theme.Look) -> None:
    look.set_text_scale(2.0)
    assert look.theme.font(theme.WORDS_PX).pixelSize() == 2 * theme.WORDS_PX
    look.set_text_scale(1.0)


def test_a_change_of_scheme_is_told_once(look: theme.Look) -> None:
    heard: list[str] = []
    look.changed.connect(lambda: heard.append(look.theme.name))
    look.set_scheme("dark")
    look.set_scheme("dark")
    assert heard == ["dark"]


def _chroma_and_hue(colour: str) -> tuple[float, float]:
    """Chroma, and hue in degrees, as Oklab has them (Ottosson 2020)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _judges(colour: str) -> bool:
    """Whether it is the red or the green of a verdict: of that hue, and strong."""
    chroma, hue = _chroma_and_hue(colour)
    return chroma > 0.1 and (hue > 355 or hue < 34 or 120 < hue < 165)


def test_the_measure_knows_red_and_green() -> None:
    assert all(map(_judges, ("#FF0000", "#C0392B", "#D32F2F", "#2E7D32", "#00C853")))
    chroma, hue = _chroma_and_hue("#FF0000")
    assert chroma == pytest.approx(0.2577, abs=1e-4)
    assert hue == pytest.approx(29.23, abs=0.01)


@pytest.mark.parametrize("scheme", sorted(theme.SCHEMES))
def test_no_red_and_no_green_that_judges(scheme: str) -> None:
    colours = {f.name: getattr(theme.SCHEMES[scheme], f.name) for f in fields(theme.Colours)}
    told = {name: each for name, each in colours.items() if str(each).startswith("#")}
    assert len(told) >= 16
    assert [name for name, each in told.items() if _judges(each)] == []


def test_no_colour_stands_outside_the_theme() -> None:
    gui = Path(theme.__file__).parent
    outside = [
        f"{path.name}: {found}"
        for path in gui.rglob("*.py")
        if path.name != "theme.py"
        for found in re.findall(
            r"#[0-9a-fA-F]{6}\b|GlobalColor\.(?!transparent|black\b|white\b)\w+", path.read_text()
        )
    ]
    assert outside == []
