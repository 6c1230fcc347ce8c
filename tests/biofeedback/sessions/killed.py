"""A program that sets, changes or removes a lock and is killed at each of its steps in turn.

``killed.py FOLDER set|change|remove``. A step is a file that is opened, renamed, linked or deleted;
after each kill everything has to be there and open to the old passphrase or to the new one.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from biofeedback.practice.personal import NOTHING
from biofeedback.practice.writing import Answer, Writing
from biofeedback.sessions import locking
from biofeedback.sessions.errors import WrongPassphraseError
from biofeedback.sessions.key_file import Cost
from biofeedback.sessions.personal_file import PersonalFile
from biofeedback.sessions.reflection import Felt, Moment
from biofeedback.sessions.store import Store
from biofeedback.sessions.unlocked import forget, is_lock_set
from biofeedback.types import Choices, Packet

CHEAP = Cost(memory_kib=32, passes=1, lanes=1)
OLD, NEW = "four warm little words", "another four warm words"
CANARIES = (
    b"\x10\x4dCANARY-BEATS",
    b"canary letter",
    b"canary note",
    b"canary tag",
    b"canary phrase",
    b"CA:NA:RY",
)
OWN = NOTHING.with_edit("en", "settle", "hand", "A canary phrase.")
N_PACKETS = 12
_STEPS = {"open", "os.rename", "os.link", "os.remove"}


def fill(folder: Path) -> None:
    """Make a store with something private in every place, and copies of it beside."""
    with Store.open(folder) as store:
        recorder = store.begin(
            source="ble:CA:NA:RY", choices=Choices(), started_at=datetime(2026, 1, 2, tzinfo=UTC)
        )
        for n in range(N_PACKETS):
            recorder.write(Packet(n / 7, CANARIES[0]))
        recorder.finish("completed", duration_s=43.0, n_packets=N_PACKETS, n_beats=0)
        store.reflections.set_felt(recorder.session_id, Moment.AFTER, Felt(1, 2, 3))
        store.reflections.set_note(recorder.session_id, "A canary note.")
        store.reflections.set_tags(recorder.session_id, ["canary tag"])
        store.writings.save(
            Writing("letter", (Answer("to", "Dear me,", "A canary letter."),)),
            written_at=datetime(2026, 1, 2, tzinfo=UTC),
        )
        # one that was interrupted: its packets are rows, as they came
        other = store.begin(
            source="sim:", choices=Choices(), started_at=datetime(2026, 1, 3, tzinfo=UTC)
        )
        other.write(Packet(1.0, CANARIES[0]))
    (folder / "backups").mkdir(mode=0o700, exist_ok=True)
    shutil.copy(folder / "sessions.sqlite3", folder / "backups" / "old.sqlite3")
    shutil.copy(folder / "sessions.sqlite3", folder / "sessions.schema-4-1.sqlite3")
    damaged = bytearray((folder / "sessions.sqlite3").read_bytes())
    damaged[4096:5000] = b"\xff" * 904
    (folder / "sessions.damaged-1.sqlite3").write_bytes(damaged)
    PersonalFile(folder).keep(OWN)
    (folder / "personal.unreadable-1.json").write_bytes(b"{canary phrase")


def see_that_all_is_there(store: Store) -> None:
    """Fail where something of it is missing."""
    interrupted, info = store.sessions()
    assert store.events(interrupted.id) == [Packet(1.0, CANARIES[0])]
    assert info.source == "ble:CA:NA:RY"
    assert store.events(info.id) == [Packet(n / 7, CANARIES[0]) for n in range(N_PACKETS)]
    said = store.reflections.of(info.id)
    assert (said.note, said.tags, said.after) == ("A canary note.", ("canary tag",), Felt(1, 2, 3))
    (page,) = store.writings.all()
    assert page.writing.answers[0].text == "A canary letter."
    assert store.check() == []


def _do(what: str, folder: Path) -> None:
    match what:
        case "set":
            locking.set_lock(folder, NEW, cost=CHEAP)
        case "change":
            locking.change_passphrase(folder, OLD, NEW, cost=CHEAP)
        case _:
            locking.remove_lock(folder, OLD)


def _killed_at(step: int, what: str, folder: Path) -> bool:
    """Do it in a child that kills itself at a step; return whether it came to that."""
    child = os.fork()
    if child == 0:
        left = step

        def count(event: str, _: object) -> None:
            nonlocal left
            if event in _STEPS:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        _do(what, folder)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0
        return False
    return True


def _see(folder: Path) -> None:
    forget(folder)
    with_lock = is_lock_set(folder)
    if with_lock:
        try:
            locking.unlock(folder, NEW)
        except WrongPassphraseError:
            locking.unlock(folder, OLD)
        except OSError:  # the lock was not set yet: now it is as if nobody had begun
            assert not is_lock_set(folder)
    with Store.open(folder) as store:
        see_that_all_is_there(store)
    assert PersonalFile(folder).personal == OWN
    for path in folder.rglob("*"):
        assert not path.name.endswith((".part", ".old")), path
        if path.is_file() and is_lock_set(folder):
            content = path.read_bytes()
            assert not any(canary in content for canary in CANARIES), path


def main(place: str, what: str) -> None:
    """Kill it at the first step, the second, and so on, until it comes to its end."""
    template = Path(place) / "template"
    fill(template)
    if what != "set":
        locking.set_lock(template, OLD, cost=CHEAP)
        forget(template)
    # what is imported when it is first needed is no step
    warm = Path(place) / "warm"
    shutil.copytree(template, warm)
    _do(what, warm)
    forget(warm)
    step = 1
    while True:
        folder = Path(place) / str(step)
        shutil.copytree(template, folder)
        was_killed = _killed_at(step, what, folder)
        _see(folder)
        shutil.rmtree(folder)
        if not was_killed:
            break
        step += 1
    print(step - 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
