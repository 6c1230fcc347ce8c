"""What can be read can be read: contrast of the pixels of every screen, not of a list alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from gui import theme
from gui.main_window import MainWindow
from gui.screens.screen import Screen
from gui.widgets.text import Text
from tests.gui.conftest import opened
from tests.gui.every_screen import SCREENS, open_screen

_FADE_PX = 30
"""At the lower edge of what scrolls, paper thickens: what lies there is on its way out of sight."""


@pytest.fixture(scope="module", params=["light", "dark"])
def window(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """A window in each scheme; the strong ones have the same pairs of colours."""
    theme.install(theme.Look(scheme=request.param, text_scale=1.0, reduced_motion=False))
    made = opened(MainWindow(tmp_path_factory.mktemp("data"), language="en"))
    yield made
    made.close()
    made.deleteLater()


def pixels(screen: Screen) -> NDArray[np.uint32]:
    """Return the screen as it is drawn, one ``0xrrggbb`` a pixel, shape (height, width)."""
    image = screen.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    drawn = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    return np.bitwise_and(drawn[:, : image.width()], np.uint32(0xFFFFFF))


def in_sight(widget: QWidget, screen: Screen) -> QRect:
    """Return where a widget can be seen whole and clear; empty where it can't."""
    place = QRect(widget.mapTo(screen, QPoint(0, 0)), widget.size())
    room = screen.rect()
    parent = widget.parentWidget()
    while parent is not None and parent is not screen:
        if isinstance(parent, QScrollArea):
            port = parent.viewport()
            seen = QRect(port.mapTo(screen, QPoint(0, 0)), port.size())
            room = room.intersected(seen.adjusted(0, 0, 0, -_FADE_PX))
        parent = parent.parentWidget()
    return place if room.contains(place) else QRect()


def ground_of(drawn: NDArray[np.uint32]) -> str:
    """Return the colour that there is most of, as ``#rrggbb``."""
    values, counts = np.unique(drawn, return_counts=True)
    return f"#{int(values[np.argmax(counts)]):06X}"


def most_contrast(drawn: NDArray[np.uint32], ground: str) -> float:
    """Return the contrast of the pixel that stands out most: the middle of a stroke."""
    return max(theme.contrast(f"#{int(value):06X}", ground) for value in np.unique(drawn))


def cut(drawn: NDArray[np.uint32], place: QRect) -> NDArray[np.uint32]:
    return drawn[place.top() : place.bottom() + 1, place.left() : place.right() + 1]


@pytest.mark.parametrize("name", SCREENS)
def test_every_text_is_a_pair_of_colours_whose_contrast_is_computed(
    window: MainWindow, name: str
) -> None:
    screen = open_screen(window, name)
    drawn = pixels(screen)
    tones = theme.current().colours
    named = {getattr(tones, ground): ground for _, ground in theme.TEXT_PAIRS}
    texts = [
        (text, place)
        for text in screen.findChildren(Text)
        if text.isVisible() and text.text() and not text.visibleRegion().isEmpty()
        if not (place := in_sight(text, screen)).isEmpty() and not covered(text, screen)
    ]
    assert texts, "nothing was looked at"
    for text, place in texts:
        ground = ground_of(cut(drawn, place))
        assert ground in named, f"{text.text()!r} lies on {ground}"
        assert (text.tone, named[ground]) in theme.TEXT_PAIRS, text.text()


def covered(widget: QWidget, screen: Screen) -> bool:
    """Tell whether something else lies over a widget: a sheet, or a veil on its way out."""
    at = widget.mapTo(screen, widget.rect().center())
    top = screen.childAt(at)
    return top is not None and top is not widget and not top.isAncestorOf(widget)


@pytest.mark.parametrize("name", SCREENS)
def test_every_button_that_can_be_pressed_can_be_read(window: MainWindow, name: str) -> None:
    screen = open_screen(window, name)
    drawn = pixels(screen)
    for button in screen.findChildren(QAbstractButton):
        if not (button.isVisible() and button.isEnabled() and button.text()):
            continue
        place = in_sight(button, screen)
        if place.isEmpty() or covered(button, screen):
            continue
        inner = cut(drawn, place.adjusted(12, 6, -12, -6))
        assert most_contrast(inner, ground_of(inner)) >= 4.5, button.text()
