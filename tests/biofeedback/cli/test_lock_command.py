"""``lock``: set, change, remove and remember; and how other commands ask."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from biofeedback.sessions import locking
from biofeedback.sessions.locking import NO_RECOVERY
from biofeedback.sessions.personal_file import PersonalFile
from biofeedback.sessions.store import Store
from biofeedback.sessions.unlocked import forget, held
from tests.biofeedback.cli.conftest import Command
from tests.biofeedback.sessions.killed import CHEAP, NEW, OLD, OWN

VARIABLE = "HAND_ON_HEART_PASSPHRASE_FILE"


@pytest.fixture
def locked(home: Path) -> Iterator[Path]:
    home.mkdir()
    PersonalFile(home).keep(OWN)
    Store.open(home).close()
    locking.set_lock(home, OLD, cost=CHEAP)
    forget(home)
    yield home
    forget(home)


@pytest.fixture
def passphrase_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "passphrase"
    path.touch(mode=0o600)
    path.write_text(OLD + "\n", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(path))
    return path


class InProcess(KeyringBackend):
    """A keyring that lasts as long as the test."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def system_keyring() -> Iterator[InProcess]:
    before, ours = keyring.get_keyring(), InProcess()
    keyring.set_keyring(ours)
    yield ours
    keyring.set_keyring(before)


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_no_recovery_is_said_first_and_has_to_be_confirmed(
    command: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, OLD)
    said = command("lock", "set", "--stdin")
    assert said.code == 1
    assert said.err.startswith(NO_RECOVERY)
    assert "Nothing was changed" in said.err
    assert not (home / "sessions.key").exists()


def test_set_change_remove_from_a_script(
    command: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No passphrase is set" in command("lock").out
    typed(monkeypatch, OLD)
    assert command("lock", "set", "--yes", "--stdin").code == 0
    forget(home)
    assert json.loads(command("lock", "status", "--json").out)["locked"] is True
    typed(monkeypatch, OLD, NEW)
    assert "The new passphrase opens" in command("lock", "change", "--stdin").out
    forget(home)
    typed(monkeypatch, OLD)
    refused = command("lock", "remove", "--stdin")
    assert refused.code == 1
    assert "not the passphrase. Nothing was changed" in refused.err
    typed(monkeypatch, NEW)
    assert command("lock", "remove", "--stdin").code == 0
    assert not (home / "sessions.key").exists()
    for what in ("change", "remove", "remember", "forget"):
        assert "No passphrase is set" in command("lock", what).err


def test_a_passphrase_never_stands_on_the_command_line(command: Command) -> None:
    for what in ("set", "change", "remove"):
        assert command("lock", what, OLD).code == 2


def test_what_opens_the_store_says_how_where_nobody_can_be_asked(
    command: Command, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch)
    for arguments in (
        ("sessions",),
        ("writing",),
        ("words", "show"),
        ("plan", "list"),
        ("analyze", "1"),
        ("practice", "--source", "sim:1", "--speed", "0", "--json"),
        ("stream", "--source", "replay:1", "--speed", "0"),
    ):
        said = command(*arguments)
        assert said.code == 1, arguments
        assert "What is kept is locked." in said.err, arguments
        assert VARIABLE in said.err
        assert said.out == ""


def test_a_file_that_a_script_names_opens_it(
    command: Command, locked: Path, passphrase_file: Path
) -> None:
    assert command("sessions").code == 0
    forget(locked)
    assert "phrase" in command("words", "show").out


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_a_file_that_others_can_read_is_refused(
    command: Command, locked: Path, passphrase_file: Path
) -> None:
    passphrase_file.chmod(0o640)
    said = command("sessions")
    assert said.code == 1
    assert "Others can read" in said.err


@pytest.mark.parametrize("content", [b"\xff\xfe\n", None, b"wrong passphrase\n"])
def test_a_file_that_is_of_no_use_is_a_sentence(
    command: Command, locked: Path, passphrase_file: Path, content: bytes | None
) -> None:
    if content is None:
        passphrase_file.unlink()
    else:
        passphrase_file.write_bytes(content)
    said = command("sessions")
    assert said.code == 1
    assert said.err.startswith("hand-on-heart: ")
    assert held(locked) is None


def test_doctor_says_that_it_is_locked_and_asks_nothing(command: Command, locked: Path) -> None:
    from biofeedback.cli.doctor import Answer, data_check

    check = data_check()
    assert check.answer is Answer.OK
    assert "locked with your passphrase" in check.words.sentence


_IN_TERMINAL = """
import os, sys
os.login_tty(os.dup(0))
os.execv(sys.executable, [sys.executable, "-m", "biofeedback", "sessions"])
"""


@pytest.mark.skipif(not hasattr(os, "login_tty"), reason="Windows has no pseudo-terminals")
def test_in_a_terminal_it_is_asked_for_and_never_shown(locked: Path) -> None:
    terminal, its_end = os.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", _IN_TERMINAL],
        stdin=its_end,
        stdout=its_end,
        stderr=its_end,
        env=os.environ | {"HAND_ON_HEART_HOME": str(locked)},
    )
    os.close(its_end)
    seen = b""
    while b"Passphrase: " not in seen:
        seen += os.read(terminal, 1000)
    os.write(terminal, b"a wrong passphrase\n")
    while seen.count(b"Passphrase: ") < 2:
        seen += os.read(terminal, 1000)
    os.write(terminal, OLD.encode() + b"\n")
    with suppress(OSError):  # the terminal ends with the program
        while more := os.read(terminal, 1000):
            seen += more
    os.close(terminal)
    assert program.wait() == 0, seen
    assert b"That is not the passphrase" in seen
    assert b"Nothing is kept yet" in seen
    assert OLD.encode() not in seen
    assert b"a wrong passphrase" not in seen


