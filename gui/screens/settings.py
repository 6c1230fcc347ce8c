"""Settings: how it looks, which language, which strap is remembered, and what is private."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.announce import announce
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.settings import IDLE_MINUTES, TEXT_PERCENTS, Settings
from gui.widgets.buttons import Kind, Pill
from gui.widgets.choosing import ChoiceGroup, chain_tabs
from gui.widgets.flow import Flow
from gui.widgets.language_choice import LanguageChoice
from gui.widgets.text import Text

_WIDEST_PX = 760
_SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class LockState:
    """What the page says of the lock.

    Attributes
    ----------
    folder
        Where everything is kept; empty where nothing can be.
    is_set
        Whether there is a passphrase.
    is_locked
        Whether it is locked now.
    remembered
        Whether the system's keyring has the key; None while that is not known.
    keyring_problem
        Why nothing can be remembered; empty where it can.
    """

    folder: str = ""
    is_set: bool = False
    is_locked: bool = False
    remembered: bool | None = None
    keyring_problem: str = ""


class SettingsScreen(Screen):
    """Sections in one column. What is chosen is told at once."""

    look_chosen = Signal(str)
    text_chosen = Signal(int)
    motion_chosen = Signal(str)
    language_chosen = Signal(str)
    strap_unwanted = Signal()
    idle_chosen = Signal(int)
    remember_chosen = Signal(bool)
    set_wanted = Signal()
    change_wanted = Signal()
    remove_wanted = Signal()
    lock_wanted = Signal()
    back_wanted = Signal()
    reset_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Settings"), parent)
        system = self.tr("As the system has it")
        self.look = ChoiceGroup(
            self.tr("Light or dark"),
            [
                (_SYSTEM, system),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
                ("light-high", self.tr("Light, strong contrast")),
                ("dark-high", self.tr("Dark, strong contrast")),
            ],
        )
        self.text = ChoiceGroup(
            self.tr("Size of the text"),
            [("0", system), *((str(each), f"{each} %") for each in TEXT_PERCENTS)],
        )
        self.motion = ChoiceGroup(
            self.tr("Motion"),
            [(_SYSTEM, system), ("full", self.tr("All of it")), ("less", self.tr("Less"))],
        )
        self.language = LanguageChoice()
        self.strap = Text("", theme.BODY_PX)
        self.forget_strap = Pill(self.tr("Forget this strap"), Kind.OUTLINE)
        self.where = Text("", theme.BODY_PX)
        self.state = Text("", theme.BODY_PX)
        self.set = Pill(self.tr("Set a passphrase"))
        self.lock = Pill(self.tr("Lock now"), key=self.tr("Ctrl+L"))
        self.change = Pill(self.tr("Another passphrase"))
        self.remove = Pill(self.tr("Take the passphrase away"), Kind.QUIET)
        self.idle = ChoiceGroup(
            self.tr("Lock by itself"),
            [
                ("0", self.tr("Never")),
                *((str(n), self.tr("After {n} quiet minutes").format(n=n)) for n in IDLE_MINUTES),
            ],
            note=self.tr("Never in the middle of a practice."),
        )
        self.remember = ChoiceGroup(
            self.tr("When the program starts"),
            [("no", self.tr("Ask me")), ("yes", self.tr("Remember it on this computer"))],
            note=self.tr(
                "Remembered, whoever uses your account on this computer can open what is kept."
            ),
        )
        self.no_keyring = Text("", theme.SMALL_PX, tone="ink_soft")
        self.told = Text("", theme.BODY_PX)
        self.plain = Text(
            self.tr(
                "Never encrypted: these settings, with your last choices and the name and address "
                "of your strap; and files that you export."
            ),
            theme.SMALL_PX,
            tone="ink_soft",
        )
        self.about_reset = Text(
            self.tr(
                "Your sessions, words, language, passphrase and strap stay as they are. It can be "
                "undone while this page is open."
            ),
            theme.SMALL_PX,
            tone="ink_soft",
        )
        self.reset = Pill(self.tr("Set choices, looks and sound back"))
        self.reset_told = Text("", theme.BODY_PX)
        self.undo = Pill(self.tr("Undo"))
        self.back = Pill(self.tr("Back"), key=self.tr("Esc"))
        self._join()
        self._lay_out()
        self.show_lock(LockState())
        self.show_reset(False)
        theme.look().changed.connect(self._arrange)

    def _join(self) -> None:
        self.look.chosen.connect(lambda value: self.look_chosen.emit(_plain(value)))
        self.text.chosen.connect(lambda value: self.text_chosen.emit(int(value)))
        self.motion.chosen.connect(lambda value: self.motion_chosen.emit(_plain(value)))
        self.language.language_chosen.connect(self.language_chosen)
        self.forget_strap.clicked.connect(self.strap_unwanted)
        self.idle.chosen.connect(lambda value: self.idle_chosen.emit(int(value)))
        self.remember.chosen.connect(lambda value: self.remember_chosen.emit(value == "yes"))
        self.set.clicked.connect(self.set_wanted)
        self.change.clicked.connect(self.change_wanted)
        self.remove.clicked.connect(self.remove_wanted)
        self.lock.clicked.connect(self.lock_wanted)
        self.reset.clicked.connect(self.reset_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.back.clicked.connect(self.back_wanted)

    def _lay_out(self) -> None:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(RING_PX, 0, 10, 0)
        box.setSpacing(14)
        self._locks = Flow(6)
        for button in (self.set, self.lock, self.change, self.remove):
            self._locks.add(button)
        sections: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (
                self.tr("Privacy"),
                (
                    self.where,
                    self.state,
                    self._locks,
                    self.told,
                    self.idle,
                    self.remember,
                    self.no_keyring,
                    self.plain,
                ),
            ),
            (self.tr("How it looks"), (self.look, self.text, self.motion)),
            (self.tr("Words"), (self.language,)),
            (self.tr("Strap"), (self.strap, self.forget_strap)),
            (self.tr("As at first"), (self.about_reset, self.reset, self.reset_told, self.undo)),
        )
        self._order: list[QWidget] = []
        for number, (title, widgets) in enumerate(sections):
            if number:
                box.addSpacing(16)
            box.addWidget(Text(title, theme.LEAD_PX, tone="breath", medium=True))
            for widget in widgets:
                box.addWidget(widget)
                self._order.append(widget)
        box.addStretch(1)
        heading = Text(self.tr("Settings"), theme.TITLE_PX)
        heading.setIndent(RING_PX)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(10)
        self._outer.addWidget(heading)
        self._outer.addWidget(scrolling(inner), 1)
        self._outer.addWidget(self.back, alignment=Qt.AlignmentFlag.AlignLeading)
        chain_tabs((*self._order, self.back))

    def show_settings(self, settings: Settings) -> None:
        """Show what is remembered."""
        self.look.set_value(settings.look or _SYSTEM)
        self.text.set_value(str(settings.text_pct))
        self.motion.set_value(settings.motion or _SYSTEM)
        self.language.set_language(settings.language)
        self.idle.set_value(str(settings.lock_after_min))
        strap = settings.strap
        if strap is None:
            told = self.tr("None is remembered.")
        else:
            told = self.tr("{name} is remembered.").format(name=strap.name or strap.address)
        self.strap.setText(told)
        self.forget_strap.setVisible(strap is not None)

    def show_lock(self, state: LockState) -> None:
        """Show what there is of a lock."""
        if state.folder:
            self.where.setText(
                self.tr(
                    "Everything is kept on this computer only, for your user alone, in {folder}."
                ).format(folder=state.folder)
            )
        else:
            self.where.setText(self.tr("Nothing can be kept for now."))
        if state.is_locked:
            told = self.tr("A passphrase is set, and what is kept is locked now.")
        elif state.is_set:
            told = self.tr(
                "A passphrase is set. Your sessions, ratings, notes, saved letters and own words "
                "are encrypted."
            )
        else:
            told = self.tr(
                "No passphrase is set: whoever can use your account can read what is kept."
            )
        self.state.setText(told)
        open_now = state.is_set and not state.is_locked
        self.set.setVisible(not state.is_set and bool(state.folder))
        self.lock.setVisible(state.is_set)
        self.lock.setText(self.tr("Unlock") if state.is_locked else self.tr("Lock now"))
        self.change.setVisible(open_now)
        self.remove.setVisible(open_now)
        self.idle.setVisible(open_now)
        self.remember.setVisible(open_now and not state.keyring_problem)
        self.remember.setEnabled(state.remembered is not None)
        self.remember.set_value("yes" if state.remembered else "no")
        self.no_keyring.setText(state.keyring_problem)
        self.no_keyring.setVisible(open_now and bool(state.keyring_problem))
        self._locks.place()

    def tell(self, words: str) -> None:
        """Say what came of it; empty says nothing."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def show_reset(self, done: bool) -> None:
        """Say that all is as at first and offer to take it back; or nothing of it."""
        self.reset_told.setText(
            self.tr("Choices, looks and sound are as at first.") if done else ""
        )
        self.reset_told.setVisible(done)
        self.undo.setVisible(done)
        if done:
            announce(self, self.reset_told.text())

    def first_focus(self) -> QWidget:
        """Return the first button of the lock, or Back."""
        for button in (self.set, self.lock):
            if not button.isHidden():
                return button
        return self.back

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(_WIDEST_PX)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 26, side - RING_PX, 18)


def _plain(value: str) -> str:
    return "" if value == _SYSTEM else value
