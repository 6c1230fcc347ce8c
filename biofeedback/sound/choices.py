"""What the person chose to hear."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

LOUDEST, SILENT = 1.0, 0.0
SLOWEST_RATE, FASTEST_RATE = -1.0, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundChoices:
    """Volumes from 0 (absent) to 1, and the voice.

    Attributes
    ----------
    tones
        A rising tone for the breath in, a falling one for the breath out.
    bowl
        A bowl, struck where a part of the practice begins or ends.
    waves
        Soft noise that swells with the breath.
    heart
        A tone that warms as the heart follows the breath.
    voice
        Spoken lines.
    voice_rate
        How fast it speaks, -1 to 1; 0 is the voice's own pace.
    muted
        Nothing sounds, whatever the volumes are.
    """

    tones: float = 0.5
    bowl: float = 0.0
    waves: float = 0.0
    heart: float = 0.0
    voice: float = 0.0
    voice_rate: float = -0.2
    muted: bool = False

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            low = SLOWEST_RATE if field.name == "voice_rate" else SILENT
            if not low <= value <= LOUDEST:
                raise ValueError(f"{field.name} lies between {low:g} and {LOUDEST:g}, not {value}")

    @property
    def wants_sound(self) -> bool:
        """Whether anything may sound, be it the answer to a key alone."""
        return not self.muted and self.loudest > 0

    @property
    def loudest(self) -> float:
        """The largest of the volumes; answers to keys are as loud."""
        return max(self.tones, self.bowl, self.waves, self.heart, self.voice)

    @property
    def wants_voice(self) -> bool:
        """Whether lines are spoken."""
        return not self.muted and self.voice > 0

    def toggled(self) -> SoundChoices:
        """Return the same with mute turned over."""
        return replace(self, muted=not self.muted)


def gain(volume: float) -> float:
    """Return the amplitude of a volume: its square, so that equal steps sound about equal."""
    return volume * volume
