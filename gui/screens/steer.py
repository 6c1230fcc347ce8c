"""The panel that steers the demo: a calmer or more tense heart, a restless strap, a lost link."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from devices.steering import MOST_TENSE, Steer, SteeringState
from gui import theme, wording
from gui.screens.sheet import Sheet
from gui.widgets.buttons import Kind, Pill
from gui.widgets.choosing import ChoiceGroup
from gui.widgets.flow import Flow
from gui.widgets.text import Text

STEER_KEY = "D"

_WELL, _RESTLESS, _THERE, _LOST = "well", "restless", "there", "lost"
_STRAP = {_WELL: Steer.STRAP_STILL, _RESTLESS: Steer.STRAP_RESTLESS}
_LINK = {_THERE: Steer.LINK_BACK, _LOST: Steer.LINK_LOST}


class SteerPanel(Sheet):
    """Asks for what a real day brings, to see what the practice makes of it."""

    steered = Signal(object)
    """A `Steer`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            wording.tr("Steer the simulated heart"),
            wording.tr("The simulated heart"),
            STEER_KEY,
            parent,
        )
        self._state = SteeringState()
        self._mood = Text("", theme.BODY_PX, tone="ink_soft")
        row = Flow(4)
        self.moods = {
            Steer.CALMER: Pill(wording.tr("Calmer"), Kind.OUTLINE),
            Steer.TENSER: Pill(wording.tr("More tense"), Kind.OUTLINE),
            Steer.AS_IT_WAS: Pill(wording.tr("As it was"), Kind.QUIET),
        }
        for steer, button in self.moods.items():
            button.clicked.connect(lambda _=False, steer=steer: self._ask(steer))
            row.add(button)
        self.strap = ChoiceGroup(
            wording.tr("The strap"),
            [(_WELL, wording.tr("Sits well")), (_RESTLESS, wording.tr("Restless"))],
        )
        self.link = ChoiceGroup(
            wording.tr("The link"),
            [(_THERE, wording.tr("There")), (_LOST, wording.tr("Lost"))],
        )
        self.strap.chosen.connect(lambda value: self._ask(_STRAP[value]))
        self.link.chosen.connect(lambda value: self._ask(_LINK[value]))
        note = Text(
            wording.tr("A change takes a few breaths to show. None of this is your own heart."),
            theme.SMALL_PX,
            tone="ink_soft",
        )
        self.lay(self._mood, row, self.strap, self.link, note)
        self.reset()

    def reset(self) -> None:
        """Begin with a heart that nobody has steered."""
        self._state = SteeringState()
        self._tell()

    @property
    def state(self) -> SteeringState:
        """What was asked for so far."""
        return self._state

    @property
    def told(self) -> str:
        """What is said of the heart."""
        return self._mood.text()

    def first_focus(self) -> QWidget:
        """Return the first button."""
        return self.moods[Steer.CALMER]

    def _ask(self, steer: Steer) -> None:
        self._state = self._state.after(steer)
        self._tell()
        self.steered.emit(steer)

    def _tell(self) -> None:
        state = self._state
        if state.tension == 0:
            told = wording.tr("The heart is as it was.")
        else:
            steps, most = wording.number(abs(state.tension)), wording.number(MOST_TENSE)
            sentence = (
                wording.tr("Calmer: step {n} of {all}.")
                if state.tension < 0
                else wording.tr("More tense: step {n} of {all}.")
            )
            told = sentence.format(n=steps, all=most)
        self._mood.setText(told)
        self.strap.set_value(_RESTLESS if state.strap_restless else _WELL)
        self.link.set_value(_LOST if state.link_lost else _THERE)
