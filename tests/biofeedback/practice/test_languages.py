"""Which language the words come in."""

import pytest

from biofeedback.practice.languages import best_language, languages, system_languages


def test_the_default_language_comes_first() -> None:
    assert languages()[0] == "en"


@pytest.mark.parametrize(
    ("wanted", "best"),
    [
        (["en_GB.UTF-8"], "en"),
        (["xx", "en-US"], "en"),
        (["xx"], "en"),
        (["de_AT.UTF-8", "en"], "de"),
        (["fr", "de"], "de"),
        ([], "en"),
        (["", "C"], "en"),
    ],
)
def test_the_first_wanted_language_that_there_is_is_taken(wanted: list[str], best: str) -> None:
    assert best_language(wanted) == best


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, ()),
        ({"LANG": "de_DE.UTF-8"}, ("de_DE.UTF-8",)),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8"}, ()),
        ({"LANG": "en_US", "LANGUAGE": "de:en"}, ("de", "en", "en_US")),
        ({"LANG": "C", "LANGUAGE": "de"}, ()),
        ({"LANG": "en_US", "LC_MESSAGES": "fr_FR"}, ("fr_FR",)),
    ],
)
def test_the_system_is_asked_as_gettext_asks_it(
    environment: dict[str, str], wanted: tuple[str, ...]
) -> None:
    assert system_languages(environment) == wanted
