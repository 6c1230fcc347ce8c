"""What the window says while and after one's own pace is looked for: whole, plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from biofeedback.types import StepStarted
from gui.wording import number, number_short, tr

if TYPE_CHECKING:
    from biofeedback.sessions.paces import KeptPace
    from biofeedback.signals.resonance_assessment import ResonanceAssessment


def arriving(source: str) -> str:
    """Say what is waited for."""
    return tr("Looking for your strap.") if source.startswith("ble:") else tr("Beginning.")


def step(started: StepStarted) -> str:
    """Say which step runs, and what to do."""
    if started.rate_per_min is None or started.to_per_min is None:
        if started.n_steps == 1:
            return tr("Rest a little. Breathe as you like. Then the slide begins.")
        return tr("Rest a little. Breathe as you like. Then comes step {number} of {n}.").format(
            number=started.number, n=started.n_steps
        )
    if started.n_steps == 1:
        return tr("Breathe with the shape, soft and small. It slows down bit by bit.")
    return tr("Step {number} of {n}. Breathe with the shape, soft and small.").format(
        number=started.number, n=started.n_steps
    )


def drift(from_per_min: float, to_per_min: float) -> str:
    """Say that the guide drifts, and to which pace."""
    slower = to_per_min < from_per_min
    words = (
        tr("The guide gets a little slower: {pace} breaths a minute.")
        if slower
        else tr("The guide gets a little quicker: {pace} breaths a minute.")
    )
    return words.format(pace=number(to_per_min, 1))


def headline(found: ResonanceAssessment) -> str:
    """Say what came of it in one sentence."""
    if found.pace_per_min is not None:
        return tr("Your heart swung the most at about {pace} breaths a minute.").format(
            pace=number_short(found.pace_per_min)
        )
    return {
        "short": tr("There were too few breaths to say."),
        "not_following": tr("Your heart did not follow the shape clearly enough to say."),
        "no_clear_peak": tr("No pace stands out. Many people find that."),
        "beyond": tr("The best pace seems to lie beyond those that you tried."),
    }[found.reason]


def explained(found: ResonanceAssessment) -> str:
    """Say how sure it is, and what it is not."""
    if found.pace_per_min is not None and found.low_per_min and found.high_per_min:
        return tr(
            "Most likely it lies between {low} and {high}. One try is a hint and no more: on "
            "another day it can differ."
        ).format(low=number(found.low_per_min, 1), high=number(found.high_per_min, 1))
    return {
        "short": tr("It takes at least three paces, with a minute or so of each."),
        "not_following": tr(
            "That happens when breath and shape drift apart, when the signal is rough, or just so."
        ),
        "no_clear_peak": tr(
            "Several paces are as good for your heart. Pick the one that feels easy."
        ),
        "beyond": tr("No pace below 4.5 or above 7 is suggested. Pick one that feels easy."),
    }[found.reason]


def agreement(kept: KeptPace) -> str:
    """Say whether two tries agree, and what it takes."""
    if kept.pace_per_min is not None:
        return tr("Your last two tries agree on {pace} breaths a minute.").format(
            pace=number_short(kept.pace_per_min)
        )
    if kept.n_named == 2:
        return tr("Your last two tries were more than half a breath apart, so no pace is kept.")
    return tr("A pace is kept when two tries name paces at most half a breath a minute apart.")


def picture(found: ResonanceAssessment) -> str:
    """Describe the picture of the curve for whoever can't see it."""
    parts = [
        tr("At {pace} breaths a minute {swing} beats, give or take {error}.").format(
            pace=number_short(round(each.rate_per_min, 2)),
            swing=number(2 * each.swing_bpm, 1),
            error=number(2 * each.swing_error_bpm, 1),
        )
        for each in sorted(found.responses, key=lambda each: -each.rate_per_min)
    ]
    begins = tr("How far your heart rate swung with each breath, up and down.")
    return " ".join((begins, *parts, headline(found), explained(found)))
