"""CSV, RR text and EDF+: what other programs read, read again and held against the session."""

from __future__ import annotations

import csv
import locale
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import edfio
import numpy as np
import pytest

from biofeedback import read_recording
from biofeedback.leaving.choosing import Wanted, choose
from biofeedback.leaving.edf_file import edf_bytes
from biofeedback.leaving.export import Form, Leaving, Written, preview, write
from biofeedback.leaving.laid_out import LaidOut, lay_out
from biofeedback.leaving.writing_whole import CannotLeaveError
from biofeedback.sessions.reflection import Reflection
from biofeedback.sessions.store import Store
from biofeedback.sessions.whole import WholeSession
from biofeedback.types import BeatFlag, Choices, Event, SensorFrame
from tests.biofeedback.leaving.full_session import full_session
from tests.biofeedback.leaving.with_ecg import ecg_of, ends_s, session_with_ecg


def leave(store: Store, path: Path, form: Form) -> Written:
    return write(store, Leaving(form=form, chosen=choose(store, Wanted())), path)


@pytest.fixture
def store(tmp_path: Path, session: WholeSession) -> Iterator[Store]:
    with Store.open(tmp_path / "data") as opened:
        opened.arrivals.add([session, full_session("cd" * 16, 9)])
        yield opened


@pytest.fixture(scope="module")
def laid() -> LaidOut:
    return lay_out(full_session())


def gaps(laid: LaidOut) -> int:
    """Return after how many gaps it goes on: the lost link is one of them."""
    return len({beat.segment for beat in laid.beats}) - 1


# ------------------------------------------------------------------------------------- CSV
def test_a_row_a_beat_and_a_row_a_session(store: Store, tmp_path: Path, laid: LaidOut) -> None:
    written = leave(store, tmp_path / "out.csv", Form.CSV)
    assert [path.name for path in written.files] == ["out.csv", "out-sessions.csv"]
    beats = list(csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()))
    rows = (tmp_path / "out-sessions.csv").read_text(encoding="utf-8").splitlines()
    sessions = list(csv.DictReader(rows))
    mine = [row for row in beats if row["session"] == "ab" * 16]
    assert [float(row["rr_ms"]) for row in mine] == [beat.rr_ms for beat in laid.beats]
    assert [float(row["time_s"]) for row in mine] == [beat.t_s for beat in laid.beats]
    assert {row["phase"] for row in mine} == {"quiet_before", "guided", "quiet_after", ""}
    assert {row["guide_stage"] for row in mine if row["phase"] == "guided"} >= {"inhale", "exhale"}
    assert all(row["guide_stage"] == "" for row in mine if row["phase"] != "guided")
    paused = [row for row in mine if row["paused"] == "1"]
    assert paused
    assert all(50.2 <= float(row["time_s"]) < 52.4 for row in paused)
    left_out = [row for row in mine if row["left_out"] == "1"]
    assert left_out
    assert all(9 < float(row["time_s"]) < 14 for row in left_out)
    assert [row["session"] for row in sessions] == ["ab" * 16, "cd" * 16]
    assert sessions[0]["tags"] == "evening; at home"
    assert (sessions[0]["tension_before"], sessions[0]["kindness_before"]) == ("5", "")


def test_the_decimal_mark_is_a_point_wherever_the_system_is(laid: LaidOut) -> None:
    from biofeedback.leaving.beat_tables import beat_rows, session_row

    before = beat_rows(laid), session_row(laid)
    for name in ("de_DE.UTF-8", "de_DE", "fr_FR.UTF-8"):
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        try:
            assert (beat_rows(laid), session_row(laid)) == before
        finally:
            locale.setlocale(locale.LC_ALL, "C")
    assert b"," in before[0]
    assert b"917.96875" in before[0]


def test_words_are_never_a_formula() -> None:
    from biofeedback.leaving.beat_tables import session_row

    said = Reflection(tags=("=1+1",), note='@SUM(A1)\n"two" lines')
    row = session_row(lay_out(replace(full_session(), said=said))).decode()
    (cells,) = csv.reader(row.splitlines(keepends=True))
    assert cells[-2:] == ["'=1+1", '\'@SUM(A1)\n"two" lines']


def test_the_table_of_one_session_is_read_again_as_its_beats(tmp_path: Path, laid: LaidOut) -> None:
    with Store.open(tmp_path / "one") as store:
        store.arrivals.add([full_session()])
        leave(store, tmp_path / "one.csv", Form.CSV)
    read = read_recording(tmp_path / "one.csv")
    assert read.rr_ms.tolist() == [beat.rr_ms for beat in laid.beats]
    assert read.n_gaps == gaps(laid)


# --------------------------------------------------------------------------------- RR text
def test_rr_text_has_one_interval_a_line_and_its_name_says_which_session(
    store: Store, tmp_path: Path, laid: LaidOut
) -> None:
    written = leave(store, tmp_path / "rr", Form.RR)
    assert [path.name for path in written.files] == [
        "2026-03-04-05-06-07-abababab.txt",
        "2026-03-09-05-06-07-cdcdcdcd.txt",
    ]
    lines = written.files[0].read_text(encoding="ascii").splitlines()
    kept = [beat.rr_ms for beat in laid.beats if laid.keeps(beat)]
    assert list(map(float, lines)) == kept
    assert len(kept) < len(laid.beats)
    read = read_recording(written.files[0])
    assert (read.rr_ms.tolist(), read.unit) == (kept, "ms")


