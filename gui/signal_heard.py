"""How good the signal of the strap is, in words: what is known of it, gathered from updates."""

from __future__ import annotations

from biofeedback.types import (
    LinkChanged,
    LinkReason,
    Metrics,
    PulseSeen,
    Strap,
    StrapKind,
    StrapRecognised,
    Update,
)
from gui import strap_words


class SignalHeard:
    """What the updates have told of the strap so far.

    Attributes
    ----------
    strap
        The strap as last connected; None before the first connection.
    """

    def __init__(self) -> None:
        self.strap: Strap | None = None
        self._link: LinkReason | None = LinkReason.SEARCHING
        self._contact: bool | None = None
        self._clear_share: float | None = None
        self._kind = StrapKind.UNKNOWN

    def take(self, update: Update) -> bool:
        """Take an update; return whether it says anything of the signal."""
        match update:
            case LinkChanged(_, strap, reason):
                self._link = reason
                self._contact = self._clear_share = None
                if strap is not None:
                    self.strap = strap
            case PulseSeen(_, _, contact, _):
                self._contact = contact
            case Metrics(_, reason=reason, artefact_fraction=fraction):
                # where intervals are no heartbeats, none of them is clear or unclear
                told = reason not in {"no_rr", "untrue_rr", "gap"}
                self._clear_share = 1 - fraction if told else None
            case StrapRecognised(_, kind):
                self._kind = kind
            case _:
                return False
        return True

    def words(self) -> list[tuple[str, str]]:
        """Return sentences and what helps (may be empty), what matters most first."""
        from devices.words import describe, signal_words

        told = list(
            signal_words(
                contact=self._contact,
                clear_share=self._clear_share,
                link=self._link,
                battery_pct=self.strap.battery_pct if self.strap is not None else None,
            )
        )
        if self._link is None:
            told.append(describe(self._kind))
        return [strap_words.told(each) for each in told]
