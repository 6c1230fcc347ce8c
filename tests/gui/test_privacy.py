"""What is private stays where it is kept: no log, crash file, title, temporary file, no network."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from biofeedback.sessions.first_words import mark_seen
from biofeedback.sessions.locking import set_lock
from biofeedback.sessions.store import Store
from biofeedback.sessions.unlocked import forget
from biofeedback.types import Choices, LinkUp, Packet, Strap
from tests.biofeedback.sessions.killed import CHEAP
from tests.gui import visit

pytestmark = pytest.mark.skipif(os.name != "posix", reason="looks at a visit on Linux or macOS")

PASSPHRASE = "four warm little words"
STRACE = shutil.which("strace")
MAY_BE_CONNECTED_TO = re.compile(
    r"X11-unix|/bus$|system_bus_socket|no-bus|/pulse/|pipewire|speech-dispatcher|/nscd/|userdb"
)
"""The display, the local buses, the sound server, the speech service, the system's own users."""


@dataclass(frozen=True)
class Visited:
    """What a visit left."""

    place: Path
    told: str
    report: dict[str, Any]
    traced: str | None

    @property
    def data(self) -> Path:
        return self.place / "data"


LASTS_S = 3600


def a_store(folder: Path) -> None:
    """Make the store that the visit begins with."""
    with Store.open(folder) as store:
        recorder = store.begin(
            source=f"ble:{visit.ADDRESS}",
            choices=Choices(),
            started_at=datetime(2026, 1, 2, tzinfo=UTC),
        )
        recorder.write(LinkUp(0.0, Strap(visit.ADDRESS, visit.STRAP_NAME)))
        # the visit replays it 60 times as fast, and must not come to its end on a slow machine
        for n in range(LASTS_S):
            recorder.write(Packet(n + 1.0, visit.PACKET))
        recorder.finish("completed", duration_s=float(LASTS_S), n_packets=LASTS_S, n_beats=LASTS_S)
    mark_seen(folder)


def surroundings(place: Path) -> dict[str, str]:
    """Return the environment of a program whose every file lies in ``place``."""
    for name in ("home", "tmp"):
        (place / name).mkdir(exist_ok=True)
    mine = {
        "HOME": str(place / "home"),
        "TMPDIR": str(place / "tmp"),
        "HAND_ON_HEART_HOME": str(place / "data"),
        "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={place}/no-bus",
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={place}/no-bus",
    }
    left_out = ("XDG_", "PYTHON", "HAND_ON_HEART_DEBUG")
    return {k: v for k, v in os.environ.items() if not k.startswith(left_out)} | mine


def run(place: Path, *program: str) -> tuple[subprocess.CompletedProcess[str], str | None]:
    """Run Python under strace where there is one; return what it traced as well."""
    trace = place / "trace"
    tracer = (
        [STRACE, "-f", "-qq", "-e", "trace=socket,connect,openat", "-o", str(trace)]
        if STRACE
        else []
    )
    done = subprocess.run(
        [*tracer, sys.executable, *program],
        capture_output=True,
        text=True,
        check=False,
        env=surroundings(place),
        timeout=180,
    )
    return done, trace.read_text() if STRACE else None


@pytest.fixture(scope="module")
def visited(display: str, tmp_path_factory: pytest.TempPathFactory) -> Visited:
    place = tmp_path_factory.mktemp("visit")
    a_store(place / "data")
    report = place / "report.json"
    done, traced = run(place, "-m", "tests.gui.visit", str(report))
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(report.read_text())
    assert told["finished"], done.stderr[-3000:]
    return Visited(place, done.stdout + done.stderr, told, traced)


@pytest.fixture(scope="module")
def visited_locked(display: str, tmp_path_factory: pytest.TempPathFactory) -> Visited:
    place = tmp_path_factory.mktemp("locked")
    a_store(place / "data")
    set_lock(place / "data", PASSPHRASE, cost=CHEAP)
    forget(place / "data")
    report = place / "report.json"
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.visit", str(report), PASSPHRASE],
        capture_output=True,
        text=True,
        check=False,
        env=surroundings(place),
        timeout=180,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(report.read_text())
    assert told["finished"], done.stderr[-3000:]
    return Visited(place, done.stdout + done.stderr, told, None)


def found_in(content: bytes) -> set[str]:
    return {what for what, canary in visit.canaries().items() if canary in content}


