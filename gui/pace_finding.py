"""From the page that explains to the pace that is kept: what leads from one to the other."""

from __future__ import annotations

from functools import cached_property
from random import SystemRandom
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from biofeedback.ports import Clock
from biofeedback.practice.assessing import PROTOCOLS
from biofeedback.practice.guides import paced
from biofeedback.types import BreathPattern, Choices, Update
from gui import pace_words
from gui.made import is_made
from gui.pages import Pages

if TYPE_CHECKING:
    from biofeedback.run import Outcome
    from biofeedback.sessions.info import SessionInfo
    from gui.screens.assessing import AssessingScreen
    from gui.screens.pace_found import PaceFoundScreen
    from gui.screens.resonance import ResonanceScreen


def is_assessment(choices: Choices | None) -> bool:
    """Tell whether what runs is an assessment and no practice."""
    return choices is not None and choices.plan_id in PROTOCOLS


def kept_breath(pace_per_min: float) -> BreathPattern:
    """Return the breath of a pace that is kept, in hundredths of a second."""
    breath = paced(pace_per_min)
    return BreathPattern(round(breath.inhale_s, 2), 0.0, round(breath.exhale_s, 2), 0.0)


class PaceFinding(QObject):
    """Holds the three pages together.

    Parameters
    ----------
    pages
        Where they are shown.
    """

    begin_wanted = Signal(object, bool)
    """The `Choices` of an assessment, and whether a strap is used."""
    act = Signal(object, str)
    """An `Action` of the person's while one runs."""
    framing = Signal()
    stop_wanted = Signal()
    ground_wanted = Signal()
    home_wanted = Signal()
    keep_wanted = Signal(float)
    """A pace per minute."""

    def __init__(self, pages: Pages) -> None:
        super().__init__(pages)
        self._pages = pages
        self._source = ""
        self._unkept = ""
        self._assessed: tuple[SessionInfo, ...] = ()
        self._shows_result = False
        self._agreement = ""

    @cached_property
    def explains(self) -> ResonanceScreen:
        """The page that explains."""
        from gui.screens.resonance import ResonanceScreen

        screen = ResonanceScreen()
        self._pages.add(screen)
        screen.begin_wanted.connect(self._begin)
        screen.back_wanted.connect(self.home_wanted)
        screen.ground_wanted.connect(self.ground_wanted)
        screen.set_kept(self._agreement)
        return screen

    @cached_property
    def running(self) -> AssessingScreen:
        """The page of an assessment that runs."""
        from gui.screens.assessing import AssessingScreen

        screen = AssessingScreen()
        self._pages.add(screen)
        screen.act.connect(self.act)
        screen.framing.connect(self.framing)
        screen.stop_wanted.connect(self.stop_wanted)
        screen.ground_wanted.connect(self.ground_wanted)
        return screen

    @cached_property
    def result(self) -> PaceFoundScreen:
        """The page of what was found."""
        from gui.screens.pace_found import PaceFoundScreen

        screen = PaceFoundScreen()
        self._pages.add(screen)
        screen.done_wanted.connect(self.home_wanted)
        screen.ground_wanted.connect(self.ground_wanted)
        screen.keep_wanted.connect(self.keep_wanted)
        return screen

    def open(self) -> None:
        """Open the page that explains."""
        self._pages.turn_to(self.explains)

    def _begin(self, protocol: str, with_strap: bool) -> None:
        choices = Choices(plan_id=protocol, quiet_s=0.0, seed=SystemRandom().randrange(1, 2**31))
        self.begin_wanted.emit(choices, with_strap)

    def expect(self, source: str) -> None:
        """Show the page of an assessment that is about to begin."""
        self._source, self._unkept, self._shows_result = source, "", False
        self.running.expect(source)
        self._pages.turn_to(self.running)

    def began(self, clock: Clock) -> None:
        """Take the clock of the assessment that runs."""
        self.running.begin(clock)

    def take(self, update: Update) -> None:
        """Show what an update says."""
        self.running.take(update)

    def not_kept(self, sentence: str) -> None:
        """Say that nothing of it is kept."""
        self._unkept = sentence
        self.running.tell(sentence)

    def ended(self, outcome: Outcome) -> bool:
        """Get the result ready; return whether there is one to show."""
        found = outcome.summary.resonance
        if found is None:  # stopped before the first step
            return False
        self.result.show_outcome(outcome, found, self._unkept)
        self._shows_result = True
        return True

    def take_assessed(self, assessed: tuple[SessionInfo, ...], source: str) -> None:
        """Learn which assessments are kept; ``source`` is the person's own strap."""
        from biofeedback.sessions.paces import kept_pace  # numpy: not before the first picture

        self._assessed = assessed
        mine = kept_pace(assessed, source)
        self._agreement = pace_words.agreement(mine) if mine.n_named else ""
        if is_made(self, "explains"):
            self.explains.set_kept(self._agreement)
        if self._shows_result and self._source.startswith("sim:"):
            self.result.set_simulated()
        elif self._shows_result:
            self.result.set_agreement(kept_pace(assessed, self._source))
