"""The window speaks each language whole: nothing is left out, and nothing is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from devices.words import Notice, describe
from gui import strap_words, wording
from gui.app import _Shown
from gui.main_window import MainWindow
from gui.translations import update
from gui.translations.use import FOLDER, languages, use
from gui.widgets.buttons import Pill

FILES = sorted(FOLDER.glob("*.ts"))
_PLACE = re.compile(r"\{\w*\}")


@pytest.fixture(scope="module")
def texts(qapp: QApplication) -> list[update.Text]:
    return update.texts_of_code()


@pytest.fixture(autouse=True)
def english_after(qapp: QApplication) -> Iterator[None]:
    locale = QLocale()
    yield
    use("en")
    QLocale.setDefault(locale)


def test_german_is_there(qapp: QApplication) -> None:
    assert languages() == ("en", "de")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_of_the_window_is_translated(path: Path, texts: list[update.Text]) -> None:
    held = update.read(path)
    lacking = [text for text in texts if not held.get(text)]
    assert not lacking, "python -m gui.translations.update names them, then translate them"
    assert sorted(held) == texts, "python -m gui.translations.update drops what is gone"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_packed_is_what_is_written(path: Path, tmp_path: Path) -> None:
    update.pack(path, tmp_path / "fresh.qm")
    assert (tmp_path / "fresh.qm").read_bytes() == path.with_suffix(".qm").read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_places_for_figures_and_ends_are_kept(path: Path) -> None:
    for (_, source, _), said in update.read(path).items():
        assert sorted(_PLACE.findall(said)) == sorted(_PLACE.findall(source)), source
        assert said == said.strip() or source != source.strip(), source
        ends = source[-1] in ".?"
        assert (said[-1] in ".?") is ends, source


def test_what_the_strap_tells_is_told_in_german(qapp: QApplication) -> None:
    use("de")
    sentence, action = strap_words.told(describe(Notice.LOW_BATTERY))
    assert sentence == "Die Batterie des Gurts ist schwach."
    assert action.startswith("Diese Sitzung")
    assert wording.number(4.5, 1) == "4,5"


def test_an_unknown_language_is_english(qapp: QApplication) -> None:
    use("de")
    use("tlh")
    assert wording.tr("Practice") == "Practice"


def said(window: MainWindow) -> str:
    texts = [label.text() for label in window.findChildren(QLabel)]
    return "\n".join(texts + [pill.text() for pill in window.findChildren(Pill)])


def test_another_language_takes_a_new_window_and_keeps_what_was_written(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made: list[MainWindow] = []

    def make(language: str) -> MainWindow:
        made.append(MainWindow(tmp_path, 1.0, language))
        return made[-1]

    shown = _Shown(make)
    first = shown.show_one("en")
    first.show()
    visit = first.written.visit
    first.set_language("de")
    qtbot.waitUntil(lambda: len(made) == 2)
    second = made[1]
    qtbot.waitUntil(second.isVisible)
    assert second.written.visit is visit
    assert second.pages.current is second.phrases
    assert second.phrases.accessibleName() == "Meine Worte"
    assert "Einen eigenen Satz dazu" in said(second)
    assert "Add a phrase of mine" not in said(second)
    shown.close()
    second.deleteLater()
