"""Writing in the terminal: lines are typed, an empty one goes on. In memory alone."""

from __future__ import annotations

import sys
from datetime import date, datetime

from biofeedback.cli.say import note, say
from biofeedback.practice.content import Content
from biofeedback.practice.writing import Writing, writing_of
from biofeedback.sessions.store import Store
from biofeedback.sessions.unlocked import is_lock_set
from biofeedback.types import Action

GROUND_KEY = "\x07"
"""Ctrl+G: a key that cannot be typed."""

_ENTER = {"\n", "\r"}
_BACK, _ESCAPE, _KILL_LINE, _KILL_WORD = "\x02", "\x1b", "\x15", "\x17"
_RUB_OUT = {"\x7f", "\b"}

HELP = (
    "Enter on an empty line goes on   Ctrl+B back   Ctrl+G grounding   Esc stop (nothing is lost)"
)


class TypedPage:
    """What is typed to each line that is answered in writing.

    Parameters
    ----------
    content
        For the prompts.
    """

    def __init__(self, content: Content) -> None:
        self._content = content
        self._set_id = ""
        self._line_id = ""
        self._texts: dict[str, str] = {}

    def turn_to(self, set_id: str, line_id: str) -> None:
        """Go on with what was typed to a line; another set begins a new page."""
        if set_id != self._set_id:
            self._set_id, self._texts = set_id, {}
        self._line_id = line_id
        self._texts.setdefault(line_id, "")

    @property
    def text(self) -> str:
        """What was typed to the present line."""
        return self._texts[self._line_id]

    @property
    def writing(self) -> Writing | None:
        """The page; None while nothing is on it."""
        if not self._set_id:
            return None
        page = writing_of(self._set_id, self._texts, self._content)
        return page if page.has_text else None

    def key(self, key: str) -> Action | None:
        """Take a key; return what it asks of the practice, if anything."""
        text = self.text
        if key in _ENTER:
            if text and not text.endswith("\n"):
                text += "\n"
            else:
                self._texts[self._line_id] = text.rstrip("\n")
                return Action.NEXT_LINE
        elif key == _BACK:
            return Action.PREVIOUS_LINE
        elif key == _ESCAPE:
            return Action.STOP
        elif key in _RUB_OUT:
            text = text[:-1]
        elif key == _KILL_LINE:
            text = text[: text.rfind("\n") + 1]
        elif key == _KILL_WORD:
            kept = text.rstrip(" ")
            text = kept[: max(kept.rfind(" "), kept.rfind("\n")) + 1]
        elif key == "\t" or (len(key) == 1 and key.isprintable()):
            text += key
        self._texts[self._line_id] = text
        return None


def offer_to_save(writing: Writing, store: Store) -> None:
    """Ask whether to save what was typed, and when to read it again."""
    say("What you wrote is gone when this ends, unless you save it.")
    if is_lock_set(store.path.parent):
        say("Saved, it lies on this computer, encrypted with your passphrase.")
    else:
        say("Saved, it lies on this computer: whoever uses your account can read it, unless you")
        say("set a passphrase (`hand-on-heart lock set`).")
    if not ask("Save it? [y/N] "):
        return
    day = _ask_day()
    saved = store.writings.save(writing, written_at=datetime.now().astimezone(), reread_on=day)
    say(f"Saved. `hand-on-heart writing {saved.id}` shows it.")


def _ask_day() -> date | None:
    today = datetime.now().astimezone().date()
    while True:
        answer = _ask("Read it again on which day? (such as 2026-12-24; Enter for none) ")
        if not answer:
            return None
        try:
            day = date.fromisoformat(answer)
        except ValueError:
            note("That is no day. Write it as year-month-day.")
            continue
        if day > today:
            return day
        note("That day is not in the future.")


def ask(question: str) -> bool:
    """Ask a question that is answered with y or anything else."""
    return _ask(question).casefold().startswith("y")


def _ask(question: str) -> str:
    """Ask on stderr; what is there no answer to counts as none."""
    sys.stderr.write(question)
    sys.stderr.flush()
    try:
        return sys.stdin.readline().strip()
    except KeyboardInterrupt:
        note("")
        return ""
