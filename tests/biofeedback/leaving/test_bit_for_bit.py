"""What leaves as JSON or ZIP comes back as it was, bit for bit, whatever it holds."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biofeedback.coming.bringing_in import Came, How, bring_in
from biofeedback.leaving.choosing import Wanted, choose, whole_sessions
from biofeedback.leaving.document import schema_text
from biofeedback.leaving.export import Form, Leaving, preview, write
from biofeedback.practice.personal import Personal
from biofeedback.practice.writing import Answer, Writing
from biofeedback.sessions.event_codec import to_row
from biofeedback.sessions.personal_file import PersonalFile
from biofeedback.sessions.store import Store
from biofeedback.sessions.whole import WholeSession
from tests.biofeedback.sessions import any_session

VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema_text()))
FULL = settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow])
several = st.lists(any_session.whole_sessions, max_size=3, unique_by=lambda each: each.uid)


def all_of(store: Store) -> list[WholeSession]:
    return list(whole_sessions(store, choose(store, Wanted())))


def leave(store: Store, path: Path, form: Form, **more: object) -> None:
    write(store, Leaving(form=form, chosen=choose(store, Wanted()), **more), path)  # type: ignore[arg-type]


def bits(session: WholeSession) -> list[bytes]:
    """Return the events as bytes: a comparison of floats takes -0.0 for 0.0."""
    rows = [to_row(event) for event in session.events]
    return [struct.pack("<d", t_s) + kind.encode() + payload for t_s, kind, payload in rows]


@pytest.mark.parametrize("form", [Form.JSON, Form.ZIP])
@given(sessions=several)
@FULL
def test_an_export_into_an_empty_store_gives_identical_sessions(
    form: Form, sessions: Sequence[WholeSession]
) -> None:
    with TemporaryDirectory() as name:
        path = Path(name, f"out.{form.value}")
        with Store.open(Path(name, "one")) as store:
            store.arrivals.add(sessions)
            before = all_of(store)
            leave(store, path, form)
        with Store.open(Path(name, "two")) as store:
            came = list(bring_in([path], store))
            after = all_of(store)
            again = list(bring_in([path], store))
            assert store.n_sessions() == len(sessions)
            second = path.with_name("again")
            leave(store, second, form)
            assert second.read_bytes() == path.read_bytes()
    by_uid = sorted(sessions, key=lambda each: (each.started_at, each.uid))
    assert before == after == by_uid
    assert [bits(each) for each in after] == [bits(each) for each in by_uid]
    assert [each.how for each in came] == [How.NEW] * len(sessions)
    assert [each.how for each in again] == [How.KNOWN] * len(sessions)


@given(several)
@FULL
def test_every_document_fits_the_schema_that_is_shipped(sessions: Sequence[WholeSession]) -> None:
    with TemporaryDirectory() as name, Store.open(Path(name)) as store:
        store.arrivals.add(sessions)
        leave(store, Path(name, "out.json"), Form.JSON)
        document = json.loads(Path(name, "out.json").read_bytes())
    VALIDATOR.validate(document)


def test_the_schema_is_itself_sound_and_refuses_what_is_none() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text()))
    document = {"format": "hand-on-heart", "version": 1, "sessions": [{"uid": "no spaces here"}]}
    assert not VALIDATOR.is_valid(document)


# ----------------------------------------------------------------- everything else that leaves
@pytest.fixture
def one(session: WholeSession, tmp_path: Path) -> Path:
    """A ZIP with a session, words of one's own and a page of writing, and the store it is from."""
    with Store.open(tmp_path / "one") as store:
        store.arrivals.add([session])
        page = Writing("letter", (Answer("topic", "About", "My Grüße \N{SPARKLES}"),))
        when = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
        store.writings.save(page, written_at=when, reread_on=date(2026, 2, 3))
        leave(
            store,
            tmp_path / "all.zip",
            Form.ZIP,
            personal=an_own_phrase(),
            writings=tuple(store.writings.all()),
        )
    return tmp_path / "all.zip"


def an_own_phrase() -> Personal:
    return Personal().with_phrase("en", "kind", "Slowly, friend.")[0]


def test_words_and_writing_come_back_once(one: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "two") as store:
        file = PersonalFile(tmp_path / "two")
        first = [came.how for came in bring_in([one], store, file)]
        second = [came.how for came in bring_in([one], store, file)]
        pages = store.writings.all()
    assert first == [How.NEW, How.WORDS, How.WRITING]
    assert second == [How.KNOWN]
    assert PersonalFile(tmp_path / "two").personal == an_own_phrase()
    assert [page.writing.answers[0].text for page in pages] == ["My Grüße \N{SPARKLES}"]
    assert pages[0].reread_on == date(2026, 2, 3)


def test_writing_stays_where_nobody_asked_for_it(session: WholeSession, tmp_path: Path) -> None:
    with Store.open(tmp_path / "one") as store:
        page = Writing("letter", (Answer("topic", "About", "a secret of mine"),))
        store.writings.save(page, written_at=datetime(2026, 1, 2, tzinfo=UTC))
        leave(store, tmp_path / "out.zip", Form.ZIP)
    with ZipFile(tmp_path / "out.zip") as archive:
        assert archive.namelist() == ["manifest.json"]


def test_the_list_in_a_zip_has_the_sum_of_each_member(one: Path) -> None:
    with ZipFile(one) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        names = set(archive.namelist()) - {"manifest.json"}
        assert set(manifest["sha256"]) == names
        for name in names:
            assert sha256(archive.read(name)).hexdigest() == manifest["sha256"][name]


def test_a_preview_brings_nothing_and_says_the_same(one: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "two") as store:
        file = PersonalFile(tmp_path / "two")
        seen: list[Came] = list(bring_in([one], store, file, preview=True))
        assert store.n_sessions() == 0
        assert not store.writings.all()
        assert file.personal.empty
        assert seen == list(bring_in([one], store, file))


def test_a_session_that_differs_is_told_and_kept_as_it_is(one: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "one") as store:
        number = store.sessions()[0].id
        store.reflections.set_note(number, "written later")
        (came,) = [each for each in bring_in([one], store) if each.session]
        assert came.how is How.DIFFERENT
        assert f"Session {number} here differs" in came.words[0]
        assert store.reflections.of(number).note == "written later"


def test_figures_of_another_version_make_no_other_session(one: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "two") as store:
        list(bring_in([one], store))
        store._connection.execute("UPDATE session SET summary = NULL")
        assert [each.how for each in bring_in([one], store) if each.session] == [How.KNOWN]


def test_what_it_will_hold_is_told_first(one: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "one") as store:
        leaving = Leaving(form=Form.ZIP, chosen=choose(store, Wanted()), writings=())
        seen = preview(store, leaving)
        leave(store, tmp_path / "x.zip", Form.ZIP)
    assert (seen.n_sessions, seen.n_running, seen.n_writings) == (1, 0, 0)
    assert seen.n_straps == 1
    assert seen.about_bytes == pytest.approx((tmp_path / "x.zip").stat().st_size, rel=0.5)
