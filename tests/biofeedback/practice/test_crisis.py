"""The file of help lines: nothing in it without a primary source and the day it was checked."""

import copy
from datetime import UTC, date, datetime
from typing import Any

import pytest

from biofeedback.practice.crisis import CrisisError, load_crisis, parse_crisis
from biofeedback.practice.languages import languages

SOURCE = "https://help.example.org/contact"
MADE_UP: dict[str, Any] = {
    "everywhere": {"en": "Call your local emergency number."},
    "regions": [
        {
            "id": "xx",
            "name": "Nowhere",
            "emergency": "000",
            "source": "https://gov.example.org/emergency",
            "checked": date(2026, 1, 31),
            "entries": [
                {
                    "name": "A line",
                    "phone": "+00 (0)12 34-56",
                    "about": "Day and night.",
                    "source": SOURCE,
                    "checked": date(2026, 1, 30),
                }
            ],
        }
    ],
}


def _with(entry: bool, **changes: object) -> dict[str, Any]:
    data = copy.deepcopy(MADE_UP)
    item = data["regions"][0]["entries"][0] if entry else data["regions"][0]
    for key, value in changes.items():
        if value is None:
            del item[key]
        else:
            item[key] = value
    return data


def test_what_ships_says_a_sentence_in_every_language() -> None:
    crisis = load_crisis()
    for language in languages():
        assert crisis.everywhere[language]
    assert crisis.sentence("fr") == crisis.everywhere["en"]


def test_every_region_that_ships_has_a_source_and_a_day() -> None:
    for region in load_crisis().regions.values():
        for line in (region.emergency, *region.entries):
            assert line.source.startswith("https://")
            assert line.checked <= datetime.now(UTC).date()


def test_a_checked_entry_is_read() -> None:
    region = parse_crisis(MADE_UP).regions["xx"]
    assert region.emergency.phone == "000"
    (line,) = region.entries
    assert (line.name, line.source, line.checked) == ("A line", SOURCE, date(2026, 1, 30))


@pytest.mark.parametrize("entry", [True, False])
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"source": None}, "no source"),
        ({"source": ""}, "no source"),
        ({"source": "http://help.example.org"}, "no address of a primary source"),
        ({"source": "a friend told me"}, "no address of a primary source"),
        ({"checked": None}, "no day on which it was checked"),
        ({"checked": "2026-01-31"}, "no day on which it was checked"),
        ({"checked": True}, "no day on which it was checked"),
        ({"name": None}, "no name"),
    ],
)
def test_an_entry_without_a_source_or_a_day_is_refused(
    entry: bool, changes: dict[str, object], told: str
) -> None:
    with pytest.raises(CrisisError, match=told):
        parse_crisis(_with(entry, **changes))


@pytest.mark.parametrize("phone", ["", "call us", "12 34 ext 5x", "1" * 40])
def test_a_number_that_cannot_be_dialled_is_refused(phone: str) -> None:
    with pytest.raises(CrisisError, match=r"dialled|no phone"):
        parse_crisis(_with(True, phone=phone))
    with pytest.raises(CrisisError, match=r"dialled|no phone"):
        parse_crisis(_with(False, emergency=phone))


def test_a_file_without_a_sentence_for_everywhere_is_refused() -> None:
    with pytest.raises(CrisisError, match="everywhere"):
        parse_crisis({"regions": []})


def test_two_regions_of_one_name_are_refused() -> None:
    data = copy.deepcopy(MADE_UP)
    data["regions"] *= 2
    with pytest.raises(CrisisError, match="two regions"):
        parse_crisis(data)
