"""The key file: reversible, bounded when it is read, of no use without the passphrase."""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biofeedback.sessions.errors import KeyFileError, StorageError, WrongPassphraseError
from biofeedback.sessions.key_file import (
    LONGEST_FILE_BYTES,
    Cost,
    KeyFile,
    Stage,
    StoreKey,
    passphrase_problem,
)
from biofeedback.sessions.sealed import MAGIC, SealError, is_sealed, seal, unseal

CHEAP = Cost(memory_kib=32, passes=1, lanes=1)
PASSPHRASE = "four warm little words"
KEY = StoreKey.new()
SEALED = KeyFile.seal(KEY, PASSPHRASE, CHEAP)


def test_the_passphrase_gives_the_key_back_and_another_gives_nothing() -> None:
    assert SEALED.open(PASSPHRASE) == KEY
    with pytest.raises(WrongPassphraseError, match=r"not the passphrase\. Nothing was changed"):
        SEALED.open(PASSPHRASE + " ")


def test_neither_passphrase_nor_key_can_be_read_from_the_file_or_from_a_repr() -> None:
    content = bytes(SEALED)
    for secret in (PASSPHRASE.encode(), KEY.secret, KEY.for_database(), KEY.for_files()):
        assert secret not in content
        assert secret.hex().encode() not in content
    assert KEY.secret.hex() not in repr(KEY)
    assert str(KEY.secret) not in repr(KEY)


def test_a_try_costs_what_guards_against_guessing_unless_it_is_said_otherwise() -> None:
    # RFC 9106, 4: at least 64 MiB and 3 passes over 4 lanes, where memory is short
    cost = KeyFile.seal(KEY, PASSPHRASE).cost
    assert cost.memory_kib >= 64 * 1024
    assert (cost.passes, cost.lanes) == (3, 4)


def test_the_same_key_and_passphrase_never_make_the_same_file() -> None:
    other = KeyFile.seal(KEY, PASSPHRASE, CHEAP)
    assert other.salt != SEALED.salt
    assert other.sealed != SEALED.sealed
    assert StoreKey.new() != StoreKey.new()


def test_database_and_files_have_keys_of_their_own() -> None:
    assert len({KEY.secret, KEY.for_database(), KEY.for_files()}) == 3
    assert (len(KEY.for_database()), len(KEY.for_files())) == (48, 32)
    assert KEY.secret not in KEY.for_database()


def test_an_accent_counts_the_same_however_the_keyboard_sends_it() -> None:
    sealed = KeyFile.seal(KEY, "caf\N{LATIN SMALL LETTER E WITH ACUTE} au lait", CHEAP)
    assert sealed.open("cafe\N{COMBINING ACUTE ACCENT} au lait") == KEY


@pytest.mark.parametrize("passphrase", ["", "seven77", "x" * 1025])
def test_a_passphrase_that_is_none_is_refused_in_words(passphrase: str) -> None:
    assert passphrase_problem(passphrase).startswith("A passphrase has ")
    with pytest.raises(ValueError, match="A passphrase has"):
        KeyFile.seal(KEY, passphrase, CHEAP)


@given(
    key_id=st.binary(min_size=16, max_size=16),
    salt=st.binary(min_size=16, max_size=16),
    sealed=st.binary(min_size=60, max_size=60),
    lanes=st.integers(1, 16),
    passes=st.integers(1, 16),
    more_kib=st.integers(0, 1000),
    stage=st.sampled_from(Stage),
)
def test_what_is_written_is_read_again(
    key_id: bytes, salt: bytes, sealed: bytes, lanes: int, passes: int, more_kib: int, stage: Stage
) -> None:
    cost = Cost(8 * lanes + more_kib, passes, lanes)
    file = KeyFile(key_id.hex(), cost, salt, sealed, stage)
    assert KeyFile.from_bytes(bytes(file)) == file


@given(st.binary(max_size=300))
def test_bytes_that_are_no_key_file_are_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"it is|it was|wrote it|missing"):
        KeyFile.from_bytes(content)


@given(st.integers(0, len(bytes(SEALED)) - 1), st.integers(1, 255))
def test_a_changed_byte_opens_nothing_or_the_same_key(place: int, change: int) -> None:
    content = bytearray(bytes(SEALED))
    content[place] ^= change
    try:
        file = KeyFile.from_bytes(bytes(content))
        if file.cost.memory_kib > 4096 or file.cost.passes > 4:
            return  # dear, and refused all the same: the cost is bound to the key
        assert file.open(PASSPHRASE) == KEY
    except (ValueError, WrongPassphraseError):
        return


def _changed(**changes: object) -> bytes:
    fields = json.loads(bytes(SEALED))
    kdf = changes.pop("kdf", {})
    fields |= changes
    if isinstance(kdf, dict):
        fields["kdf"] |= kdf
    else:
        fields["kdf"] = kdf
    return json.dumps(fields).encode()


@pytest.mark.parametrize(
    "content",
    [
        _changed(kdf={"memory_kib": 1024 * 1024 + 1}),
        _changed(kdf={"memory_kib": 7}),
        _changed(kdf={"memory_kib": 1e9}),
        _changed(kdf={"memory_kib": True}),
        _changed(kdf={"passes": 17}),
        _changed(kdf={"passes": 0}),
        _changed(kdf={"lanes": 10**30}),
        _changed(kdf={"salt": "00"}),
        _changed(kdf={"salt": 3}),
        _changed(kdf={"name": "scrypt"}),
        _changed(kdf=[]),
        _changed(version=2),
        _changed(stage="perhaps"),
        _changed(key_id=""),
        _changed(sealed_key="zz"),
        bytes(SEALED) + b" " * LONGEST_FILE_BYTES,
        b"[" * LONGEST_FILE_BYTES,
    ],
)
def test_what_is_out_of_bounds_is_refused_before_it_costs_anything(
    content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "sessions.key"
    path.write_bytes(content)
    with pytest.raises(KeyFileError, match=r"Put a good copy back .* Nothing was changed"):
        KeyFile.read(path)
    assert path.read_bytes() == content


def test_on_disk_it_is_for_this_user_alone_and_whole_or_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sessions.key"
    assert KeyFile.read(path) is None
    SEALED.write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert KeyFile.read(path) == SEALED

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="disk is full"):
        KeyFile.seal(KEY, "another passphrase", CHEAP).write(path)
    monkeypatch.undo()
    assert KeyFile.read(path) == SEALED
    assert [each.name for each in tmp_path.iterdir()] == ["sessions.key"]


# ------------------------------------------------------------------------------ sealed files
@given(st.binary(max_size=200))
def test_what_is_sealed_is_opened_again_by_the_same_key_alone(content: bytes) -> None:
    sealed = seal(content, KEY)
    assert is_sealed(sealed)
    assert unseal(sealed, KEY) == content
    with pytest.raises(SealError, match="another key"):
        unseal(sealed, StoreKey.new())


@given(st.data())
def test_a_sealed_file_that_was_changed_says_so(data: st.DataObject) -> None:
    sealed = bytearray(seal(b"words of one's own", KEY))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealError):
        unseal(bytes(sealed), KEY)


def test_a_sealed_file_that_was_cut_off_says_so() -> None:
    for n_bytes in range(len(MAGIC) + 28):
        with pytest.raises(SealError):
            unseal(seal(b"", KEY)[:n_bytes], KEY)
