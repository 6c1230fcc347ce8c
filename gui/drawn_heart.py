"""The beats that may be drawn: measured ones, or the sensor's own rate where there are none."""

from __future__ import annotations

from biofeedback.types import (
    TICKS_PER_S,
    Beat,
    BeatsJudged,
    LinkChanged,
    PulseSeen,
    StrapKind,
    StrapRecognised,
    Update,
)


class DrawnHeart:
    """Turns updates into points of the heart's curve.

    A strap that sends no true intervals still sends a rate each second: that is drawn instead,
    and what was drawn of its intervals before it was recognised is taken back.

    Attributes
    ----------
    beats
        Everything drawn in this session.
    fresh
        Beats that have just come and are not judged yet.
    """

    def __init__(self) -> None:
        self.beats: list[Beat] = []
        self.fresh: list[Beat] = []
        self._pieces = 0
        self._rate_alone = False

    def take(self, update: Update) -> bool:
        """Take an update; return whether what was drawn so far no longer holds."""
        match update:
            case BeatsJudged(_, beats) if not self._rate_alone:
                self.beats += beats
                reached_s = beats[-1].t_s if beats else 0.0
                self.fresh = [beat for beat in self.fresh if beat.t_s > reached_s + 0.1]
            case PulseSeen(t_s, hr_bpm, contact, beats):
                if not self._rate_alone:
                    self.fresh = [*self.fresh, *beats][-16:]
                elif hr_bpm and contact is not False:
                    self.beats.append(Beat(t_s, round(60 * TICKS_PER_S / hr_bpm), self._pieces))
            case LinkChanged(_, _, reason) if reason is not None:
                self._pieces += 1
                self.fresh = []
            case StrapRecognised(_, kind):
                return self._recognise(kind)
            case _:
                pass
        return False

    def _recognise(self, kind: StrapKind) -> bool:
        rate_alone = kind.untrue or kind is StrapKind.NONE
        changed, self._rate_alone = rate_alone is not self._rate_alone, rate_alone
        if rate_alone and changed:
            self.beats, self.fresh = [], []
            return True
        return False