def test_the_visit_did_hold_what_is_private(visited: Visited) -> None:
    with Store.open(visited.data) as store:
        said = next(each for each in store.reflections.all().values() if each.note)
        pages = store.writings.all()
    assert visit.WORDS in said.note
    assert visit.WORDS in said.tags[0]
    assert said.after is not None
    assert visit.WORDS in pages[0].writing.written[0].text
    # the packet, in the log that packs it, is found by whoever looks for it as it came
    assert found_in(visit.PACKET) == {"bytes"}
    assert found_in(repr(Packet(1.0, visit.PACKET)).encode()) == {"packet as Python"}


def test_no_file_outside_the_data_folder_holds_anything_private(visited: Visited) -> None:
    """Log at DEBUG, crash file, temporary files, lists of recent files: whatever there is."""
    looked_at = 0
    for path in visited.place.rglob("*"):
        if path.is_file() and visited.data not in path.parents and path.name != "trace":
            assert found_in(path.read_bytes()) == set(), path
            looked_at += 1
    assert looked_at >= 3  # log, crash file, report
    assert "line" in (visited.place / "crash.txt").read_text()


def test_inside_it_only_the_store_and_own_words_hold_them(visited: Visited) -> None:
    for path in visited.data.rglob("*"):
        if path.parent.name == "backups":
            continue  # stores, too
        if path.is_file() and not path.name.startswith(("sessions.sqlite3", "personal.json")):
            assert found_in(path.read_bytes()) == set(), path
    settings = (visited.data / "settings.ini").read_text()
    assert str(visit.RATING) not in re.findall(r"(?<==)\d+$", settings, re.M)


def test_behind_a_passphrase_no_file_holds_anything_private(
    visited: Visited, visited_locked: Visited
) -> None:
    # while it is open, the log beside the store holds it; behind a passphrase nothing does
    assert any(name.startswith("sessions.sqlite3") for name in visited.report["held_while_open"])
    assert visited_locked.report["held_while_open"] == []
    for path in visited_locked.place.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert found_in(content) == set(), path
            assert PASSPHRASE.encode() not in content, path
    assert found_in(visited_locked.told.encode()) == set()


def test_what_goes_wrong_is_told_without_a_private_word(visited: Visited) -> None:
    assert "fail_in_store" in visited.told
    assert "fail_in_window" in visited.told
    assert "KeyError" in visited.told
    assert found_in(visited.told.encode()) == set()


def test_titles_and_qts_own_messages_say_nothing(visited: Visited) -> None:
    assert visited.report["titles"] == ["Hand on Heart"]
    assert found_in("\n".join(visited.report["qt"]).encode()) == set()


def test_temporary_files_are_none(visited: Visited) -> None:
    assert list((visited.place / "tmp").iterdir()) == []
    assert list((visited.place / "home").rglob("*.xbel")) == []


def test_every_file_is_for_this_user_alone(visited: Visited) -> None:
    assert stat.S_IMODE(visited.data.stat().st_mode) == 0o700
    for path in visited.data.rglob("*"):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_the_window_opens_no_socket_but_local_ones(visited: Visited) -> None:
    families = {
        int(arguments[1])
        for event, arguments in visited.report["sockets"]
        if event == "socket.__new__"
    }
    assert families <= {socket.AF_UNIX}
    asked = {event for event, _ in visited.report["sockets"]} - {"socket.__new__"}
    assert asked <= {"socket.connect", "socket.bind"}


@pytest.mark.skipif(STRACE is None, reason="no strace (Debian: apt install strace)")
def test_neither_does_any_library_beneath_it(visited: Visited) -> None:
    assert_local(visited.traced)


@pytest.mark.skipif(STRACE is None, reason="no strace (Debian: apt install strace)")
def test_no_library_writes_a_file_anywhere_else(visited: Visited) -> None:
    assert visited.traced is not None
    written = {
        path
        for path, how in re.findall(r'openat\([^,]+, "([^"]+)", (\S+)', visited.traced)
        if "O_WRONLY" in how or "O_RDWR" in how or "O_CREAT" in how
    }
    elsewhere = {
        path
        for path in written
        if not path.startswith((str(visited.place), "/dev/", "/proc/self"))
        and "__pycache__" not in path
    }
    assert elsewhere == set()


def assert_local(traced: str | None) -> None:
    assert traced is not None
    # "unfinished" lines name the call as well
    assert set(re.findall(r"socket\((AF_\w+)", traced)) <= {"AF_UNIX", "AF_BLUETOOTH"}
    for where in re.findall(r"connect\(\d+, \{(.*?)\}", traced):
        assert "AF_UNIX" in where
        path = re.search(r'sun_path=@?"([^"]*)"', where)
        assert path is not None
        assert MAY_BE_CONNECTED_TO.search(path[1]), where


