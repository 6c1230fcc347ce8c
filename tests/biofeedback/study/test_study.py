"""A study's table: a row a session and phase, the same whoever does the work, resumable."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from biofeedback import analyze
from biofeedback.coming.finding import find_files
from biofeedback.leaving.laid_out import lay_out
from biofeedback.sessions.summary import ALGORITHM
from biofeedback.study.columns import COLUMNS, FIGURES
from biofeedback.study.file_rows import FileRows, rows_of_file
from biofeedback.study.persons import NoSaltError, Persons, read_salt
from biofeedback.study.phase_rows import rows_of
from biofeedback.study.workers import Dask, Here, NoDaskError, Processes, Workers
from biofeedback.study.working import errors_of, journal_of, study
from biofeedback.types import BeatFlag, Choices
from tests.biofeedback.leaving.full_session import full_session


def files_of(folder: Path) -> list[Path]:
    return sorted(find_files([folder]))


def made(folder: Path, out: Path, workers: Workers | None = None, **more: object) -> bytes:
    study(folder, files_of(folder), out, workers=workers, **more)  # type: ignore[arg-type]
    return out.read_bytes()


def table(out: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))


class Counting:
    """Workers that stop after a while, and say what they read."""

    def __init__(self, most: int = 99) -> None:
        self.read_names: list[str] = []
        self._most = most

    def read(self, files: Sequence[Path]) -> Iterator[tuple[Path, FileRows]]:
        for path in files:
            if len(self.read_names) == self._most:
                raise KeyboardInterrupt
            self.read_names.append(path.name)
            yield path, rows_of_file(path)


# ------------------------------------------------------------------------------------ rows
def test_a_row_for_the_session_and_one_for_each_phase() -> None:
    session = full_session()
    rows = rows_of(session)
    assert [row["phase"] for row in rows] == ["whole", "quiet_before", "guided", "quiet_after"]
    assert [tuple(row) for row in rows] == [tuple(name for name, _ in COLUMNS)] * 4
    assert {row["session"] for row in rows} == {session.uid}
    assert {row["algorithm"] for row in rows} == {ALGORITHM}
    whole, before, guided, _ = rows
    assert (whole["tension_before"], whole["tension_after"], whole["kindness_before"]) == (
        5,
        3,
        None,
    )
    assert (before["tension_before"], before["verdict"]) == (None, None)
    assert whole["source"] == "ble"  # and no address
    assert (before["start_s"], before["end_s"], before["left_out_s"]) == (0.0, 7.5, 0.0)
    assert (guided["start_s"], guided["left_out_s"]) == (7.5, 2.5)
    artefacts = [beat for beat in lay_out(session).beats if beat.flag is not BeatFlag.NORMAL]
    assert int(str(guided["n_beats"])) - int(str(guided["n_normal"])) <= len(artefacts)


def test_the_figures_are_those_of_analyze_over_the_beats_that_count() -> None:
    session = replace(full_session(), left_out=())
    laid = lay_out(session)
    before = rows_of(session)[1]
    beats = [beat for beat in laid.beats if laid.phase(beat.t_s) == "quiet_before"]
    alone = analyze([beat.rr_ms for beat in beats])
    assert before["n_beats"] == len(beats)
    assert before["rmssd_ms"] == pytest.approx(alone.rmssd_ms)
    assert before["mean_nn_ms"] == pytest.approx(alone.mean_nn_ms)


def test_what_is_left_out_or_paused_does_not_count() -> None:
    laid = lay_out(full_session())
    whole = rows_of(full_session())[0]
    counted = [b for b in laid.beats if laid.keeps(b) and not laid.paused(b.t_s)]
    assert whole["n_beats"] == len(counted) < len(laid.beats)


def test_a_figure_that_lacks_says_why() -> None:
    for row in rows_of(full_session()):
        reasons = json.loads(str(row["reasons"]))
        assert {name for name in FIGURES if row[name] is None} == {
            name for name in reasons if name in FIGURES
        }
    nothing = rows_of(replace(full_session(), events=()))[0]
    assert nothing["n_beats"] == 0
    assert set(json.loads(str(nothing["reasons"]))) >= set(FIGURES)


def test_one_that_cannot_be_played_through_is_a_problem_of_its_own(tmp_path: Path) -> None:
    from biofeedback.leaving.document import document_parts

    lost = replace(full_session("b" * 32, 8), choices=Choices(plan_id="gone"))
    path = tmp_path / "two.json"
    path.write_bytes(b"".join(document_parts([lost, full_session()])))
    came = rows_of_file(path)
    assert len(came.rows) == 4
    assert len(came.problems) == 1
    assert "no plan called 'gone'" in came.problems[0]


# ----------------------------------------------------------------------------------- table
def test_people_are_named_by_their_export_or_folder(people: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    studied = study(people, files_of(people), out, as_csv=True)
    rows = table(out)
    assert [name for name, _ in COLUMNS] == list(rows[0])
    assert (studied.n_persons, studied.n_sessions, studied.n_twice) == (3, 5, 1)
    by_person = {row["person"]: row for row in rows}
    assert list(by_person) == ["ann", "bob", "cy"]
    assert by_person["cy"]["file"] == "x/export.zip"
    bob = [row for row in rows if row["person"] == "bob"]
    assert [row["phase"] for row in bob] == ["whole"] * 2
    # no zone of this computer, and no date of a file
    assert [row["started_at"] for row in bob] == ["2020-01-31T07:15:10", ""]
    errors = table(errors_of(out))
    assert [row["file"] for row in errors] == ["bob/notes.txt"]
    assert len(studied.problems) == 1


def test_processes_give_the_same_bytes_and_csv_the_same_rows(people: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    one = made(people, tmp_path / "1.parquet", Here())
    assert one == made(people, tmp_path / "2.parquet", Processes(2))
    assert one == made(people, tmp_path / "1.parquet")  # out of the journal
    made(people, tmp_path / "1.csv", as_csv=True)
    read = parquet.read_table(tmp_path / "1.parquet").to_pylist()
    told = table(tmp_path / "1.csv")
    assert len(read) == len(told) == 14
    for row, cells in zip(read, told, strict=True):
        assert {name: "" if value is None else str(value) for name, value in row.items()} == cells


def test_a_scheduler_that_is_not_there_is_told(people: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    with pytest.raises(NoDaskError, match="No Dask scheduler answers"):
        made(people, tmp_path / "out.csv", Dask("nonsense://nowhere"), as_csv=True)
    assert not (tmp_path / "out.csv").exists()


# ------------------------------------------------------------------------------- resuming
def test_an_interrupted_study_goes_on_where_it_was(people: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    first = Counting(most=3)
    with pytest.raises(KeyboardInterrupt):
        made(people, out, first, as_csv=True)
    assert not out.exists()
    assert journal_of(out).exists()
    second = Counting()
    resumed = made(people, out, second, as_csv=True)
    assert len(first.read_names) == 3
    assert first.read_names + second.read_names == [path.name for path in files_of(people)]
    assert resumed == made(people, tmp_path / "fresh.csv", as_csv=True)


def test_a_journal_that_was_cut_off_or_is_of_another_version_is_mended(
    people: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    whole = made(people, out, as_csv=True)
    journal = journal_of(out)
    lines = journal.read_bytes()
    journal.write_bytes(lines[:-40])
    cut = Counting()
    assert made(people, out, cut, as_csv=True) == whole
    assert len(cut.read_names) == 1
    assert journal.read_bytes() == lines
    journal.write_bytes(lines.replace(b'"algorithm": 2', b'"algorithm": 1', 1))
    other = Counting()
    assert made(people, out, other, as_csv=True) == whole
    assert len(other.read_names) == len(files_of(people))


def test_all_that_is_written_is_private(people: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    made(people, out, as_csv=True)
    for path in (out, journal_of(out), errors_of(out)):
        assert path.stat().st_mode & 0o077 == 0


# ------------------------------------------------------------------------------ pseudonyms
def test_pseudonyms_are_steady_and_need_the_salt(people: Path, tmp_path: Path) -> None:
    tables = []
    for salt in (b"one secret of sixteen", b"one secret of sixteen", b"another of them, too"):
        out = tmp_path / "out.csv"
        made(people, out, persons=Persons(salt), as_csv=True)
        tables.append(table(out))
    names = [[row["person"] for row in rows] for rows in tables]
    assert names[0] == names[1] != names[2]
    assert len(set(names[0])) == 3
    assert not {"ann", "bob", "cy"} & set(names[0])
    assert {row["file"] for row in tables[0]} == {""}


def test_a_salt_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoSaltError, match="cannot be read"):
        read_salt(tmp_path / "salt")
    (tmp_path / "salt").write_bytes(b"short")
    with pytest.raises(NoSaltError, match="5 bytes"):
        read_salt(tmp_path / "salt")


def test_words_of_others_are_never_a_formula(tmp_path: Path) -> None:
    from biofeedback.leaving.document import document_parts

    session = replace(full_session(), events=(), source="=cmd()")
    (tmp_path / "=1+1").mkdir()
    (tmp_path / "=1+1" / "a.json").write_bytes(b"".join(document_parts([session])))
    out = tmp_path / "out.csv"
    study(tmp_path, [tmp_path / "=1+1" / "a.json"], out, as_csv=True)
    (row,) = [row for row in table(out) if row["phase"] == "whole"]
    assert (row["person"], row["source"], row["file"]) == ("'=1+1", "'=cmd()", "'=1+1/a.json")
