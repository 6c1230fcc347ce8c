"""What a reader hands over: the intervals of a recording, and what was left out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Unit = Literal["ms", "s", "ticks", "samples"]
"""What the file counted its intervals in. Ticks are 1/1024 s."""


class RecordingError(ValueError):
    """A file that no recording can be read from; the message is a sentence for the person."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Recording:
    """RR intervals as a file holds them. Nothing is judged here; only garbage is left out.

    Attributes
    ----------
    rr_ms
        Intervals in order, in ms, shape (n,), n >= 1. Artefacts are still among them.
        This array and the others cannot be written to.
    t_s
        When each interval ended, in seconds from the recording's start, shape (n,),
        increasing. From the file's own times where it has usable ones, else the running sum.
    starts
        Shape (n,): True where an interval begins after a gap: the first one, where the file
        says so, where its times jump ahead, or where garbage was left out just before.
    unit
        What the file counted in.
    format
        Name of the format, for people.
    source_path
        Where it was read from.
    dropped
        How many values were left out, by reason.
    notes
        Plain sentences on how the file was understood and what was left out.
    labels
        The label of the beat that ends each interval (WFDB: N, V, A ...), shape (n,), or None.
    normal
        Shape (n,): True where the beats at both ends of an interval are labelled normal;
        None where the file has no labels.
    started_at
        When the first interval began, as the file says; without a zone where it names none. None
        where it doesn't say.
    """

    rr_ms: NDArray[np.float64]
    t_s: NDArray[np.float64]
    starts: NDArray[np.bool_]
    unit: Unit
    format: str
    source_path: Path
    dropped: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    labels: tuple[str, ...] | None = None
    normal: NDArray[np.bool_] | None = None
    started_at: datetime | None = None

    def __post_init__(self) -> None:
        for array in (self.rr_ms, self.t_s, self.starts, self.normal):
            if array is not None:
                array.flags.writeable = False

    def __len__(self) -> int:
        return int(self.rr_ms.size)

    @property
    def duration_s(self) -> float:
        """Seconds from the start of the first interval to the end of the last."""
        return float(self.t_s[-1] - self.t_s[0] + self.rr_ms[0] / 1000)

    @property
    def n_dropped(self) -> int:
        """How many values were left out."""
        return sum(self.dropped.values())

    @property
    def n_gaps(self) -> int:
        """How many times the recording breaks off and goes on."""
        return int(np.count_nonzero(self.starts[1:]))

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain lists, strings and numbers, ready for JSON."""
        return {
            "rr_ms": self.rr_ms.tolist(),
            "t_s": self.t_s.tolist(),
            "starts": self.starts.tolist(),
            "unit": self.unit,
            "format": self.format,
            "source_path": str(self.source_path),
            "dropped": dict(self.dropped),
            "notes": list(self.notes),
            "labels": None if self.labels is None else list(self.labels),
            "normal": None if self.normal is None else self.normal.tolist(),
            "started_at": None if self.started_at is None else self.started_at.isoformat(),
        }

    def _facts(self) -> list[tuple[str, str]]:
        facts = [
            ("intervals", f"{len(self)}"),
            ("duration", _clock(self.duration_s)),
            ("median interval", f"{np.median(self.rr_ms):.0f} ms"),
            ("gaps", f"{self.n_gaps}"),
        ]
        if self.dropped:
            facts.append(("left out", counted(self.dropped)))
        return facts

    def __repr__(self) -> str:
        facts = ", ".join(f"{value} {name}" for name, value in self._facts()[:1])
        rest = ", ".join(f"{name} {value}" for name, value in self._facts()[1:])
        return f"<Recording {self.source_path.name}: {self.format}, {facts}, {rest}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(name)}</th><td>{escape(value)}</td></tr>"
            for name, value in [("format", self.format), *self._facts()]
        )
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return f"<table><caption>{escape(self.source_path.name)}</caption>{rows}</table>" + (
            f"<ul>{notes}</ul>" if notes else ""
        )


def began(recording: Recording, first_ended: datetime) -> Recording:
    """Return a recording whose first interval ended at ``first_ended``."""
    try:
        started_at = first_ended - timedelta(milliseconds=float(recording.rr_ms[0]))
    except OverflowError:
        return recording
    return replace(recording, started_at=started_at)


def counted(dropped: Mapping[str, int]) -> str:
    """Say what was left out: ``3 zero, 1 negative``."""
    return ", ".join(f"{count} {reason}" for reason, count in dropped.items())


def _clock(duration_s: float) -> str:
    minutes, seconds = divmod(round(duration_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