# ---------------------------------------------------------------------------- command line
_WATCHED = """
import json, sys
seen = []
def watch(event, args):
    if event.startswith("socket."):
        told = [str(each) for each in args[1:]]
        seen.append([event, int(args[1]) if event == "socket.__new__" else 0, told])
sys.addaudithook(watch)
from biofeedback.cli import main
code = main(sys.argv[1:])
sys.stderr.write("\\nSEEN " + json.dumps(seen) + "\\n")
sys.exit(code)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("commands")
    a_store(made / "data")
    return made


def watched(place: Path, *arguments: str) -> tuple[str, str, list[Any]]:
    """Run one command; return what it said, and which sockets it opened."""
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=surroundings(place) | {"DISPLAY": "", "WAYLAND_DISPLAY": ""},
        timeout=120,
    )
    assert "SEEN" in done.stderr, done.stderr[-2000:]
    said, _, seen = done.stderr.rpartition("SEEN ")
    return done.stdout, said, json.loads(seen)


@pytest.mark.parametrize(
    "arguments",
    [
        ("demo", "--headless", "--seconds", "30", "--speed", "0"),
        ("analyze", "1"),
        ("sessions",),
        ("lock",),
        ("stream", "--source", "sim:1", "--seconds", "5", "--speed", "0"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_command_opens_no_socket_but_local_ones(place: Path, arguments: tuple[str, ...]) -> None:
    assert_nothing_opened(watched(place, *arguments)[2])


def assert_nothing_opened(seen: list[Any]) -> None:
    for event, family, told in seen:
        assert event in {"socket.__new__", "socket.connect"}, (event, told)
        if event == "socket.__new__":
            assert family == socket.AF_UNIX, told
        else:
            assert MAY_BE_CONNECTED_TO.search(told[0]), told


def test_another_program_is_sent_the_heart_only_where_that_is_asked_for(place: Path) -> None:
    pytest.importorskip("pythonosc")
    told = watched(
        place, "stream", "--source", "sim:1", "--seconds", "5", "--speed", "0", "--to", "osc"
    )
    families = {family for event, family, _ in told[2] if event == "socket.__new__"}
    assert socket.AF_INET in families  # the watch sees what there is to see


@pytest.mark.skipif(STRACE is None, reason="no strace (Debian: apt install strace)")
def test_a_practice_in_the_terminal_is_as_local_beneath(place: Path) -> None:
    done, traced = run(
        place, "-m", "biofeedback", "demo", "--headless", "--seconds", "30", "--speed", "0"
    )
    assert done.returncode == 0, done.stderr
    assert_local(traced)


def test_doctor_tells_nothing_private_and_asks_the_bus_alone(place: Path) -> None:
    out, err, seen = watched(place, "doctor", "--seconds", "1")
    assert_nothing_opened(seen)
    assert "Sessions are kept in" in out
    assert found_in((out + err).encode()) == set()


def test_an_unexpected_fault_in_a_command_is_told_without_its_message(place: Path) -> None:
    program = (
        "import sys; from biofeedback.cli import parser, sessions\n"
        f"def fail(options): raise ValueError('{visit.WORDS}')\n"
        "sessions.run = fail; sys.argv = ['hand-on-heart', 'sessions']\n"
        "parser.main()"
    )
    for debug, told in (("", False), ("1", True)):
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=False,
            env=surroundings(place) | {"HAND_ON_HEART_DEBUG": debug},
        )
        assert done.returncode == 1
        assert "ValueError" in done.stderr
        # the program itself stands on the command line here: its lines are not shown
        assert (f"ValueError: {visit.WORDS}" in done.stderr) is told


def test_what_asyncio_and_threads_say_by_themselves_has_no_message_either(place: Path) -> None:
    program = (
        "import asyncio, threading\n"
        "from biofeedback.cli import unexpected; unexpected.install()\n"
        "def fail(): raise ValueError('quiet' + 'heron')\n"
        "thread = threading.Thread(target=fail); thread.start(); thread.join()\n"
        "async def main():\n"
        "    asyncio.get_running_loop().call_soon(fail)\n"
        "    await asyncio.sleep(0)\n"
        "    await asyncio.sleep(0)\n"
        "asyncio.run(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=surroundings(place),
    )
    assert done.stderr.count("ValueError") == 2
    assert visit.WORDS not in done.stderr
