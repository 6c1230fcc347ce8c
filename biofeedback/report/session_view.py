"""What a session's updates tell a picture: the heart, the guide, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from biofeedback.sessions.summary import PhaseFigures, Summary
from biofeedback.signals.left_out import Span
from biofeedback.signals.series import NNSeries
from biofeedback.types import (
    Beat,
    BeatFlag,
    BeatsJudged,
    BreathSegment,
    GuideChanged,
    PulseSeen,
    Update,
)

SENSOR_GAP_S = 5.0
"""Where a strap tells heart rate alone, a silence longer than this is a gap."""


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session on its time axis.

    Attributes
    ----------
    duration_s
        Its length.
    phases
        With their figures, in order.
    runs
        Time and heart rate in bpm, in stretches through which a line may be drawn: nothing joins
        across a beat that was not clear, a gap, or what is left out.
    unclear_s
        When a beat was flagged.
    guide
        From when to when each pace of the guide ran.
    left_out
        What the person left out, within the session.
    from_beats
        Whether the runs are single heartbeats; else the strap's own, averaged heart rate.
    """

    duration_s: float
    phases: tuple[PhaseFigures, ...]
    runs: tuple[tuple[tuple[float, float], ...], ...]
    unclear_s: tuple[float, ...]
    guide: tuple[tuple[float, float, BreathSegment], ...]
    left_out: tuple[Span, ...]
    from_beats: bool


def session_view(
    updates: Iterable[Update], summary: Summary, left_out: Sequence[Span] = ()
) -> SessionView:
    """Gather what is to be drawn.

    Parameters
    ----------
    updates
        All that the session told.
    summary
        What it came to.
    left_out
        As the summary was made without.
    """
    end_s = summary.duration_s
    beats: list[Beat] = []
    sensor: list[tuple[float, float]] = []
    changes: list[GuideChanged] = []
    for update in updates:
        match update:
            case BeatsJudged(_, judged):
                beats += judged
            case PulseSeen(t_s, hr_bpm, contact, _) if hr_bpm and contact is not False:
                sensor.append((t_s, float(hr_bpm)))
            case GuideChanged():
                changes.append(update)
            case _:
                pass
    from_beats = bool(beats) and not summary.strap_kind.untrue
    ends_s = [*(change.t_s for change in changes[1:]), end_s]
    return SessionView(
        duration_s=end_s,
        phases=summary.phases,
        runs=tuple(_beat_runs(beats) if from_beats else _sensor_runs(sensor)),
        unclear_s=tuple(
            beat.t_s for beat in beats if from_beats and beat.flag is not BeatFlag.NORMAL
        ),
        guide=tuple(
            (change.t_s, until_s, change.segment)
            for change, until_s in zip(changes, ends_s, strict=False)
            if change.segment is not None and until_s > change.t_s
        ),
        left_out=tuple(
            (max(0.0, from_s), min(end_s, until_s))
            for from_s, until_s in left_out
            if from_s < end_s and until_s > 0
        ),
        from_beats=from_beats,
    )


def _beat_runs(beats: Sequence[Beat]) -> Iterator[tuple[tuple[float, float], ...]]:
    series = NNSeries.from_beats(beats)
    run: list[tuple[float, float]] = []
    for t_s, nn_ms, joined in zip(
        series.t_s.tolist(), series.nn_ms.tolist(), series.joined.tolist(), strict=True
    ):
        if not joined and run:
            yield tuple(run)
            run = []
        run.append((t_s, 60_000 / nn_ms))
    if run:
        yield tuple(run)


def _sensor_runs(
    sensor: Sequence[tuple[float, float]],
) -> Iterator[tuple[tuple[float, float], ...]]:
    run: list[tuple[float, float]] = []
    for point in sensor:
        if run and point[0] - run[-1][0] > SENSOR_GAP_S:
            yield tuple(run)
            run = []
        run.append(point)
    if run:
        yield tuple(run)
