"""Makes the window's screens, joins them to it, and tells them what is remembered.

Each is made when it is first asked for, and its module is imported then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.beside import Beside
    from gui.main_window import MainWindow
    from gui.opening_files import OpeningFiles
    from gui.screens.chooser import ChooserScreen
    from gui.screens.crisis import CrisisScreen
    from gui.screens.felt import FeltScreen
    from gui.screens.first_run import FirstRunScreen
    from gui.screens.grounding import GroundingScreen
    from gui.screens.help import HelpScreen
    from gui.screens.own_guides import OwnGuidesScreen
    from gui.screens.phrases import PhrasesScreen
    from gui.screens.practice import PracticeScreen
    from gui.screens.replay import ReplayScreen
    from gui.screens.rest import RestScreen
    from gui.screens.setup import SetupScreen
    from gui.screens.signal import SignalScreen
    from gui.screens.summary import SummaryScreen
    from gui.settings import Settings


def setup(window: MainWindow) -> SetupScreen:
    """Make the screen of choices."""
    from gui.screens.setup import SetupScreen

    screen = SetupScreen()
    window.pages.add(screen)
    screen.changed.connect(window.choose)
    screen.ratings_chosen.connect(window.ask_ratings)
    screen.sensors_chosen.connect(window.choose_sensors)
    screen.begin_wanted.connect(window.begin_with_strap)
    screen.demo_wanted.connect(window.begin_demo)
    screen.back_wanted.connect(window.go_home)
    screen.own_wanted.connect(window.open_own_guides)
    screen.pace_wanted.connect(window.pace.open)
    window.hearing.join_setup(screen)
    tell_setup(screen, window.settings)
    return screen


def tell_setup(screen: SetupScreen, settings: Settings) -> None:
    """Show what is remembered."""
    screen.set_choices(
        settings.choices,
        numbers=settings.numbers,
        sensors=settings.sensors,
        ratings=settings.ratings,
    )


def own_guides(window: MainWindow) -> OwnGuidesScreen:
    """Make the page of the person's own breath guides."""
    from gui.screens.own_guides import OwnGuidesScreen

    screen = OwnGuidesScreen()
    window.pages.add(screen)
    screen.kept.connect(window.keep_own_guides)
    screen.back_wanted.connect(lambda: window.pages.turn_to(window.setup))
    return screen


def practice(window: MainWindow) -> PracticeScreen:
    """Make the screen of a practice."""
    from gui.screens.practice import PracticeScreen

    screen = PracticeScreen()
    window.pages.add(screen)
    window.bridge.sensors.connect(screen.signal.chest.set_trouble)
    screen.change.ratings_chosen.connect(window.ask_ratings)
    screen.change.numbers_chosen.connect(window.show_numbers)
    screen.act.connect(window.bridge.act)
    screen.framing.connect(window.bridge.drain)
    screen.stop_wanted.connect(window.stop)
    screen.ground_wanted.connect(window.ground)
    screen.other_wanted.connect(window.choose_another)
    screen.steer.steered.connect(window.steer)
    screen.small_wanted.connect(lambda: window.beside.toggle())
    window.hearing.join_practice(screen)
    tell_practice(screen, window.settings)
    return screen


def beside(window: MainWindow) -> Beside:
    """Join the small orb, which stays above other windows, to a practice."""
    from gui.beside import Beside

    return Beside(window, window.practice, window.bridge)


def opening(window: MainWindow) -> OpeningFiles:
    """Let files be dropped on the window, and opened with a key."""
    from gui.opening_files import OpeningFiles

    return OpeningFiles(
        window,
        may_open=lambda: not window.bridge.practising,
        watch=window.watch,
        bring=window.taking_along.bring,
        read_plan=window.read_plan,
        when_open=window.locking.when_open,
    )


def tell_practice(screen: PracticeScreen, settings: Settings) -> None:
    """Show what is remembered."""
    screen.change.set_shown(numbers=settings.numbers, ratings=settings.ratings)
    screen.set_numbers(settings.numbers)


def replay(window: MainWindow) -> ReplayScreen:
    """Make the screen on which a session is looked at again."""
    from gui.screens.replay import ReplayScreen

    screen = ReplayScreen()
    window.pages.add(screen)
    screen.back_wanted.connect(window.leave_replay)
    screen.ground_wanted.connect(window.ground)
    window.bridge.opening.connect(screen.show_progress)
    screen.set_numbers(window.settings.numbers)
    return screen


