from __future__ import annotations

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
