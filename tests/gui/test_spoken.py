"""The words in use: the person's own count at once, on every screen and in the practice."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from biofeedback.practice.personal import NOTHING
from biofeedback.practice.plan_file import read_plan
from biofeedback.sessions.personal_file import FILE_NAME, PersonalFile
from biofeedback.sessions.store import Store
from biofeedback.types import Action, BreathPattern, LineShown
from gui import spoken
from gui.main_window import MainWindow
from tests.biofeedback.practice.test_plan_file import GOOD
from tests.gui.conftest import opened

MINE, GUIDE = NOTHING.with_guide("Long out", BreathPattern(4.0, 0.0, 7.0, 0.0))


def spoken_lines(window: MainWindow) -> list[str]:
    """The lines that the practice tells from now on."""
    said: list[str] = []

    def take(update: object) -> None:
        if isinstance(update, LineShown):
            said.append(update.text)

    window.bridge.updated.connect(take)
    return said


def test_an_own_guide_can_be_chosen_on_every_page_of_choices(window: MainWindow) -> None:
    window.keep_personal(MINE)
    chip = window.setup.guide.chip(GUIDE.guide_id)
    assert chip.text() == "Long out"
    window.pages.turn_to(window.setup, at_once=True)
    assert chip.isVisible()
    assert window.practice.change.groups[Action.GUIDE].chip(GUIDE.guide_id).text() == "Long out"
    assert window.setup.guide.value == "ease"


def test_a_guide_that_is_gone_gives_way_to_the_default(window: MainWindow, home: Path) -> None:
    window.keep_personal(MINE)
    window.pages.turn_to(window.setup, at_once=True)
    window.setup.guide.chip(GUIDE.guide_id).click()
    assert window.settings.choices.guide_id == GUIDE.guide_id
    again = MainWindow(home)
    assert again.settings.choices.guide_id == GUIDE.guide_id
    again.close()
    window.keep_personal(NOTHING)
    assert window.settings.choices.guide_id == "ease"
    assert window.setup.guide.value == "ease"


def test_a_practice_speaks_the_persons_words_and_keeps_them(
    window: MainWindow, qtbot: QtBot, home: Path
) -> None:
    own = MINE.with_edit("en", "rest", "before", "Just me, here.")
    window.keep_personal(own)
    said = spoken_lines(window)
    window.begin_demo()
    qtbot.waitUntil(lambda: "Just me, here." in said, timeout=20_000)
    window.stop()
    qtbot.waitUntil(lambda: window.pages.current is window.summary, timeout=20_000)
    with Store.open(home) as store:
        (info,) = store.sessions()
    assert info.personal.edits == own.edits
    assert info.choices.language == "en"


def test_grounding_speaks_the_persons_words(window: MainWindow) -> None:
    window.keep_personal(NOTHING.with_edit("en", "ground", "look", "Look about."))
    window.ground()
    assert window.grounding.line == "Look about."


def test_a_file_that_was_set_aside_is_told_of_at_home(
    look: object, home: Path, qtbot: QtBot
) -> None:
    (home / FILE_NAME).write_text("nonsense")
    window = opened(MainWindow(home))
    try:
        window.bridge.read_kept()
        qtbot.waitUntil(lambda: "personal.unreadable-1.json" in window.home._notice.text())
    finally:
        window.close()
        window.deleteLater()
    assert (home / "personal.unreadable-1.json").read_text() == "nonsense"


def test_words_that_cannot_be_kept_hold_for_this_visit_and_it_is_said(
    window: MainWindow, home: Path
) -> None:
    window.keep_personal(MINE)
    assert PersonalFile(home).personal == MINE
    home.chmod(0o500)
    try:
        window.keep_personal(MINE.with_hidden("kind", "side"))
    finally:
        home.chmod(0o700)
    assert window.personal.hides("kind", "side")


def test_the_words_follow_what_the_person_chose_or_else_the_system() -> None:
    assert spoken.language_for("en", ["de-DE"]) == "en"
    assert spoken.language_for("", ["xx", "en-GB"]) == "en"
    assert spoken.language_for("xx", []) == "en"
    assert spoken.language_for("", ["fr-FR", "de-AT", "en-US"]) == "de"
    assert spoken.language_for("en", ["de-DE"]) == "en"


def test_a_plan_from_a_file_is_among_the_choices_and_chosen(window: MainWindow) -> None:
    plan = read_plan(GOOD.encode()).plan
    assert plan is not None
    window.add_plan(plan)
    assert window.settings.choices.plan_id == "evening"
    assert window.setup.plan.chip("evening").text() == "Evening, 3 minutes"
    assert window.setup.plan.value == "evening"
    assert "Evening, 3 minutes" in window.home._choices.text()


def test_a_german_plan_is_practised_in_german(window: MainWindow, qtbot: QtBot, home: Path) -> None:
    plan = read_plan(GOOD.replace('"en"', '"de"').encode()).plan
    assert plan is not None
    window.add_plan(plan)
    said = spoken_lines(window)
    window.begin_demo()
    line = "Sitz eine kleine Weile einfach so da. Noch gibt es nichts zu tun."
    qtbot.waitUntil(lambda: line in said, timeout=20_000)
    window.ground()
    assert window.grounding.line == "Lass die Augen durch den Raum wandern. Es eilt nicht."
    window.stop()
    qtbot.waitUntil(lambda: window.pages.current is window.summary, timeout=20_000)
    assert spoken.current().language == "de"
    window.summary.done.click()
    assert spoken.current().language == "en"


def test_the_words_change_their_language_on_every_page(window: MainWindow) -> None:
    window.set_language("de")
    assert window.setup.touch.chip("none").text() == "Keine Berührung"
    assert window.help._lines["alone"].text().startswith("Du brauchst nicht in Gefahr")
    assert window.language == "de"
    window.set_language("")
    assert window.setup.touch.chip("none").text() == "No touch"
