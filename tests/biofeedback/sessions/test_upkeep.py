"""What a store does for itself: it looks for damage, backs up, and packs, and stops when told."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

from biofeedback.sessions.backups import back_up, backups
from biofeedback.sessions.database import FILE_NAME
from biofeedback.sessions.store import Store
from tests.biofeedback.sessions.test_backups import TODAY, spoil
from tests.biofeedback.sessions.test_deletion import record
from tests.biofeedback.sessions.test_recorded_events import as_rows

LIMIT_S = 30.0


def keep_up(store: Store, today: date = TODAY) -> list[str]:
    """Let one round come to its end; return what was said."""
    said: list[str] = []
    done = threading.Event()
    assert store.begin_upkeep(today, said.append, done.set)
    assert done.wait(LIMIT_S)
    return said


def test_it_backs_up_and_packs_what_earlier_versions_left(store: Store, folder: Path) -> None:
    session_id = record(store)
    events = store.events(session_id)
    as_rows(store, session_id)
    assert keep_up(store) == []
    assert [backup.day for backup in backups(folder)] == [TODAY]
    assert store.recorded.unpacked() == []
    assert store.events(session_id) == events


def test_it_is_done_once(store: Store) -> None:
    record(store)
    keep_up(store)
    assert not store.begin_upkeep(TODAY, print)


def test_damage_is_said_and_never_backed_up(folder: Path) -> None:
    with Store.open(folder) as store:
        for _ in range(4):
            record(store)
    back_up(folder, TODAY)
    spoil(folder / FILE_NAME)
    with Store.open(folder) as store:
        (said,) = keep_up(store, date(2026, 3, 5))
    assert "is damaged" in said
    assert "hand-on-heart store restore" in said
    assert "\n" not in said
    assert [backup.day for backup in backups(folder)] == [TODAY]


def test_closing_the_store_stops_it_at_once_and_leaves_nothing_half_done(folder: Path) -> None:
    with Store.open(folder) as store:
        for _ in range(3):
            record(store)
        said: list[str] = []
        store.begin_upkeep(TODAY, said.append)
    assert said == []
    assert not any(thread.name == "upkeep" for thread in threading.enumerate())
    assert list((folder / "backups").glob(".*")) == []