# ------------------------------------------------------------------------------ the keyring
def test_what_is_remembered_opens_it_until_it_is_forgotten(
    command: Command,
    locked: Path,
    system_keyring: InProcess,
    passphrase_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert command("lock", "remember").code == 0
    forget(locked)
    monkeypatch.delenv(VARIABLE)
    typed(monkeypatch)
    assert command("sessions").code == 0
    # another passphrase leaves the key as it is
    typed(monkeypatch, OLD, NEW)
    assert command("lock", "change", "--stdin").code == 0
    forget(locked)
    assert command("sessions").code == 0
    assert OLD not in str(system_keyring.kept)
    assert "keyring remembers the key" in command("lock").out
    assert command("lock", "forget").code == 0
    assert system_keyring.kept == {}
    forget(locked)
    assert "What is kept is locked." in command("sessions").err


def test_removing_the_lock_takes_the_key_out_of_the_keyring(
    command: Command, locked: Path, system_keyring: InProcess, passphrase_file: Path
) -> None:
    assert command("lock", "remember").code == 0
    assert system_keyring.kept
    assert command("lock", "remove").code == 0
    assert system_keyring.kept == {}


def test_a_remembered_key_that_is_nonsense_is_passed_over(
    command: Command, locked: Path, system_keyring: InProcess, passphrase_file: Path
) -> None:
    assert command("lock", "remember").code == 0
    for name in system_keyring.kept:
        system_keyring.kept[name] = "no key"
    forget(locked)
    assert command("sessions").code == 0  # by the file


@pytest.mark.parametrize("absent", [fail.Keyring, null.Keyring])
def test_a_computer_without_a_keyring_says_so(
    command: Command, locked: Path, passphrase_file: Path, absent: type[KeyringBackend]
) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(absent())
    try:
        said = command("lock", "remember")
        assert said.code == 1
        assert "no keyring to remember it in" in said.err
        assert command("sessions").code == 0
    finally:
        keyring.set_keyring(before)


def test_a_keyring_that_fails_is_a_sentence_that_quotes_nothing(
    command: Command,
    locked: Path,
    system_keyring: InProcess,
    passphrase_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(service: str, username: str, password: str) -> None:
        raise RuntimeError(f"cannot keep {password}")

    monkeypatch.setattr(system_keyring, "set_password", refuse)
    said = command("lock", "remember")
    assert said.code == 1
    key = held(locked)
    assert key is not None
    assert key.secret.hex() not in said.err
    assert "keyring did not take the key (RuntimeError)" in said.err


def test_without_the_library_it_says_which_package(locked: Path) -> None:
    program = (
        "import sys; sys.modules['keyring'] = None\n"
        "from biofeedback.cli import main; sys.exit(main(['lock', 'remember']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"HAND_ON_HEART_HOME": str(locked)},
    )
    assert done.returncode == 1
    assert "hand-on-heart[keyring]" in done.stderr