def summary(window: MainWindow) -> SummaryScreen:
    """Make the page of afterwards."""
    from gui.screens.summary import SummaryScreen

    screen = SummaryScreen()
    window.pages.add(screen)
    screen.done_wanted.connect(window.go_home)
    screen.ground_wanted.connect(window.ground)
    screen.rest_wanted.connect(lambda: window.pages.turn_to(window.rest))
    screen.felt.asking_wanted.connect(window.ask_from_now_on)
    window.reflecting.join_summary(screen)
    return screen


def felt(window: MainWindow) -> FeltScreen:
    """Make the page that asks how it feels."""
    from gui.screens.felt import FeltScreen

    screen = FeltScreen()
    window.pages.add(screen)
    screen.ground_wanted.connect(window.ground)
    window.reflecting.join_felt(screen)
    return screen


def rest(window: MainWindow) -> RestScreen:
    """Make the screen of rest."""
    from gui.screens.rest import RestScreen

    screen = RestScreen()
    window.pages.add(screen)
    screen.back_wanted.connect(window.go_home)
    return screen


def grounding(window: MainWindow) -> GroundingScreen:
    """Make the screen of grounding."""
    from gui.screens.grounding import GroundingScreen

    screen = GroundingScreen()
    window.pages.add(screen)
    screen.back_wanted.connect(window.leave_grounding)
    screen.stop_wanted.connect(window.stop)
    window.hearing.join_grounding(screen)
    return screen


def crisis(window: MainWindow) -> CrisisScreen:
    """Make the page that says whom to call."""
    from gui.screens.crisis import CrisisScreen

    screen = CrisisScreen()
    window.pages.add(screen)
    screen.back_wanted.connect(window.leave_help_now)
    screen.ground_wanted.connect(window.ground_from_help_now)
    screen.region_chosen.connect(window.choose_region)
    return screen


def help_page(window: MainWindow) -> HelpScreen:
    """Make the page of help."""
    from gui.screens.help import HelpScreen

    screen = HelpScreen()
    window.pages.add(screen)
    screen.back_wanted.connect(window.leave_help)
    screen.first_words_wanted.connect(lambda: window.pages.turn_to(window.first_run))
    screen.help_now_wanted.connect(window.open_help_now)
    screen.leave_wanted.connect(window.taking_along.open)
    screen.doctor_wanted.connect(window.what_works.open)
    return screen


def first_run(window: MainWindow) -> FirstRunScreen:
    """Make the first page."""
    from gui.screens.first_run import FirstRunScreen

    screen = FirstRunScreen()
    window.pages.add(screen)
    screen.go_on_wanted.connect(window.go_on)
    return screen


def chooser(window: MainWindow) -> ChooserScreen:
    """Make the page on which a strap is chosen."""
    from gui.screens.chooser import ChooserScreen

    screen = ChooserScreen()
    window.pages.add(screen)
    bridge = window.bridge
    bridge.found.connect(screen.add)
    bridge.scanned.connect(screen.finish)
    bridge.scan_failed.connect(screen.fail)
    screen.signal_wanted.connect(window.open_signal)
    screen.scan_wanted.connect(bridge.scan)
    screen.scan_unwanted.connect(bridge.stop_scan)
    screen.chosen.connect(window.choose_strap)
    screen.settled.connect(window.begin_settled)
    screen.back_wanted.connect(window.go_home)
    screen.demo_wanted.connect(window.begin_demo)
    return screen


def signal(window: MainWindow) -> SignalScreen:
    """Make the page that shows how well the strap is heard."""
    from gui.screens.signal import SignalScreen

    screen = SignalScreen()
    window.pages.add(screen)
    bridge = window.bridge
    screen.listen_wanted.connect(window.listen)
    screen.listen_unwanted.connect(bridge.stop_listening)
    screen.begin_wanted.connect(window.begin_with_strap)
    screen.strap_wanted.connect(window.open_chooser)
    screen.back_wanted.connect(window.go_home)
    bridge.listening.connect(screen.begin_with)
    bridge.heard.connect(screen.take)
    return screen


def phrases(window: MainWindow) -> PhrasesScreen:
    """Make the page of the person's own words."""
    from gui.screens.phrases import PhrasesScreen

    screen = PhrasesScreen()
    window.pages.add(screen)
    screen.changed.connect(window.keep_personal)
    screen.language_chosen.connect(window.set_language)
    screen.plan_brought.connect(window.bring_plan)
    screen.back_wanted.connect(window.go_home)
    return screen
