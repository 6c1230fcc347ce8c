"""What runs while a recording of another program is replayed: no practice at all.

Such a recording knows of no phases, no guide and no words, so that nothing here is ever due. What
there is to see is the heart alone.
"""

from __future__ import annotations

from biofeedback.types import Action, BreathPhase, Choices, Update

RECORDING = "recording"
"""The plan of a session that is a recording of another program."""


def recording_choices() -> Choices:
    """Return the choices of such a session: nothing is known of what was chosen."""
    return Choices(plan_id=RECORDING, touch_id="none", quiet_s=0.0)


class Listening:
    """Takes the place of a `Practice`, and has its methods.

    Parameters
    ----------
    choices
        Those of `recording_choices`.
    """

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.ended_s: float | None = None
        self.paused = False

    def advance(self, t_s: float) -> list[Update]:
        """Let time pass: nothing is due."""
        del t_s
        return []

    def heart_arrived(self, t_s: float) -> list[Update]:
        """Hear of a packet: nothing waits for it."""
        return self.advance(t_s)

    def breath_at(self, t_s: float) -> BreathPhase | None:
        """Tell where the breath guide stands: there is none."""
        del t_s
        return None

    def act(self, t_s: float, action: Action, value: str = "") -> list[Update]:
        """Take note of nothing: there is no practice to act on."""
        del action, value
        return self.advance(t_s)

    def choices_after(self, action: Action, value: str) -> Choices:
        """Return the choices as they are."""
        del action, value
        return self.choices
