"""The promise: whatever is cut off, and whenever, what was said to be kept is there.

A random but seeded day of a person is lived on a disk that notes everything. Then the power is cut
at 200 of its moments, and each time the store that is left holds exactly what it held before the
call that was cut off, or after it: no event that was reported is lost, nothing is half done.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import pytest

from biofeedback.practice.writing import Answer, Writing
from biofeedback.sessions.backups import back_up, backups
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.kept_figures import Figures
from biofeedback.sessions.recorder import SessionRecorder
from biofeedback.sessions.reflection import Felt, Moment
from biofeedback.sessions.store import FILE_NAME, Store
from biofeedback.sessions.summary import ALGORITHM
from biofeedback.types import Choices, Event, LinkUp, Packet, Strap
from tests.biofeedback.sessions.conftest import STARTED_AT
from tests.biofeedback.sessions.faulty_disk import FaultyDisk, library
from tests.biofeedback.sessions.test_schema import restore

N_CUTS = 200
N_STEPS = 260
N_REFUSALS = 40
SEED = 20260304
FULL, WRITE_FAILED, SYNC_FAILED = 13, 778, 1034
"""SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC."""

pytestmark = pytest.mark.skipif(library() is None, reason="this Python hides its SQLite")

State = tuple[object, ...]


def state(store: Store) -> State:
    """All that a person could see of a store."""
    return (
        [
            (info.uid, info.ended, info.duration_s, info.summary, store.events(info.id))
            for info in store.sessions()
        ],
        store.reflections.all(),
        store.figures.all(),
        store.left_out.all(),
        store.writings.all(),
    )


class Day:
    """What a person may do to a store, a seeded step after the other."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self.folder = folder
        self.chance = chance
        self.store = Store.open(folder)
        self.running: list[SessionRecorder] = []
        self.over: list[int] = []
        self.deleted: list[int] = []
        self.n = 0

    def step(self) -> None:
        """Do one thing."""
        self.n += 1
        what = self.chance.choices(
            (self.write, self.begin, self.finish, self.say, self.delete, self.letter, self.tend),
            (60, 4, 4, 9, 4, 5, 5),
        )[0]
        what()

    def begin(self) -> None:
        if len(self.running) < 2:
            felt = Felt(tension=self.n % 11)
            self.running.append(
                self.store.begin(
                    source="sim:", choices=Choices(), started_at=STARTED_AT, felt_before=felt
                )
            )

    def write(self) -> None:
        if self.running:
            self.chance.choice(self.running).write(self.event())

    def event(self) -> Event:
        if self.chance.random() < 0.1:
            return LinkUp(float(self.n), Strap("AA", f"strap {self.n}"))
        return Packet(self.n / 7, self.chance.randbytes(self.chance.choice((4, 6, 240, 3000))))

    def finish(self) -> None:
        if self.running:
            recorder = self.running.pop(0)
            self.over.append(recorder.session_id)
            recorder.finish(
                "completed",
                duration_s=float(self.n),
                n_packets=1,
                n_beats=1,
                summary={"algorithm": ALGORITHM, "n": self.n},
                figures=Figures(algorithm=ALGORITHM, before_hr_bpm=float(self.n)),
            )

    def say(self) -> None:
        if not self.over:
            return
        session_id = self.chance.choice(self.over)
        said = self.store.reflections
        match self.chance.randrange(5):
            case 0:
                said.set_note(session_id, f"note {self.n} " * self.chance.randrange(400))
            case 1:
                said.set_tags(session_id, [f"tag {self.n}", "evening"])
            case 2:
                said.set_felt(session_id, Moment.AFTER, Felt(distress=self.n % 11))
            case 3:
                self.store.left_out.add(session_id, (float(self.n), self.n + 2.5))
            case _:
                figures = Figures(algorithm=ALGORITHM, after_hr_bpm=float(self.n))
                self.store.figures.set(session_id, figures, {"again": self.n})

    def delete(self) -> None:
        if self.deleted and self.chance.random() < 0.4:
            session_id = self.deleted.pop()
            self.store.restore([session_id])
            self.over.append(session_id)
        elif len(self.over) > 2:
            session_id = self.over.pop(self.chance.randrange(len(self.over)))
            self.store.delete([session_id])
            self.deleted.append(session_id)

    def letter(self) -> None:
        writings = self.store.writings
        if self.chance.random() < 0.6:
            text = f"letter {self.n} " * self.chance.randrange(300)
            writings.save(
                Writing("letter", (Answer("dear", "Start.", text),)), written_at=STARTED_AT
            )
        elif there := writings.all():
            writings.delete(self.chance.choice(there).id)
        else:
            writings.purge()

    def tend(self) -> None:
        match self.chance.randrange(4):
            case 0:
                self.store.purge()
                self.deleted.clear()
            case 1:
                self.store.make_small()
            case 2 if not self.running:
                self.store.close()
                self.store = Store.open(self.folder)
                self.deleted.clear()
            case _:
                self.store.writings.purge()


