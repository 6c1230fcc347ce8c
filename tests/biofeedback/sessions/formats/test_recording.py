from __future__ import annotations

import json

import numpy as np
import pytest

from biofeedback.sessions.formats import READERS, read_recording
from tests.biofeedback.sessions.formats.conftest import Write


def test_repr_says_what_matters(write: Write) -> None:
    read = read_recording(write("800\n0\n810\n790\n", "morning.txt"))
    assert repr(read) == (
        "<Recording morning.txt: RR text, 3 intervals, duration 0:02, median interval 800 ms, "
        "gaps 1, left out 1 zero>"
    )


def test_html_is_escaped_and_holds_the_notes(write: Write) -> None:
    html = read_recording(write("0.8\n0.81\n", "<b>.txt"))._repr_html_()
    assert "&lt;b&gt;.txt" in html
    assert "<b>" not in html
    assert "<li>Intervals were in seconds.</li>" in html


def test_a_recording_is_frozen(write: Write) -> None:
    read = read_recording(write("800\n"))
    with pytest.raises(AttributeError):
        read.unit = "s"  # type: ignore[misc]


def test_its_arrays_cannot_be_written_to(write: Write) -> None:
    read = read_recording(write("800\n"))
    for array in (read.rr_ms, read.t_s, read.starts):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_to_dict_is_json(write: Write) -> None:
    told = json.loads(json.dumps(read_recording(write("0.8\n0\n0.81\n")).to_dict()))
    assert told["rr_ms"] == [800, 810]
    assert told["starts"] == [True, True]
    assert told["dropped"] == {"zero": 1}
    assert told["labels"] is None


def test_duration_goes_from_the_first_beginning_to_the_last_end(write: Write) -> None:
    read = read_recording(write("t,rr\n5.0,800\n5.8,800\n16.6,800\n17.4,800\n18.2,800\n", "a.csv"))
    assert read.duration_s == pytest.approx(14)
    np.testing.assert_array_equal(np.flatnonzero(read.starts), [0, 2])


def test_every_reader_has_what_a_reader_has() -> None:
    from importlib import import_module

    for name in READERS:
        reader = import_module(f"biofeedback.sessions.formats.{name}")
        assert reader.NAME
        assert callable(reader.matches)
        assert callable(reader.read)