# ------------------------------------------------------------------------------------ EDF+
def test_edf_opens_again_with_its_signals_and_annotations(tmp_path: Path, laid: LaidOut) -> None:
    opened = edfio.read_edf(BytesIO(edf_bytes(laid)))
    assert [signal.label for signal in opened.signals] == ["HR", "RR"]
    assert opened.startdate == datetime(2026, 3, 4, tzinfo=UTC).date()
    assert opened.starttime.strftime("%H:%M:%S.%f") == "05:06:07.890123"
    texts = [mark.text for mark in opened.annotations]
    assert texts.count("phase guided") == 1
    assert "practice paused" in texts
    assert "strap lost: dropped" in texts
    assert "left out by the person" in texts
    assert any(text.startswith("line: ") for text in texts)
    flagged = [beat for beat in laid.beats if beat.flag is not BeatFlag.NORMAL]
    assert sum(text.startswith("artefact ") for text in texts) == len(flagged)
    hr_bpm = opened.signals[0].data
    middle = next(beat for beat in laid.beats if beat.t_s > 20 and beat.flag is BeatFlag.NORMAL)
    at = int((middle.t_s - 0.3) * 4)
    assert hr_bpm[at] == pytest.approx(60_000 / middle.rr_ms, abs=0.01)


def test_our_reader_finds_the_same_beats_in_it(tmp_path: Path, laid: LaidOut) -> None:
    path = tmp_path / "a.edf"
    path.write_bytes(edf_bytes(laid))
    read = read_recording(path)
    assert read.rr_ms == pytest.approx([beat.rr_ms for beat in laid.beats], abs=0.001)
    assert read.n_gaps == gaps(laid)
    assert read.started_at is not None
    began = laid.session.started_at.replace(tzinfo=None)
    first = laid.beats[0]
    offset_s = (read.started_at - began).total_seconds()
    assert offset_s == pytest.approx(max(0.0, first.t_s - first.rr_ms / 1000), abs=0.01)


def test_an_ecg_is_in_it_sample_for_sample() -> None:
    laid = lay_out(session_with_ecg())
    opened = edfio.read_edf(BytesIO(edf_bytes(laid)))
    (ecg,) = [signal for signal in opened.signals if signal.label == "ECG"]
    assert (ecg.sampling_frequency, ecg.physical_dimension) == (260, "uV")
    sent = ecg_of(laid)
    assert sent.size > 130 * 20
    # each is there, in order; what lies between is on the way from one to the next
    places = np.rint(np.linspace(laid.ecg[0].from_s, ends_s(laid), sent.size) * 260).astype(int)
    assert np.abs(ecg.data[places] - sent).max() <= 0.51
    assert not any(isinstance(event, SensorFrame) for event in full_session().events)


def test_the_same_session_gives_the_same_bytes(laid: LaidOut) -> None:
    assert edf_bytes(laid) == edf_bytes(lay_out(full_session()))


def test_a_session_without_beats_or_a_strap_leaves_all_the_same(tmp_path: Path) -> None:
    nothing: tuple[Event, ...] = ()
    session = replace(
        full_session(), events=nothing, strap=None, n_packets=0, n_beats=0, left_out=(None,)
    )
    with Store.open(tmp_path / "one") as store:
        store.arrivals.add([session])
        for form in Form:
            leave(store, tmp_path / f"out.{form}", form)
    opened = edfio.read_edf(tmp_path / "out.edf")
    assert not opened.signals[0].data.any()
    assert (tmp_path / "out.rr").read_bytes() == b""


# ------------------------------------------------------------------------------- trouble
def test_one_that_cannot_be_played_through_is_told_and_the_others_leave(tmp_path: Path) -> None:
    lost = replace(full_session("cd" * 16, 9), choices=Choices(plan_id="gone"))
    with Store.open(tmp_path / "one") as store:
        store.arrivals.add([full_session(), lost])
        written = leave(store, tmp_path / "out.csv", Form.CSV)
        assert len(written.problems) == 1
        assert "no plan called 'gone'" in written.problems[0]
        each = leave(store, tmp_path / "rr", Form.RR)
    assert len(each.files) == len(each.problems) == 1
    assert b"cdcd" not in (tmp_path / "out.csv").read_bytes()


def test_nothing_is_written_where_one_of_the_files_is_there(store: Store, tmp_path: Path) -> None:
    (tmp_path / "out-sessions.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(CannotLeaveError, match=r"out-sessions\.csv is there already"):
        leave(store, tmp_path / "out.csv", Form.CSV)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("form", list(Form))
def test_the_size_is_told_about_right(store: Store, tmp_path: Path, form: Form) -> None:
    leaving = Leaving(form=form, chosen=choose(store, Wanted()))
    seen = preview(store, leaving)
    written = write(store, leaving, tmp_path / f"out.{form}")
    size = sum(path.stat().st_size for path in written.files)
    assert seen.about_bytes == pytest.approx(size, rel=0.2)
