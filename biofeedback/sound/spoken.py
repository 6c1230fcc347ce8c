"""Which line is spoken when: one at a time, none too late.

The rules. A line is spoken when it is shown; one that waits for the person, to be answered in
writing, with its hint (`spoken_words`). What a person writes never comes here. While another is
still being spoken it waits; a newer one takes its place. A line that has faded from the screen
meanwhile isn't spoken any more, nor one that faded before the voice was awake. Pausing and
stopping silence the voice at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from biofeedback.practice.content import Content
from biofeedback.types import LineShown, Paused, PracticeEnded, Resumed, Update

LONGEST_S = 30.0
"""A voice that hasn't told by then that it is done will not: it mustn't silence all the rest."""


def spoken_words(line: LineShown, content: Content) -> str:
    """Return what is spoken of a line: where it waits, its hint too, as it stands on the page."""
    if line.suggested_s is None or not line.text:
        return line.text
    lines = content.sets[line.set_id].lines if line.set_id in content.sets else ()
    hints = [each.hint for each in lines if each.line_id == line.line_id]
    return " ".join([line.text, *filter(None, hints)])


class Speaker(Protocol):
    """A voice. It calls back when it is done, or was stopped."""

    @property
    def begun(self) -> bool:
        """Whether what was said last can be heard yet; a voice may take its time to wake."""
        ...

    def say(self, text: str) -> None:
        """Begin to speak. Never called while it speaks."""
        ...

    def stop(self) -> None:
        """Fall silent soon, and then tell that it is done."""
        ...


class SpokenLines:
    """Lets lines be spoken one after the other.

    Parameters
    ----------
    speaker
        The voice; `finished` must be called whenever it is done.
    now_s
        Any clock in seconds.
    on_speaking
        Is told when speaking begins and ends.
    """

    def __init__(
        self,
        speaker: Speaker,
        now_s: Callable[[], float],
        on_speaking: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._speaker = speaker
        self._now_s = now_s
        self._on_speaking = on_speaking
        self._began_s: float | None = None
        self._waiting = ""
        self._paused = False
        self._grounding = False

    @property
    def speaking(self) -> bool:
        """Whether the voice is busy."""
        return self._began_s is not None

    def take(self, update: Update, content: Content | None = None) -> None:
        """Let an update be spoken.

        Parameters
        ----------
        update
            Lines, pauses, the end; all else is no news for a voice.
        content
            For the hints of lines that wait, and the words at the end; None leaves those out.
        """
        match update:
            case LineShown(text=text) if text and not self._paused:
                self.say(spoken_words(update, content) if content else text)
            case LineShown():
                self._waiting = ""
                self._drop_unbegun()
            case Paused():
                self._paused = True
                if not self._grounding:
                    self.hush()
            case Resumed():
                self._paused = False
                if self._grounding:
                    self.leave_grounding()
            case PracticeEnded(_, completed):
                self._paused = False
                if self._grounding:
                    return  # whoever is grounding is left in peace
                self._waiting = ""
                if not completed:
                    self.hush()
                elif content:
                    self.say(content.sets["rest"].line("end").text)
            case _:
                pass

    def say(self, text: str) -> None:
        """Speak now, or as soon as the voice is free."""
        if self._began_s is not None:
            self._waiting = text
            self._drop_unbegun()
            if self._now_s() - self._began_s > LONGEST_S:
                self._speaker.stop()
                self.finished()
            return
        self._waiting = ""
        self._began_s = self._now_s()
        self._on_speaking(True)
        self._speaker.say(text)

    def ground(self) -> None:
        """Make room for the lines of grounding: the pause that comes with it leaves them be."""
        self.hush()
        self._grounding = True

    def leave_grounding(self) -> None:
        """Go back to the practice, or to nothing."""
        self.hush()
        self._grounding = False

    def hush(self) -> None:
        """Silence the voice; nothing waits any more."""
        self._waiting = ""
        if self._began_s is not None:
            self._speaker.stop()

    def _drop_unbegun(self) -> None:
        """Take back a line that has gone before the voice was awake."""
        if self._began_s is not None and not self._speaker.begun:
            self._speaker.stop()

    def finished(self) -> None:
        """Take note that the voice is done; what waits is said now."""
        if self._began_s is None:
            return
        self._began_s = None
        waiting, self._waiting = self._waiting, ""
        if waiting:
            self.say(waiting)
        else:
            self._on_speaking(False)
