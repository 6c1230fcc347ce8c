"""What the page of one session says: whole, plain sentences, for eyes and for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from biofeedback.looking_back.lacks import Lack
from biofeedback.practice.breath import phase_at
from biofeedback.types import FOLLOWS_R2, BreathStage, PhaseName
from gui.wording import minutes, number, phase_words, tr

if TYPE_CHECKING:
    from biofeedback.looking_back.follows import FollowingLine
    from biofeedback.looking_back.opened import Opened
    from biofeedback.looking_back.power import Power
    from biofeedback.sessions.info import SessionInfo
    from biofeedback.signals.left_out import Span

Rows = list[tuple[str, ...]]


# ----------------------------------------------------------------------------- the session
def about(info: SessionInfo) -> str:
    """Say where its heart came from, how long it took and how it ended."""
    parts = []
    if info.source.startswith("sim:"):
        parts.append(tr("A simulated heart"))
    elif info.strap is not None:
        parts.append(info.strap.name or tr("Your strap"))
    elif info.source.startswith("ble:"):
        parts.append(tr("No strap was found"))
    else:
        parts.append(tr("A recording"))
    if info.duration_s is not None:
        parts.append(tr("{length} minutes").format(length=minutes(info.duration_s)))
    ended = {
        "completed": tr("came to its own end"),
        "stopped": tr("you stopped it"),
        "interrupted": tr("it was interrupted"),
        "source_ended": tr("the recording ended"),
    }.get(info.ended.value if info.ended is not None else "", tr("it still runs"))
    return "   \N{MIDDLE DOT}   ".join([*parts, ended])


def lack(why: Lack) -> str:
    """Say in one sentence why there is no picture."""
    return {
        "no_heart": tr("Nothing was heard of the heart, so there is nothing to draw."),
        "no_beats": tr("This strap does not send each heartbeat, and that is too coarse for this."),
        "no_guide": tr("No breath guide ran in this practice."),
        "no_quiet": tr("There was no quiet time before."),
        "short": tr("It was shorter than a minute, and that is too short for this."),
        "rough": tr("Too many beats are missing or don't fit here, so nothing is drawn."),
        "left_out": tr("What is left is too little, since a part was left out."),
    }[why.value]


# ------------------------------------------------------------------------------- the trace
def trace_words(opened: Opened) -> str:
    """Say what the trace shows, for those who don't see it."""
    heart = opened.heart
    counts = heart.kept(opened.left_out)
    if not counts.any():
        return tr("Nothing was heard of the heart.")
    rates = heart.hr_bpm[counts]
    words = tr("From {low} to {high} beats a minute in {length} minutes.").format(
        low=number(rates.min()), high=number(rates.max()), length=minutes(opened.duration_s)
    )
    odd = int((~heart.normal).sum())
    if odd == 1:
        words += " " + tr("One beat doesn't fit its neighbours and is not used.")
    elif odd:
        words += " " + tr("{n} beats don't fit their neighbours and are not used.").format(n=odd)
    if opened.lost:
        lost = [(each.from_s, each.to_s) for each in opened.lost]
        words += " " + tr("Nothing was heard at {ranges}.").format(ranges=ranges_words(lost))
    if opened.pauses:
        words += " " + tr("Paused at {ranges}.").format(ranges=ranges_words(opened.pauses))
    if opened.left_out:
        words += " " + tr("You leave out {ranges}.").format(ranges=ranges_words(opened.left_out))
    return words


def trace_lack(opened: Opened) -> str:
    """Say why there is no trace; empty if there is one."""
    return "" if opened.heart.size else lack(Lack.NO_HEART)


def ranges_words(ranges: Sequence[Span]) -> str:
    """Name ranges."""
    return ", ".join(range_words(*each) for each in ranges)


def range_words(from_s: float, to_s: float) -> str:
    """Name a range."""
    return tr("{start} to {end}").format(start=minutes(from_s), end=minutes(to_s))


def moment_words(opened: Opened, t_s: float, *, numbers: bool = True) -> str:
    """Say what there is at a moment: time, heart rate, phase and breath."""
    parts = [minutes(t_s)]
    parts.append(_heart_at(opened, t_s, numbers=numbers))
    paused = any(from_s <= t_s < to_s for from_s, to_s in opened.pauses)
    phase = phase_words(opened.phase_at(t_s))
    if paused:
        parts.append(tr("paused"))
    elif phase:
        parts.append(phase)
    breath = _breath_at(opened, t_s)
    if breath:
        parts.append(breath)
    if opened.is_left_out(t_s):
        parts.append(tr("left out by you"))
    return "   \N{MIDDLE DOT}   ".join(part for part in parts if part)


def _heart_at(opened: Opened, t_s: float, *, numbers: bool) -> str:
    at = opened.heart.nearest(t_s)
    if at is None or abs(float(opened.heart.t_s[at]) - t_s) > 3.0:
        return tr("nothing was heard")
    if not opened.heart.normal[at]:
        return tr("a beat that doesn't fit its neighbours")
    if not numbers:
        return ""
    return tr("{bpm} beats a minute").format(bpm=number(float(opened.heart.hr_bpm[at])))


