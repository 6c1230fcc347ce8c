"""Render every screen from the seeded demo: ``python docs/make_screens.py [--into FOLDER]``.

It needs a display; ``xvfb-run -a python docs/make_screens.py`` makes one. The heart, the words
and the dates are the same each time, so that a picture changes only when the window does.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEventLoop, QTimer

from biofeedback.practice.assessing import STEPPED
from biofeedback.practice.breath import phase_at
from biofeedback.practice.guides import paced
from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.run import Outcome, practise
from biofeedback.sessions.paces import KeptPace
from biofeedback.sessions.reflection import Felt, Moment, Reflection, Scale
from biofeedback.sessions.store import Store
from biofeedback.timeline import Timeline, timeline
from biofeedback.types import (
    BeatsJudged,
    BreathPattern,
    BreathSegment,
    Choices,
    GuideChanged,
    LinkChanged,
    LinkReason,
    PhaseName,
    PhaseStarted,
    PulseSeen,
    StepStarted,
    Strap,
    Update,
)
from devices.clock import make_clock
from devices.link import FoundStrap
from devices.opening import open_source
from docs.seeded_history import followed, listed
from gui import spoken, theme, wording
from gui.app import application
from gui.main_window import MainWindow
from gui.pages import Pages
from gui.pages_of_visit import VisitPage
from gui.player import Player
from gui.screens.doctor import Finding
from gui.screens.passphrase import Task
from gui.screens.replay import ReplayScreen
from gui.screens.screen import Screen
from gui.screens.settings import LockState
from gui.shown import Shown, read_shown
from gui.translations.use import use as use_translation

SEED = 7
PACE_SEED = 12
"""A heart with a clear peak."""

NOW = datetime(2025, 11, 20, 21, 5, tzinfo=timezone(timedelta(hours=1)))
"""When the pictures are taken."""

SHOWN_S = 293.6
"""The moment of the practice that is shown: a line is there, and the heart follows."""

SAID = Reflection(Felt(7, 5, 3), Felt(4, None, 5), ("after work",), "Rain on the window.")
"""What the person says of it."""

LEFT_OUT_S = (200.0, 222.0)
"""A part that the person leaves out of the session that is looked back at."""

LOOKED_NAMES = (
    "Wednesday 20:58   ·   Soothing touch and breath",
    "Thursday 9:05   ·   Soothing touch and breath",
)

WRITTEN_AT = datetime(2025, 11, 20, 20, 40, tzinfo=timezone(timedelta(hours=1)))
LETTER = (
    "Snapping at my sister on the phone.",
    "",
    "Dear you,",
    "You had not slept, and you were worried. That is a lot to carry on a Tuesday.",
)
"""What stands on the page that is shown, by prompt."""

VARIANTS = (
    ("light", "light", (1280, 800), 1.0),
    ("dark", "dark", (1280, 800), 1.0),
    ("light-small", "light", (1024, 600), 1.0),
    ("dark-small", "dark", (1024, 600), 1.0),
    ("light-large-text", "light", (1024, 600), 2.0),
    ("dark-large-text", "dark", (1024, 600), 2.0),
)
"""Name, scheme, size and text scale: light and dark, large, small, and small with large text."""

QUALITY = 90
"""Of WebP: letters stay sharp, and two hundred pictures take a few megabytes."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A practice as it ran: what was told, and what came of it."""

    updates: list[Update]
    outcome: Outcome


class StoppedClock:
    """A clock that stands."""

    def __init__(self, t_s: float) -> None:
        self._t_s = t_s

    def now_s(self) -> float:
        """Return when it stopped."""
        return self._t_s

    async def sleep_until(self, t_s: float) -> None:
        """Time doesn't pass."""
        raise NotImplementedError


def run_demo(
    store: Store | None, seed: int, started_at: datetime, *, with_sensors: bool = False
) -> Demo:
    """Run the demo as fast as the machine can, and keep it."""
    updates: list[Update] = []

    async def run() -> Outcome:
        return await practise(
            choices=Choices(),
            open_source=lambda clock, guide: open_source(
                f"sim:{seed}", clock, guide, with_sensors=with_sensors
            ),
            clock=make_clock(0),
            store=store,
            sink=updates.append,
            inbox=asyncio.Queue(),
            started_at=started_at,
        )

    return Demo(updates, asyncio.run(run()))


def run_assessment(seed: int, started_at: datetime) -> Outcome:
    """Look for the pace of a simulated heart as fast as the machine can."""

    async def run() -> Outcome:
        return await practise(
            choices=Choices(plan_id=STEPPED, quiet_s=0.0, seed=1),
            open_source=lambda clock, guide: open_source(f"sim:{seed}", clock, guide),
            clock=make_clock(0),
            store=None,
            sink=lambda _: None,
            inbox=asyncio.Queue(),
            started_at=started_at,
        )

    return asyncio.run(run())


