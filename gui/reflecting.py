"""Around a practice: asks how it feels, and keeps what the person says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from biofeedback.sessions.reflection import Felt, Moment, Reflection
from gui.bridge import Bridge
from gui.pages import Pages
from gui.screens.screen import Screen

if TYPE_CHECKING:
    from biofeedback.run import Outcome
    from gui.screens.felt import FeltScreen
    from gui.screens.summary import SummaryScreen


class Reflecting(QObject):
    """Leads from the page that asks to what comes next.

    Stop asks nothing: how it feels after is asked by itself only where a practice came to its own
    end, and can be said on the page of afterwards in any case.

    Parameters
    ----------
    felt, summary
        Return the page that asks, and the one that shows.
    pages
        Turns to them.
    bridge
        Keeps what is said.
    asks
        Tells whether the person wants to be asked.
    """

    def __init__(
        self,
        felt: Callable[[], FeltScreen],
        summary: Callable[[], SummaryScreen],
        pages: Pages,
        bridge: Bridge,
        asks: Callable[[], bool],
    ) -> None:
        super().__init__(pages)
        self._felt = felt
        self._summary = summary
        self._pages = pages
        self._bridge = bridge
        self._asks = asks
        self._then: Callable[[Felt], None] = lambda felt: None
        self._back: Screen | None = None
        self._answered: Felt | None = None
        self._outcome: Outcome | None = None
        self.known_tags: tuple[str, ...] = ()

    def join_felt(self, felt: FeltScreen) -> None:
        """Listen to the page that asks."""
        felt.done.connect(lambda felt: self._then(felt))
        felt.rated.connect(lambda said: self._keep_so_far(felt.moment, said))
        felt.back_wanted.connect(self.leave)

    def join_summary(self, summary: SummaryScreen) -> None:
        """Listen to the page that shows."""
        summary.felt.rate_wanted.connect(self._ask_after)
        summary.remark.changed.connect(self._remark)
        self._bridge.reflected.connect(summary.remark.told)

    def before(self, begin: Callable[[Felt | None], None], *, ask: bool = False) -> None:
        """Ask how it feels before a practice if that is wanted, then call ``begin``."""
        if self._answered is not None:
            answered, self._answered = self._answered, None
            begin(answered)  # the same beginning once more, with another strap
        elif ask or self._asks():
            self._back = self._pages.current
            self._turn(Moment.BEFORE, begin)
        else:
            begin(None)

    def again(self, felt: Felt | None) -> None:
        """Hold on to an answer for a practice that is about to begin anew; None lets go of it."""
        self._answered = felt

    def leave(self) -> None:
        """Go back without a practice."""
        if self._back is not None:
            self._pages.turn_to(self._back)

    def after(self, outcome: Outcome) -> Screen:
        """Take the end of a practice; return the screen that comes next."""
        self._outcome = outcome
        if outcome.said.before is None or not outcome.summary.completed:
            return self._summary()
        self._prepare(Moment.AFTER, self._rated_after)
        return self._felt()

    def _ask_after(self) -> None:
        self._turn(Moment.AFTER, self._rated_after)

    def _prepare(self, moment: Moment, then: Callable[[Felt], None]) -> None:
        self._then = then
        self._felt().ask(moment)

    def _turn(self, moment: Moment, then: Callable[[Felt], None]) -> None:
        self._prepare(moment, then)
        self._pages.turn_to(self._felt())

    def _keep_so_far(self, moment: Moment, felt: Felt) -> None:
        """Put each rating after on disk as it is chosen: what ends the program takes none along."""
        if moment is Moment.AFTER and self._outcome is not None:
            self._say(replace(self._outcome.said, after=felt))

    def _rated_after(self, felt: Felt) -> None:
        if self._outcome is not None:
            self._say(replace(self._outcome.said, after=felt))
            self._summary().show_said(self._outcome, asks=self._asks())
        self._pages.turn_to(self._summary())

    def _remark(self, tags: tuple[str, ...], note: str) -> None:
        if self._outcome is not None:
            self._say(replace(self._outcome.said, tags=tags, note=note))
            fresh = [tag for tag in tags if tag not in self.known_tags]
            self.known_tags = (*fresh, *self.known_tags)

    def _say(self, said: Reflection) -> None:
        assert self._outcome is not None
        self._outcome = replace(self._outcome, said=said)
        if self._outcome.session_id is not None:
            self._bridge.reflect(self._outcome.session_id, said)
