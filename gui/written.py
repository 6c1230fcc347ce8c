"""Guided writing in the window: the page while a line waits, and what becomes of it after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from biofeedback.practice.content import Content
from biofeedback.types import LineShown, PhaseStarted, PracticeEnded, Update
from gui import spoken, wording
from gui.bridge import Bridge
from gui.made import is_made, is_one
from gui.pages import Pages
from gui.pages_of_visit import Visit, VisitPage
from gui.screens.home import HomeScreen
from gui.screens.screen import Screen

if TYPE_CHECKING:
    from biofeedback.sessions.errors import StorageError
    from biofeedback.sessions.writings import SavedWriting
    from gui.screens.keep import KeepScreen
    from gui.screens.writing import WritingScreen
    from gui.screens.written import WrittenScreen

    SavedWritings = list[SavedWriting]


def _today() -> date:
    return datetime.now().astimezone().date()


class Written(QObject):
    """Leads between the practice and the page to write on, and keeps, saves or deletes pages.

    Parameters
    ----------
    pages, home
        The window's.
    bridge
        For what is saved; nothing goes there before the person asks.
    today
        The person's day.
    """

    ground_wanted = Signal()
    next_wanted = Signal()
    previous_wanted = Signal()
    stop_wanted = Signal()
    help_wanted = Signal()

    def __init__(
        self,
        pages: Pages,
        home: HomeScreen,
        bridge: Bridge,
        today: Callable[[], date] = _today,
    ) -> None:
        super().__init__(pages)
        self._pages, self._home, self._bridge = pages, home, bridge
        self._practice: Screen = home
        self.today = today
        self.spoken: Callable[[], bool] = lambda: False
        self.encrypted: Callable[[], bool] = lambda: False
        """Whether a voice reads the lines."""
        self.visit = Visit()
        self.saved: list[SavedWriting] = []
        self.waiting = False
        self._content = spoken.current()
        self._page: VisitPage | None = None
        self._shown: VisitPage | SavedWriting | None = None
        self._gone = False
        self._then: Screen = home
        self._entries: list[VisitPage | SavedWriting] = []
        self._hidden: list[VisitPage] = []
        home.written_wanted.connect(self.open_list)
        home.offer_wanted.connect(self._open_offered)
        home.offer_unwanted.connect(self._take_back_offer)

    @cached_property
    def writing(self) -> WritingScreen:
        """The page to write on."""
        from gui.screens.writing import WritingScreen

        screen = WritingScreen()
        screen.spoken = self.spoken
        self._pages.add(screen)
        screen.next_wanted.connect(self.next_wanted)
        screen.previous_wanted.connect(self.previous_wanted)
        screen.stop_wanted.connect(self.stop_wanted)
        screen.help_wanted.connect(self.help_wanted)
        screen.ground_wanted.connect(self.ground_wanted)
        return screen

    @cached_property
    def keep(self) -> KeepScreen:
        """The page on which what was written is kept, saved or deleted."""
        from gui.screens.keep import KeepScreen

        screen = KeepScreen()
        self._pages.add(screen)
        screen.done_wanted.connect(self.leave_page)
        screen.save_wanted.connect(self._save)
        screen.delete_wanted.connect(self._delete)
        screen.undo_wanted.connect(self._undo)
        screen.day_wanted.connect(self._pick_day)
        screen.ground_wanted.connect(self.ground_wanted)
        return screen

    @cached_property
    def list(self) -> WrittenScreen:
        """The list of everything that was written."""
        from gui.screens.written import WrittenScreen

        screen = WrittenScreen()
        self._pages.add(screen)
        screen.opened.connect(lambda place: self._open(self._entries[place], screen))
        screen.back_wanted.connect(lambda: self._pages.turn_to(self._home))
        screen.ground_wanted.connect(self.ground_wanted)
        return screen

    # --------------------------------------------------------------------- in the practice
    def begin(self, content: Content, practice: Screen) -> None:
        """Get ready for a practice with these words on that screen that is about to begin."""
        self._practice = practice
        self._content = content
        self.waiting, self._page = False, None
        if is_made(self, "writing"):
            self.writing.leave()

    def take(self, update: Update) -> None:
        """Come where a line waits, and go where none does."""
        match update:
            case LineShown(set_id=set_id, line_id=line_id, text=text, suggested_s=float(seconds)):
                line = self._content.sets[set_id].line(line_id)
                if self._page is None or self._page.set_id != set_id:
                    self._page = self.visit.page_for(set_id, self._content)
                self.writing.show_line(line, text, seconds, self._page)
                self.waiting = True
            case LineShown() | PhaseStarted():
                self.waiting = False
            case PracticeEnded(completed=completed):
                self.waiting = False
                if self._page is not None:
                    self._page.finished = completed
                return  # the window knows where to go now
            case _:
                return
        if self._is_in_practice(self._pages.current):
            self._pages.turn_to(self.in_practice)

    @property
    def in_practice(self) -> Screen:
        """The screen of a running practice: the page while a line waits."""
        return self.writing if self.waiting else self._practice

    def in_place_of(self, screen: Screen | None) -> Screen | None:
        """Return where to go back to: the practice may have come to another screen meanwhile."""
        return self.in_practice if self._is_in_practice(screen) else screen

    def _is_in_practice(self, screen: Screen | None) -> bool:
        return screen is self._practice or is_one(screen, self, "writing")

    def after(self, then: Screen) -> Screen:
        """Return where to go after a practice: what was written comes first, then ``then``."""
        page, self._page = self._page, None
        if is_made(self, "writing"):
            self.writing.leave()
        self._tell_home()
        if page is None or not page.writing.has_text:
            return then
        self._show(page, then)
        return self.keep

    def escape(self, screen: Screen | None) -> bool:
        """Do what Esc does on a screen of this file's; return whether it did anything."""
        if is_one(screen, self, "writing"):
            return self.writing.escape()
        if is_one(screen, self, "keep"):
            self.leave_page()
            return True
        return False

    # ------------------------------------------------------------------------------ pages
    def open_list(self) -> None:
        """List everything that was written."""
        self._show_list()
        self._pages.turn_to(self.list)

    def _show_list(self) -> None:
        self._entries = [*self.visit.written, *self.saved]
        now = datetime.now().astimezone()
        self.list.show_list(
            [
                wording.writing_entry(entry.set_id, entry.began_at, now, saved=False, day=None)
                if isinstance(entry, VisitPage)
                else wording.writing_entry(
                    entry.writing.set_id, entry.written_at, now, saved=True, day=entry.reread_on
                )
                for entry in self._entries
            ]
        )

    def _open(self, entry: VisitPage | SavedWriting, then: Screen) -> None:
        self._show(entry, then)
        self._pages.turn_to(self.keep)

    def _show(self, entry: VisitPage | SavedWriting, then: Screen) -> None:
        self._shown, self._gone, self._then = entry, False, then
        self.keep.show_page(
            entry.writing,
            saved=not isinstance(entry, VisitPage),
            reread_on=None if isinstance(entry, VisitPage) else entry.reread_on,
            today=self.today(),
            encrypted=self.encrypted(),
        )

    def leave_page(self) -> None:
        """Go on from a page; what was deleted on it is gone for good now."""
        if self._gone and not isinstance(self._shown, VisitPage):
            self._bridge.with_store(lambda store: store.writings.purge(), self._hear)
        self._shown, self._gone = None, False
        self.keep.forget()
        then = self._then
        if is_one(then, self, "list"):
            self._show_list()
            then = self.list if self._entries else self._home
        self._pages.turn_to(then)

    def hide(self) -> None:
        """Show nothing of what was written until `show`; pages of this visit stay in memory."""
        self._hidden += self.visit.pages
        self.visit, self.saved, self._page = Visit(), [], None
        self._tell_home()

    def show(self) -> None:
        """Show what `hide` hid, once more."""
        self.visit.pages[:0] = self._hidden
        self._hidden = []
        self._tell_home()

    # ---------------------------------------------------------------------------- keeping
    def read(self) -> None:
        """Read what is saved."""
        self._bridge.with_store(lambda store: store.writings.all(), self._take_saved)

    def _take_saved(self, found: SavedWritings | StorageError) -> None:
        if isinstance(found, list):
            self.saved = found
        self._tell_home()

    def _tell_home(self) -> None:
        due = self._due()
        offer = wording.reread_offer(due.writing.set_id, due.written_at) if due else ""
        self._home.set_written(bool(self.saved or self.visit.written), offer)

    def _due(self) -> SavedWriting | None:
        today = self.today()
        for saved in self.saved:
            if saved.reread_on is not None and saved.reread_on <= today:
                return saved
        return None

    def _save(self) -> None:
        page = self._shown
        if not isinstance(page, VisitPage):
            return
        writing, now = page.writing, datetime.now().astimezone()

        def kept(answer: SavedWriting | StorageError) -> None:
            if isinstance(answer, OSError):
                self.keep.tell(str(answer))
                return
            if page in self.visit.pages:
                self.visit.pages.remove(page)
            self._put(answer.id, answer)
            self._tell_home()
            if self._shown is page:
                self._show(answer, self._then)

        self._bridge.with_store(lambda store: store.writings.save(writing, written_at=now), kept)

    def _delete(self) -> None:
        shown = self._shown
        if isinstance(shown, VisitPage):
            self.visit.pages.remove(shown)
        elif shown is not None:
            number = shown.id
            self._put(number, None)
            self._bridge.with_store(lambda store: store.writings.delete(number), self._hear)
        self._gone = True
        self.keep.show_deleted()
        self._tell_home()

    def _undo(self) -> None:
        shown = self._shown
        if shown is None or not self._gone:
            return
        if isinstance(shown, VisitPage):
            self.visit.pages.append(shown)
        else:
            number = shown.id
            self._bridge.with_store(lambda store: store.writings.restore(number), self._hear)
            self._put(number, shown)
        self._show(shown, self._then)
        self._tell_home()
        self.keep.done.setFocus()

    def _pick_day(self, day: date | None) -> None:
        shown = self._shown
        if shown is not None and not isinstance(shown, VisitPage):
            self._shown = self._set_day(shown, day)

    def _set_day(self, saved: SavedWriting, day: date | None) -> SavedWriting:
        changed = replace(saved, reread_on=day)
        self._put(saved.id, changed)
        self._bridge.with_store(lambda store: store.writings.set_reread(saved.id, day), self._hear)
        self._tell_home()
        return changed

    def _open_offered(self) -> None:
        due = self._due()
        if due is not None:
            self._open(self._set_day(due, None), self._home)

    def _take_back_offer(self) -> None:
        due = self._due()
        if due is not None:
            self._set_day(due, None)

    def _put(self, number: int, saved: SavedWriting | None) -> None:
        """Show a change before the disk has it; None takes the page out of the list."""
        kept = [each for each in self.saved if each.id != number]
        if saved is not None:
            kept.append(saved)
        self.saved = sorted(kept, key=lambda each: each.id, reverse=True)

    def _hear(self, answer: object) -> None:
        """Say what the disk did not do, and read what it holds now."""
        if isinstance(answer, OSError):
            self.keep.tell(str(answer))
        self.read()
