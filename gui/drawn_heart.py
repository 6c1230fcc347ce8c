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
    gaps
        From when to when nothing was heard of the heart: the link was lost, or the strap did
        not feel the skin. The last one is open (None) while that goes on.
    """

    def __init__(self) -> None:
        self.beats: list[Beat] = []
        self.fresh: list[Beat] = []
        self.gaps: list[tuple[float, float | None]] = []
        self._pieces = 0
        self._rate_alone = False
        self._heard = False

    def take(self, update: Update) -> bool:
        """Take an update; return whether what was drawn so far no longer holds."""
        if isinstance(update, PulseSeen):
            self._hear(update)
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
            case LinkChanged(t_s, _, reason) if reason is not None:
                self._pieces += 1
                self.fresh = []
                self._lose(t_s)
            case StrapRecognised(_, kind):
                return self._recognise(kind)
            case _:
                pass
        return False

    def _hear(self, pulse: PulseSeen) -> None:
        if pulse.contact is False:
            self._lose(pulse.t_s)
            return
        self._heard = True
        if self.gaps and self.gaps[-1][1] is None:
            self.gaps[-1] = (self.gaps[-1][0], pulse.t_s)

    def _lose(self, t_s: float) -> None:
        """Open a gap; before anything was heard there is nothing to miss."""
        if self._heard and not (self.gaps and self.gaps[-1][1] is None):
            self.gaps.append((t_s, None))

    def _recognise(self, kind: StrapKind) -> bool:
        rate_alone = kind.untrue or kind is StrapKind.NONE
        changed, self._rate_alone = rate_alone is not self._rate_alone, rate_alone
        if rate_alone and changed:
            self.beats, self.fresh = [], []
            return True
        return False