def look_back(store: Store, earlier: int, later: int) -> tuple[Shown, Shown]:
    """Open two sessions, a part of the later one left out."""
    store.left_out.add(later, LEFT_OUT_S)
    store.reflections.set_felt(later, Moment.BEFORE, SAID.before or Felt())
    store.reflections.set_felt(later, Moment.AFTER, SAID.after or Felt())

    async def read() -> tuple[Shown, Shown]:
        return await read_shown(store, earlier), await read_shown(store, later)

    return asyncio.run(read())


def wait(milliseconds: int) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Photographer:
    """Shows one screen after the other and keeps its picture."""

    def __init__(
        self,
        window: MainWindow,
        demo: Demo,
        sensors: Demo | None,
        played: Timeline,
        into: Path,
        variant: str,
        wanted: set[str],
        assessed: Outcome | None = None,
        looked: tuple[Shown, Shown] | None = None,
    ) -> None:
        self._assessed = assessed
        self._looked = looked
        self._wanted = wanted
        self._window = window
        self._demo = demo
        self._sensors = sensors
        self._played = played
        self._into = into
        self._variant = variant

    def _keep(self, name: str, screen: Screen) -> None:
        if self._wanted and name not in self._wanted:
            return
        window = self._window
        pages: Pages = window.pages
        pages.turn_to(screen, at_once=True)
        wait(60)
        for orb in (
            window.home.orb,
            window.practice.orb,
            window.rest.orb,
            window.pace.running.orb,
        ):
            if orb.isVisible():
                orb.prepare()
                orb.breathe(None, 10.0)
        wait(40)
        self._before_shot(screen)
        wait(40)
        file = self._into / f"{name}-{self._variant}.webp"
        if not window.grab().save(str(file), "WEBP", QUALITY):
            raise OSError(f"{file} could not be written")

    def _before_shot(self, screen: Screen) -> None:
        window = self._window
        if screen is window.home:
            window.home.show_still(0.9)
        if screen is window.practice:
            self._settle_practice()
        if screen is window.replay and window.replay is not None:
            window.replay.view.orb.prepare()
            window.replay.seek(SHOWN_S)
        if screen is window.grounding:
            window.grounding.words.show_at_once()
        if screen is window.pace.running:
            for _ in range(60):
                window.pace.running.orb.breathe(0.9, 0.5)

    def _settle_practice(self) -> None:
        practice = self._window.practice
        practice.words.show_at_once()
        segment = practice.segment
        now_s = practice.now_s
        fullness = phase_at(segment, now_s).fullness if segment else None
        for _ in range(60):
            practice.orb.breathe(fullness, 0.5)
        practice.trace.move_to(now_s)
        practice.signal.chest.move_to(now_s)

    def everything(self) -> None:
        """Keep a picture of every screen."""
        window, practice = self._window, self._window.practice
        choices = window.settings.choices
        self._keep("home", window.home)
        self._keep("choices", window.setup)
        self._keep("help", window.help)
        self._keep("first-run", window.first_run)
        self._keep("help-now", window.crisis)
        own = NOTHING.with_edit("en", "settle", "hand", "My hand, resting where it is kind.")
        own, _ = own.with_phrase("en", "settle", "I have come home to this chair again.")
        window.phrases.set_personal(own.with_hidden("settle", "other"), "")
        window.phrases.rows["posture"].edit.click()
        window.phrases.editor.field.setText("I should sit any way that is good for me today.")
        self._keep("words", window.phrases)
        self._keep("rest", window.rest)
        self._lock()
        self._find_pace()
        self._look_back()
        window.felt.ask(Moment.BEFORE)
        for scale, rating in ((Scale.TENSION, 7), (Scale.DISTRESS, 5)):
            window.felt.scales[scale].set_value(rating)
        self._keep("felt", window.felt)
        window.grounding.begin(choices, practising=True)
        self._keep("grounding", window.grounding)
        window.chooser.show_search(0.45)
        for strap in (
            FoundStrap("F0:9E:1A:00:00:01", "Polar H10 A1B2C3D4", -52),
            FoundStrap("D4:22:CD:00:07:19", "HRM-Dual:019823", -74),
        ):
            window.chooser.add(strap)
        self._keep("strap", window.chooser)
        practice.expect("ble:", choices, numbers=False)
        practice.begin(StoppedClock(2.0))
        practice.take(PhaseStarted(0.0, PhaseName.ARRIVING, None))
        practice.take(LinkChanged(0.0, None, LinkReason.SEARCHING))
        self._keep("arriving", practice)
        window.pages.turn_to(window.home, at_once=True)
        self._play(self._demo, sensors=False)
        self._keep("practice", practice)
        practice.set_numbers(True)
        practice.toggle_change()
        self._keep("change", practice)
        practice.toggle_signal()
        self._keep("signal", practice)
        window.signal.blockSignals(True)
        window.signal.expect("ble:", sensors=False)
        strap = Strap("F0:9E:1A:00:00:01", "Polar H10 A1B2C3D4", 80, "chest", "Polar", "H10")
        window.signal.take(LinkChanged(0.0, strap, None))
        window.signal.take(PulseSeen(1.0, 61, False, ()))
        self._keep("listening", window.signal)
        self._with_ecg()
        self._replay()
        practice.toggle_steer()
        self._keep("steer", practice)
        practice.toggle_steer()
        window.summary.show_outcome(
            replace(self._demo.outcome, said=SAID),
            [b for u in self._demo.updates if isinstance(u, BeatsJudged) for b in u.beats],
            [(u.t_s, u.segment) for u in self._demo.updates if isinstance(u, GuideChanged)],
            "",
            asks=True,
            known_tags=("after work", "morning", "rain"),
        )
        self._keep("summary", window.summary)
        self._history()

    def _history(self) -> None:
        """Keep pictures of what is kept: none, a list, a calendar, trends."""
        window, content = self._window, spoken.current()
        screen, trends = window.history.screen, window.history.trends
        screen.show_rows((), content, NOW.date())
        self._keep("history-empty", screen)
        rows = listed(NOW)
        screen.show_rows(rows, content, NOW.date())
        screen.list.pick(rows[2].id)
        self._keep("history", screen)
        screen.as_calendar.setChecked(True)
        screen.calendar.month.go_to(rows[2].day)
        self._keep("calendar", screen)
        screen.as_list.setChecked(True)
        trends.show_sessions(followed(NOW), content.language, numbers=True)
        self._keep("trends", trends)

    def _look_back(self) -> None:
        """Keep pictures of a session that was opened, and of two beside one another."""
        if self._looked is None:
            return
        earlier, later = self._looked
        session, comparison = (
            self._window.looking_back.session,
            self._window.looking_back.comparison,
        )
        session.show_session(later, LOOKED_NAMES[1])
        session.trace.point_at(SHOWN_S)
        self._keep("session", session)
        comparison.show_pair(earlier, later, LOOKED_NAMES)
        comparison.trace.point_at(SHOWN_S)
        self._keep("compare", comparison)

    def _lock(self) -> None:
        """Keep pictures of the pages of a passphrase, and of settings."""
        window = self._window
        locked = window.locking.screen
        locked.expect()
        locked.passphrase.field.setText("four warm little words")
        self._keep("locked", locked)
        settings = window.preferences.screen
        settings.show_settings(
            replace(window.settings, strap=Strap("F0:9E:1A:00:00:01", "Polar H10 A1B2C3D4"))
        )
        settings.show_lock(LockState("/home/me/.local/share/hand-on-heart", is_set=True))
        self._keep("settings", settings)
        passphrase = window.preferences.passphrase
        passphrase.expect(Task.SET)
        self._keep("passphrase", passphrase)
        passphrase.expect(Task.CHANGE)
        self._keep("passphrase-change", passphrase)

    def _find_pace(self) -> None:
        """Keep pictures of the pages on which one's own pace is found."""
        pace = self._window.pace
        self._keep("pace", pace.explains)
        evening, _ = Personal().with_guide("evening", BreathPattern(4.0, 0.0, 6.5, 0.0))
        self._window.own_guides.show_personal(evening)
        self._window.own_guides.name.setText("morning")
        self._keep("own-breath", self._window.own_guides)
        pace.running.expect(f"sim:{SEED}")
        pace.running.begin(StoppedClock(97.0))
        segment = BreathSegment(90.0, paced(5.5))
        pace.running.take(LinkChanged(0.0, Strap("sim:", "Simulated heart"), None))
        pace.running.take(GuideChanged(90.0, segment))
        pace.running.take(StepStarted(90.0, 210.0, 2, 5, 5.5, 5.5))
        self._keep("assessing", pace.running)
        if self._assessed is not None and self._assessed.summary.resonance is not None:
            found = self._assessed.summary.resonance
            pace.result.show_outcome(self._assessed, found, "")
            pace.result.set_agreement(KeptPace(found.pace_per_min, 2))
            self._keep("pace-found", pace.result)

    def _with_ecg(self) -> None:
        """Keep a picture of the same moment with ECG and breath switched on."""
        practice = self._window.practice
        if self._sensors is None:
            return
        self._play(self._sensors, sensors=True)
        practice.toggle_signal()
        self._keep("ecg", practice)
        self._play(self._demo, sensors=False)

    def _replay(self) -> None:
        """Keep a picture of the same practice, looked at again."""
        window = self._window
        replay = window.replay = ReplayScreen()
        window.pages.add(replay)
        window.pages.turn_to(replay, at_once=True)
        wait(60)
        replay.play(
            Player(self._played),
            title="Yesterday 21:05   ·   5 minutes",
            source=f"sim:{SEED}",
            choices=window.settings.choices,
            numbers=False,
        )
        replay.toggle_play()
        replay.seek(SHOWN_S)
        self._keep("replay", replay)

    def _play(self, demo: Demo, *, sensors: bool) -> None:
        """Bring the practice to the moment that is shown."""
        window, practice = self._window, self._window.practice
        choices = window.settings.choices
        practice.expect(f"sim:{SEED}", choices, numbers=False, sensors=sensors)
        practice.begin(StoppedClock(SHOWN_S))
        for update in demo.updates:
            if update.t_s <= SHOWN_S:
                practice.take(update)
        self.writing()

    def writing(self) -> None:
        """Keep pictures of the page to write on, and of what becomes of it."""
        window, written = self._window, self._window.written
        lines = spoken.current().sets["letter"].lines
        page = VisitPage("letter", WRITTEN_AT, spoken.current())
        for line, text in zip(lines, LETTER, strict=False):
            if text:
                page.document(line.line_id).setPlainText(text)
        line = lines[3]
        written.writing.leave()
        written.writing.show_line(line, line.text, 120.0, page)
        self._keep("writing", written.writing)
        written.writing.toggle_earlier()
        self._keep("writing-earlier", written.writing)
        written.writing.leave()
        shown = {"today": WRITTEN_AT.date(), "reread_on": WRITTEN_AT.date() + timedelta(days=30)}
        written.keep.show_page(page.writing, saved=True, **shown)
        self._keep("written", written.keep)
        self._leave()
        window.pages.turn_to(window.home, at_once=True)

    def _leave(self) -> None:
        """Keep a picture of the page on which data leaves: what it says is read from the store."""
        taking = self._window.taking_along
        taking.open()
        for _ in range(40):
            if taking.screen.held.text() and not self._window.pages.fading:
                break
            wait(50)
        self._keep("leave", taking.screen)
        doctor = self._window.what_works.screen
        doctor.show_findings(
            [
                Finding("Keeping: works", "What you practise can be kept.", ""),
                Finding("Sound: works", "Sound can be played on Headphones.", ""),
                Finding("Bluetooth: works", "Bluetooth is on.", ""),
                Finding("Strap: works", "Near: Polar H10 A1B2C3D4 (\N{MINUS SIGN}60 dBm).", ""),
                Finding(
                    "Signal: not yet",
                    "The strap doesn't feel your skin.",
                    "Moisten the electrodes and tighten the strap.",
                ),
            ],
            "",
            fine=False,
        )
        self._keep("doctor", doctor)


