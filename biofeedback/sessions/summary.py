"""What a session amounts to: figures of its phases, following, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from biofeedback.practice.breath import phase_at
from biofeedback.practice.feedback import DIFFER
from biofeedback.sessions.assessed import assessed
from biofeedback.sessions.reflection import Reflection
from biofeedback.signals.calm import (
    EDGE_S,
    MIN_WINDOW_S,
    CalmAnswer,
    CalmVerdict,
    calm_verdict,
)
from biofeedback.signals.calm_reasons import CalmReason
from biofeedback.signals.following import following
from biofeedback.signals.hrv import time_domain
from biofeedback.signals.left_out import Span, beats_outside, is_outside, spans_outside
from biofeedback.signals.resonance_assessment import ResonanceAssessment
from biofeedback.signals.series import NNSeries
from biofeedback.types import (
    Beat,
    BeatFlag,
    BeatsJudged,
    BreathSegment,
    Following,
    GuideChanged,
    PacketUnreadable,
    Paused,
    PhaseName,
    PhaseStarted,
    PracticeEnded,
    PulseSeen,
    Resumed,
    StepStarted,
    StrapKind,
    StrapRecognised,
    Update,
)

ALGORITHM = 2
"""Version of the figures; a kept summary of another version is worked out anew."""

HR_MIN_S = 10.0
RMSSD_MIN_S = 30.0
MAX_ARTEFACT_FRACTION = 0.05

FEW_SESSIONS = 8
"""With fewer there is no trend to look for."""

_NO_VERDICT = {
    StrapKind.NONE: CalmReason.RATE_ALONE,
    StrapKind.SMOOTHED: CalmReason.AVERAGES,
}

_MEASURED = (PhaseName.QUIET_BEFORE, PhaseName.GUIDED, PhaseName.QUIET_AFTER)


@dataclass(frozen=True, slots=True)
class PhaseFigures:
    """One phase in figures.

    Attributes
    ----------
    name
        Which phase.
    start_s, end_s
        When it began and ended, in session time. Pauses lie within but do not count.
    hr_bpm
        60000 / mean NN, from 10 s of beats on; the sensor's own heart rate where it sends no
        RR intervals, or none that are measured heartbeats.
    rmssd_ms
        From 30 s of beats on, at most 5 % of them flagged.
    heard_s
        How much of it single heartbeats fill, flagged ones too: pauses, gaps and what is left out
        do not count. None where an older version summed it up.
    """

    name: PhaseName
    start_s: float
    end_s: float
    hr_bpm: float | None
    rmssd_ms: float | None
    heard_s: float | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a session amounts to.

    Attributes
    ----------
    n_packets, n_beats
        Packets stored, and RR intervals in them.
    artefact_fraction
        Share of the intervals that were flagged, 0..1; None without any.
    duration_s
        From the beginning to the end, pauses included.
    completed
        Whether the practice came to its own end.
    phases
        In order, those that began.
    following
        Over the longest stretch of one pace in the guided phase.
    verdict
        Quiet time after against that before; None where one of them did not take place.
    strap_kind
        What the strap gave for the longest time of those it was recognised. Where its intervals
        are no measured heartbeats, no figure but the sensor's heart rate is formed, and the
        verdict is that it cannot be told.
    resonance
        What an assessment of one's own pace came to; None in a practice.
    """

    n_packets: int
    n_beats: int
    artefact_fraction: float | None
    duration_s: float
    completed: bool
    phases: tuple[PhaseFigures, ...]
    following: Following | None
    verdict: CalmVerdict | None
    strap_kind: StrapKind = StrapKind.UNKNOWN
    resonance: ResonanceAssessment | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, ready for JSON."""
        return {
            "algorithm": ALGORITHM,
            "n_packets": self.n_packets,
            "n_beats": self.n_beats,
            "artefact_fraction": self.artefact_fraction,
            "duration_s": self.duration_s,
            "completed": self.completed,
            "phases": [asdict(phase) for phase in self.phases],
            "following": asdict(self.following) if self.following else None,
            "verdict": self.verdict.to_dict() if self.verdict else None,
            "strap_kind": self.strap_kind.value,
            "resonance": self.resonance.to_dict() if self.resonance else None,
        }

    def facts(self, said: Reflection | None = None, n_kept: int | None = None) -> frozenset[str]:
        """Return what holds, in the words that a line's ``needs`` are written in.

        Parameters
        ----------
        said
            What the person says of the session; None if nothing.
        n_kept
            How many sessions are kept, this one among them; None where nothing is.
        """
        heart = self._heart_facts()
        own = said.facts() if said is not None else frozenset()
        facts = heart | own
        if {"hr_lower", "rating_higher"} <= facts or {"hr_higher", "rating_lower"} <= facts:
            facts |= {DIFFER}
        if n_kept is not None and n_kept < FEW_SESSIONS:
            facts |= {"few_sessions"}
        return facts

    def _heart_facts(self) -> frozenset[str]:
        if self.verdict is None:
            return frozenset({"window_short"} if self.n_packets else set())
        match self.verdict.answer:
            case CalmAnswer.CALMER:
                return frozenset({"hr_lower", "signal_good"})
            case CalmAnswer.SAME:
                return frozenset({"hr_same", "signal_good"})
            case CalmAnswer.MORE_ACTIVE:
                return frozenset({"hr_higher", "signal_good"})
            case CalmAnswer.CANNOT_TELL:
                return self._why_not()

    def _why_not(self) -> frozenset[str]:
        quiet = [phase for phase in self.phases if phase.name is not PhaseName.GUIDED]
        if any(phase.end_s - phase.start_s < MIN_WINDOW_S - EDGE_S for phase in quiet):
            return frozenset({"window_short"})
        rough = (self.artefact_fraction or 0.0) > MAX_ARTEFACT_FRACTION
        return frozenset({"signal_poor"} if rough else set())


@dataclass(slots=True)
class _Span:
    """A phase and the stretches in which it was not paused."""

    name: PhaseName
    start_s: float
    end_s: float
    running: list[tuple[float, float]]


class Tally:
    """Listens to a session's updates and sums them up; a `Sink` through `add`.

    Parameters
    ----------
    left_out
        Stretches of session time whose beats are not used. They still count as received.
    """

    def __init__(self, left_out: Sequence[Span] = ()) -> None:
        self._left_out = tuple(left_out)
        self._n_beats = 0
        self._beats: list[Beat] = []
        self._measured: list[Beat] = []
        self._kinds: list[StrapRecognised] = []
        self._sensor_hr: list[tuple[float, int]] = []
        self._marks: list[PhaseStarted | Paused | Resumed | PracticeEnded] = []
        self._guide: list[GuideChanged] = []
        self._assesses = False
        self._n_packets = 0

    def add(self, update: Update) -> None:
        """Take note of one update."""
        match update:
            case BeatsJudged(_, judged):
                self._n_beats += len(judged)
                beats = beats_outside(judged, self._left_out)
                self._beats += beats
                if not (self._kinds and self._kinds[-1].kind.untrue):
                    self._measured += beats
            case StrapRecognised():
                self._kinds.append(update)
            case PulseSeen(t_s, hr_bpm, contact, _):
                self._n_packets += 1
                used = contact is not False and is_outside(t_s, t_s, self._left_out)
                if hr_bpm is not None and used:
                    self._sensor_hr.append((t_s, hr_bpm))
            case PacketUnreadable():
                self._n_packets += 1
            case PhaseStarted() | Paused() | Resumed() | PracticeEnded():
                self._marks.append(update)
            case GuideChanged():
                self._guide.append(update)
            case StepStarted():
                self._assesses = True
            case _:
                pass

    def summary(self, end_s: float) -> Summary:
        """Sum up a session that ended at ``end_s``, in seconds of session time."""
        spans = self._spans(end_s)
        flagged = sum(beat.flag is not BeatFlag.NORMAL for beat in self._beats)
        kind = self._strap_kind(end_s)
        if kind.untrue:
            self._measured.clear()
        return Summary(
            n_packets=self._n_packets,
            n_beats=self._n_beats,
            artefact_fraction=flagged / len(self._beats) if self._beats else None,
            duration_s=end_s,
            completed=any(isinstance(m, PracticeEnded) and m.completed for m in self._marks),
            phases=tuple(self._figures(span) for span in spans),
            following=self._following(spans, end_s),
            verdict=self._verdict(spans, kind),
            strap_kind=kind,
            resonance=assessed(self._guide, self._measured, end_s) if self._assesses else None,
        )

    def _strap_kind(self, end_s: float) -> StrapKind:
        """Return the kind that was known for the longest time."""
        held_s: dict[StrapKind, float] = {}
        ends_s = [*(known.t_s for known in self._kinds[1:]), end_s]
        for known, until_s in zip(self._kinds, ends_s, strict=False):
            if known.kind is not StrapKind.UNKNOWN:
                held_s[known.kind] = held_s.get(known.kind, 0.0) + until_s - known.t_s
        return max(held_s, key=held_s.__getitem__, default=StrapKind.UNKNOWN)

    def _spans(self, end_s: float) -> list[_Span]:
        spans: list[_Span] = []
        paused = False

        def close(t_s: float) -> None:
            if spans:
                span = spans[-1]
                span.end_s = t_s
                if not paused:
                    span.running[-1] = (span.running[-1][0], t_s)

        for mark in self._marks:
            match mark:
                case PhaseStarted(t_s, phase, _):
                    close(t_s)
                    spans.append(_Span(phase, t_s, t_s, [(t_s, t_s)]))
                case Paused(t_s):
                    close(t_s)
                    paused = True
                case Resumed(t_s):
                    paused = False
                    if spans:
                        spans[-1].running.append((t_s, t_s))
                case PracticeEnded(t_s):
                    close(t_s)
        if not any(isinstance(mark, PracticeEnded) for mark in self._marks):
            close(end_s)
        return [span for span in spans if span.name in _MEASURED]

    def _beats_in(self, span: _Span) -> list[list[Beat]]:
        return [
            [beat for beat in self._measured if start_s <= beat.t_s < end_s]
            for start_s, end_s in span.running
        ]

    def _figures(self, span: _Span) -> PhaseFigures:
        beats = [beat for stretch in self._beats_in(span) for beat in stretch]
        figures = time_domain(_joined(self._beats_in(span)))
        clean_s = sum(beat.rr_ms for beat in beats if beat.flag is BeatFlag.NORMAL) / 1000
        hr_bpm = figures.hr_bpm if clean_s >= HR_MIN_S else None
        if not beats:
            hr_bpm = self._sensor_hr_in(span)
        steady = clean_s >= RMSSD_MIN_S and _flagged_fraction(beats) <= MAX_ARTEFACT_FRACTION
        heard_s = sum(
            min(
                end_s - start_s,
                sum(
                    min(beat.t_s, end_s) - max(beat.t_s - beat.rr_ms / 1000, start_s)
                    for beat in stretch
                ),
            )
            for (start_s, end_s), stretch in zip(span.running, self._beats_over(span), strict=True)
        )
        rmssd_ms = figures.rmssd_ms if steady else None
        return PhaseFigures(span.name, span.start_s, span.end_s, hr_bpm, rmssd_ms, heard_s)

    def _sensor_hr_in(self, span: _Span) -> float | None:
        heard = [
            hr_bpm
            for t_s, hr_bpm in self._sensor_hr
            if any(start_s <= t_s < end_s for start_s, end_s in span.running)
        ]
        return sum(heard) / len(heard) if len(heard) >= HR_MIN_S else None

    def _following(self, spans: list[_Span], end_s: float) -> Following | None:
        """Take the longest stretch in which one pace ran on."""
        if not any(span.name is PhaseName.GUIDED for span in spans):
            return None
        stretches: list[tuple[float, float, BreathSegment]] = []
        changes = [*self._guide, GuideChanged(end_s, None)]
        for change, after in pairwise(changes):
            if change.segment is not None:
                whole = spans_outside(change.t_s, after.t_s, self._left_out)
                stretches += [(start_s, end_s, change.segment) for start_s, end_s in whole]
        if not stretches:
            return None
        start_s, until_s, segment = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
        beats = [
            beat
            for beat in self._measured
            if start_s <= beat.t_s < until_s and beat.flag is BeatFlag.NORMAL
        ]
        return following(
            np.array([beat.t_s for beat in beats]),
            np.array([60_000 / beat.rr_ms for beat in beats]),
            np.array([phase_at(segment, beat.t_s).cycles for beat in beats]),
        )

    def _verdict(self, spans: list[_Span], kind: StrapKind) -> CalmVerdict | None:
        quiet = {span.name: span for span in spans if span.name is not PhaseName.GUIDED}
        if len(quiet) == 2 and (kind.untrue or kind is StrapKind.NONE):
            reason = _NO_VERDICT.get(kind, CalmReason.NOT_MEASURED)
            return CalmVerdict(CalmAnswer.CANNOT_TELL, None, None, reason)
        if len(quiet) < 2 or not self._beats:
            return None
        before, after = (
            _joined(self._beats_over(quiet[name]))
            for name in (PhaseName.QUIET_BEFORE, PhaseName.QUIET_AFTER)
        )
        return calm_verdict(before, after, left_out=self._left_out)

    def _beats_over(self, span: _Span) -> list[list[Beat]]:
        """Return the beats of a span with those across its edges: a minute stays a whole one."""
        return [
            [
                beat
                for beat in self._measured
                if start_s < beat.t_s and beat.t_s - beat.rr_ms / 1000 < end_s
            ]
            for start_s, end_s in span.running
        ]


def _flagged_fraction(beats: list[Beat]) -> float:
    if not beats:
        return 0.0
    return sum(beat.flag is not BeatFlag.NORMAL for beat in beats) / len(beats)


def _joined(stretches: Iterable[list[Beat]]) -> NNSeries:
    """Put stretches in one series; nothing is joined from one to the next."""
    parts = [NNSeries.from_beats(stretch) for stretch in stretches]
    if not parts:
        return NNSeries.from_beats([])
    return NNSeries(
        np.concatenate([part.nn_ms for part in parts]),
        np.concatenate([part.t_s for part in parts]),
        np.concatenate([part.joined for part in parts]),
    )
