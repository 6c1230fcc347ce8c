"""The window: which screen when, what the keys do, and what is remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
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
from gui import spoken, wording
from gui.bridge import Bridge, Kept, Wanted
from gui.hearing import Hearing
from gui.pace_finding import PaceFinding, is_assessment, kept_breath
from gui.pages import Pages
from gui.player import Player
from gui.reflecting import Reflecting
from gui.screens.assessing import AssessingScreen
from gui.screens.chooser import ChooserScreen
from gui.screens.crisis import CrisisScreen
from gui.screens.felt import FeltScreen
from gui.screens.first_run import FirstRunScreen
from gui.screens.grounding import GroundingScreen
from gui.screens.help import HelpScreen
from gui.screens.home import HomeScreen
from gui.screens.own_guides import OwnGuidesScreen
from gui.screens.phrases import PhrasesScreen
from gui.screens.practice import PracticeScreen
from gui.screens.replay import ReplayScreen
from gui.screens.rest import RestScreen
from gui.screens.screen import Screen
from gui.screens.setup import SetupScreen
from gui.screens.signal import SignalScreen
from gui.screens.summary import SummaryScreen
from gui.settings import Settings, SettingsFile, fitting
from gui.widgets.corner import Corner
from gui.widgets.phase_bands import Change
from gui.written import Written

if TYPE_CHECKING:
    from biofeedback.run import Outcome
    from biofeedback.sessions.info import SessionInfo
    from biofeedback.sessions.reflection import Felt
    from gui.replayed import Replayed

DEMO = "sim:"

_WITH_KEYS = (PracticeScreen, SummaryScreen, AssessingScreen, ReplayScreen)
"""Screens that have keys of their own."""

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

    def __init__(self, folder: Path | None, speed: float = 1.0, language: str = "") -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Hand on Heart"))
        self._own = PersonalFile(folder)
        self._file = SettingsFile(folder, self._own.personal)
        self._language = language
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
        self.bridge = Bridge(self)
        self.pages = Pages(self)
        self.setCentralWidget(self.pages)
        self.home = HomeScreen()
        self.setup = SetupScreen()
        self.practice = PracticeScreen()
        self.replay: ReplayScreen | None = None
        self.summary = SummaryScreen()
        self.grounding = GroundingScreen()
        self.chooser = ChooserScreen()
        self.help = HelpScreen()
        self.rest = RestScreen()
        self.signal = SignalScreen()
        self.felt = FeltScreen()
        self.first_run = FirstRunScreen()
        self.crisis = CrisisScreen()
        self.phrases = PhrasesScreen()
        self.help_now = Corner(self.tr("Help now"), "F1")
        for screen in (
            self.home,
            self.setup,
            self.practice,
            self.summary,
            self.grounding,
            self.chooser,
            self.help,
            self.rest,
            self.signal,
            self.felt,
            self.first_run,
            self.crisis,
            self.phrases,
        ):
            self.pages.add(screen)
        self.pages.set_corner(self.help_now)
        self.pace = PaceFinding(self.pages)
        self.own_guides = OwnGuidesScreen()
        self.pages.add(self.own_guides)
        self.reflecting = Reflecting(
            self.felt,
            self.summary,
            self.pages,
            self.bridge,
            asks=lambda: self._file.settings.ratings,
        )
        self.written = Written(self.pages, self.home, self.practice, self.bridge)
        self.hearing = Hearing(self._file, self.setup, self.practice, self.grounding, self)
        self._connect()
        self._tell_settings()
        self.setMinimumSize(720, 480)
        geometry = self._file.settings.window
        if not geometry or not self.restoreGeometry(QByteArray(geometry)):
            self.resize(1280, 800)
        self._folder = folder
        self.pages.turn_to(self.home if seen(folder) else self.first_run)

    def _connect(self) -> None:
        bridge, home, practice = self.bridge, self.home, self.practice
        bridge.began.connect(self._practice_began)
        bridge.updated.connect(self._take)
        bridge.ended.connect(self._practice_ended)
        bridge.failed.connect(self._practice_failed)
        bridge.unkept.connect(self._not_kept)
        bridge.kept.connect(self._take_kept)
        bridge.sensors.connect(self.practice.signal.chest.set_trouble)
        bridge.found.connect(self.chooser.add)
        bridge.scanned.connect(self.chooser.finish)
        bridge.scan_failed.connect(self.chooser.fail)
        home.begin_wanted.connect(self.begin_with_strap)
        home.demo_wanted.connect(self.begin_demo)
        home.strap_wanted.connect(self._open_chooser)
        home.words_wanted.connect(self._open_words)
        self.phrases.changed.connect(self.keep_personal)
        self.phrases.language_chosen.connect(self.set_language)
        self.phrases.plan_brought.connect(self._bring_plan)
        self.phrases.back_wanted.connect(self._go_home)
        home.setup_wanted.connect(lambda: self.pages.turn_to(self.setup))
        home.ground_wanted.connect(self.ground)
        home.help_wanted.connect(self._open_help)
        self.chooser.signal_wanted.connect(self._open_signal)
        self.signal.listen_wanted.connect(self._listen)
        self.signal.listen_unwanted.connect(bridge.stop_listening)
        self.signal.begin_wanted.connect(self.begin_with_strap)
        self.signal.strap_wanted.connect(self._open_chooser)
        self.signal.back_wanted.connect(self._go_home)
        bridge.listening.connect(self.signal.begin_with)
        bridge.heard.connect(self.signal.take)
        home.session_wanted.connect(lambda number: self.watch(f"replay:{number}"))
        bridge.opened.connect(self._play)
        bridge.open_failed.connect(self._replay_failed)
        self.setup.changed.connect(self._choose)
        self.setup.ratings_chosen.connect(self._ask_ratings)
        practice.change.ratings_chosen.connect(self._ask_ratings)
        practice.change.numbers_chosen.connect(self._show_numbers)
        self.setup.sensors_chosen.connect(self._choose_sensors)
        self.setup.begin_wanted.connect(self.begin_with_strap)
        self.setup.demo_wanted.connect(self.begin_demo)
        self.setup.back_wanted.connect(self._go_home)
        practice.act.connect(self.bridge.act)
        practice.framing.connect(self.bridge.drain)
        practice.stop_wanted.connect(self.stop)
        practice.ground_wanted.connect(self.ground)
        practice.other_wanted.connect(self._choose_another)
        practice.steer.steered.connect(self._steer)
        self.summary.done_wanted.connect(self._go_home)
        self.summary.ground_wanted.connect(self.ground)
        self.summary.rest_wanted.connect(lambda: self.pages.turn_to(self.rest))
        self.rest.back_wanted.connect(self._go_home)
        self.grounding.back_wanted.connect(self._leave_grounding)
        self.grounding.stop_wanted.connect(self.stop)
        self.chooser.scan_wanted.connect(self.bridge.scan)
        self.chooser.scan_unwanted.connect(self.bridge.stop_scan)
        self.chooser.chosen.connect(self._choose_strap)
        self.chooser.settled.connect(self._begin_settled)
        self.chooser.back_wanted.connect(self._go_home)
        self.chooser.demo_wanted.connect(self.begin_demo)
        self.help.back_wanted.connect(self._leave_help)
        self.help.first_words_wanted.connect(lambda: self.pages.turn_to(self.first_run))
        self.help.help_now_wanted.connect(self.open_help_now)
        self.help_now.clicked.connect(self.open_help_now)
        self.first_run.go_on_wanted.connect(self._go_on)
        self.crisis.back_wanted.connect(self._leave_help_now)
        self.crisis.ground_wanted.connect(self._ground_from_help_now)
        self.crisis.region_chosen.connect(lambda region: self._file.change(region=region))
        self.felt.ground_wanted.connect(self.ground)
        self.summary.felt.asking_wanted.connect(self._ask_from_now_on)
        self.written.ground_wanted.connect(self.ground)
        writing = self.written.writing
        writing.next_wanted.connect(lambda: bridge.act(Action.NEXT_LINE))
        writing.previous_wanted.connect(lambda: bridge.act(Action.PREVIOUS_LINE))
        writing.stop_wanted.connect(self.stop)
        writing.help_wanted.connect(self._open_help)
        self._connect_pace()

    def _connect_pace(self) -> None:
        self.setup.own_wanted.connect(self._open_own_guides)
        self.own_guides.kept.connect(self._keep_own_guides)
        self.own_guides.back_wanted.connect(lambda: self.pages.turn_to(self.setup))
        pace = self.pace
        self.home.pace_wanted.connect(pace.open)
        self.setup.pace_wanted.connect(pace.open)
        pace.begin_wanted.connect(self._begin_assessment)
        pace.explains.back_wanted.connect(self._go_home)
        pace.explains.ground_wanted.connect(self.ground)
        pace.running.act.connect(self.bridge.act)
        pace.running.framing.connect(self.bridge.drain)
        pace.running.stop_wanted.connect(self.stop)
        pace.running.ground_wanted.connect(self.ground)
        pace.result.done_wanted.connect(self._go_home)
        pace.result.ground_wanted.connect(self.ground)
        pace.result.keep_wanted.connect(self._keep_pace)

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

    def _bring_plan(self, plan: OwnPlan) -> None:
        self.add_plan(plan)
        self.phrases.set_personal(self.personal, self._file.settings.language)

    def set_language(self, language: str) -> None:
        """Speak another language from now on; empty follows the system."""
        self._language = ""
        self._file.change(language=language)
        self._speak()

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

    def _begin_settled(self, strap: Strap | None) -> None:
        """Begin with the only strap that is near; without one, say why and go on looking."""
        if strap is not None:
            self._choose_strap(strap)
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
        self.written.begin(load_content(chosen.language).with_personal(self.personal))
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

    def _open_own_guides(self) -> None:
        self.own_guides.show_personal(self.personal)
        self.pages.turn_to(self.own_guides)

    def _keep_own_guides(self, personal: Personal, guide_id: str) -> None:
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
        self._go_home()

    def _steer(self, steer: Steer) -> None:
        if self._wanted is not None and self._wanted.steering is not None:
            self._wanted.steering.steer(steer)

    def stop(self) -> None:
        """Stop at once. What was recorded is kept."""
        if self.bridge.practising:
            self._stopping = True
            self.bridge.act(Action.STOP)

    def _choose_another(self) -> None:
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
        grounding = self.pages.current is self.grounding and not self._stopping
        if self._choosing:
            self._choosing = False
            self.reflecting.again(outcome.said.before)
            self._open_chooser()
            self.bridge.read_kept()
            return
        if outcome.summary.duration_s < 1 or not outcome.summary.phases:
            after = self.home
        if grounding and after is self.felt:
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
        if self.pages.current is self.grounding and not self._stopping:
            self._behind = after  # whoever is grounding is left in peace
            self.grounding.begin(self._file.settings.choices, practising=False)
        else:
            self.pages.turn_to(after)
        self.bridge.read_kept()

    def _practice_failed(self, sentence: str) -> None:
        self.hearing.end()
        self.home.set_notice(sentence)
        self.pages.turn_to(self.home)

    def _not_kept(self, sentence: str) -> None:
        self._unkept = self.tr("This practice is not kept. {why}").format(why=sentence)
        if self._assessing:
            self.pace.not_kept(self._unkept)
        else:
            self.practice.tell(self._unkept)

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
        if self.replay is None:  # most visits need none
            self.replay = ReplayScreen()
            self.pages.add(self.replay)
            self.replay.back_wanted.connect(self._leave_replay)
            self.replay.ground_wanted.connect(self.ground)
            self.bridge.opening.connect(self.replay.show_progress)
        self.replay.expect(self.tr("Opening the session."))
        self.pages.turn_to(self.replay)
        self.bridge.open_replay(source.partition(":")[2].strip(), self._file.settings.choices)

    def _play(self, read: Replayed) -> None:
        if self.replay is None or self.pages.current is not self.replay:
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
        self.home.set_notice(sentence)
        self.pages.turn_to(self.home)

    def _leave_replay(self) -> None:
        self.bridge.stop_opening()
        self._go_home()

    # ------------------------------------------------------------------------ other screens
    def ground(self) -> None:
        """Open grounding from any screen; a practice waits behind it."""
        if self.pages.current is self.grounding:
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

    def _leave_grounding(self) -> None:
        self.hearing.leave_grounding()
        behind = self.written.in_place_of(self._behind) or self.home
        if behind in (self.practice, self.written.writing, self.pace.running):
            if not self.bridge.practising:
                behind = self.home
            else:
                self.bridge.act(Action.RESUME)
        self.pages.turn_to(behind)

    def _open_help(self) -> None:
        if self.pages.current is self.help:
            return
        self._behind_help = self.pages.current
        screen = self.pages.current
        if screen in {self.practice, self.pace.running} and not screen.paused:
            self.bridge.act(Action.PAUSE)
        self.pages.turn_to(self.help)

    def _leave_help(self) -> None:
        self.pages.turn_to(self.written.in_place_of(self._behind_help) or self.home)

    def open_help_now(self) -> None:
        """Show whom to call, from any screen; a practice waits behind it, its body data hidden."""
        if self.pages.current is self.crisis:
            return
        self._behind_crisis = self.pages.current
        screen = self.pages.current
        if screen in {self.practice, self.pace.running} and not screen.paused:
            self.bridge.act(Action.PAUSE)
        self.crisis.set_region(self._file.settings.region)
        self.pages.turn_to(self.crisis, at_once=True)

    def _leave_help_now(self) -> None:
        behind = self._behind_crisis or self.home
        if behind in {self.practice, self.pace.running} and not self.bridge.practising:
            behind = self.home
        self.pages.turn_to(behind)

    def _ground_from_help_now(self) -> None:
        if self._behind_crisis is self.grounding:
            self._leave_help_now()
        else:
            self._leave_help_now()
            self.ground()

    def _go_on(self) -> None:
        """Leave the first page, for good."""
        mark_seen(self._folder)
        self.pages.turn_to(self.home)

    def _open_words(self) -> None:
        self.phrases.set_personal(self.personal, self._file.settings.language)
        self.pages.turn_to(self.phrases)

    def _open_signal(self) -> None:
        self.pages.turn_to(self.signal)

    def _listen(self) -> None:
        """Listen to the strap that is remembered, or to the one that is near."""
        settings = self._file.settings
        source = f"ble:{settings.strap.address}" if settings.strap is not None else "ble:"
        self.signal.expect(source, sensors=settings.sensors)
        self.bridge.listen(source, with_sensors=settings.sensors)

    def _open_chooser(self) -> None:
        self.pages.turn_to(self.chooser)
        self.chooser.look()

    def _go_home(self) -> None:
        self.reflecting.again(None)
        spoken.use(self.language, self.personal)
        self.pages.turn_to(self.home)

    # --------------------------------------------------------------------------- settings
    def _choose(self, choices: Choices, numbers: bool) -> None:
        self._file.change(choices=choices, numbers=numbers)
        self._tell_settings()

    def _choose_sensors(self, on: bool) -> None:
        self._file.change(sensors=on)
        if on:  # while the person still looks at the choices
            self.bridge.load_detector()

    def _choose_strap(self, strap: Strap) -> None:
        self.bridge.stop_scan()
        self._file.change(strap=strap)
        self._tell_settings()
        self.begin_with_strap()

    def _ask_from_now_on(self) -> None:
        self._ask_ratings(True)
        self.summary.felt.asking.hide()

    def _ask_ratings(self, wanted: bool) -> None:
        self._file.change(ratings=wanted)
        self._tell_settings()

    def _toggle_numbers(self) -> None:
        self._show_numbers(not self._file.settings.numbers)

    def _show_numbers(self, shown: bool) -> None:
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
        self.setup.set_choices(
            choices,
            numbers=settings.numbers,
            sensors=settings.sensors,
            ratings=settings.ratings,
        )
        self.practice.change.set_shown(numbers=settings.numbers, ratings=settings.ratings)
        self.practice.set_numbers(settings.numbers)
        if self.replay is not None:
            self.replay.set_numbers(settings.numbers)

    def _session_line(self, info: SessionInfo) -> str:
        plans = spoken.current().plans
        title = plans[info.plan].title if info.plan in plans else ""
        return wording.session_line(info, title, datetime.now().astimezone())

    def _take_kept(self, kept: Kept) -> None:
        if self._file.settings.sensors:  # while the person still looks at home
            self.bridge.load_detector()
        self.home.set_sessions([(info.id, self._session_line(info)) for info in kept.sessions])
        self.reflecting.known_tags = kept.tags
        self.pace.take_assessed(kept.assessed, "ble:")
        notices = [*kept.notices]
        if self._own.notice:
            notices.append(self._own.notice)
        if kept.problem:
            notices.append(self.tr("Nothing can be kept for now. {why}").format(why=kept.problem))
        if notices:
            self.home.set_notice("\n".join(notices))
        self.written.read()

    # ------------------------------------------------------------------------------- Qt's
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what the keys stand for; buttons have had their turn before."""
        key, screen = event.key(), self.pages.current
        if screen is self.felt and self.felt.key(key):
            pass
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key == Qt.Key.Key_G:
            self.ground()
        elif key == Qt.Key.Key_M:
            self.hearing.toggle_mute()
        elif key == Qt.Key.Key_F1:
            self.open_help_now()
        elif screen is self.first_run and self.first_run.key(key):
            pass
        elif key == Qt.Key.Key_F11:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        elif key == Qt.Key.Key_Question or event.text() == "?":
            self._open_help()
        elif screen is self.grounding and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.grounding.step(1 if key == Qt.Key.Key_Right else -1)
        elif isinstance(screen, _WITH_KEYS) and screen.key(key):
            pass
        elif key == Qt.Key.Key_I and screen in {self.home, self.chooser}:
            self._open_signal()
        elif key == Qt.Key.Key_N:
            self._toggle_numbers()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        screen = self.pages.current
        if self.written.escape(screen):
            return
        if screen is self.written.writing:
            self.stop()
        elif screen is self.practice:
            if not self.practice.close_sheet():
                self.stop()
        elif screen is self.pace.running:
            self.stop()
        elif screen is self.replay and self.replay is not None:
            if not self.replay.close_sheet():
                self._leave_replay()
        elif screen is self.grounding:
            self._leave_grounding()
        elif screen is self.help:
            self._leave_help()
        elif screen is self.crisis:
            self._leave_help_now()
        elif screen is self.first_run:
            self._go_on()
        elif screen is self.phrases:
            if not self.phrases.close_editor():
                self._go_home()
        elif self.isFullScreen() and screen is self.home:
            self.showNormal()
        else:
            self._go_home()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Save, disconnect, remember the window."""
        self._file.change(window=bytes(self.saveGeometry().data()))
        self.hide()  # the pages keep what was typed as they go
        self.hearing.close()
        self.bridge.close()
        super().closeEvent(event)
