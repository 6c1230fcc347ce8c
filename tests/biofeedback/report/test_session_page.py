"""The report of a session: whole, exact, private, and right where something is missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from math import inf
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biofeedback.practice.languages import languages
from biofeedback.report.html import to_html
from biofeedback.report.session_page import SessionTold, session_page
from biofeedback.report.wording import wording
from biofeedback.sessions.info import Ended
from biofeedback.sessions.reflection import Reflection
from biofeedback.types import Event, Packet
from tests.biofeedback.report.conftest import RATED, WANTED, Recorded
from tests.biofeedback.report.reading import Element, cells, read

Told = Callable[..., SessionTold]


def _html(told: SessionTold, language: str = "en", **wanted: Any) -> str:
    return to_html(session_page(told, wording(language), replace(WANTED, **wanted)))


def _read(told: SessionTold, language: str = "en", **wanted: Any) -> Element:
    return read(_html(told, language, **wanted))


@pytest.mark.parametrize("language", languages())
def test_it_is_a_whole_document_in_its_language_that_needs_nothing_else(
    told: Told, language: str
) -> None:
    html = _html(told(said=RATED), language, with_notes=True)
    document = read(html)
    (root,) = document.all("html")
    assert (root.attributes["lang"], root.attributes["dir"]) == (language, "ltr")
    assert [each.tag for each in document.all("h1")] == ["h1"]
    assert len(document.all("title")) == 1 + len(document.all("svg"))
    for outside in ("http:", "https:", "//", "url(", "@import", "<script", "<link", "javascript:"):
        assert outside not in html.replace("<!DOCTYPE html>", "")
    for tag in ("script", "link", "iframe", "object", "img", "form"):
        assert document.all(tag) == []
    for element in document.all("html")[0].children:
        assert not any(name.startswith("on") for name in element.attributes)


def test_every_picture_names_and_describes_itself_and_has_a_table_of_what_it_shows(
    told: Told,
) -> None:
    document = _read(told(said=RATED))
    pictures = document.all("svg")
    assert len(pictures) == 3
    ids = [
        each.attributes["id"]
        for tag in ("title", "desc", "h2")
        for each in document.all(tag)
        if "id" in each.attributes
    ]
    assert len(ids) == len(set(ids))
    for picture in pictures:
        assert picture.attributes["role"] == "img"
        named = str(picture.attributes["aria-labelledby"]).split()
        assert len(named) == 2
        assert set(named) <= set(ids)
    for section in document.all("section"):
        if section.all("svg"):
            assert section.all("table")
    for table in document.all("table"):
        assert table.all("caption")[0].text
        assert all(head.attributes["scope"] in ("col", "row") for head in table.all("th"))


def test_every_figure_is_the_store_s(recorded: Recorded) -> None:
    figures = recorded.figures
    rows = {row[0]: row for row in cells(_read(recorded.told()))}
    assert figures.before_hr_bpm is not None
    assert figures.before_rmssd_ms is not None
    assert rows["Quiet before"][2:] == [
        f"{figures.before_hr_bpm:.1f}",
        f"{figures.before_rmssd_ms:.1f}",
    ]
    assert rows["Practice"][2:] == [f"{figures.guided_hr_bpm:.1f}", "not compared: paced"]
    assert rows["Quiet after"][2:] == [
        f"{figures.after_hr_bpm:.1f}",
        f"{figures.after_rmssd_ms:.1f}",
    ]
    text = _read(recorded.told()).text
    assert figures.following_r2 is not None
    assert f"{100 * figures.following_r2:.0f} % of your heart's changes" in text
    assert f"{figures.amplitude_bpm:.1f} beats a minute to each side" in text


def test_german_writes_numbers_with_a_comma(recorded: Recorded) -> None:
    rows = {row[0]: row for row in cells(_read(recorded.told(), "de"))}
    assert rows["Still davor"][2] == f"{recorded.figures.before_hr_bpm:.1f}".replace(".", ",")
    document = _read(recorded.told(said=RATED), "de")
    for cell in (cell for row in cells(document) for cell in row):
        assert not re.fullmatch(r"\d+\.\d+", cell)
    assert "4. März 2026" in document.text
    assert "Sitzen" in document.text


def test_the_caveats_stand_on_it(told: Told) -> None:
    text = _read(told()).text
    for part in (
        "no clinician has reviewed",
        "general wellness",
        "'Cannot tell' and 'not calmer today' are good answers",
        "raises heart rate variability by arithmetic",
        "This file is not protected",
        "Draft, not clinically reviewed",
        "Made by Hand on Heart 1.2.3 on 5 March 2026",
    ):
        assert part in text


# ------------------------------------------------------------------------------- privacy
def test_what_the_person_wrote_and_which_strap_it_was_are_not_told(told: Told) -> None:
    html = _html(told(said=RATED))
    for private in ("work", "A note", "AA:BB:CC", "AA", "sim:"):
        assert private not in html.replace("ARIA", "")
    assert "Tension" in html


def test_tags_and_note_come_when_asked_for_and_are_escaped(told: Told) -> None:
    document = _read(told(said=RATED), with_notes=True)
    assert "after <b>work</b>" in document.text
    assert document.all("b") == []
    (written,) = [each for each in document.all("p") if each.attributes.get("class") == "written"]
    assert "".join(written.words) == "A note & more\nhere"


def test_for_other_eyes_ratings_touch_and_time_of_day_stay_out(told: Told) -> None:
    text = _read(told(said=RATED), private=True, with_notes=True).text
    for private in ("Tension", "7:31", "Touch", "work", "A note"):
        assert private not in text
    assert "Quiet before" in text


@given(tags=st.lists(st.text(min_size=1, max_size=40), max_size=4), note=st.text(max_size=300))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_words_stay_words(tags: list[str], note: str, told: Told) -> None:
    said = Reflection(tags=tuple(tags), note=note + "</p><script>alert(1)</script><img src=x>")
    cached = _TOLD.setdefault("told", replace(told(), updates=()))  # the heart is drawn elsewhere
    document = _read(replace(cached, said=said), with_notes=True)
    assert document.all("script") == document.all("img") == []
    assert "<script>alert(1)</script>" in document.text


_TOLD: dict[str, SessionTold] = {}


# ------------------------------------------------------------------- where something is missing
def test_without_rr_only_heart_rate_is_shown_and_it_says_so(recorded: Recorded) -> None:
    document = _read(recorded.told(events=recorded.without_rr()))
    assert "This strap sent heart rate alone" in document.text
    assert "as the strap sent it, averaged" in document.text
    rows = {row[0]: row for row in cells(document)}
    assert rows["Quiet before"][3] == "-"
    assert float(rows["Quiet before"][2]) > 40


def test_cannot_tell_is_a_fine_answer(recorded: Recorded) -> None:
    told = recorded.told(left_out=((10.0, 40.0),))
    assert told.summary.verdict is not None
    assert told.summary.verdict.answer == "cannot_tell"
    assert "It cannot be told this time, and that is a fine answer." in _read(told).text
    german = _read(told, "de").text
    assert "Diesmal lässt es sich nicht sagen" in german
    assert "The quiet time" not in german


def test_what_was_left_out_is_said_and_shown(recorded: Recorded) -> None:
    document = _read(recorded.told(left_out=((70.0, 100.0), (120.0, 150.0))))
    assert "You left out 2 parts of it, together 1:00 minutes" in document.text
    dashed = [each for each in document.all("rect") if each.attributes.get("stroke-dasharray")]
    assert len(dashed) == 2


def test_of_a_session_that_was_left_out_as_a_whole_nothing_is_made(recorded: Recorded) -> None:
    document = _read(recorded.told(left_out=((-inf, inf),)))
    assert "You left this session out of the figures." in document.text
    assert "give or take" not in document.text
    assert {row[2] for row in cells(document) if row[0].startswith("Quiet")} == {"-"}


def test_an_interrupted_session_is_told_as_far_as_it_went(recorded: Recorded) -> None:
    until = [event for event in recorded.events if event.t_s < 150]
    document = _read(recorded.told(events=until, ended=Ended.INTERRUPTED))
    assert "The session was interrupted. It is kept up to then: 2:" in document.text
    assert "Nothing was compared" in document.text


def test_without_a_heartbeat_it_says_so_and_breaks_nothing(recorded: Recorded) -> None:
    silent: list[Event] = [event for event in recorded.events if not isinstance(event, Packet)]
    document = _read(recorded.told(events=silent, duration_s=60.0))
    assert "No heartbeats came" in document.text


def test_a_recording_of_another_program_is_told_as_one(recorded: Recorded) -> None:
    told = recorded.told(source="import:Polar, dated by its file")
    text = _read(told).text
    assert "A recording of 4 March 2026" in text
    assert "a file of another program" in text
    for unknown in ("Posture", "Touch", "Breath guide", "Polar"):
        assert unknown not in text


@pytest.mark.parametrize("source", ["sim:4", "replay:3"])
def test_a_heart_that_is_not_the_person_s_is_never_told_as_theirs(told: Told, source: str) -> None:
    assert "nothing on this page is about you" in _read(told(source=source)).text


def test_what_is_missing_of_the_ratings_is_said(told: Told) -> None:
    text = _read(told(said=RATED)).text
    assert "2 of 3 were rated both times. Not rated: Distress after." in text
    assert "drift back by themselves" in text
