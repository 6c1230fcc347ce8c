"""Analyse many recordings, in one process or several, with the same results."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeVar

from numpy.typing import ArrayLike

from biofeedback.analysis import PARTS, Part, analyze
from biofeedback.figures import Analysis
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.formats import read_recording
from biofeedback.sessions.formats.recording import Recording, RecordingError

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How each recording is analysed; see `biofeedback.analyze`."""

    correct: bool = True
    method: Literal["welch", "lomb"] = "welch"
    detrend: Literal["mean", "smooth"] = "mean"
    window_s: tuple[float | None, float | None] | None = None
    parts: Collection[Part] = PARTS


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """What came of one recording.

    Attributes
    ----------
    name
        As it was asked for.
    analysis
        The figures; None where it could not be read.
    problem
        Why it could not be read, a sentence; empty if it could.
    format, unit, dropped, file_notes
        How the file was understood, and what was left out of it as no heartbeat at all.
    """

    name: str
    analysis: Analysis | None
    problem: str = ""
    format: str = ""
    unit: str = ""
    dropped: tuple[tuple[str, int], ...] = ()
    file_notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, ready for JSON; the figures stand beside the name."""
        if self.analysis is None:
            return {"file": self.name, "error": self.problem}
        return {
            "file": self.name,
            "format": self.format,
            "unit": self.unit,
            "dropped": dict(self.dropped),
            "file_notes": list(self.file_notes),
            **self.analysis.to_dict(),
        }


def read_named(name: str) -> Recording:
    """Read a file, or, where ``name`` is a number and no file, a session of one's own.

    Raises
    ------
    RecordingError, StorageError
        If it can't be read.
    """
    from pathlib import Path

    if name.isdecimal() and not Path(name).exists():
        from biofeedback.sessions.recorded import read_session

        return read_session(int(name))
    return read_recording(name)


def analyze_named(name: str, settings: Settings) -> FileResult:
    """Read and analyse one recording; what goes wrong becomes part of the result."""
    try:
        recording = read_named(name)
        analysis = _analyzed(recording, settings)
    except (RecordingError, StorageError, ValueError) as error:
        return FileResult(name=name, analysis=None, problem=str(error))
    return FileResult(
        name=name,
        analysis=analysis,
        format=recording.format,
        unit=recording.unit,
        dropped=tuple(recording.dropped.items()),
        file_notes=recording.notes,
    )


def analyze_all(names: Sequence[str], settings: Settings, *, jobs: int = 1) -> Iterator[FileResult]:
    """Analyse recordings; yield the results in the order of ``names`` as they come.

    Parameters
    ----------
    names
        Files, or numbers of sessions.
    settings
        The same for all.
    jobs
        Processes to share the work; the results are the same for any number.
    """
    return _shared(partial(analyze_named, settings=settings), names, jobs)


def analyze_series(
    series: Sequence[ArrayLike], settings: Settings, *, jobs: int = 1
) -> Iterator[Analysis]:
    """Analyse series of RR intervals in ms; yield the results in their order as they come.

    Parameters
    ----------
    series
        Each of shape (n,).
    settings
        The same for all.
    jobs
        Processes to share the work; the results are the same for any number.

    Raises
    ------
    ValueError
        If one of them is no series of RR intervals.
    """
    return _shared(partial(_analyzed, settings=settings), series, jobs)


def _analyzed(rr_ms: Recording | ArrayLike, settings: Settings) -> Analysis:
    return analyze(
        rr_ms,
        correct=settings.correct,
        method=settings.method,
        detrend=settings.detrend,
        window_s=settings.window_s,
        parts=settings.parts,
    )


def _shared(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    if jobs <= 1 or len(items) < 2:
        yield from map(work, items)
        return
    jobs = min(jobs, len(items))
    # small enough that the last ones end together, large enough that sending costs little
    together = max(1, min(64, len(items) // (8 * jobs)))
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(work, items, chunksize=together)
