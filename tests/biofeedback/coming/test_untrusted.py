"""A file that anybody may have made: bounded, told in a sentence, never in the others' way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biofeedback.coming.bringing_in import Came, How, bring_in
from biofeedback.leaving.archive import write_archive
from biofeedback.leaving.document import document_parts
from biofeedback.practice.personal import NOTHING
from biofeedback.sessions.store import Store
from biofeedback.sessions.whole_json import NotASessionError, from_plain, to_plain
from tests.biofeedback.leaving.full_session import full_session

QUIET = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("store")) as opened:
        yield opened


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.zip"
    with path.open("wb") as file:
        write_archive(file, [full_session()], NOTHING)
    return path


def seen(store: Store, *paths: Path) -> list[Came]:
    return list(bring_in(paths, store, preview=True))


def members(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, content: dict[str, bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def only_problem(came: list[Came]) -> str:
    assert [each.how for each in came] == [How.PROBLEM]
    (sentence,) = came[0].words
    assert sentence.count("\n") == 0
    assert sentence.endswith(".")
    return sentence


def test_a_bomb_is_refused_before_it_is_unpacked(store: Store, good: Path, tmp_path: Path) -> None:
    content = members(good)
    bomb = packed(tmp_path / "bomb.zip", content | {"sessions/0.json": bytes(2**28)})
    assert bomb.stat().st_size < 2**20
    assert "far more than an export holds" in only_problem(seen(store, bomb))


def test_names_in_a_zip_are_never_paths(store: Store, good: Path, tmp_path: Path) -> None:
    content = members(good)
    manifest = json.loads(content["manifest.json"])
    (name,) = [name for name in content if name.startswith("sessions/")]
    evil = "sessions/../../../evil.json"
    manifest["sha256"][evil] = manifest["sha256"].pop(name)
    content[evil] = content.pop(name)
    content["manifest.json"] = json.dumps(manifest).encode()
    (tmp_path / "inside").mkdir()
    (came,) = seen(store, packed(tmp_path / "inside" / "evil.zip", content))
    assert came.how is How.NEW  # it is a session like any other, whatever it is called
    assert sorted(each.name for each in tmp_path.rglob("*.json")) == []


def test_what_was_changed_in_a_zip_is_told(store: Store, good: Path, tmp_path: Path) -> None:
    content = members(good)
    (name,) = [name for name in content if name.startswith("sessions/")]
    content[name] = content[name].replace(b"It was good", b"It was evil")
    sentence = only_problem(seen(store, packed(tmp_path / "changed.zip", content)))
    assert "has changed since it was written" in sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"a.txt": b"1"}, "no export of Hand on Heart"),
        ({"manifest.json": b"["}, "its list is no JSON"),
        ({"manifest.json": b'{"format":"hand-on-heart-archive","version":9}'}, "version 9"),
        ({"manifest.json": b'{"format":"hand-on-heart-archive","version":1}'}, "no sums"),
        (
            {
                "manifest.json": b'{"format":"hand-on-heart-archive","version":1,'
                b'"sha256":{"sessions/x.json":"0"}}'
            },
            "is missing",
        ),
    ],
)
def test_other_zips_are_told(
    store: Store, tmp_path: Path, content: dict[str, bytes], words: str
) -> None:
    assert words in only_problem(seen(store, packed(tmp_path / "other.zip", content)))


def test_one_bad_session_does_not_stop_the_others(store: Store, tmp_path: Path) -> None:
    sessions = [full_session(f"{number:032x}", number + 1) for number in range(3)]
    lines = b"".join(document_parts(sessions)).split(b"\n")
    lines[2] = lines[2].replace(b'"payload":"', b'"payload":"!', 1)
    path = tmp_path / "some.json"
    path.write_bytes(b"\n".join(lines))
    came = seen(store, path)
    assert [each.how for each in came] == [How.NEW, How.PROBLEM, How.NEW]
    assert "its payload is no base64" in came[1].words[0]


def test_a_document_that_is_cut_off_gives_what_stands_before(store: Store, tmp_path: Path) -> None:
    sessions = [full_session(f"{number:032x}", number + 1) for number in range(2)]
    path = tmp_path / "cut.json"
    path.write_bytes(b"".join(document_parts(sessions))[:-500])
    came = seen(store, path)
    assert [each.how for each in came] == [How.NEW, How.PROBLEM]
    assert "cut off" in came[1].words[0]


def test_a_document_that_was_laid_out_anew_is_read_as_well(store: Store, tmp_path: Path) -> None:
    document = json.loads(b"".join(document_parts([full_session()])))
    path = tmp_path / "pretty.json"
    path.write_text(json.dumps(document, indent=4), encoding="utf-8")
    assert [each.how for each in seen(store, path)] == [How.NEW]
    path.write_text(json.dumps(document | {"version": 2}), encoding="utf-8")
    assert "a later one may read it" in only_problem(seen(store, path))


@given(st.binary(max_size=200), st.integers(0, 2000))
@QUIET
def test_whatever_the_bytes_it_is_a_sentence(
    store: Store, good: Path, junk: bytes, at: int
) -> None:
    whole = good.read_bytes()
    path = good.with_name("junk.zip")
    path.write_bytes(whole[: at % len(whole)] + junk + whole[at % len(whole) + len(junk) :])
    for came in seen(store, path):
        assert came.how is not How.PROBLEM or came.words[0].endswith(".")


KEYS = tuple(to_plain(full_session()))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda each: (
        st.lists(each, max_size=2)
        | st.dictionaries(st.sampled_from(["t_s", "kind", "value", "start_s", "algorithm"]), each)
    ),
    max_leaves=5,
)


@given(st.sampled_from(KEYS), values)
@settings(deadline=None, max_examples=80)
def test_any_field_may_be_anything(key: str, value: object) -> None:
    plain = to_plain(full_session()) | {key: value}
    try:
        session = from_plain(plain)
    except NotASessionError:
        return
    assert from_plain(json.loads(json.dumps(to_plain(session)))) == session


def test_a_length_that_no_practice_has_is_refused() -> None:
    plain = to_plain(full_session())
    plain["choices"] = plain["choices"] | {"length_s": 1e300}
    with pytest.raises(NotASessionError, match="length_s"):
        from_plain(plain)
