"""The window: which screen when, what the keys do, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow

from biofeedback.ports import Clock
from biofeedback.practice.content import load_content
from biofeedback.practice.personal import OwnPlan, Personal
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.first_words import mark_seen, seen
from biofeedback.sessions.personal_file import PersonalFile
from biofeedback.types import (
    Action,
    Choices,
    ChoicesChanged,
    GuideChanged,
    LinkChanged,
    Strap,
    Update,
)
from devices.steering import Steer, Steering
from gui import screens_of_window as make
from gui import spoken, wording
from gui.bridge import Bridge, Kept, Wanted
from gui.hearing import Hearing
from gui.history import History
from gui.locking import Locking
from gui.looking_back import LookingBack
from gui.looking_what_works import LookingWhatWorks
from gui.made import is_made, is_one
from gui.pace_finding import PaceFinding, is_assessment, kept_breath
from gui.pages import Pages
from gui.preferences import Preferences
from gui.reflecting import Reflecting
from gui.screens.home import HomeScreen
from gui.screens.screen import Screen
from gui.settings import Settings, SettingsFile, fitting
from gui.taking_along import TakingAlong
from gui.translations.use import use as use_translation
from gui.widgets.corner import Corner
from gui.widgets.phase_bands import Change
from gui.written import Written

if TYPE_CHECKING:
    from biofeedback.run import Outcome
    from biofeedback.sessions.info import SessionInfo
    from biofeedback.sessions.reflection import Felt
    from gui.replayed import Replayed

DEMO = "sim:"

_CHANGED_IN_THE_MIDDLE = (
    "plan_id",
    "guided_s",
    "guide_id",
    "touch_id",
    "anchor_id",
    "sight",
    "eyes",
    "quiet_s",
)
"""Of the choices, those that a person can change while a practice runs."""


class MainWindow(QMainWindow):
    """Everything that can be seen.

    Parameters
    ----------
    folder
        Where settings are kept; None remembers nothing.
    speed
        Times real time, for every practice of this window.
    language
        Language of the words, for this visit; empty takes what is remembered, or the system's.
    """

    language_changed = Signal()
    """The window's own words change with a new window, which `take_over`s this one."""

    # made when they are first asked for: `gui.made` asks without making one
    setup = cached_property(make.setup)
    own_guides = cached_property(make.own_guides)
    practice = cached_property(make.practice)
    replay = cached_property(make.replay)
    summary = cached_property(make.summary)
    felt = cached_property(make.felt)
    rest = cached_property(make.rest)
    grounding = cached_property(make.grounding)
    crisis = cached_property(make.crisis)
    help = cached_property(make.help_page)
    first_run = cached_property(make.first_run)
    chooser = cached_property(make.chooser)
    signal = cached_property(make.signal)
    phrases = cached_property(make.phrases)
    beside = cached_property(make.beside)

    def __init__(self, folder: Path | None, speed: float = 1.0, language: str = "") -> None:
        super().__init__()
        self._own = PersonalFile(folder)
        self._file = SettingsFile(folder, self._own.personal)
        self._language = language
        use_translation(self.language)
        self.setWindowTitle(self.tr("Hand on Heart"))
        spoken.use(self.language, self._own.personal)
        self._speed = speed
        self._wanted: Wanted | None = None
        self._given: Choices | None = None
        self._changes: list[Change] = []
        self._unkept = ""
        self._stopping = self._choosing = False
        self._behind: Screen | None = None
        self._behind_help: Screen | None = None
        self._behind_crisis: Screen | None = None
        self._behind_replay: Screen | None = None
        self.bridge = Bridge(self)
        self.pages = Pages(self)
        self.setCentralWidget(self.pages)
        self.home = HomeScreen()
        self.pages.add(self.home)
        self.help_now = Corner(self.tr("Help now"), "F1")
        self.pages.set_corner(self.help_now)
        self.pace = PaceFinding(self.pages)
        self.history = History(self.pages, self.bridge, lambda: self._file.settings.numbers)
        self.reflecting = Reflecting(
            felt=lambda: self.felt,
            summary=lambda: self.summary,
            pages=self.pages,
            bridge=self.bridge,
            asks=lambda: self._file.settings.ratings,
        )
        self.written = Written(self.pages, self.home, self.bridge)
        self.looking_back = LookingBack(self.pages, self.bridge, self.home)
        self.taking_along = TakingAlong(
            self.pages, self.bridge, self.home, lambda: self.personal, self.keep_personal
        )
        self.what_works = LookingWhatWorks(self.pages, self.home)
        self.hearing = Hearing(self._file, self)
        self.written.spoken = lambda: self.hearing.sounding.speaks
        self.locking = Locking(folder, self.pages, self.bridge)
        self.preferences = Preferences(folder, self._file, self.locking, self.pages, self.bridge)
        self.written.encrypted = lambda: self.locking.is_set
        self._hidden = False
        self._connect()
        self._tell_settings()
        self.setMinimumSize(720, 480)
        geometry = self._file.settings.window
        if not geometry or not self.restoreGeometry(QByteArray(geometry)):
            self.resize(1280, 800)
        self._folder = folder
        self.opening = make.opening(self)
        self.pages.turn_to(self.home if seen(folder) else self.first_run)
        self.locking.begin()

    def _connect(self) -> None:
        bridge, home, written, pace = self.bridge, self.home, self.written, self.pace
        bridge.began.connect(self._practice_began)
        bridge.updated.connect(self._take)
        bridge.ended.connect(self._practice_ended)
        bridge.failed.connect(self._practice_failed)
        for over in (bridge.ended, bridge.failed):  # it may have been locked in the middle
            over.connect(lambda _: self._hide_private())
        bridge.unkept.connect(self._not_kept)
        bridge.kept.connect(self._take_kept)
        bridge.unwell.connect(lambda words: self.home.add_notice(words, bridge.details))
        bridge.opened.connect(self._play)
        bridge.open_failed.connect(self._replay_failed)
        home.begin_wanted.connect(self.begin_with_strap)
        home.demo_wanted.connect(self.begin_demo)
        home.strap_wanted.connect(self.open_chooser)
        home.words_wanted.connect(self._open_words)
        home.setup_wanted.connect(lambda: self.pages.turn_to(self.setup))
        home.ground_wanted.connect(self.ground)
        home.help_wanted.connect(self.open_help)
        home.session_wanted.connect(self.looking_back.open_session)
        home.pace_wanted.connect(pace.open)
        home.history_wanted.connect(self.history.open)
        self.history.open_wanted.connect(self.looking_back.open_session)
        self.history.compare_wanted.connect(self.looking_back.compare)
        self.history.begin_wanted.connect(self.begin_with_strap)
        self.history.demo_wanted.connect(self.begin_demo)
        self.history.ground_wanted.connect(self.ground)
        self.history.home_wanted.connect(self.go_home)
        self.history.numbers_wanted.connect(self._toggle_numbers)
        self.history.changed.connect(bridge.read_kept)
        self.help_now.clicked.connect(self.open_help_now)
        written.ground_wanted.connect(self.ground)
        written.next_wanted.connect(lambda: bridge.act(Action.NEXT_LINE))
        written.previous_wanted.connect(lambda: bridge.act(Action.PREVIOUS_LINE))
        written.stop_wanted.connect(self.stop)
        written.help_wanted.connect(self.open_help)
        self.looking_back.ground_wanted.connect(self.ground)
        self.looking_back.watch_wanted.connect(lambda number: self.watch(f"replay:{number}"))
        self.looking_back.changed.connect(self._read_again)
        self.locking.hide_wanted.connect(self._hide_private)
        self.locking.read_wanted.connect(self._show_private)
        self.locking.ground_wanted.connect(self.ground)
        self.locking.stop_wanted.connect(self.stop)
        self.locking.settings_wanted.connect(self.preferences.open)
        self.locking.without_wanted.connect(lambda: self.pages.uncover(self.home))
        home.settings_wanted.connect(self.preferences.open)
        self.preferences.language_chosen.connect(self.set_language)
        self.preferences.changed.connect(self._tell_settings)
        self.preferences.home_wanted.connect(self.go_home)
        self.preferences.sound_chosen.connect(self.hearing.choose)
        self.preferences.read_wanted.connect(bridge.read_kept)
        self.taking_along.ground_wanted.connect(self.ground)
        self.what_works.ground_wanted.connect(self.ground)
        self.taking_along.changed.connect(self._read_again)
        pace.begin_wanted.connect(self._begin_assessment)
        pace.act.connect(bridge.act)
        pace.framing.connect(bridge.drain)
        pace.stop_wanted.connect(self.stop)
        pace.ground_wanted.connect(self.ground)
        pace.home_wanted.connect(self.go_home)
        pace.keep_wanted.connect(self._keep_pace)

    @property
    def in_idle_time(self) -> tuple[Callable[[], object], ...]:
        """What gets ready once the first picture is up: screens that a key opens come first."""
        return (
            lambda: self.grounding,
            lambda: self.crisis,
            lambda: import_module("gui.screens.practice"),
            lambda: self.practice,
            lambda: self.setup,
            lambda: self.help,
            lambda: import_module("gui.screens.history"),
            lambda: self.history.screen,
        )

    @property
    def settings(self) -> Settings:
        """What is remembered."""
        return self._file.settings

    @property
    def language(self) -> str:
        """The language of the words."""
        return spoken.language_for(self._language or self._file.settings.language)

    def _language_of(self, choices: Choices) -> str:
        """Return the language of a practice: a plan that brings lines is in one language."""
        for own in self.personal.plans:
            if own.plan.plan_id == choices.plan_id and own.lines:
                return own.language
        return self.language

    @property
    def personal(self) -> Personal:
        """What is the person's own."""
        return self._own.personal

    def keep_personal(self, personal: Personal) -> None:
        """Take what the person made their own, keep it, and speak it from now on."""
        try:
            self._own.keep(personal)
        except StorageError as error:
            self.home.set_notice(
                self.tr("Your own words could not be kept. {why}").format(why=error)
            )
        self._speak()

    def add_plan(self, plan: OwnPlan) -> None:
        """Keep a plan among the person's, and choose it for the next practice."""
        self.keep_personal(self.personal.with_plan(plan))
        self._file.change(choices=replace(self.settings.choices, plan_id=plan.plan.plan_id))
        self._tell_settings()

    def bring_plan(self, plan: OwnPlan) -> None:
        """Keep a plan that was read from a file, and show it."""
        self.add_plan(plan)
        self.phrases.set_personal(self.personal, self._file.settings.language)

    def set_language(self, language: str) -> None:
        """Speak another language from now on; empty follows the system."""
        before, self._language = self.language, ""
        self._file.change(language=language)
        self._speak()
        if self.language != before:
            self.language_changed.emit()

    def take_over(self, window: MainWindow) -> None:
        """Stand where another window stood when its language was changed: nothing is lost."""
        self.written.visit = window.written.visit
        self.setGeometry(window.geometry())
        self.setWindowState(window.windowState())
        self._open_words()
        self.pages.turn_to(self.phrases, at_once=True)

    def _speak(self) -> None:
        spoken.use(self.language, self.personal)
        self._file.change(choices=fitting(self._file.settings.choices, spoken.current()))
        self._tell_settings()

    # --------------------------------------------------------------------------- practice
    def begin_with_strap(self) -> None:
        """Begin with the strap that is remembered; before the first, look which one is near."""
        strap = self._file.settings.strap
        if strap is not None:
            self.begin(f"ble:{strap.address}")
        else:
            self.pages.turn_to(self.chooser)
            self.chooser.look(quick=True)

    def begin_settled(self, strap: Strap | None) -> None:
        """Begin with the only strap that is near; without one, say why and go on looking."""
        if strap is not None:
            self.choose_strap(strap)
        else:
            self.bridge.stop_scan()
            self.begin("ble:")

    def begin_demo(self) -> None:
        """Begin with a simulated heart."""
        self.begin(DEMO)

    def begin(self, source: str, choices: Choices | None = None, *, felt: bool = False) -> None:
        """Begin a practice; where the person wants it, ask first how it feels.

        Parameters
        ----------
        source
            As `devices.opening` names it.
        choices
            None takes those that are remembered.
        felt
            Ask whatever is remembered.
        """
        if not self.bridge.practising:
            self.reflecting.before(lambda said: self._begin(source, choices, said), ask=felt)

    def _begin(self, source: str, choices: Choices | None, felt: Felt | None) -> None:
        wait = source.startswith("ble:")
        settings = self._file.settings
        chosen = choices or self._file.settings.choices
        speed = 1.0 if wait else self._speed
        chosen = replace(
            chosen,
            wait_for_heart=wait,
            language=self._language_of(chosen),
            attended=speed > 0,  # as fast as the machine can, nobody answers in time
        )
        spoken.use(chosen.language, self.personal)
        self._wanted = Wanted(
            source,
            chosen,
            speed,
            Steering(),
            settings.sensors,
            personal=self.personal,
            felt_before=felt,
        )
        self._given = choices
        self._changes = []
        self._unkept, self._stopping, self._choosing = "", False, False
        self.practice.expect(source, chosen, numbers=settings.numbers, sensors=settings.sensors)
        self.pages.turn_to(self.practice)
        content = load_content(chosen.language).with_personal(self.personal)
        self.written.begin(content, self.practice)
        self.bridge.practise(self._wanted)

    def _begin_assessment(self, choices: Choices, with_strap: bool) -> None:
        """Begin to look for the own pace, with the strap that is remembered or any that is near."""
        if self.bridge.practising:
            return
        strap = self._file.settings.strap
        source = (f"ble:{strap.address}" if strap else "ble:") if with_strap else DEMO
        chosen = replace(choices, wait_for_heart=with_strap, language=self.language)
        self._wanted = Wanted(source, chosen, 1.0 if with_strap else self._speed)
        self._stopping = self._choosing = False
        self.pace.expect(source)
        self.bridge.practise(self._wanted)

    @property
    def _assessing(self) -> bool:
        """Whether what runs, or ran last, is an assessment."""
        return self._wanted is not None and is_assessment(self._wanted.choices)

    def open_own_guides(self) -> None:
        """Show the person's own breath guides."""
        self.own_guides.show_personal(self.personal)
        self.pages.turn_to(self.own_guides)

    def keep_own_guides(self, personal: Personal, guide_id: str) -> None:
        """Keep the person's breath guides; a new one is chosen at once."""
        self.keep_personal(personal)
        if guide_id:
            self._file.change(choices=replace(self.settings.choices, guide_id=guide_id))
            self._tell_settings()
        self.own_guides.show_personal(self.personal)

    def _keep_pace(self, pace_per_min: float) -> None:
        """Make the pace a guide of the person's own, and choose it."""
        label = self.tr("My pace, {pace}").format(pace=wording.number_short(pace_per_min))
        guide = next((each for each in self.personal.guides if each.label == label), None)
        if guide is None:
            personal, guide = self.personal.with_guide(label, kept_breath(pace_per_min))
            self.keep_personal(personal)
        self._file.change(choices=replace(self.settings.choices, guide_id=guide.guide_id))
        self._tell_settings()
        self.go_home()

    def steer(self, steer: Steer) -> None:
        """Steer the simulated heart."""
        if self._wanted is not None and self._wanted.steering is not None:
            self._wanted.steering.steer(steer)

    def stop(self) -> None:
        """Stop at once. What was recorded is kept."""
        if self.bridge.practising:
            self._stopping = True
            self.bridge.act(Action.STOP)

    def choose_another(self) -> None:
        """Leave the strap that is awaited, and choose one."""
        self._choosing = True
        self.stop()

    def _practice_began(self, clock: Clock) -> None:
        if self._assessing:
            self.pace.began(clock)
        else:
            self.practice.begin(clock)
        if self._wanted is not None:
            self.hearing.begin(clock, self._wanted.speed)

    def _take(self, update: Update) -> None:
        match update:
            case GuideChanged(t_s, segment):
                self._changes.append((t_s, segment))
            case LinkChanged(_, strap, None) if strap is not None:
                self._remember(strap)
            case ChoicesChanged(_, choices):
                self._remember_choices(choices)
            case _:
                pass
        if self._assessing:
            self.pace.take(update)
        else:
            self.practice.take(update)
            self.written.take(update)
        self.hearing.take(update)

    def _remember_choices(self, choices: Choices) -> None:
        """Take a change in the middle for the next time, too; what a command gave is its own."""
        if self._given is None:
            taken = {name: getattr(choices, name) for name in _CHANGED_IN_THE_MIDDLE}
            self._file.change(choices=replace(self._file.settings.choices, **taken))
            self._tell_settings()

    def _remember(self, strap: Strap) -> None:
        if self._wanted is not None and self._wanted.source.startswith("ble:"):
            self._file.change(strap=Strap(strap.address, strap.name))
            self._tell_settings()

    def _practice_ended(self, outcome: Outcome) -> None:
        self.hearing.end()
        if self._assessing:
            self._assessment_ended(outcome)
            return
        self.summary.show_outcome(
            outcome,
            self.practice.heart.beats,
            self._changes,
            self._unkept,
            asks=self._file.settings.ratings,
            known_tags=self.reflecting.known_tags,
        )
        after: Screen = self.reflecting.after(outcome)
        grounding = self._is_grounding and not self._stopping
        if self._choosing:
            self._choosing = False
            self.reflecting.again(outcome.said.before)
            self.open_chooser()
            self.bridge.read_kept()
            return
        if outcome.summary.duration_s < 1 or not outcome.summary.phases:
            after = self.home
        if grounding and is_one(after, self, "felt"):
            after = self.summary  # whoever is grounding is left in peace, and asked nothing
        after = self.written.after(after)
        if grounding:
            self._behind = after
            self.grounding.begin(self._file.settings.choices, practising=False)
        else:
            self.pages.turn_to(after)
        self.bridge.read_kept()

    def _assessment_ended(self, outcome: Outcome) -> None:
        after: Screen = self.pace.result if self.pace.ended(outcome) else self.home
        if self._is_grounding and not self._stopping:
            self._behind = after  # whoever is grounding is left in peace
            self.grounding.begin(self._file.settings.choices, practising=False)
        else:
            self.pages.turn_to(after)
        self.bridge.read_kept()

    def _practice_failed(self, sentence: str) -> None:
        self.hearing.end()
        self.home.set_notice(sentence, self.bridge.details)
        self.pages.turn_to(self.home)

    def _not_kept(self, sentence: str) -> None:
        self._unkept = self.tr("This practice is not kept. {why}").format(why=sentence)
        if self._assessing:
            self.pace.not_kept(self._unkept)
        else:
            self.practice.tell(self._unkept)

    def tell_unexpected(self, details: str) -> None:
        """Say at home that something went wrong that nobody foresaw; whatever runs, runs on."""
        said = self.tr("Something unexpected went wrong. What was recorded is kept.")
        self.home.add_notice(said, details)

    # ----------------------------------------------------------------------------- replay
    def watch(self, source: str) -> None:
        """Open a kept session or a recording, and play it as it was.

        Parameters
        ----------
        source
            ``replay:FILE`` or ``replay:NUMBER``.
        """
        if self.bridge.practising:
            return
        if not is_one(self.pages.current, self, "replay"):
            self._behind_replay = self.pages.current
        self.replay.expect(self.tr("Opening the session."))
        self.pages.turn_to(self.replay)
        self.bridge.open_replay(source.partition(":")[2].strip(), self._file.settings.choices)

    def _play(self, read: Replayed) -> None:
        from gui.player import Player

        if not is_one(self.pages.current, self, "replay"):
            return  # whoever went elsewhere is left there
        title = self._session_line(read.info) if read.info is not None else read.name
        self.replay.play(
            Player(read.timeline),
            title=title,
            source=read.source,
            choices=read.choices,
            numbers=self._file.settings.numbers,
        )

    def _replay_failed(self, sentence: str) -> None:
        self.home.set_notice(sentence, self.bridge.details)
        self.pages.turn_to(self.home)

    def leave_replay(self) -> None:
        """Leave a session that is looked at."""
        self.bridge.stop_opening()
        if self.looking_back.is_open(self._behind_replay):
            self.looking_back.come_back()
        else:
            self.go_home()

    # ------------------------------------------------------------------------ other screens
    def ground(self) -> None:
        """Open grounding from any screen; a practice waits behind it."""
        if self._is_grounding:
            return
        self._behind = self.pages.current
        practising = self.bridge.practising
        if practising:
            self.bridge.act(Action.GROUND)
        self.hearing.ground()
        choices = self._file.settings.choices
        if practising and self._wanted and not self._assessing:
            choices = self._wanted.choices
        self.grounding.begin(choices, practising=practising)
        # at once: body data is gone with the key, not faded
        self.pages.turn_to(self.grounding, at_once=True)

    def leave_grounding(self) -> None:
        """Go back from grounding; a practice goes on."""
        self.hearing.leave_grounding()
        behind = self.written.in_place_of(self._behind) or self.home
        if self._is_running(behind) or is_one(behind, self.written, "writing"):
            if not self.bridge.practising:
                behind = self.home
            else:
                self.bridge.act(Action.RESUME)
        self.pages.turn_to(behind)

    @property
    def _is_grounding(self) -> bool:
        return is_one(self.pages.current, self, "grounding")

    def _is_running(self, screen: Screen | None) -> bool:
        """Tell whether a screen is that of a practice or an assessment."""
        return is_one(screen, self, "practice") or is_one(screen, self.pace, "running")

    def _pause(self) -> None:
        """Let what runs wait while another screen lies before it."""
        screen = self.pages.current
        if is_one(screen, self, "practice"):
            paused = self.practice.paused
        elif is_one(screen, self.pace, "running"):
            paused = self.pace.running.paused
        else:
            return
        if not paused:
            self.bridge.act(Action.PAUSE)

    def open_help(self) -> None:
        """Open help from any screen; a practice waits behind it."""
        if is_one(self.pages.current, self, "help"):
            return
        self._behind_help = self.pages.current
        self._pause()
        self.pages.turn_to(self.help)

    def leave_help(self) -> None:
        """Go back to where help was opened."""
        self.pages.turn_to(self.written.in_place_of(self._behind_help) or self.home)

    def open_help_now(self) -> None:
        """Show whom to call, from any screen; a practice waits behind it, its body data hidden."""
        if is_one(self.pages.current, self, "crisis"):
            return
        self._behind_crisis = self.pages.current
        self._pause()
        self.crisis.set_region(self._file.settings.region)
        self.pages.turn_to(self.crisis, at_once=True)

    def leave_help_now(self) -> None:
        """Go back to where it was opened."""
        behind = self._behind_crisis or self.home
        if self._is_running(behind) and not self.bridge.practising:
            behind = self.home
        self.pages.turn_to(behind)

    def ground_from_help_now(self) -> None:
        """Go from whom to call to grounding."""
        if is_one(self._behind_crisis, self, "grounding"):
            self.leave_help_now()
        else:
            self.leave_help_now()
            self.ground()

    def go_on(self) -> None:
        """Leave the first page, for good."""
        mark_seen(self._folder)
        self.pages.turn_to(self.home)

    def _open_words(self) -> None:
        self.phrases.set_personal(self.personal, self._file.settings.language)
        self.pages.turn_to(self.phrases)

    def read_plan(self, path: Path) -> None:
        """Keep the plan of a file and choose it; the page of words says what came of it."""
        self._open_words()
        self.phrases.take_plan_file(path)

    def open_signal(self) -> None:
        """Show how well the strap is heard."""
        self.pages.turn_to(self.signal)

    def listen(self) -> None:
        """Listen to the strap that is remembered, or to the one that is near."""
        settings = self._file.settings
        source = f"ble:{settings.strap.address}" if settings.strap is not None else "ble:"
        self.signal.expect(source, sensors=settings.sensors)
        self.bridge.listen(source, with_sensors=settings.sensors)

    def open_chooser(self) -> None:
        """Look which straps are near."""
        self.pages.turn_to(self.chooser)
        self.chooser.look()

    def go_home(self) -> None:
        """Go home from wherever the window is."""
        self.reflecting.again(None)
        spoken.use(self.language, self.personal)
        self.pages.turn_to(self.home)

    # --------------------------------------------------------------------------- settings
    def choose(self, choices: Choices, numbers: bool) -> None:
        """Take what was chosen for the next practice, and keep it."""
        self._file.change(choices=choices, numbers=numbers)
        self._tell_settings()

    def choose_region(self, region: str) -> None:
        """Remember where help lines are wanted for."""
        self._file.change(region=region)

    def choose_sensors(self, on: bool) -> None:
        """Ask for ECG and accelerometer from now on, or no longer."""
        self._file.change(sensors=on)
        if on:  # while the person still looks at the choices
            self.bridge.load_detector()

    def choose_strap(self, strap: Strap) -> None:
        """Remember a strap, and begin with it."""
        self.bridge.stop_scan()
        self._file.change(strap=strap)
        self._tell_settings()
        self.begin_with_strap()

    def ask_from_now_on(self) -> None:
        """Ask how it feels from the next practice on."""
        self.ask_ratings(True)
        self.summary.felt.asking.hide()

    def ask_ratings(self, wanted: bool) -> None:
        """Ask how it feels from now on, or no longer."""
        self._file.change(ratings=wanted)
        self._tell_settings()

    def _toggle_numbers(self) -> None:
        self.show_numbers(not self._file.settings.numbers)

    def show_numbers(self, shown: bool) -> None:
        """Show figures from now on, or no longer."""
        self._file.change(numbers=shown)
        self._tell_settings()

    def _tell_settings(self) -> None:
        settings = self._file.settings
        choices, content = settings.choices, spoken.current()
        words = "   ·   ".join(
            (
                wording.practice_words(choices, content),
                content.touches[choices.touch_id].label,
                self.tr("{guide} breath").format(guide=content.guide(choices.guide_id).label)
                if content.guide(choices.guide_id).pattern
                else content.guide(choices.guide_id).label,
            )
        )
        self.home.set_choices(choices, words)
        strap = settings.strap
        if strap is None:
            told = self.tr("Looks for any Bluetooth chest strap.")
        else:
            told = self.tr("Looks for {name}, as last time.").format(
                name=strap.name or self.tr("your strap")
            )
        self.home.set_strap(told)
        if is_made(self, "setup"):
            make.tell_setup(self.setup, settings)
        if is_made(self, "practice"):
            make.tell_practice(self.practice, settings)
        if is_made(self, "replay"):
            self.replay.set_numbers(settings.numbers)
        self.history.show_numbers(settings.numbers)

    def _read_again(self) -> None:
        """Read lists anew after a session was changed on its own page."""
        self.bridge.read_kept()
        if is_made(self.history, "screen"):
            self.history.read()

    def _session_line(self, info: SessionInfo) -> str:
        plans = spoken.current().plans
        title = plans[info.plan].title if info.plan in plans else ""
        return wording.session_line(info, title, datetime.now().astimezone())

    def _take_kept(self, kept: Kept) -> None:
        if self._file.settings.sensors:  # while the person still looks at home
            self.bridge.load_detector()
        self.home.set_sessions([(info.id, self._session_line(info)) for info in kept.sessions])
        if kept.sessions:
            self.looking_back.get_ready()
        self.reflecting.known_tags = kept.tags
        self.pace.take_assessed(kept.assessed, "ble:")
        notices = [*kept.notices]
        if self._own.notice:
            notices.append(self._own.notice)
        if self._file.aside is not None:
            notices.append(wording.aside_words(self._file.aside))
        if self.locking.is_locked:
            notices = [self.tr("What you keep is locked, and nothing is added. Ctrl+L opens it.")]
        elif kept.problem:
            notices.append(self.tr("Nothing can be kept for now. {why}").format(why=kept.problem))
        if notices:
            self.home.set_notice("\n".join(notices), self.bridge.details if kept.problem else "")
        self.written.read()

    # --------------------------------------------------------------------------- the lock
    def _hide_private(self) -> None:
        """Take what is private off every page. While a practice runs it needs its words."""
        if self.bridge.practising or not self.locking.is_locked:
            return
        self._hidden = True
        if not self._own.locked:  # what was made since it was hidden stays for this visit
            self._take_own(PersonalFile(self._folder))
        self.home.set_sessions([])
        self.home.set_notice("")
        self.reflecting.known_tags = ()
        self.pace.take_assessed((), "ble:")
        self.written.hide()
        self.history.hide()
        if is_made(self, "replay"):
            if is_one(self.pages.covered, self, "replay"):
                self.leave_replay()
            self.replay.expect("")
        self.looking_back.hide()

    def _show_private(self) -> None:
        """Read what can be read again; what was made meanwhile is kept with it."""
        if self._hidden or self._own.locked:
            self._hidden = False
            meanwhile = self.personal
            self._take_own(PersonalFile(self._folder))
            if not meanwhile.empty:
                self.keep_personal(self.personal.joined(meanwhile))
            self.home.set_notice("")
            self.written.show()
            self.history.read_if_shown()
            self.looking_back.show()
        self.bridge.read_kept()

    def _take_own(self, own: PersonalFile) -> None:
        self._own = own
        spoken.use(self.language, self.personal)
        self._file.fit(self.personal)
        self._tell_settings()

    # ------------------------------------------------------------------------------- Qt's
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what the keys stand for; buttons have had their turn before."""
        key, screen = event.key(), self.pages.current
        if is_one(screen, self, "felt") and self.felt.key(key):
            pass
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key == Qt.Key.Key_L and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.locking.lock()
        elif key == Qt.Key.Key_O and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.opening.choose()
        elif key == Qt.Key.Key_G:
            self.ground()
        elif key == Qt.Key.Key_M:
            self.hearing.toggle_mute()
        elif key == Qt.Key.Key_F1:
            self.open_help_now()
        elif is_one(screen, self, "first_run") and self.first_run.key(key):
            pass
        elif key == Qt.Key.Key_F11:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        elif key == Qt.Key.Key_Question or event.text() == "?":
            self.open_help()
        elif self._is_grounding and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.grounding.step(1 if key == Qt.Key.Key_Right else -1)
        elif screen is not None and screen.key(key):
            pass
        elif key == Qt.Key.Key_I and (screen is self.home or is_one(screen, self, "chooser")):
            self.open_signal()
        elif key == Qt.Key.Key_N:
            self._toggle_numbers()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        screen = self.pages.current
        pages = (
            self.written,
            self.history,
            self.looking_back,
            self.taking_along,
            self.what_works,
        )
        if any(led.escape(screen) for led in pages):
            return
        if is_one(screen, self.written, "writing"):
            self.stop()
        elif is_one(screen, self, "practice"):
            if not self.practice.close_sheet():
                self.stop()
        elif is_one(screen, self.pace, "running"):
            self.stop()
        elif is_one(screen, self, "replay"):
            if not self.replay.close_sheet():
                self.leave_replay()
        elif is_one(screen, self, "grounding"):
            self.leave_grounding()
        elif is_one(screen, self, "help"):
            self.leave_help()
        elif is_one(screen, self, "crisis"):
            self.leave_help_now()
        elif is_one(screen, self, "first_run"):
            self.go_on()
        elif is_one(screen, self, "phrases"):
            if not self.phrases.close_editor():
                self.go_home()
        elif self.isFullScreen() and screen is self.home:
            self.showNormal()
        else:
            self.go_home()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Save, disconnect, remember the window."""
        self._file.change(window=bytes(self.saveGeometry().data()))
        self.hide()  # the pages keep what was typed as they go
        self.hearing.close()
        if is_made(self, "beside"):
            self.beside.close()
        self.taking_along.close()
        self.what_works.close()
        self.bridge.close()
        super().closeEvent(event)
