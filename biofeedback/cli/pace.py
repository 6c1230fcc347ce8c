"""``pace``: look for one's own pace of breath, or analyse a stepped recording."""

from __future__ import annotations

import argparse
import asyncio
import csv
import sys
from itertools import pairwise
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING, Any

from biofeedback.cli.say import CouldNotError, note, say, say_json
from biofeedback.practice.assessing import SLIDE, STEPPED, order, planned_s
from biofeedback.practice.content import ContentError, load_content
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.paces import PERSON, KeptPace, heart_of, kept_pace
from biofeedback.signals.resonance_assessment import (
    PaceStep,
    ResonanceAssessment,
    resonance_assessment,
)
from biofeedback.types import Choices

if TYPE_CHECKING:
    from biofeedback.run import Outcome
    from biofeedback.sessions.formats import Recording

REASONS = {
    "short": "There were too few breaths: it takes at least three different paces, with a minute "
    "or so of each.",
    "not_following": "Your heart did not follow the guide clearly enough to compare paces.",
    "no_clear_peak": "There is no clear peak: several paces are as good. That is a common answer.",
    "beyond": "The peak seems to lie outside 4.5 to 7 breaths a minute, where none is suggested.",
}
"""What is said where no pace is named, by `ResonanceAssessment.reason`."""

_EDGE_S = 5.0
"""A step may be stated so much longer than the recording: about a breath."""


def run(options: argparse.Namespace) -> int:
    """Carry out ``pace``."""
    if options.file is not None:
        return _recording(options)
    if options.steps is not None:
        raise CouldNotError("--steps belongs to a recording: hand-on-heart pace FILE --steps ...")
    return _assess(options)


# ---------------------------------------------------------------------------- a recording
def _recording(options: argparse.Namespace) -> int:
    from biofeedback.sessions.formats import RecordingError, read_recording

    if options.steps is None:
        raise CouldNotError(
            "Say which steps the recording holds: --steps START:END:PACE,START:END:PACE,... "
            "in seconds and breaths a minute, or a CSV file with start_s, end_s and pace."
        )
    steps = _read_steps(options.steps)
    try:
        recording = read_recording(options.file)
    except (RecordingError, OSError) as error:
        raise CouldNotError(str(error)) from error
    for told in look_through(steps, recording):
        note(told)
    found = resonance_assessment(recording.rr_ms, steps, t_s=recording.t_s, starts=recording.starts)
    if options.json:
        say_json({"file": options.file, "resonance": found.to_dict()})
    else:
        for line in result_lines(found):
            say(line)
    return 0


def look_through(steps: list[PaceStep], recording: Recording) -> list[str]:
    """Hold steps against the recording that they are about; return what is worth a note.

    Raises
    ------
    CouldNotError
        If a step lies outside it, or two overlap: the times are those of another recording.
    """
    begins_s = float(recording.t_s[0] - recording.rr_ms[0] / 1000)
    ends_s = float(recording.t_s[-1])
    holes = [
        (float(recording.t_s[at - 1]), float(recording.t_s[at] - recording.rr_ms[at] / 1000))
        for at in recording.starts.nonzero()[0].tolist()
        if at > 0
    ]
    notes = []
    for number, step in enumerate(steps, start=1):
        named = f"Step {number} ({step.start_s:g}:{step.end_s:g}:{step.pace_per_min:g})"
        if step.start_s >= ends_s or step.end_s <= begins_s:
            raise CouldNotError(
                f"{named} lies outside the recording, which holds heartbeats from {begins_s:.0f} "
                f"to {ends_s:.0f} s. Times are in seconds of the recording."
            )
        if step.end_s > ends_s + _EDGE_S or step.start_s < begins_s - _EDGE_S:
            notes.append(f"{named} goes beyond the recording; the part inside counts.")
        missing_s = sum(
            max(0.0, min(until_s, step.end_s) - max(from_s, step.start_s))
            for from_s, until_s in holes
        )
        if missing_s >= 1:
            notes.append(
                f"{named} has gaps of {missing_s:.0f} s together; breaths in them are left out."
            )
    in_order = sorted(steps, key=lambda step: step.start_s)
    for one, after in pairwise(in_order):
        if after.start_s < one.end_s - 1e-9:
            raise CouldNotError(
                f"Two steps overlap: {one.start_s:g} to {one.end_s:g} s and {after.start_s:g} to "
                f"{after.end_s:g} s. One pace can be breathed at a time."
            )
    return notes


def _read_steps(text: str) -> list[PaceStep]:
    """Read steps from an option, or from the file that it names."""
    path = Path(text)
    try:
        rows = (
            _rows_of_file(path) if path.is_file() else [row.split(":") for row in text.split(",")]
        )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CouldNotError(f"{text} could not be read: {error}") from error
    steps = []
    for number, row in enumerate(rows, start=1):
        try:
            start_s, end_s, pace = (float(cell) for cell in row)
            steps.append(PaceStep(start_s=start_s, end_s=end_s, pace_per_min=pace))
        except ValueError as error:
            raise CouldNotError(
                f"Step {number} ('{':'.join(row)}') is not START:END:PACE ({error})."
            ) from error
    return steps


