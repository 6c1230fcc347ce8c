"""Before, practice, after: three calm bands, with the interval of the change."""

from __future__ import annotations

from biofeedback.report.page import Picture, Table
from biofeedback.report.scale import Scale, room_around, ticks
from biofeedback.report.svg import (
    BREATH,
    GRID,
    HEART,
    LINE,
    PALE,
    PALE_BREATH,
    PAPER,
    SMALL_PX,
    SOFT,
    Drawing,
)
from biofeedback.report.wording import Wording
from biofeedback.sessions.summary import PhaseFigures, Summary
from biofeedback.types import PhaseName

WIDTH = 720.0
_ROW_PX, _TOP, _FOOT = 44.0, 8.0, 44.0
_LEFT, _RIGHT = 190.0, 690.0


def bands_picture(summary: Summary, words: Wording) -> Picture:
    """Draw the mean heart rate of each phase on one scale.

    The bar at the quiet time after is the 95 % interval of the change, laid around that dot: where
    the dot might as well lie.
    """
    height = _TOP + _ROW_PX * max(len(summary.phases), 1) + _FOOT
    drawing = Drawing("bands", WIDTH, height, words.say("bands_title"), words.say("bands_desc"))
    known = [phase.hr_bpm for phase in summary.phases if phase.hr_bpm is not None]
    around = _interval_around(summary)
    scale = Scale(*room_around([*known, *(around or ())], 8.0, 0.12), _LEFT, _RIGHT)
    bottom = height - _FOOT
    for number, phase in enumerate(summary.phases):
        y = _TOP + number * _ROW_PX
        guided = phase.name is PhaseName.GUIDED
        drawing.rect(8, y + 2, WIDTH - 16, _ROW_PX - 4, PALE_BREATH if guided else PALE, round_px=8)
        drawing.text(20, y + _ROW_PX / 2 + 5, words.say(f"phase_{phase.name}"))
    for bpm in ticks(scale.low, scale.high, 7) if known else ():
        x = scale.at(bpm)
        drawing.line(x, _TOP, x, bottom, stroke=GRID, width=0.8)
        drawing.text(x, bottom + 16, words.number(bpm), anchor="middle", fill=SOFT, size=SMALL_PX)
    drawing.text(_RIGHT, height - 8, words.say("axis_bpm"), anchor="end", fill=SOFT, size=SMALL_PX)
    if around:
        drawing.text(20, height - 8, words.say("legend_interval"), fill=SOFT, size=SMALL_PX)
    last_after = _last(summary, PhaseName.QUIET_AFTER)
    for number, phase in enumerate(summary.phases):
        y = _TOP + (number + 0.5) * _ROW_PX
        if phase.hr_bpm is None:
            drawing.text(_LEFT, y + 5, words.say("no_figure"), fill=SOFT)
            continue
        if around and phase is last_after:
            low, high = (scale.at(each) for each in around)
            drawing.line(low, y, high, y, stroke=HEART, width=2.0)
            for x in (low, high):
                drawing.line(x, y - 6, x, y + 6, stroke=HEART, width=2.0)
        x = scale.at(phase.hr_bpm)
        guided = phase.name is PhaseName.GUIDED
        colour = BREATH if guided else HEART
        drawing.circle(x, y, 6, fill=PAPER if guided else colour, stroke=colour)
        drawing.text(x, y - 9, words.number(phase.hr_bpm, 1), anchor="middle", size=SMALL_PX)
    drawing.line(_LEFT, bottom, _RIGHT, bottom, stroke=LINE)
    return Picture(str(drawing), WIDTH, height, drawing.description, _table(summary, words))


def _table(summary: Summary, words: Wording) -> Table:
    """Return the figures of the phases. RMSSD of the paced one is no figure to compare."""
    none = words.say("none")
    rows = []
    for phase in summary.phases:
        paced = phase.name is PhaseName.GUIDED
        rmssd = none if phase.rmssd_ms is None else words.number(phase.rmssd_ms, 1)
        rows.append(
            (
                words.say(f"phase_{phase.name}"),
                words.minutes(phase.end_s - phase.start_s),
                none if phase.hr_bpm is None else words.number(phase.hr_bpm, 1),
                words.say("paced_no_rmssd") if paced else rmssd,
            )
        )
    heads = ("col_phase", "col_length", "col_hr", "col_rmssd")
    return Table(words.say("bands_table"), tuple(words.say(head) for head in heads), tuple(rows))


def _last(summary: Summary, name: PhaseName) -> PhaseFigures | None:
    return next((phase for phase in reversed(summary.phases) if phase.name is name), None)


def _interval_around(summary: Summary) -> tuple[float, float] | None:
    """Return the interval of the change, laid around the mean of the quiet time after."""
    verdict = summary.verdict
    after = _last(summary, PhaseName.QUIET_AFTER)
    if verdict is None or verdict.change_bpm is None or verdict.interval_bpm is None:
        return None
    if after is None or after.hr_bpm is None:
        return None
    low, high = verdict.interval_bpm
    return after.hr_bpm + low - verdict.change_bpm, after.hr_bpm + high - verdict.change_bpm
