"""What a session came to, in sentences that say no more than the figures do."""

from __future__ import annotations

from biofeedback.practice.feedback import verdict_words as reason_words
from biofeedback.report.wording import Wording
from biofeedback.sessions.summary import Summary
from biofeedback.signals.calm import CalmAnswer
from biofeedback.types import StrapKind


def verdict_words(summary: Summary, words: Wording) -> str:
    """Say the quiet time after against the one before, with its give or take."""
    verdict = summary.verdict
    if verdict is None:
        return words.say("no_comparison" if summary.n_packets else "no_packets")
    reason = reason_words(verdict.reason_id, words.content)
    if (
        verdict.answer is CalmAnswer.CANNOT_TELL
        or verdict.change_bpm is None
        or verdict.interval_bpm is None
    ):
        return words.say("verdict_cannot_tell", reason=reason)
    low, high = verdict.interval_bpm
    size = words.number(abs(verdict.change_bpm), 1)
    change = words.number(verdict.change_bpm, 1, sign=True)
    give = words.number((high - low) / 2, 1)
    return words.say(f"verdict_{verdict.answer}", size=size, change=change, give=give)


def following_words(summary: Summary, words: Wording) -> list[str]:
    """Say how the heart followed the guide, and that slow breath does so by arithmetic."""
    following = summary.following
    if following is None:
        return []
    return [
        words.say(
            "following",
            share=words.number(100 * following.r2),
            swing=words.number(following.amplitude_bpm, 1),
        ),
        words.say("by_arithmetic"),
    ]


def signal_words(summary: Summary, words: Wording) -> list[str]:
    """Say how much came, and how clear it was."""
    said = []
    kind = summary.strap_kind
    if kind is StrapKind.NONE or (summary.n_packets and not summary.n_beats):
        said.append(words.say("rate_alone"))
    elif kind.untrue:
        said.append(words.say("untrue_beats"))
    elif summary.artefact_fraction is not None:
        said.append(
            words.say(
                "beats",
                n=words.number(summary.n_beats),
                share=words.number(100 * summary.artefact_fraction, 1),
            )
        )
    return said