def _rows_of_file(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row and not row[0].startswith("#")]
    if rows and not rows[0][0].strip().replace(".", "", 1).isdecimal():
        del rows[0]  # names of columns
    return [[cell.strip() for cell in row[:3]] for row in rows]


# ------------------------------------------------------------------------- an assessment
def _assess(options: argparse.Namespace) -> int:
    from biofeedback.cli.kept import kept_up, open_store_to_record
    from biofeedback.cli.practice import practise_in_terminal
    from biofeedback.cli.scan import find_strap
    from biofeedback.cli.terminal import TerminalView
    from biofeedback.practice.personal import NOTHING
    from devices.clock import make_clock
    from devices.opening import SourceError

    source = options.source
    speed = _speed(options)
    seed = SystemRandom().randrange(1, 2**31) if options.seed is None else options.seed
    choices = Choices(
        plan_id=SLIDE if options.slide else STEPPED,
        wait_for_heart=source.startswith("ble:"),
        quiet_s=0.0,
        seed=seed,
        attended=False,
    )
    if source.startswith("ble:"):
        source = find_strap(source)
    paces = ", ".join(f"{pace:g}" for pace in order(seed))
    what = "from 6.75 sliding to 4.25" if options.slide else f"{paces} in turn"
    note(f"{planned_s(choices) / 60:.1f} minutes: {what} breaths a minute.")
    with open_store_to_record() as store, kept_up(store):
        clock = make_clock(speed)
        live = not options.json and speed > 0
        view = TerminalView(clock, load_content(), choices, silent=options.json, live=live)
        try:
            with view:
                outcome = asyncio.run(
                    practise_in_terminal(
                        source, choices, NOTHING, clock, store, view, None, ticking=speed > 0
                    )
                )
            kept = kept_pace(store.sessions(), source)
        except (StorageError, ContentError, SourceError) as error:
            raise CouldNotError(str(error)) from error
    found = outcome.summary.resonance
    if found is None:  # stopped before the first step
        found = ResonanceAssessment(pace_per_min=None, reason="short")
    if options.json:
        say_json(_result(outcome, source, choices, found, kept))
    else:
        for line in (*result_lines(found), kept_line(kept, source)):
            say(line)
        if outcome.session_id is not None and not outcome.problem:
            say(f"Kept on this computer as session {outcome.session_id}.")
    if outcome.problem:
        raise CouldNotError(outcome.problem)
    return 0


def _speed(options: argparse.Namespace) -> float:
    if options.source.startswith("ble:"):
        if options.speed not in (None, 1):
            raise CouldNotError("A strap runs in real time: leave --speed out.")
        return 1.0
    if options.speed is not None:
        return float(options.speed)
    if not sys.stdout.isatty():
        note("Nobody watches, so time runs as fast as it can (--speed 1: real).")
        return 0.0
    return 1.0


def _result(
    outcome: Outcome,
    source: str,
    choices: Choices,
    found: ResonanceAssessment,
    kept: KeptPace,
) -> dict[str, Any]:
    """Return what ``--json`` prints."""
    return {
        "session_id": outcome.session_id,
        "source": source,
        "protocol": choices.plan_id,
        "seed": choices.seed,
        "ended": outcome.ended.value,
        "duration_s": outcome.summary.duration_s,
        "n_packets": outcome.summary.n_packets,
        "n_beats": outcome.summary.n_beats,
        "artefact_fraction": outcome.summary.artefact_fraction,
        "resonance": found.to_dict(),
        "kept_per_min": kept.pace_per_min,
    }


def result_lines(found: ResonanceAssessment) -> list[str]:
    """Return an assessment in words."""
    lines = [
        "",
        *(
            f"  {each.rate_per_min:.2f} a minute: your heart swung {2 * each.swing_bpm:.1f} beats "
            f"a minute up and down (give or take {2 * each.swing_error_bpm:.1f}; "
            f"{each.n_breaths} breaths)"
            for each in found.responses
        ),
    ]
    if found.responses:
        lines.append("")
    if found.pace_per_min is not None:
        lines.append(
            f"Your heart swings furthest at about {found.pace_per_min:.1f} breaths a minute "
            f"(most likely between {found.low_per_min:.1f} and {found.high_per_min:.1f})."
        )
    else:
        lines.append(REASONS[found.reason])
    return lines


def kept_line(kept: KeptPace, source: str) -> str:
    """Say whether a pace is kept, and what it takes."""
    if heart_of(source) != PERSON:
        return "This was a simulated heart, so there is no pace of yours in it: none is kept."
    if kept.pace_per_min is not None:
        return f"Two assessments agree: {kept.pace_per_min:.1f} breaths a minute is your own pace."
    if kept.n_named >= 2:
        return "Your last two assessments named paces more than 0.5 apart, so none is kept."
    return "A pace is kept when two assessments name paces no more than 0.5 a minute apart."
