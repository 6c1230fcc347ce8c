"""The heart over a session: its rate, the breath guide under it, the phases behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor

from biofeedback.practice.breath import phase_at
from biofeedback.report.page import Picture, Table
from biofeedback.report.scale import Scale, room_around, ticks
from biofeedback.report.session_view import SessionView
from biofeedback.report.svg import (
    BREATH,
    GRID,
    HEART,
    INK,
    LINE,
    PALE,
    PALE_BREATH,
    PAPER,
    SMALL_PX,
    SOFT,
    Drawing,
)
from biofeedback.report.wording import Wording
from biofeedback.signals.left_out import is_outside
from biofeedback.types import PhaseName

WIDTH, HEIGHT = 720.0, 314.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 708.0, 44.0, 220.0
_GUIDE_TOP, _GUIDE_BOTTOM = 236.0, 268.0
_LEAST_BPM = 20.0
_LEAST_BREATH_PX = 5.0
"""Narrower breaths are one grey: then a block is drawn in place of waves."""

_MOST_ROWS = 30


def heart_picture(view: SessionView, words: Wording) -> Picture:
    """Draw a session, with a table of its minutes."""
    rows = _minutes(view, words)
    description = _description(view, words)
    drawing = Drawing("heart", WIDTH, HEIGHT, words.say("heart_title"), description)
    time = Scale(0.0, max(view.duration_s, 1.0), _LEFT, _RIGHT)
    low, high = room_around((bpm for run in view.runs for _, bpm in run), _LEAST_BPM)
    rate = Scale(low, high, _BOTTOM, _TOP)
    _phases(drawing, view, time, words)
    _axes(drawing, view, time, rate, words)
    for from_s, until_s in view.left_out:
        x = time.at(from_s)
        drawing.rect(x, _TOP, time.at(until_s) - x, _BOTTOM - _TOP, PAPER, stroke=LINE, dashed=True)
    for run in view.runs:
        for inside in _outside(run, view):
            points = ((time.at(t_s), rate.at(bpm)) for t_s, bpm in inside)
            drawing.polyline(_thinned(points), stroke=HEART, width=1.2)
    for x in sorted({round(time.at(t_s)) for t_s in view.unclear_s}):
        drawing.cross(x, _BOTTOM - 7, stroke=INK)
    _guide(drawing, view, time, words)
    return Picture(
        str(drawing),
        WIDTH,
        HEIGHT,
        description,
        Table(
            words.say("heart_table"),
            (words.say("col_minute"), words.say("col_hr"), words.say("col_unclear")),
            rows,
        ),
    )


def _description(view: SessionView, words: Wording) -> str:
    said = [words.say("heart_desc" if view.from_beats else "heart_desc_sensor")]
    if view.guide:
        said.append(words.say("heart_desc_guide"))
    if view.phases:
        names = [words.say(f"phase_{phase.name}") for phase in view.phases]
        said.append(words.say("heart_desc_parts", list=words.listed(names)))
    if view.unclear_s:
        said.append(words.counted("heart_desc_unclear", len(view.unclear_s)))
    return " ".join(said)


def _phases(drawing: Drawing, view: SessionView, time: Scale, words: Wording) -> None:
    for phase in view.phases:
        x, until = time.at(phase.start_s), time.at(phase.end_s)
        guided = phase.name is PhaseName.GUIDED
        drawing.rect(x, _TOP, until - x, _BOTTOM - _TOP, PALE_BREATH if guided else PALE)
        if until - x > 60:
            name = words.say(f"phase_{phase.name}")
            middle = (x + until) / 2
            drawing.text(middle, _TOP - 10, name, anchor="middle", fill=SOFT, size=SMALL_PX)


def _axes(drawing: Drawing, view: SessionView, time: Scale, rate: Scale, words: Wording) -> None:
    for bpm in ticks(rate.low, rate.high, 5) if view.runs else ():
        y = rate.at(bpm)
        drawing.line(_LEFT, y, _RIGHT, y, stroke=GRID, width=0.8)
        drawing.text(_LEFT - 6, y + 4, words.number(bpm), anchor="end", fill=SOFT, size=SMALL_PX)
    drawing.text(4, 14, words.say("axis_bpm"), fill=SOFT, size=SMALL_PX)
    if not view.runs:
        drawing.text(
            (_LEFT + _RIGHT) / 2, (_TOP + _BOTTOM) / 2, words.say("no_heartbeats"), anchor="middle"
        )
    for minute in ticks(0.0, view.duration_s / 60, 9):
        x = time.at(minute * 60)
        drawing.line(x, _GUIDE_BOTTOM + 4, x, _GUIDE_BOTTOM + 9)
        digits = 0 if minute == round(minute) else 1
        drawing.text(
            x,
            _GUIDE_BOTTOM + 22,
            words.number(minute, digits),
            anchor="middle",
            fill=SOFT,
            size=SMALL_PX,
        )
    drawing.text(
        _RIGHT, HEIGHT - 6, words.say("axis_minutes"), anchor="end", fill=SOFT, size=SMALL_PX
    )
    legend = [words.say("legend_guide")] if view.guide else []
    if view.unclear_s:
        legend.append(words.say("legend_unclear"))
    if view.left_out:
        legend.append(words.say("legend_left_out"))
    drawing.text(_LEFT, HEIGHT - 6, " \N{MIDDLE DOT} ".join(legend), fill=SOFT, size=SMALL_PX)


def _guide(drawing: Drawing, view: SessionView, time: Scale, words: Wording) -> None:
    fullness = Scale(0.0, 1.0, _GUIDE_BOTTOM, _GUIDE_TOP)
    for from_s, until_s, segment in view.guide:
        breath_px = time.at(segment.pattern.cycle_s) - time.at(0.0)
        if breath_px < _LEAST_BREATH_PX:
            x = time.at(from_s)
            drawing.rect(
                x, _GUIDE_TOP, time.at(until_s) - x, _GUIDE_BOTTOM - _GUIDE_TOP, PALE_BREATH
            )
            drawing.text(
                (x + time.at(until_s)) / 2,
                (_GUIDE_TOP + _GUIDE_BOTTOM) / 2 + 4,
                words.say("pace", pace=words.number(segment.pattern.rate_per_min, 1)),
                anchor="middle",
                size=SMALL_PX,
            )
            continue
        step_s = segment.pattern.cycle_s / 16
        n = max(2, floor((until_s - from_s) / step_s) + 1)
        moments = [from_s + (until_s - from_s) * number / (n - 1) for number in range(n)]
        drawing.polyline(
            ((time.at(t_s), fullness.at(phase_at(segment, t_s).fullness)) for t_s in moments),
            stroke=BREATH,
            width=1.2,
        )


def _outside(
    run: Iterable[tuple[float, float]], view: SessionView
) -> Iterator[list[tuple[float, float]]]:
    """Break a run where something is left out."""
    part: list[tuple[float, float]] = []
    for t_s, bpm in run:
        if is_outside(t_s - 60 / bpm, t_s, view.left_out):
            part.append((t_s, bpm))
        elif part:
            yield part
            part = []
    if part:
        yield part


def _thinned(points: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Keep of each column of pixels what is drawn of it: first, lowest, highest, last."""
    column: list[tuple[float, float]] = []

    def drawn() -> Iterator[tuple[float, float]]:
        if len(column) <= 4:
            yield from column
            return
        kept = {0, len(column) - 1}
        kept.add(min(range(len(column)), key=lambda at: column[at][1]))
        kept.add(max(range(len(column)), key=lambda at: column[at][1]))
        yield from (column[at] for at in sorted(kept))

    for point in points:
        if column and floor(point[0]) != floor(column[0][0]):
            yield from drawn()
            column = []
        column.append(point)
    yield from drawn()


def _minutes(view: SessionView, words: Wording) -> tuple[tuple[str, ...], ...]:
    """Return mean heart rate and unclear beats of each minute, or of more minutes together."""
    step_s = 60.0
    while view.duration_s / step_s > _MOST_ROWS:
        step_s += 60.0
    rows = []
    n_steps = max(1, -(-int(view.duration_s) // int(step_s)))
    for number in range(n_steps):
        from_s, until_s = number * step_s, min((number + 1) * step_s, view.duration_s)
        used = [
            bpm
            for run in view.runs
            for t_s, bpm in run
            if from_s < t_s <= until_s and is_outside(t_s - 60 / bpm, t_s, view.left_out)
        ]
        # beats weigh as long as they last: 60000 / mean NN
        mean = len(used) / sum(1 / bpm for bpm in used) if used else None
        n_unclear = sum(from_s < t_s <= until_s for t_s in view.unclear_s)
        rows.append(
            (
                f"{words.minutes(from_s)}\N{EN DASH}{words.minutes(until_s)}",
                words.say("none") if mean is None else words.number(mean, 1),
                words.number(n_unclear),
            )
        )
    return tuple(rows)
