"""What other programs are told: plain values with the unit in each key (see docs/stream.md).

Nothing in it names a strap's address or a file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from biofeedback.signals.sensor_samples import Samples
from biofeedback.types import (
    Beat,
    BeatsJudged,
    LinkChanged,
    Metrics,
    PacketUnreadable,
    PulseSeen,
    SensorStream,
    Strap,
    StrapRecognised,
    Update,
)

SCHEMA = 1
"""Counts up when a key changes its meaning or goes; new keys may come at any time."""

Told = dict[str, Any]
"""One thing that is told: ``type`` says what, ``t_s`` when, in seconds of session time."""

Ago = Callable[[float], float]
"""How many seconds ago, on this computer's clock, a session time was."""


class OutletError(Exception):
    """An outlet that can't be opened; the message is a sentence for the person."""


class Outlet(Protocol):
    """A way out. It is used on one thread and never waits."""

    def tell(self, told: Told) -> None:
        """Pass one thing on.

        Raises
        ------
        OSError
            If nobody can be reached any more.
        """
        ...

    def close(self) -> None:
        """Pass on what is left, and let go of everything."""
        ...


def told_of(update: Update) -> Told | None:
    """Return what is told of an update; None of one that is no matter of the heart."""
    match update:
        case PulseSeen(t_s, hr_bpm, contact, beats):
            return {
                "type": "pulse",
                "t_s": t_s,
                "hr_bpm": hr_bpm,
                "contact": contact,
                "beats": [{"t_s": beat.t_s, "rr_ms": beat.rr_ms} for beat in beats],
            }
        case BeatsJudged(t_s, beats):
            return {"type": "beats", "t_s": t_s, "beats": [_judged(beat) for beat in beats]}
        case Metrics():
            return {
                "type": "metrics",
                "t_s": update.t_s,
                "hr_bpm": update.hr_bpm,
                "rmssd_ms": update.rmssd_ms,
                "sdnn_ms": update.sdnn_ms,
                "artefact_fraction": update.artefact_fraction,
                "reason": update.reason,
            }
        case LinkChanged(t_s, strap, reason):
            return {
                "type": "link",
                "t_s": t_s,
                "up": reason is None,
                "reason": None if reason is None else reason.value,
                "strap": None if strap is None else _strap(strap),
            }
        case StrapRecognised(t_s, kind):
            return {"type": "strap_kind", "t_s": t_s, "kind": kind.value}
        case PacketUnreadable(t_s, why):
            return {"type": "unreadable", "t_s": t_s, "why": why}
    return None


def told_of_samples(stream: SensorStream, samples: Samples, rate_hz: float) -> Told:
    """Return what is told of a frame of ECG or acceleration."""
    values = "samples_uv" if stream is SensorStream.ECG else "samples_mg"
    return {
        "type": stream.value,
        "t_s": float(samples.t_s[0]),
        "rate_hz": rate_hz,
        "starts": samples.starts,
        values: samples.values.tolist(),
    }


def _judged(beat: Beat) -> Told:
    return {
        "t_s": beat.t_s,
        "rr_ms": beat.rr_ms,
        "segment": beat.segment,
        "flag": beat.flag.value,
    }


def _strap(strap: Strap) -> Told:
    return {
        "name": strap.name,
        "battery_pct": strap.battery_pct,
        "location": strap.location,
        "manufacturer": strap.manufacturer,
        "model": strap.model,
    }
