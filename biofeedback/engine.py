"""Events in, updates out: the one place where packets become beats, figures and practice.

Pure: no clock and no I/O. The same events give the same updates to the last bit, whether they
come from a strap, a simulated heart or a recording.
"""

from __future__ import annotations

from biofeedback.drift import Drift
from biofeedback.hrm import MalformedMeasurementError, decode
from biofeedback.practice.assessing import PROTOCOLS, Assessing
from biofeedback.practice.content import Content, load_content
from biofeedback.practice.listening import RECORDING, Listening
from biofeedback.practice.state import Practice
from biofeedback.sensing import ChestBreath
from biofeedback.signals.beats import BeatAxis
from biofeedback.signals.causal import CausalArtefacts
from biofeedback.signals.live import LiveMetrics
from biofeedback.signals.sensor_watch import SensorWatch
from biofeedback.signals.strap_kind import Doubles, StrapKindWatch
from biofeedback.types import (
    Beat,
    BeatsJudged,
    BreathPhase,
    Choices,
    Event,
    GuideChanged,
    LinkChanged,
    LinkLost,
    LinkUp,
    Marker,
    Metrics,
    Packet,
    PacketUnreadable,
    PulseSeen,
    SensorFrame,
    StrapKind,
    StrapRecognised,
    Tick,
    Update,
)