def _breath_at(opened: Opened, t_s: float) -> str:
    segment = next((g.segment for g in opened.guided if g.from_s <= t_s < g.to_s), None)
    if segment is None:
        return ""
    return {
        BreathStage.INHALE: tr("breathing in"),
        BreathStage.HOLD_IN: tr("holding"),
        BreathStage.EXHALE: tr("breathing out"),
        BreathStage.HOLD_OUT: tr("holding"),
    }[phase_at(segment, t_s).stage]


def trace_table(opened: Opened) -> Rows:
    """Return every beat: when, how fast, whether it counts, and in which phase."""
    heart = opened.heart
    counts = heart.kept(opened.left_out)
    rows: Rows = [(tr("Seconds"), tr("Beats a minute"), tr("Counts"), tr("Phase"))]
    for t_s, bpm, kept in zip(heart.t_s.tolist(), heart.hr_bpm.tolist(), counts, strict=True):
        yes = tr("yes") if kept else tr("no")
        rows.append((f"{t_s:.3f}", f"{bpm:.1f}", yes, phase_words(opened.phase_at(t_s))))
    return rows


# -------------------------------------------------------------------------------- spectrum
def power_words(quiet: Power | Lack, guided: Power | Lack) -> str:
    """Say where each spectrum is highest."""
    told = [
        _peak_words(each, name)
        for name, each in ((tr("Practice"), guided), (tr("Quiet time before"), quiet))
    ]
    if not isinstance(quiet, Lack) and not isinstance(guided, Lack):
        told.append(tr("Each is drawn to its own height."))
    return " ".join(told)


def _peak_words(power: Power | Lack, name: str) -> str:
    if isinstance(power, Lack):
        return tr("{part}: {why}").format(part=name, why=lack(power))
    if power.peak_per_min is None:
        return tr("{part}: no swing at all.").format(part=name)
    words = tr("{part}: the largest swing comes about {n} times a minute.").format(
        part=name, n=number(power.peak_per_min, 1)
    )
    if power.pace_per_min is not None:
        pace = number(power.pace_per_min, 1)
        words += " " + tr("The guide breathed {n} times a minute.").format(n=pace)
    return words


def power_table(quiet: Power | Lack, guided: Power | Lack) -> Rows:
    """Return both spectra, one line a row."""
    rows: Rows = [(tr("Part"), tr("Swings a minute"), tr("Power (ms\N{SUPERSCRIPT TWO}/Hz)"))]
    for name, each in ((tr("Practice"), guided), (tr("Quiet time before"), quiet)):
        if isinstance(each, Lack):
            continue
        for per_min, density in zip(
            each.per_min.tolist(), each.density_ms2_per_hz.tolist(), strict=True
        ):
            rows.append((name, f"{per_min:.2f}", f"{density:.1f}"))
    return rows


# ------------------------------------------------------------------------------- following
def following_words(line: FollowingLine) -> str:
    """Say how the heart followed over time."""
    if not line.told:
        return tr("There were too few clear breaths to say how the heart followed.")
    told = line.r2[line.r2 == line.r2]
    share = float((told >= FOLLOWS_R2).mean())
    if share >= 0.9:
        words = tr("Your heart followed the guide nearly all the time.")
    elif share >= 0.5:
        words = tr("Your heart followed the guide more than half of the time.")
    elif share > 0.1:
        words = tr("Your heart followed the guide some of the time.")
    else:
        words = tr("Your heart went its own way here, and that is fine.")
    return words


def following_lack(opened: Opened) -> str:
    """Say why there is no picture of following; empty if there is one."""
    if not opened.heart.size:
        return lack(Lack.NO_HEART)
    if not opened.heart.of_beats:
        return lack(Lack.NO_BEATS)
    if not opened.guided:
        return lack(Lack.NO_GUIDE)
    if not opened.following.t_s.size:
        return tr("The guide did not run for eight breaths at one pace.")
    if not opened.following.told:
        return lack(Lack.ROUGH)
    return ""


def following_table(line: FollowingLine) -> Rows:
    """Return following, one window a row."""
    rows: Rows = [(tr("Seconds"), tr("How much of the swing goes with the guide (0 to 1)"))]
    for t_s, r2 in zip(line.t_s.tolist(), line.r2.tolist(), strict=True):
        rows.append((f"{t_s:.1f}", f"{r2:.2f}" if r2 == r2 else ""))
    return rows


def phase_short(phase: PhaseName | None) -> str:
    """Name a phase above its band."""
    return {
        None: "",
        PhaseName.ARRIVING: tr("Arriving"),
        PhaseName.QUIET_BEFORE: tr("Before"),
        PhaseName.GUIDED: tr("Practice"),
        PhaseName.QUIET_AFTER: tr("After"),
    }[phase]