@dataclass(frozen=True)
class Lived:
    """A day: the disk, and what was there after which of its doings."""

    disk: FaultyDisk
    folder: Path
    after: list[int]
    states: list[State]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """A whole day without a fault."""
    folder = tmp_path_factory.mktemp("day").resolve() / "data"
    with FaultyDisk() as disk:
        day = Day(folder, Random(SEED))
        after, states = [len(disk.done)], [state(day.store)]
        for _ in range(N_STEPS):
            day.step()
            after.append(len(disk.done))
            states.append(state(day.store))
        day.store.close()
    return Lived(disk, folder, after, states)


def test_a_power_cut_at_any_moment_leaves_what_was_there_before_it_or_after(
    lived: Lived, tmp_path: Path
) -> None:
    chance = Random(SEED)
    cuts = sorted(chance.sample(range(lived.after[0], lived.after[-1] + 1), N_CUTS))
    inside = 0
    for n, cut in enumerate(cuts):
        folder = tmp_path / str(n)
        folder.mkdir()
        lived.disk.after_a_cut(cut, lived.folder, folder, chance)
        with Store.open(folder) as store:
            assert store.check(thoroughly=True) == [], cut
            found = state(store)
        step = bisect_right(lived.after, cut) - 1
        before, then = lived.states[step], lived.states[min(step + 1, N_STEPS)]
        assert found in (before, then), (cut, step)
        inside += cut != lived.after[step]
        if cut == lived.after[step]:
            assert found == before, (cut, step)
    # the day was a full one, and most cuts fell into the middle of something
    assert inside > N_CUTS / 4
    assert sum(done.what == "sync" for done in lived.disk.done) > N_STEPS / 2
    written = {done.path for done in lived.disk.done if done.what == "write"}
    assert {Path(path).name for path in written} >= {FILE_NAME, f"{FILE_NAME}-wal"}