class Engine:
    """One session: a practice, and the heart that comes with it.

    Parameters
    ----------
    choices
        What the person chose.
    content
        The words; None loads those of the language that was chosen.
    live
        Whether `Metrics` are told. Without them all else is told the same, in half the time.

    Raises
    ------
    ContentError
        If a choice is unknown.
    """

    def __init__(
        self, choices: Choices, content: Content | None = None, *, live: bool = True
    ) -> None:
        self._breath: ChestBreath | None = None
        self._practice: Practice | Assessing | Listening
        if choices.plan_id in PROTOCOLS:
            self._practice = Assessing(choices)
        elif choices.plan_id == RECORDING:
            self._practice = Listening(choices)
        else:
            words = content or load_content(choices.language)
            self._practice = Practice(choices, words, self._own_per_min)
        self._drift = Drift(choices)
        self._axis = BeatAxis()
        self._artefacts = CausalArtefacts()
        self._live = LiveMetrics() if live else None
        self._doubles = Doubles()
        self._watch = StrapKindWatch()
        self._sensors = SensorWatch(self._practice.breath_at)
        self._strap = ""
        self._sensor_hr_bpm: float | None = None

    @property
    def ended_s(self) -> float | None:
        """When the practice was over, in seconds of session time; None while it runs."""
        return self._practice.ended_s

    def check(self, marker: Marker) -> None:
        """Hold a marker against the content, changing nothing.

        Raises
        ------
        ContentError
            If it names a choice that isn't known.
        """
        self._practice.choices_after(marker.action, marker.value)

    def breath_at(self, t_s: float) -> BreathPhase | None:
        """Tell where the breath guide stands; None while it rests."""
        return self._practice.breath_at(t_s)

    def _own_per_min(self) -> float | None:
        """Return the pace that the chest is felt to breathe at; None where it would be a guess."""
        return self._breath.rate_per_min if self._breath else None

    def step(self, event: Event) -> list[Update]:
        """Take one event; return what follows from it, in order.

        Time must not go back: an event carries the time that events before it have reached,
        or a later one. A packet that is no measurement is reported and otherwise ignored.

        Raises
        ------
        ContentError
            If a marker names a choice that isn't known; nothing has changed then.
        """
        if isinstance(event, Marker):
            updates = self._practice.act(event.t_s, event.action, event.value)
        elif isinstance(event, Packet):
            updates = self._practice.heart_arrived(event.t_s)
        else:
            updates = self._practice.advance(event.t_s)
        self._guide(updates)
        match event:
            case Packet(t_s, payload):
                updates += self._packet(t_s, payload)
                updates += self._drift_on(t_s)
            case LinkUp(t_s, strap):
                updates += self._meet(t_s, strap.address)
                updates.append(LinkChanged(t_s, strap, None))
            case LinkLost(t_s, reason):
                updates += self._break(t_s)
                self._sensors.gap()
                self._breath = None
                updates.append(LinkChanged(t_s, None, reason))
            case SensorFrame():
                felt = self._sensors.step(event)
                self._breath = next(
                    (look for look in reversed(felt) if isinstance(look, ChestBreath)),
                    self._breath,
                )
                updates += felt
            case Marker() | Tick():
                pass
        return updates

    def _guide(self, updates: list[Update]) -> None:
        """Note where the guide goes."""
        for update in updates:
            if not isinstance(update, GuideChanged) or self._drift.goes_on_with(update.segment):
                continue
            if self._live is not None:
                self._live.guide_changed()

    def _drift_on(self, t_s: float) -> list[Update]:
        """Let the guide drift where it is time to, by what packets brought so far."""
        decided = self._drift.decide(t_s)
        if decided is None or not isinstance(self._practice, Practice):
            return []
        update, breath = decided
        moved = self._practice.drift(t_s, breath)
        self._guide(moved)
        return [update, *moved]

    def finish(self, t_s: float) -> list[Update]:
        """Judge the beats that still wait for their successors."""
        return self._break(t_s)

    def _packet(self, t_s: float, payload: bytes) -> list[Update]:
        try:
            measurement = decode(payload)
        except MalformedMeasurementError as error:
            return [PacketUnreadable(t_s, str(error))]
        updates: list[Update] = []
        beats: tuple[Beat, ...] = ()
        if self._doubles.push(t_s, payload, measurement.rr_ticks):
            return [PulseSeen(t_s, measurement.hr_bpm or None, measurement.contact, ())]
        self._sensor_hr_bpm = float(measurement.hr_bpm) or None
        before = self._watch.kind
        kind = self._watch.push(measurement, t_s)
        if kind is not before:
            updates.append(StrapRecognised(t_s, kind))
        if measurement.contact is False:
            # off the skin, a strap goes on sending what it guesses
            updates += self._break(t_s)
        elif measurement.rr_ticks:
            beats = self._axis.place(t_s, measurement.rr_ticks)
        updates.append(PulseSeen(t_s, measurement.hr_bpm or None, measurement.contact, beats))
        for beat in beats:
            updates += self._judged(t_s, self._artefacts.push(beat))
        if self._live is not None and self._watch.without_intervals:
            reason = "no_rr" if kind is StrapKind.NONE else "gap"
            updates.append(Metrics(t_s, hr_bpm=self._sensor_hr_bpm, reason=reason))
        return updates

    def _meet(self, t_s: float, address: str) -> list[Update]:
        """Begin to watch a strap afresh if it is another one."""
        if address == self._strap:
            return []
        known = self._watch.kind
        self._strap = address
        self._watch = StrapKindWatch()
        return [] if known is StrapKind.UNKNOWN else [StrapRecognised(t_s, StrapKind.UNKNOWN)]

    def _break(self, t_s: float) -> list[Update]:
        self._axis.gap()
        self._doubles.gap()
        self._watch.gap()
        return self._judged(t_s, self._artefacts.flush())

    def _judged(self, t_s: float, beats: tuple[Beat, ...]) -> list[Update]:
        if not beats:
            return []
        self._sensors.take(beats)
        updates: list[Update] = [BeatsJudged(t_s, beats)]
        for beat in beats:
            updates += self._figures(beat)
        return updates

    def _figures(self, beat: Beat) -> list[Update]:
        # kept going, so that the figures are right as soon as the intervals are
        breath = self._practice.breath_at(beat.t_s)
        self._drift.push(beat, breath)
        if self._live is None:
            return []
        figures = self._live.push(beat, breath)
        if not self._watch.kind.untrue:
            return [figures]
        return [Metrics(beat.t_s, hr_bpm=self._sensor_hr_bpm, reason="untrue_rr")]
