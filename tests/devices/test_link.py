"""The rules of the link, by hand: no Bluetooth, no clock, no waiting."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biofeedback.types import LinkReason
from devices.link import (
    RULES,
    BluetoothUnavailableError,
    FoundStrap,
    Happening,
    Link,
    LinkRuleError,
    LinkState,
    LinkTiming,
)

H, S, R = Happening, LinkState, LinkReason
STEADY = LinkTiming(jitter=0.0)
NEAR = FoundStrap("AA:00", "Polar H10 1", -50)
FAR = FoundStrap("BB:00", "TICKR 2", -80)
HELD = FoundStrap("CC:00", "Polar H9 3", None)


def link_at(*happenings: Happening, address: str | None = None) -> Link:
    """A link to which all that has happened, at time 0."""
    link = Link(STEADY, chance=random.Random(1), address=address)
    for happening in happenings:
        if happening is H.FOUND:
            link.found(NEAR, 0.0)
        else:
            link.on(happening, 0.0)
    return link


TO_SCANNING = (H.OPENED, H.LOOKING)
TO_CONNECTING = (*TO_SCANNING, H.FOUND)
TO_STREAMING = (*TO_CONNECTING, H.CONNECTED, H.PACKET)
PATHS: dict[LinkState, tuple[Happening, ...]] = {
    S.IDLE: (),
    S.SCANNING: TO_SCANNING,
    S.CONNECTING: TO_CONNECTING,
    S.STREAMING: TO_STREAMING,
    S.STALLED: (*TO_STREAMING, H.TIME_UP),
    S.WAITING: (*TO_CONNECTING, H.FAILED),
    S.OFF: (H.OPENED, H.OFF),
    S.DENIED: (H.OPENED, H.DENIED),
    S.ABSENT: (H.OPENED, H.ABSENT),
}


# ------------------------------------------------------------------------- the way through
def test_a_link_begins_idle_and_says_nothing() -> None:
    link = Link()
    assert (link.state, link.reason, link.until_s) == (S.IDLE, None, None)


def test_the_way_to_packets_is_search_connect_stream() -> None:
    link = Link(STEADY)
    link.on(H.OPENED, 0.0)
    assert (link.state, link.reason) == (S.SCANNING, R.SEARCHING)
    link.on(H.LOOKING, 1.0)
    assert link.until_s == 11.0
    link.found(NEAR, 3.0)
    assert (link.state, link.reason, link.until_s) == (S.CONNECTING, R.CONNECTING, 23.0)
    link.on(H.CONNECTED, 5.0)
    assert (link.state, link.reason, link.until_s) == (S.STREAMING, None, 13.0)
    link.on(H.PACKET, 6.0)
    assert (link.state, link.reason, link.until_s) == (S.STREAMING, None, 14.0)


@pytest.mark.parametrize("state", list(LinkState))
def test_every_state_can_be_reached_and_closed(state: LinkState) -> None:
    link = link_at(*PATHS[state])
    assert link.state is state
    link.on(H.CLOSED, 1.0)
    assert (link.state, link.reason, link.until_s) == (S.IDLE, None, None)


@pytest.mark.parametrize("state", list(LinkState))
@pytest.mark.parametrize("happening", list(Happening))
def test_what_is_not_in_the_rules_is_refused_and_changes_nothing(
    state: LinkState, happening: Happening
) -> None:
    link = link_at(*PATHS[state])
    before = (link.state, link.reason, link.until_s)
    if (state, happening) in RULES:
        link.on(happening, 1.0)
    else:
        with pytest.raises(LinkRuleError, match=str(happening)):
            link.on(happening, 1.0)
        assert (link.state, link.reason, link.until_s) == before


# -------------------------------------------------------------------------------- trouble
def test_a_drop_is_retried_at_once_the_first_time() -> None:
    link = link_at(*TO_STREAMING)
    link.on(H.DROPPED, 60.0)
    assert (link.state, link.reason, link.until_s) == (S.WAITING, R.DROPPED, 60.0)


def test_a_drop_before_any_packet_waits() -> None:
    link = link_at(*TO_CONNECTING, H.CONNECTED)
    link.on(H.DROPPED, 60.0)
    assert (link.state, link.until_s) == (S.WAITING, 61.0)


def test_the_reason_of_a_drop_stays_while_the_search_runs() -> None:
    link = link_at(*TO_STREAMING, H.DROPPED, H.TIME_UP, H.LOOKING)
    assert (link.state, link.reason) == (S.SCANNING, R.DROPPED)


def test_silence_is_a_stall_and_is_retried_at_once_the_first_time() -> None:
    link = link_at(*TO_STREAMING)
    link.on(H.TIME_UP, 8.0)
    assert (link.state, link.reason) == (S.STALLED, R.STALLED)
    link.on(H.RELEASED, 9.0)
    assert (link.state, link.reason, link.until_s) == (S.WAITING, R.STALLED, 9.0)


def test_failures_wait_twice_as_long_each_time_up_to_the_cap() -> None:
    link = link_at(*TO_SCANNING)
    waits_s = []
    for _ in range(7):
        link.found(NEAR, 100.0)
        link.on(H.FAILED, 100.0)
        assert link.until_s is not None
        waits_s.append(link.until_s - 100.0)
        link.on(H.TIME_UP, 100.0)
    assert waits_s == [1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0]
    assert link.failures == 7


def test_a_night_of_failures_still_waits_no_longer_than_the_cap() -> None:
    link = link_at(*TO_CONNECTING)
    link.failures = 100_000
    link.on(H.FAILED, 0.0)
    assert link.until_s == 15.0


def test_a_packet_forgives_all_failures() -> None:
    link = link_at(*TO_CONNECTING, H.FAILED, H.TIME_UP, H.FOUND, H.CONNECTED, H.PACKET)
    assert link.failures == 0
    link.on(H.DROPPED, 5.0)
    assert link.until_s == 5.0


def test_a_connection_without_a_packet_forgives_nothing() -> None:
    link = link_at(*TO_CONNECTING, H.FAILED, H.TIME_UP, H.FOUND, H.CONNECTED, H.DROPPED)
    assert link.failures == 2


@given(seed=st.integers(0, 2**32), jitter=st.floats(0, 1), failures=st.integers(0, 60))
@settings(max_examples=60)
def test_jitter_only_ever_shortens_a_wait_and_by_no_more_than_its_share(
    seed: int, jitter: float, failures: int
) -> None:
    link = Link(LinkTiming(jitter=jitter), chance=random.Random(seed))
    link.on(H.OPENED, 0.0)
    link.found(NEAR, 0.0)
    link.failures = failures
    link.on(H.FAILED, 0.0)
    full_s = min(15.0, 2.0**failures)
    assert link.until_s is not None
    assert full_s * (1 - jitter) - 1e-9 <= link.until_s <= full_s


def test_two_links_that_failed_together_go_on_apart() -> None:
    ends = set()
    for seed in range(5):
        link = Link(LinkTiming(), chance=random.Random(seed))
        for happening in (H.OPENED, H.FAILED):
            link.on(happening, 0.0)
        ends.add(link.until_s)
    assert len(ends) == 5


def test_nothing_found_is_said_and_the_search_goes_on_after_a_short_rest() -> None:
    link = link_at(*TO_SCANNING)
    for round_s in (10.0, 30.0, 50.0):
        link.on(H.TIME_UP, round_s)
        assert (link.state, link.reason, link.until_s) == (S.WAITING, R.NOT_FOUND, round_s + 1)
        link.on(H.TIME_UP, round_s + 1)
        assert (link.state, link.reason) == (S.SCANNING, R.NOT_FOUND)
    assert link.failures == 0


def test_a_device_without_heart_rate_says_so() -> None:
    link = link_at(*TO_CONNECTING, H.NO_HEART_RATE)
    assert (link.state, link.reason) == (S.WAITING, R.NO_HEART_RATE)


@pytest.mark.parametrize(
    ("happening", "state", "reason"),
    [
        (H.OFF, S.OFF, R.BLUETOOTH_OFF),
        (H.DENIED, S.DENIED, R.BLUETOOTH_DENIED),
        (H.ABSENT, S.ABSENT, R.BLUETOOTH_ABSENT),
    ],
)
@pytest.mark.parametrize("path", [(H.OPENED,), TO_CONNECTING])
def test_without_bluetooth_it_looks_again_every_few_seconds(
    path: tuple[Happening, ...], happening: Happening, state: LinkState, reason: LinkReason
) -> None:
    link = link_at(*path)
    for t_s in (5.0, 8.0, 11.0):
        link.on(happening, t_s)
        assert (link.state, link.reason, link.until_s) == (state, reason, t_s + 3.0)
        link.on(H.TIME_UP, t_s + 3.0)
        assert (link.state, link.reason) == (S.SCANNING, reason)
    link.on(H.LOOKING, 20.0)
    assert link.reason is R.SEARCHING


# ------------------------------------------------------------------------------- choosing
def test_a_strap_that_was_asked_for_is_taken_at_sight_and_no_other() -> None:
    link = link_at(*TO_SCANNING, address="bb:00")
    assert link.choose([NEAR], 0.0) is None
    assert link.choose([NEAR], 9.0) is None
    assert link.choose([NEAR, FAR], 9.0) == FAR


def test_where_any_will_do_others_get_a_moment_to_show_up_and_the_strongest_wins() -> None:
    link = link_at(*TO_SCANNING)
    assert link.choose([], 1.0) is None
    assert link.choose([FAR], 3.0) is None
    assert link.choose_at_s == 5.0
    assert link.choose([FAR, NEAR], 4.9) is None
    assert link.choose([FAR, NEAR, HELD], 5.0) == NEAR


def test_a_strap_seen_late_is_chosen_before_the_search_is_over() -> None:
    link = link_at(*TO_SCANNING)
    assert link.choose([FAR], 9.5) is None
    assert link.choose_at_s == 10.0
    assert link.choose([FAR], 10.0) == FAR


def test_a_strap_of_unknown_strength_comes_last() -> None:
    link = link_at(*TO_SCANNING)
    link.choose([HELD, FAR], 0.0)
    assert link.choose([HELD, FAR], 2.0) == FAR
    assert link.choose([HELD], 2.0) == HELD


def test_a_name_that_was_hinted_at_is_taken_at_sight() -> None:
    link = Link(STEADY, name_hint="tickr 2")
    link.on(H.OPENED, 0.0)
    assert link.choose([NEAR], 0.0) is None
    assert link.choose([NEAR, FAR], 0.1) == FAR


def test_a_hint_is_no_condition() -> None:
    link = Link(STEADY, name_hint="Somebody else's")
    link.on(H.OPENED, 0.0)
    link.choose([NEAR], 0.0)
    assert link.choose([NEAR], 2.0) == NEAR


@pytest.mark.parametrize("refusal", [H.FAILED, H.NO_HEART_RATE, H.TIME_UP])
def test_a_strap_that_refused_makes_way_for_another(refusal: Happening) -> None:
    link = link_at(*TO_CONNECTING, refusal, H.TIME_UP, H.LOOKING)
    link.choose([NEAR, FAR], 0.0)
    assert link.choose([NEAR, FAR], 2.0) == FAR
    assert link.choose([NEAR], 2.0) == NEAR


def test_a_hinted_strap_that_refused_makes_way_too() -> None:
    link = Link(STEADY, name_hint=NEAR.name)
    link.on(H.OPENED, 0.0)
    link.found(NEAR, 0.0)
    link.on(H.FAILED, 0.0)
    link.on(H.TIME_UP, 0.0)
    assert link.choose([NEAR, FAR], 0.0) is None
    assert link.choose([NEAR, FAR], 2.0) == FAR


def test_the_strap_that_sent_first_stays_the_one() -> None:
    link = link_at(*TO_STREAMING, H.DROPPED, H.TIME_UP, H.LOOKING)
    assert link.address == NEAR.address
    louder = FoundStrap("DD:00", NEAR.name, -20)
    assert link.choose([louder, FAR], 9.0) is None
    assert link.choose([louder, FAR, NEAR], 9.0) == NEAR


def test_a_strap_that_connects_but_never_sends_is_not_settled_on() -> None:
    link = link_at(*TO_CONNECTING, H.CONNECTED, H.TIME_UP, H.RELEASED, H.TIME_UP, H.LOOKING)
    assert link.address is None
    link.choose([NEAR, FAR], 0.0)
    assert link.choose([NEAR, FAR], 2.0) == FAR


def test_what_the_computer_says_it_holds_is_doubted_after_a_failure() -> None:
    link = link_at(H.OPENED)
    assert link.ask_held
    link = link_at(*TO_CONNECTING, H.FAILED, H.TIME_UP)
    assert not link.ask_held
    link.on(H.TIME_UP, 10.0)  # the scan found nothing: then its word is all there is
    assert link.ask_held


def test_a_search_that_could_not_run_blames_no_strap() -> None:
    link = link_at(*TO_CONNECTING, H.FAILED, H.TIME_UP, H.FAILED, H.TIME_UP, H.LOOKING)
    assert link.failures == 2
    assert link.choose([NEAR], 0.0) is None
    assert link.choose([NEAR, FAR], 2.0) == FAR


# ---------------------------------------------------------------------------------- always
@given(data=st.data())
@settings(max_examples=150)
def test_whatever_happens_the_link_knows_what_to_say_and_when_to_go_on(
    data: st.DataObject,
) -> None:
    link = Link(LinkTiming(), chance=random.Random(0))
    t_s = 0.0
    for _ in range(data.draw(st.integers(0, 60))):
        t_s += data.draw(st.floats(0, 30))
        state = link.state
        possible = [h for s, h in RULES if s is state]
        happening = data.draw(st.sampled_from(sorted(possible)))
        if happening is H.FOUND:
            link.found(data.draw(st.sampled_from([NEAR, FAR, HELD])), t_s)
        else:
            link.on(happening, t_s)
        says_nothing = link.state in (S.IDLE, S.STREAMING)
        assert (link.reason is None) == says_nothing
        if link.state is S.IDLE:
            assert link.until_s is None
        else:
            assert link.until_s is not None
            assert t_s <= link.until_s <= t_s + 20.0


def test_unavailable_bluetooth_is_an_oserror_that_carries_its_reason() -> None:
    error = BluetoothUnavailableError(R.BLUETOOTH_OFF)
    assert isinstance(error, OSError)
    assert error.reason is R.BLUETOOTH_OFF