def test_after_a_cut_the_practice_goes_on_where_it_was_left(lived: Lived, tmp_path: Path) -> None:
    chance = Random(SEED + 1)
    for n, cut in enumerate(chance.sample(range(lived.after[-1] // 2, lived.after[-1]), 10)):
        folder = tmp_path / str(n)
        folder.mkdir()
        lived.disk.after_a_cut(cut, lived.folder, folder, chance)
        with Store.open(folder) as store:
            for info in store.unfinished():
                events = store.events(info.id)
                assert store.close_interrupted(info.id, duration_s=1.0, n_packets=1, n_beats=0)
                assert store.events(info.id) == events
            recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
            recorder.write(Packet(1.0, b"on"))
            recorder.finish("completed", duration_s=1.0, n_packets=1, n_beats=0)
            assert store.events(recorder.session_id) == [Packet(1.0, b"on")]
            assert store.check(thoroughly=True) == []


def test_a_power_cut_while_an_old_file_is_brought_up_to_date_loses_nothing(tmp_path: Path) -> None:
    chance = Random(SEED)
    folder = tmp_path.resolve() / "data"
    with FaultyDisk() as disk:
        restore(4, folder)
        disk.settle()
        begin = len(disk.done)
        with Store.open(folder) as store:
            expected = state(store)
        end = len(disk.done)
    for n, cut in enumerate(chance.sample(range(begin, end + 1), 15)):
        left = tmp_path / str(n)
        left.mkdir()
        disk.after_a_cut(cut, folder, left, chance)
        with Store.open(left) as store:
            assert state(store) == expected, cut
            assert store.check(thoroughly=True) == []


@pytest.mark.parametrize("code", [FULL, WRITE_FAILED, SYNC_FAILED])
def test_a_disk_that_refuses_for_a_while_loses_nothing(tmp_path: Path, code: int) -> None:
    """Everything that is written while it refuses waits in memory, in order, and comes through."""
    chance = Random(SEED + code)
    left = 0

    def refuses(what: str, path: str) -> int:
        nonlocal left
        if left <= 0 or (what == "sync") != (code == SYNC_FAILED):
            return 0
        left -= 1
        return code

    with FaultyDisk() as disk, Store.open(tmp_path / "data") as store:
        others = {}
        for n in range(3):
            recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
            recorder.write(Packet(float(n), b"other"))
            recorder.finish("completed", duration_s=1.0, n_packets=1, n_beats=0)
            others[recorder.session_id] = store.events(recorder.session_id)
        recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
        disk.refuses = refuses
        written: list[Event] = []
        said: list[str] = []
        for n in range(N_REFUSALS * 5):
            if chance.random() < 0.2:
                left = chance.randrange(1, 5)
            written.append(Packet(n / 7, chance.randbytes(chance.choice((4, 240, 3000)))))
            try:
                recorder.write(written[-1])
            except StorageError as error:
                said.append(str(error))
                assert recorder.pending
            on_disk = store.events(recorder.session_id)
            # one that was reported lost may have come through all the same
            assert on_disk == written[: len(on_disk)]
            assert len(on_disk) >= len(written) - recorder.pending
        assert len(said) > N_REFUSALS / 4
        assert all("isk" in sentence for sentence in said)
        left = 0
        recorder.finish("completed", duration_s=1.0, n_packets=1, n_beats=0)
        assert store.events(recorder.session_id) == written
        assert store.check(thoroughly=True) == []
        for session_id, events in others.items():
            assert store.events(session_id) == events


def test_a_disk_that_is_full_in_the_middle_of_tidying_up_spoils_nothing(tmp_path: Path) -> None:
    """Backing up, making small and deleting for good either happen or did not happen."""
    folder, chance = tmp_path.resolve() / "data", Random(SEED)
    with FaultyDisk() as disk, Store.open(folder) as store:
        for n in range(12):
            recorder = store.begin(source="sim:", choices=Choices(), started_at=STARTED_AT)
            recorder.write(Packet(float(n), chance.randbytes(9000)))
            recorder.finish("completed", duration_s=1.0, n_packets=1, n_beats=0)
        made = back_up(folder, date(2026, 3, 4))
        store.delete([2, 3])
        store.reflections.set_note(1, "something new")
        expected = state(store)
        for work in (lambda: back_up(folder, date(2026, 3, 5)), store.make_small, store.purge):
            said: list[str] = []
            for left in (0, 1, 3, 9):
                passed = 0

                def refuses(what: str, path: str) -> int:
                    nonlocal passed
                    passed += what == "write"
                    return FULL if what == "write" and passed > left else 0  # noqa: B023

                disk.refuses = refuses
                try:
                    work()
                except StorageError as error:
                    said.append(str(error))
                disk.refuses = None
                assert state(store) == expected
                assert store.check(thoroughly=True) == []
            assert len(said) > 1
            assert all("disk" in sentence for sentence in said)
            assert [path.name for path in (folder / "backups").glob(".*")] == []
            assert made in backups(folder)
        assert store.purge() in (0, 2)
        store.make_small()
        assert state(store) == expected
