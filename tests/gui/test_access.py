"""A screen reader is told of everything, a finger hits everything, and colour is never all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QLineEdit, QWidget

from gui import theme
from gui.main_window import MainWindow
from gui.widgets.orb import Orb
from gui.widgets.rating import RatingScale
from tests.gui.conftest import opened
from tests.gui.every_screen import SCREENS, open_screen
from tests.gui.trees import FOLDER, every_tree, tree


@pytest.fixture(scope="module")
def plain(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """A window at 100 % text, in English whatever the machine's language."""
    theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=False))
    made = opened(MainWindow(tmp_path_factory.mktemp("data"), language="en"))
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture(scope="module")
def trees(plain: MainWindow) -> dict[str, str]:
    """What a screen reader is told of each screen."""
    return dict(every_tree(plain))


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_reader_is_told_what_is_kept(trees: dict[str, str], name: str) -> None:
    kept = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert trees[name] == kept, "python -m tests.gui.trees keeps it anew; read the difference"


def test_no_tree_is_kept_of_a_screen_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(SCREENS)


@pytest.mark.parametrize("name", SCREENS)
def test_everything_that_takes_the_keyboard_has_role_and_name(
    trees: dict[str, str], name: str
) -> None:
    for line in trees[name].splitlines():
        if "focusable" in line.partition("[")[2]:
            role, _, told = line.strip().partition(" ")
            assert not told.startswith(("''", '""')) or role == "ComboBox", line
            assert role not in {"Client", "NoRole"}, line


@pytest.mark.parametrize("name", SCREENS)
def test_two_buttons_of_a_screen_are_told_apart(trees: dict[str, str], name: str) -> None:
    lines = re.findall(r"^ *(Button .*)$", trees[name], re.MULTILINE)
    # what is kept is shown three times on purpose: one entry, the same time
    told = [line for line in lines if not re.search("Look at this practice|Saved on this", line)]
    assert len(told) == len(set(told))


def test_a_picture_is_a_graphic_and_a_chart_says_what_it_shows(plain: MainWindow) -> None:
    orb = plain.home.orb
    assert isinstance(orb, Orb)
    interface = QAccessible.queryAccessibleInterface(orb)
    assert interface.role() is QAccessible.Role.Graphic
    assert "Chart 'RMSSD" in tree(open_screen(plain, "trends"))


def test_a_rating_tells_its_value_as_it_is_chosen(plain: MainWindow) -> None:
    screen = open_screen(plain, "felt")
    scale = screen.findChildren(RatingScale)[0]
    dot = scale.findChildren(QAbstractButton)[4]
    QTest.mouseClick(dot, Qt.MouseButton.LeftButton)
    assert QAccessible.queryAccessibleInterface(dot).state().checked
    assert "4 of 10' [focusable checkable checked]" in tree(screen)
    scale.set_value(None)


@pytest.mark.parametrize("name", SCREENS)
def test_every_target_is_24_px_or_more(plain: MainWindow, name: str) -> None:
    screen = open_screen(plain, name)
    kinds: tuple[type[QWidget], ...] = (QAbstractButton, QAbstractSlider, QLineEdit)
    for kind in kinds:
        for each in screen.findChildren(kind):
            if not each.isVisible() or each.focusPolicy() is Qt.FocusPolicy.NoFocus:
                continue
            told = each.accessibleName() or each.property("text")
            assert min(each.width(), each.height()) >= theme.LEAST_TARGET_PX, told


# Machado, Oliveira and Fernandes (2009), doi:10.1109/TVCG.2009.113, table of severity 1.0:
# what linear red, green and blue become for someone without one kind of cone.
_WITHOUT = {
    "red cones": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "green cones": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "blue cones": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen_without(cones: str, value: str) -> QColor:
    """Return a colour as it is seen without one kind of cone."""
    colour = QColor(value)
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    mixed = [
        min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, linear, strict=True))))
        for row in _WITHOUT[cones]
    ]
    shown = [
        part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in mixed
    ]
    return QColor.fromRgbF(*(min(1.0, part) for part in shown))


@pytest.mark.parametrize("scheme", theme.SCHEMES)
@pytest.mark.parametrize("cones", _WITHOUT)
def test_text_and_lines_keep_their_contrast_without_one_kind_of_cone(
    scheme: str, cones: str
) -> None:
    tones = theme.SCHEMES[scheme]
    for pairs, least in ((theme.TEXT_PAIRS, 4.0), (theme.GRAPHIC_PAIRS, 2.7)):
        for one, ground in pairs:
            ratio = theme.contrast(
                seen_without(cones, getattr(tones, one)).name(),
                seen_without(cones, getattr(tones, ground)).name(),
            )
            assert ratio >= least, (one, ground)


@pytest.mark.parametrize("scheme", theme.SCHEMES)
@pytest.mark.parametrize("cones", _WITHOUT)
def test_heart_and_breath_are_told_apart_without_one_kind_of_cone(scheme: str, cones: str) -> None:
    tones = theme.SCHEMES[scheme]
    for one, other in combinations((tones.heart, tones.breath), 2):
        a, b = seen_without(cones, one), seen_without(cones, other)
        apart = sum(
            (getattr(a, part)() - getattr(b, part)()) ** 2 for part in ("red", "green", "blue")
        )
        assert apart**0.5 > 40


_SHOWN_AS = {"Escape": "Esc", "Question": "?", "Right": "→  ←", "Left": "→  ←", "Comma": ","}


@pytest.mark.parametrize("file", ["main_window.py", "screens/practice.py", "screens/home.py"])
def test_help_names_every_key(trees: dict[str, str], file: str) -> None:
    code = (Path(theme.__file__).parent / file).read_text(encoding="utf-8")
    keys = set(re.findall(r"Qt\.Key\.Key_(\w+)", code)) - {"Return", "Enter"}
    assert keys
    told = set(re.findall(r"StaticText '(.*?)'", trees["help"]))
    for key in keys:
        shown = _SHOWN_AS.get(key, key)
        within = {shown, f"Ctrl+{shown}", " ".join(shown.split())}
        assert within & told, key