def render(into: Path, only: set[str], screens: set[str], language: str = "en") -> None:
    """Render every screen in every variant (or those of ``screens`` and ``only``) into a folder."""
    into.mkdir(parents=True, exist_ok=True)
    application()
    use_translation(language)
    now = NOW
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HAND_ON_HEART_HOME"] = folder
        with Store.open(Path(folder)) as store:
            for days, seed in ((2, 11), (1, 5)):
                run_demo(store, seed, now - timedelta(days=days, minutes=7 * days))
            demo = run_demo(store, SEED, now - timedelta(hours=12))
            with_ecg = None
            if not screens or "ecg" in screens:
                with_ecg = run_demo(None, SEED, now, with_sensors=True)
            assessed = None
            if not screens or "pace-found" in screens:
                assessed = run_assessment(PACE_SEED, now)
            lines = [
                (info.id, wording.session_line(info, "5 minutes", now)) for info in store.sessions()
            ]
            newest, before = store.sessions()[:2]
            looked = None
            if not screens or screens & {"session", "compare"}:
                looked = look_back(store, before.id, newest.id)
            played = timeline(store.events(newest.id), newest.choices, newest.duration_s)
        for name, scheme, size, scale in VARIANTS:
            if only and name not in only:
                continue
            theme.install(theme.Look(scheme=scheme, text_scale=scale, reduced_motion=False))
            window = MainWindow(Path(folder), 1.0, language)
            window.resize(*size)
            window.home.set_sessions(lines)
            window.show()
            wait(50)
            Photographer(
                window, demo, with_ecg, played, into, name, screens, assessed, looked
            ).everything()
            window.close()
            window.deleteLater()


def main() -> int:
    """Render into ``docs/screens``, or where ``--into`` says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=Path(__file__).parent / "screens")
    parser.add_argument("--only", nargs="*", default=[], help="variants, such as: light dark")
    parser.add_argument("--screens", nargs="*", default=[], help="screens, such as: home signal")
    parser.add_argument("--language", default="en", help="of the window and the words")
    options = parser.parse_args()
    render(options.into, set(options.only), set(options.screens), options.language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
