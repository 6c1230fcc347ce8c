"""A whole session as plain values for JSON, both ways and without loss.

`docs/export.md` tells what each field means, `biofeedback/leaving/export.schema.json` holds the
form. What is read comes from a file that anybody may have made, so every field is looked at.
"""

from __future__ import annotations

import binascii
import json
import math
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, TypeVar

from biofeedback.practice.personal import NOTHING, PersonalError
from biofeedback.practice.personal_json import personal_from_json, personal_to_json
from biofeedback.sessions.event_codec import (
    PACKET,
    SENSOR,
    UnreadableEventError,
    from_row,
    strap_from_json,
    to_row,
)
from biofeedback.sessions.info import Ended
from biofeedback.sessions.reflection import (
    Felt,
    Moment,
    Reflection,
    clean_note,
    clean_tags,
    storable,
)
from biofeedback.sessions.whole import ImportedFile, LeftOut, WholeSession
from biofeedback.types import Choices, Event, Strap

Json = dict[str, Any]
_T = TypeVar("_T")

LONGEST_CHOICE_S = 1e6
"""No choice of a length is longer, in seconds: laying out such a plan would not end."""

LONGEST_UID = 64
LONGEST_FILE_NAME = 255

_CHOICES = Choices()
_STRAP_TEXTS = ("address", "name")
_STRAP_MAYBE = {"battery_pct": int, "location": str, "manufacturer": str, "model": str}


class NotASessionError(ValueError):
    """Values that hold no session; the message says what is wrong, in a few words."""


# ------------------------------------------------------------------------------- outward
def to_plain(session: WholeSession) -> Json:
    """Return a session as plain values, ready for JSON."""
    personal = session.personal
    return {
        "uid": session.uid,
        "started_at": session.started_at.isoformat(),
        "source": session.source,
        "choices": asdict(session.choices),
        "strap": asdict(session.strap) if session.strap else None,
        "ended": session.ended.value,
        "duration_s": session.duration_s,
        "n_packets": session.n_packets,
        "n_beats": session.n_beats,
        "figures": session.figures,
        "personal": None if personal.empty else json.loads(personal_to_json(personal)),
        "felt_before": session.said.before.to_dict() if session.said.before else None,
        "felt_after": session.said.after.to_dict() if session.said.after else None,
        "tags": list(session.said.tags),
        "note": session.said.note,
        "left_out": [
            {"start_s": None, "end_s": None}
            if part is None
            else {"start_s": part[0], "end_s": part[1]}
            for part in session.left_out
        ],
        "imported": _imported_to_plain(session.imported),
        "events": [_event_to_plain(event) for event in session.events],
    }


def _imported_to_plain(imported: ImportedFile | None) -> Json | None:
    if imported is None:
        return None
    return {
        "file_name": imported.file_name,
        "form": imported.form,
        "sha256": imported.sha256,
        "content": b64encode(imported.content).decode("ascii"),
    }


def _event_to_plain(event: Event) -> Json:
    t_s, kind, payload = to_row(event)
    if kind == PACKET or kind in SENSOR:
        return {"t_s": t_s, "kind": kind, "payload": b64encode(payload).decode("ascii")}
    content = json.loads(payload)
    return {"t_s": t_s, "kind": kind, **({"strap": content} if kind == "link_up" else content)}


# -------------------------------------------------------------------------------- inward
def from_plain(plain: object) -> WholeSession:
    """Return the session that `to_plain` made; what a later version added is left out.

    Raises
    ------
    NotASessionError
        If it is something else.
    """
    if not isinstance(plain, dict):
        raise NotASessionError("a session that is no object")
    imported = _imported(plain.get("imported"))
    return WholeSession(
        uid=_uid(plain),
        started_at=_moment(plain),
        source=storable(_get(plain, "source", str)),
        choices=_choices(_get(plain, "choices", dict)),
        strap=_strap(plain.get("strap")),
        ended=_ended(plain),
        duration_s=_seconds(plain, "duration_s"),
        n_packets=_count(plain, "n_packets"),
        n_beats=_count(plain, "n_beats"),
        figures=_figures(plain.get("figures")),
        personal=_personal(plain.get("personal")),
        said=_said(plain),
        left_out=tuple(_left_out(part) for part in _get(plain, "left_out", list)),
        imported=imported,
        events=tuple(_event(event) for event in _get(plain, "events", list)),
    )


def _get(plain: Mapping[str, Any], name: str, kind: type[_T]) -> _T:
    value = plain.get(name)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise NotASessionError(f"its {name} is missing or something else")
    return value


def _seconds(plain: Mapping[str, Any], name: str) -> float:
    value = plain.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
        raise NotASessionError(f"its {name} is no finite number")
    return float(value)


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number that is too long
        return False


def _count(plain: Mapping[str, Any], name: str) -> int:
    value = _get(plain, name, int)
    if not 0 <= value < 2**53:
        raise NotASessionError(f"its {name} is no count")
    return value


def _uid(plain: Mapping[str, Any]) -> str:
    uid = _get(plain, "uid", str)
    # Letters and digits alone: it becomes part of a file's name.
    if not (uid.isascii() and uid.isalnum() and len(uid) <= LONGEST_UID):
        raise NotASessionError("its uid is no plain name")
    return uid


