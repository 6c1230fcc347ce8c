"""Hand on Heart: breathe slowly, a hand on the heart, and see your own heart follow.

The public interface for scripts and notebooks:

>>> from biofeedback import analyze
>>> analyze([812, 845, 829, 801]).hr_bpm
73.01490720413751

`analyze` and `read_recording` take a recording apart, `calm_verdict` compares two quiet times,
`resonance_assessment` looks for one's own pace in a stepped recording, `Stream` gives the live
figures beat by beat. Everything is loaded when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from biofeedback.analysis import analyze as analyze
    from biofeedback.figures import Analysis as Analysis
    from biofeedback.figures import Artefact as Artefact
    from biofeedback.sessions.formats import Recording as Recording
    from biofeedback.sessions.formats import RecordingError as RecordingError
    from biofeedback.sessions.formats import read_recording as read_recording
    from biofeedback.signals.calm import CalmAnswer as CalmAnswer
    from biofeedback.signals.calm import CalmVerdict as CalmVerdict
    from biofeedback.signals.calm import calm_verdict as calm_verdict
    from biofeedback.signals.resonance_assessment import (
        ResonanceAssessment as ResonanceAssessment,
    )
    from biofeedback.signals.resonance_assessment import (
        resonance_assessment as resonance_assessment,
    )
    from biofeedback.signals.series import NNSeries as NNSeries
    from biofeedback.stream import Stream as Stream
    from biofeedback.types import BeatFlag as BeatFlag
    from biofeedback.types import Following as Following
    from biofeedback.types import Metrics as Metrics

__all__ = [
    "Analysis",
    "Artefact",
    "BeatFlag",
    "CalmAnswer",
    "CalmVerdict",
    "Following",
    "Metrics",
    "NNSeries",
    "Recording",
    "RecordingError",
    "ResonanceAssessment",
    "Stream",
    "analyze",
    "calm_verdict",
    "read_recording",
    "resonance_assessment",
]

_HOMES = {
    "Analysis": "figures",
    "Artefact": "figures",
    "BeatFlag": "types",
    "CalmAnswer": "signals.calm",
    "CalmVerdict": "signals.calm",
    "Following": "types",
    "Metrics": "types",
    "NNSeries": "signals.series",
    "Recording": "sessions.formats",
    "RecordingError": "sessions.formats",
    "ResonanceAssessment": "signals.resonance_assessment",
    "Stream": "stream",
    "analyze": "analysis",
    "calm_verdict": "signals.calm",
    "read_recording": "sessions.formats",
    "resonance_assessment": "signals.resonance_assessment",
}


def __getattr__(name: str) -> Any:
    """Load a public name from where it lives, the first time that it is asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
