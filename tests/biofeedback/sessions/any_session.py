"""Any session that a store can hold, for hypothesis."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone

from hypothesis import strategies as st

from biofeedback.practice.personal import NOTHING, OwnGuide, Personal
from biofeedback.sessions.info import Ended
from biofeedback.sessions.reflection import Felt, Reflection, clean_note, clean_tags
from biofeedback.sessions.whole import ImportedFile, WholeSession
from biofeedback.types import (
    Action,
    BreathPattern,
    Choices,
    LinkLost,
    LinkReason,
    LinkUp,
    Marker,
    Packet,
    SensorFrame,
    SensorStream,
    Strap,
)

finite = st.floats(allow_nan=False, allow_infinity=False)
# Any code point, half a surrogate pair too: names come from other people's devices.
texts = st.text(st.characters(), max_size=20)
# What a column of text can hold.
plain_texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30
)
maybe_texts = st.none() | texts

straps = st.builds(
    Strap, texts, texts, st.none() | st.integers(0, 255), maybe_texts, maybe_texts, maybe_texts
)
events = st.one_of(
    st.builds(Packet, finite, st.binary(max_size=40)),
    st.builds(SensorFrame, finite, st.sampled_from(SensorStream), st.binary(max_size=240)),
    st.builds(LinkUp, finite, straps),
    st.builds(LinkLost, finite, st.sampled_from(LinkReason)),
    st.builds(Marker, finite, st.sampled_from(Action), texts),
)
offsets = st.integers(-86_399, 86_399).map(lambda s: timezone(timedelta(seconds=s)))
moments = st.datetimes(timezones=offsets | st.just(UTC))
ratings = st.none() | st.integers(0, 10)
felt = st.none() | st.builds(Felt, ratings, ratings, ratings)
reflections = st.builds(
    Reflection,
    felt,
    felt,
    st.lists(texts, max_size=4).map(clean_tags),
    texts.map(clean_note),
)
lengths_s = st.floats(0, 1e6)
choices = st.builds(
    Choices,
    plan_id=plain_texts,
    guide_id=texts,
    touch_id=texts,
    anchor_id=texts,
    sight=st.booleans(),
    guided_s=st.none() | lengths_s,
    quiet_s=lengths_s,
    length_s=st.none() | lengths_s,
    ramp=st.booleans(),
    seed=st.integers(),
    adaptive=st.booleans(),
    slowest_per_min=lengths_s,
)
personals = st.just(NOTHING) | st.builds(
    lambda label, inhale_s: Personal(
        guides=(OwnGuide("own-1", label, BreathPattern(inhale_s, 0.0, 5.5, 0.0)),)
    ),
    st.text("abcdeäß\ud800 ", min_size=1, max_size=20).filter(str.strip),
    st.floats(1.5, 8),
)
stretches = st.none() | st.tuples(st.floats(0, 1e6), st.floats(1, 1e6)).map(
    lambda part: (part[0], part[0] + part[1])
)
imported = st.none() | st.builds(
    ImportedFile, file_name=plain_texts, form=plain_texts, content=st.binary(max_size=200)
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | finite | texts,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(texts, each, max_size=3),
    max_leaves=6,
)
figures = st.none() | st.builds(
    lambda algorithm, rest: {"more": rest, "algorithm": algorithm, "phases": []},
    st.integers(1, 9),
    json_values,
)
uids = st.text("0123456789abcdef", min_size=32, max_size=32)
whole_sessions = st.builds(
    WholeSession,
    uid=uids,
    started_at=moments,
    source=plain_texts,
    choices=choices,
    strap=st.none() | straps,
    ended=st.sampled_from(Ended),
    # SQLite keeps no sign of a zero.
    duration_s=finite.map(abs),
    n_packets=st.integers(0, 2**53 - 1),
    n_beats=st.integers(0, 2**53 - 1),
    figures=figures,
    personal=personals,
    said=reflections,
    left_out=st.lists(stretches, max_size=3).map(tuple),
    imported=imported,
    events=st.lists(events, max_size=12).map(tuple),
)