def _moment(plain: Mapping[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(_get(plain, "started_at", str))
    except ValueError:
        raise NotASessionError("its started_at is no time") from None
    if moment.utcoffset() is None:
        raise NotASessionError("its started_at has no offset from UTC")
    return moment


def _ended(plain: Mapping[str, Any]) -> Ended:
    try:
        return Ended(_get(plain, "ended", str))
    except ValueError:
        raise NotASessionError("it ended in a way that this version does not know") from None


def _choices(plain: Mapping[str, Any]) -> Choices:
    known: Json = {}
    for each in fields(Choices):
        if each.name not in plain:
            continue
        value, default = plain[each.name], getattr(_CHOICES, each.name)
        if each.name.endswith(("_s", "_per_min")):
            if value is None and default is None:
                continue
            value = _seconds(plain, each.name)
            fits = 0 <= value <= LONGEST_CHOICE_S
        elif default is None:
            fits = value is None or isinstance(value, str | int | float)
        else:
            fits = type(value) is type(default)
        if not fits:
            raise NotASessionError(f"its choice {each.name} is none")
        known[each.name] = value
    if "plan_id" in known:
        known["plan_id"] = storable(known["plan_id"])  # it has a column of its own
    return Choices(**known)


def _strap(plain: object) -> Strap | None:
    if plain is None:
        return None
    if not isinstance(plain, dict):
        raise NotASessionError("its strap is something else")
    for name in _STRAP_TEXTS:
        _get(plain, name, str)
    for name, kind in _STRAP_MAYBE.items():
        if plain.get(name) is not None:
            _get(plain, name, kind)
    return strap_from_json(json.dumps(plain))


def _figures(plain: object) -> Json | None:
    """See that figures have the shape that lists and pages take for granted."""
    if plain is None:
        return None
    if not isinstance(plain, dict) or type(plain.get("algorithm")) is not int:
        raise NotASessionError("its figures name no algorithm")
    phases = plain.get("phases", [])
    parts = [plain.get(name) or {} for name in ("following", "verdict", "resonance")]
    if not isinstance(phases, list) or not all(isinstance(each, dict) for each in phases + parts):
        raise NotASessionError("its figures are something else")
    return plain


def _personal(plain: object) -> Any:
    if plain is None:
        return NOTHING
    try:
        return personal_from_json(json.dumps(plain))
    except PersonalError as error:
        raise NotASessionError(f"what it used of the person's own: {error}") from error


def _said(plain: Mapping[str, Any]) -> Reflection:
    felt: dict[Moment, Felt | None] = {}
    for moment in Moment:
        given = plain.get(f"felt_{moment.value}")
        try:
            felt[moment] = None if given is None else Felt(**given)
        except (TypeError, ValueError):
            raise NotASessionError(f"its ratings {moment.value} are none") from None
    tags = _get(plain, "tags", list)
    if not all(isinstance(tag, str) for tag in tags):
        raise NotASessionError("a tag that is no text")
    note = clean_note(_get(plain, "note", str))
    return Reflection(felt[Moment.BEFORE], felt[Moment.AFTER], clean_tags(tags), note)


def _left_out(plain: object) -> LeftOut:
    if not isinstance(plain, dict):
        raise NotASessionError("a stretch that is left out is something else")
    if plain.get("start_s") is None and plain.get("end_s") is None:
        return None
    start_s, end_s = _seconds(plain, "start_s"), _seconds(plain, "end_s")
    if not start_s < end_s:
        raise NotASessionError("a stretch that is left out ends before it begins")
    return start_s, end_s


def _imported(plain: object) -> ImportedFile | None:
    if plain is None:
        return None
    if not isinstance(plain, dict):
        raise NotASessionError("the file that it was read from is something else")
    found = ImportedFile(
        # Only ever shown: nothing is opened by it.
        file_name=storable(_get(plain, "file_name", str))[:LONGEST_FILE_NAME],
        form=storable(_get(plain, "form", str)),
        content=_bytes(plain, "content"),
    )
    if found.sha256 != plain.get("sha256"):
        raise NotASessionError("the file that it was read from has changed")
    return found


def _bytes(plain: Mapping[str, Any], name: str) -> bytes:
    try:
        return b64decode(_get(plain, name, str), validate=True)
    except (binascii.Error, ValueError):
        raise NotASessionError(f"its {name} is no base64") from None


def _event(plain: object) -> Event:
    if not isinstance(plain, dict):
        raise NotASessionError("an event that is no object")
    t_s, kind = _seconds(plain, "t_s"), _get(plain, "kind", str)
    if kind == PACKET or kind in SENSOR:
        payload = _bytes(plain, "payload")
    elif kind == "link_up":
        _strap(plain.get("strap"))
        payload = json.dumps(plain.get("strap")).encode("ascii")
    else:
        value = plain.get("value", "")
        if not isinstance(value, str):
            raise NotASessionError("a marker whose value is no text")
        payload = json.dumps(plain).encode("ascii")
    try:
        return from_row(t_s, kind, payload)
    except UnreadableEventError as error:
        raise NotASessionError(str(error)) from error
