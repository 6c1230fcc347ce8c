"""Other programs' recordings become sessions: the file kept, the beats as from a strap."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from biofeedback import analyze
from biofeedback.coming.bringing_in import How, bring_in
from biofeedback.coming.finding import NothingThereError, find_files
from biofeedback.engine import Engine
from biofeedback.practice.listening import RECORDING, recording_choices
from biofeedback.run import replay
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.formats import read_recording
from biofeedback.sessions.info import Ended
from biofeedback.sessions.recorded import read_session
from biofeedback.sessions.store import Store
from biofeedback.sessions.whole import WholeSession
from biofeedback.timeline import timeline
from biofeedback.types import Action, Marker
from tests.biofeedback.leaving.full_session import full_session

SHARED = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data") as opened:
        yield opened


def write_rr(path: Path, seed: int = 0, n: int = 200) -> Path:
    rr_ms = 850 + 60 * np.sin(np.arange(n) / 5 + seed)
    path.write_text("\n".join(f"{value:.0f}" for value in rr_ms), encoding="utf-8")
    return path


def test_an_imported_session_is_a_session_and_keeps_the_file(store: Store, tmp_path: Path) -> None:
    path = write_rr(tmp_path / "rr.txt")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    (came,) = bring_in([path], store)
    assert came.how is How.NEW
    (info,) = store.sessions()
    assert (info.plan, info.ended, info.n_beats) == (RECORDING, Ended.SOURCE_ENDED, 200)
    assert info.source == "import:RR text, dated by its file"
    assert info.started_at == datetime.fromtimestamp(1_700_000_000, UTC)
    assert "bears the date of the file" in came.words[-1]
    imported = store.arrivals.imported(info.id)
    assert imported is not None
    assert (imported.file_name, imported.content) == ("rr.txt", path.read_bytes())
    assert imported.sha256 == sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "name",
    [
        "rhenan_hrv/rest_rri.txt",
        "rhenan_hrv/exercise_rri.hrm",
        "polar_h10_dhyb/sample_data_ibi.csv",
    ],
)
def test_its_beats_are_those_of_the_file_to_a_tick(store: Store, tmp_path: Path, name: str) -> None:
    path = SHARED / name
    list(bring_in([path], store))
    mine = read_session(store.sessions()[0].id, store.path.parent)
    theirs = read_recording(path)
    fits = theirs.rr_ms < 64_000
    assert np.abs(mine.rr_ms - theirs.rr_ms[fits]).max() <= 500 / 1024
    both = analyze(mine), analyze(theirs)
    assert both[0].hr_bpm == pytest.approx(both[1].hr_bpm, abs=0.05)
    # a beat at the very edge of the artefact rule may fall to the other side
    assert abs(both[0].n_normal - both[1].n_normal) <= 1
    assert both[0].rmssd_ms == pytest.approx(both[1].rmssd_ms, rel=0.02)


@pytest.mark.parametrize("name", ["flirt/empatica_IBI.csv", "rhenan_hrv/noisy_rri.hrm"])
def test_no_beat_of_it_is_lost_on_the_way_of_a_strap(store: Store, name: str) -> None:
    list(bring_in([SHARED / name], store))
    theirs = read_recording(SHARED / name)
    assert store.sessions()[0].n_beats == np.count_nonzero(theirs.rr_ms < 64_000)


def test_a_recording_replays_without_phases_and_a_marker_changes_nothing(
    store: Store, tmp_path: Path
) -> None:
    list(bring_in([write_rr(tmp_path / "rr.txt")], store))
    (info,) = store.sessions()
    events = store.events(info.id)
    updates, summary = replay(events, info.choices, info.duration_s)
    assert info.summary == summary.to_dict()
    assert summary.phases == ()
    assert summary.verdict is None
    laid = timeline(events, info.choices, info.duration_s)
    assert laid.stretches == ()
    assert laid.updates == tuple(updates)
    engine = Engine(recording_choices())
    assert engine.step(Marker(1.0, Action.PAUSE)) == []
    assert engine.breath_at(1.0) is None


def test_the_same_file_is_known_again_whatever_it_is_called(store: Store, tmp_path: Path) -> None:
    path = write_rr(tmp_path / "rr.txt")
    list(bring_in([path], store))
    copy = tmp_path / "copy.txt"
    copy.write_bytes(path.read_bytes())
    came = list(bring_in([copy, path], store))
    assert [each.how for each in came] == [How.KNOWN] * 2
    assert store.n_sessions() == 1


def test_the_same_file_twice_at_once_comes_once(store: Store, tmp_path: Path) -> None:
    first, second = write_rr(tmp_path / "a.txt"), write_rr(tmp_path / "b.txt")
    assert [each.how for each in bring_in([first, second], store)] == [How.NEW, How.KNOWN]
    assert store.n_sessions() == 1


def whole(store: Store, number: int) -> WholeSession:
    info = store.session(number)
    return store.arrivals.whole(info, store.events(number), store.reflections.of(number))


def test_any_number_of_processes_brings_the_same(tmp_path: Path) -> None:
    files = [write_rr(tmp_path / f"{seed}.txt", seed) for seed in range(5)]
    (tmp_path / "bad.txt").write_text("no numbers", encoding="utf-8")
    files.insert(2, tmp_path / "bad.txt")
    found = []
    for jobs in (1, 2):
        with Store.open(tmp_path / f"store{jobs}") as store:
            came = list(bring_in(files, store, jobs=jobs))
            sessions = [whole(store, info.id) for info in store.sessions()]
            found.append((came, sorted(sessions, key=lambda each: each.uid)))
    assert found[0] == found[1]
    assert [each.how for each in found[0][0]].count(How.PROBLEM) == 1
    assert len(found[0][1]) == 5


def test_an_interruption_keeps_what_was_read_and_the_next_goes_on(
    store: Store, tmp_path: Path
) -> None:
    files = [write_rr(tmp_path / f"{seed}.txt", seed) for seed in range(5)]
    arriving = bring_in(files, store)
    for _ in range(3):
        next(arriving)
    arriving.close()
    assert store.n_sessions() == 3
    hows = [each.how for each in bring_in(files, store)]
    assert hows == [How.KNOWN] * 3 + [How.NEW] * 2


def test_a_batch_goes_to_disk_as_a_whole(store: Store, tmp_path: Path) -> None:
    files = [write_rr(tmp_path / f"{seed}.txt", seed) for seed in range(5)]
    counts = [store.n_sessions() for _ in bring_in(files, store, batch=2)]
    assert counts == [0, 2, 2, 4, 4]
    assert store.n_sessions() == 5


def test_two_programs_that_bring_the_same_bring_it_once(tmp_path: Path) -> None:
    files = [write_rr(tmp_path / f"{seed}.txt", seed) for seed in range(3)]
    with Store.open(tmp_path / "data") as one, Store.open(tmp_path / "data") as two:
        slow = bring_in(files, one)
        next(slow)
        list(bring_in(files[:2], two))
        assert [each.how for each in slow] == [How.NEW] * 2
        assert one.n_sessions() == 3


def test_nothing_half_is_kept_where_one_of_them_fails(store: Store) -> None:
    twice = full_session("1" * 32)
    with pytest.raises(ValueError, match="here already"):
        store.arrivals.add([full_session("0" * 32), twice, replace(twice)])
    assert store.n_sessions() == 0


def test_a_session_that_is_being_deleted_is_not_brought_back(store: Store, tmp_path: Path) -> None:
    path = write_rr(tmp_path / "rr.txt")
    list(bring_in([path], store))
    store._connection.execute("UPDATE session SET deleted = 1")
    store._connection.execute("DELETE FROM imported")
    (came,) = bring_in([path], store)
    assert came.how is How.PROBLEM
    assert "deleted this session a moment ago" in came.words[0]


# --------------------------------------------------------------------------------- folders
def test_a_folder_gives_its_files_once_and_in_order(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a.txt", ".hidden", "b/.git/x", "nsr.hea", "b/one.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1", encoding="utf-8")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    found = find_files([tmp_path, tmp_path / "a.txt"])
    assert [str(path.relative_to(tmp_path)) for path in found] == [
        "a.txt",
        "b/one.csv",
        "b/two.txt",
    ]


def test_a_name_of_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(NothingThereError, match="no file or folder"):
        find_files([tmp_path / "nowhere"])


def test_a_store_that_is_gone_stops_it_with_a_sentence(store: Store, tmp_path: Path) -> None:
    path = write_rr(tmp_path / "rr.txt")
    store.path.rename(store.path.with_name("elsewhere"))
    with pytest.raises(StorageError, match="moved or deleted"):
        list(bring_in([path], store))
