"""What is said of the breath that a strap feels, and of its ECG. Refusals are said, too."""

from __future__ import annotations

from biofeedback.sensing import ChestBreath, GuideAgreement, RrCheck
from gui.wording import number, tr

CLEAR_CONFIDENCE = 0.75
"""From this share of one rhythm on, a pace is called clear."""

TOGETHER, APART = 0.8, 0.5
"""Phase locking at and above the first: with the guide; below the second: its own way."""

AT_GUIDE_SHARE = 0.5
"""The chest goes with the guide only if so much of its movement is at the guide's pace."""

AGREE_WELL, AGREE_FAIRLY = 0.95, 0.8
"""Shares of intervals that agree with the ECG."""

Told = tuple[str, str]
"""A sentence, and what helps or is meant (may be empty)."""


def breath_words(look: ChestBreath | None) -> Told:
    """Say how the chest moves, or why that can't be told."""
    if look is None:
        return (
            tr("No movement of the chest has come yet."),
            tr("A Polar H10 may take half a minute. Other straps have none to send."),
        )
    if look.rate_per_min is None:
        return _refusals()[look.reason]
    clear = look.confidence >= CLEAR_CONFIDENCE
    sentence = (
        tr("Your chest moves {n} times a minute, clearly.")
        if clear
        else tr("Your chest seems to move about {n} times a minute.")
    ).format(n=number(look.rate_per_min, 1 if clear else 0))
    return sentence, _agreement(look.agreement)


def _refusals() -> dict[str, Told]:
    return {
        "short": (
            tr("Listening for your breath."),
            tr("This takes half a minute of sitting as you sit."),
        ),
        "movement": (
            tr("You moved, so your breath can't be told just now."),
            tr("Move as you like. It comes back after half a minute of rest."),
        ),
        "unclear": (
            tr("No one rhythm stands out in your breath just now."),
            tr("That is fine. Nothing is shown rather than a guess."),
        ),
    }


def _agreement(agreement: GuideAgreement | None) -> str:
    if agreement is None:
        return ""
    if agreement.locking >= TOGETHER and agreement.share >= AT_GUIDE_SHARE:
        return tr("It goes with the guide.")
    if agreement.locking < APART:
        return tr("It goes its own way beside the guide, which is fine.")
    return tr("It goes with the guide in part.")


def check_words(check: RrCheck | None) -> Told:
    """Say whether the strap's intervals agree with its ECG."""
    if check is None:
        return (tr("There is too little yet to hold the strap's beats against its ECG."), "")
    counts = {"n": number(check.n_agreeing), "all": number(check.n_compared)}
    if check.agreement >= AGREE_WELL:
        told = tr("The strap's beats agree with its ECG: {n} of {all} in the last minute.")
        return told.format(**counts), ""
    helps = tr("Moisten the electrodes, tighten the strap, and sit still.")
    if check.agreement >= AGREE_FAIRLY:
        told = tr("Most of the strap's beats agree with its ECG: {n} of {all}.")
    else:
        told = tr("Many of the strap's beats do not agree with its ECG: {n} of {all} do.")
    return told.format(**counts), helps
