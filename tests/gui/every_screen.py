"""Every screen of the window with something in it, by name: for tests that look at all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from PySide6.QtWidgets import QApplication

from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.run import Outcome
from biofeedback.sensing import ChestBreath, EcgSamples, GuideAgreement, RrCheck, RrChecked
from biofeedback.sessions.info import Ended
from biofeedback.sessions.paces import KeptPace
from biofeedback.sessions.reflection import Felt, Moment, Reflection
from biofeedback.sessions.summary import PhaseFigures, Summary
from biofeedback.signals.calm import CalmAnswer, CalmVerdict
from biofeedback.signals.calm_reasons import CalmReason
from biofeedback.timeline import Stretch, Timeline
from biofeedback.types import (
    Beat,
    BreathPattern,
    BreathSegment,
    Following,
    GuideChanged,
    LinkChanged,
    LinkReason,
    Metrics,
    PhaseName,
    PhaseStarted,
    PulseSeen,
    StepStarted,
    Strap,
    StrapKind,
    StrapRecognised,
)
from devices.link import FoundStrap
from gui import pace_words, spoken, wording
from gui.doctor_words import findings
from gui.main_window import MainWindow
from gui.pages_of_visit import VisitPage
from gui.player import Player
from gui.screens.passphrase import Task
from gui.screens.screen import Screen
from gui.screens.settings import LockState
from tests.gui import looked_back
from tests.gui.assessed import FOUND, assessed_outcome
from tests.gui.kept_rows import NOW, rows
from tests.gui.trend_sessions import sessions

WRITTEN_AT = datetime(2026, 3, 4, 20, 15, tzinfo=UTC)
KEPT = [(number, "Today 20:15   ·   5 minutes   ·   7:00 min") for number in (1, 2, 3)]
FOUND_HERE = {
    "data": {"answer": "ok", "sentence": "Sessions are kept in /home/me (3 so far)."},
    "sound": {
        "answer": "attention",
        "sentence": "There is no loudspeaker or headphone to play on.",
        "action": "Connect one, or practise in silence: words and breath are on the screen.",
    },
    "bluetooth": {"answer": "ok", "sentence": "Bluetooth is on."},
    "strap": {"answer": "ok", "sentence": "1 strap is near: Polar H10 A1B2C3D4 (-60 dBm)."},
    "battery": {
        "answer": "could not check",
        "sentence": "The strap did not say how full its battery is.",
    },
}
SCREENS = (
    "home",
    "home-offer",
    "home-trouble",
    "setup",
    "practice",
    "arriving",
    "signal",
    "steer",
    "ecg",
    "replay",
    "opening",
    "listening",
    "summary",
    "grounding",
    "chooser",
    "help",
    "first_run",
    "crisis",
    "phrases",
    "phrases_written",
    "rest",
    "felt",
    "summary-unrated",
    "practice-following",
    "pace",
    "assessing",
    "pace_found",
    "own_guides",
    "history",
    "history_find",
    "history_calendar",
    "history_remark",
    "history_deleting",
    "history_empty",
    "session",
    "session-empty",
    "session-deleted",
    "session-pace",
    "compare",
    "trends",
    "trends_few",
    "locked",
    "settings",
    "settings_plain",
    "passphrase",
    "passphrase_first",
    "leave",
    "leave-working",
    "leave-asking",
    "doctor",
    "doctor-looking",
    "writing",
    "earlier",
    "keep",
    "keep-saved",
    "keep-deleted",
    "written",
)
SAID = Reflection(Felt(7, 5), Felt(4, None, 3), ("after work",), "Rain on the window.")


def open_written(window: MainWindow, name: str) -> Screen:
    """Show one of the screens around a letter, with something written."""
    written, lines = window.written, spoken.current().sets["letter"].lines
    page = VisitPage("letter", WRITTEN_AT, spoken.current())
    for line in lines[:3]:
        page.document(line.line_id).setPlainText("You did what you could that day. " * 6)
    if name in ("writing", "earlier"):
        line = lines[3]
        written.writing.leave()
        written.writing.show_line(line, line.text, 120.0, page)
        if name == "earlier":
            window.pages.turn_to(written.writing, at_once=True)
            written.writing.toggle_earlier()
        return written.writing
    if name == "written":
        entry = wording.writing_entry(
            "letter", WRITTEN_AT, WRITTEN_AT, saved=True, day=date(2026, 9, 30)
        )
        written.list.show_list([entry] * 3)
        return written.list
    saved = name == "keep-saved"
    written.keep.show_page(
        page.writing,
        saved=saved,
        reread_on=date(2026, 9, 30) if saved else None,
        today=date(2026, 3, 4),
    )
    if name == "keep-deleted":
        written.keep.show_deleted()
    return written.keep


def open_leaving(window: MainWindow, name: str) -> Screen:
    """Show the page on which data leaves and comes, in one of its states."""
    screen = window.taking_along.screen
    lines = [
        "Practices: 120. Together 18.4 hours, about 9.5 MB.",
        "The name of your strap is in it.",
    ]
    screen.show_held(lines, something=True)
    match name:
        case "leave-working":
            screen.show_working("Writing. You can go on meanwhile.")
            screen.show_progress(0.4)
        case "leave-asking":
            screen.show_done("New practices: 3. Could not be read: 1.\nnotes.txt", confirms=True)
        case _:
            screen.show_done("")
    return screen


def open_history(window: MainWindow, name: str) -> Screen:
    """Show the history in one of its states."""
    screen = window.history.screen
    screen.escape()
    screen.as_list.setChecked(True)
    window.pages.turn_to(screen, at_once=True)
    kept = () if name == "history_empty" else rows(40)
    screen.show_rows(kept, spoken.current(), NOW.date())
    screen.list.rows.unmark()
    screen.bar.hide()
    if name == "history":
        for number in (40, 38):
            screen.list.mark_wanted.emit(number)
        screen.bar.offer("Deleted.")
    if name == "history_find":
        screen.open_finder()
        screen.finder.text.setText("work")
    if name == "history_calendar":
        screen.as_calendar.setChecked(True)
    if name == "history_deleting":
        screen.show_rows(kept, spoken.current(), NOW.date(), kept[:5])
        screen.open_deleting()
        screen.deleting.all.click()
    if name == "history_remark":
        screen.open_remark()
    return screen


def open_looked_back(window: MainWindow, name: str) -> Screen:
    """Show a session that was opened, or two."""
    if name == "compare":
        comparison = window.looking_back.comparison
        comparison.show_pair(*looked_back.pair(), looked_back.NAMES)
        return comparison
    page = window.looking_back.session
    shown = {"session-empty": looked_back.empty, "session-pace": looked_back.assessed}.get(
        name, looked_back.shown
    )()
    page.show_session(shown, looked_back.NAMES[1])
    page.trace.point_at(205.0)
    page.trace.choose((100.0, 130.0))
    page.tell("That part is left out. It stays here to be seen, hatched.", undo=True)
    if name == "session-deleted":
        page.show_gone()
    return page


def open_screen(window: MainWindow, name: str) -> Screen:
    """Show a screen with something in it."""
    practice, choices = window.practice, window.settings.choices
    screen: Screen
    match name:
        case "locked":
            screen = window.locking.screen
            window.locking.screen.expect()
            window.locking.screen.refuse("That is not the passphrase. Try again.")
        case "settings" | "settings_plain":
            screen = window.preferences.screen
            window.preferences.screen.show_settings(
                replace(window.settings, strap=Strap("F0:9E:1A:00:00:01", "Polar H10 A1B2C3D4"))
            )
            window.preferences.screen.show_lock(
                LockState("/home/me/.local/share/hand-on-heart", name == "settings", False, False)
            )
        case "passphrase":
            screen = window.preferences.passphrase
            window.preferences.passphrase.expect(Task.CHANGE)
        case "passphrase_first":
            screen = window.preferences.passphrase
            window.preferences.passphrase.expect(Task.SET)
        case "arriving":
            practice.expect("ble:", choices, numbers=True)
            practice.take(PhaseStarted(0.0, PhaseName.ARRIVING, None))
            practice.take(LinkChanged(0.0, None, LinkReason.NOT_FOUND))
            screen = practice
        case "practice":
            practice.expect("sim:", choices, numbers=True)
            practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
            practice.take(LinkChanged(0.0, None, LinkReason.STALLED))
            screen = practice
        case "practice-following":
            practice.expect("sim:", choices, numbers=True)
            practice.take(LinkChanged(0.0, Strap("sim:1", "A heart"), None))
            practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
            pace = BreathSegment(0.0, BreathPattern(4.5, 0.0, 5.5, 0.0))
            practice.take(GuideChanged(0.0, pace))
            practice.take(Metrics(1.0, 64.0, 31.0, following=Following(0.9, 0.9, 5.0, 0.9)))
            practice.words.say("I can be on my own side today.")
            screen = practice
        case "signal":
            practice.expect("ble:", choices, numbers=True)
            practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
            strap = Strap("F0:9E:1A:00:00:01", "Polar H10 A1B2C3D4", 9, "chest", "Polar", "H10")
            practice.take(LinkChanged(0.0, strap, None))
            practice.take(PulseSeen(1.0, 61, True, ()))
            practice.take(Metrics(1.0, hr_bpm=61.0, artefact_fraction=0.3))
            practice.take(StrapRecognised(2.0, StrapKind.SMOOTHED))
            practice.toggle_signal()
            screen = practice
        case "ecg":
            practice.expect("sim:", choices, numbers=True, sensors=True)
            practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
            practice.take(LinkChanged(0.0, Strap("sim:", "Simulated heart", 100), None))
            practice.take(EcgSamples(9.0, 8.0, 1 / 130, (0, 900, -100) * 24, True))
            practice.take(RrChecked(60.0, RrCheck(70, 30, 4.0, 0.5)))
            agreement = GuideAgreement(0.3, 0.2, 0.5)
            practice.take(ChestBreath(60.0, 6.2, 0.6, phase_cycles=0.3, agreement=agreement))
            practice.toggle_signal()
            screen = practice
        case "listening":
            window.signal.blockSignals(True)  # nothing is listened to for a picture
            window.signal.expect("ble:", sensors=True)
            strap = Strap("F0:9E:1A:00:00:01", "Polar H10 A1B2C3D4", 9, "chest", "Polar", "H10")
            window.signal.take(LinkChanged(0.0, strap, None))
            window.signal.take(PulseSeen(1.0, 61, False, ()))
            screen = window.signal
        case "replay" | "opening":
            window.replay.expect("Opening the session.")
            if name == "replay":
                stretches = (Stretch(0.0, 60.0, PhaseName.QUIET_BEFORE), Stretch(20.0, 40.0, None))
                told = (PhaseStarted(0.0, PhaseName.GUIDED, 300.0),)
                window.replay.play(
                    Player(Timeline(told, (0.0,), 420.0, stretches)),
                    title="Yesterday 21:05   ·   10 minutes of shared humanity",
                    source="sim:",
                    choices=choices,
                    numbers=True,
                )
            screen = window.replay
        case "steer":
            practice.expect("sim:", choices, numbers=True)
            practice.take(PhaseStarted(0.0, PhaseName.GUIDED, 300.0))
            practice.toggle_steer()
            screen = practice
        case "writing" | "earlier" | "keep" | "keep-saved" | "keep-deleted" | "written":
            screen = open_written(window, name)
        case "home-offer":
            window.home.set_notice("")
            window.home.set_sessions(KEPT)
            window.home.set_written(True, wording.reread_offer("letter", WRITTEN_AT))
            screen = window.home
        case "phrases" | "phrases_written":
            screen = window.phrases
            own = NOTHING.with_edit("en", "settle", "hand", "My hand, resting where it is kind.")
            own, _ = own.with_phrase("en", "settle", "I have come home to this chair again.")
            window.phrases.set_personal(own.with_hidden("settle", "other"), "")
            window.phrases.close_editor()
            if name == "phrases_written":
                window.phrases.rows["posture"].edit.click()
                window.phrases.editor.field.setText("I should take a deep breath, and another one.")
        case "grounding":
            window.grounding.begin(choices, practising=True)
            screen = window.grounding
        case "chooser":
            window.chooser.show_search(0.4)
            window.chooser.add(FoundStrap("F0:9E:1A:00:00:01", "Polar H10 A1B2C3D4", -50))
            window.chooser.add(FoundStrap("F0:9E:1A:00:00:02", "", None))
            screen = window.chooser
        case "felt":
            window.felt.ask(Moment.BEFORE)
            screen = window.felt
        case "summary" | "summary-unrated":
            rated = name == "summary"
            show_summary(window, SAID if rated else Reflection(), asks=rated)
            screen = window.summary
        case "session" | "session-empty" | "session-deleted" | "session-pace" | "compare":
            screen = open_looked_back(window, name)
        case "own_guides":
            personal, _ = Personal().with_guide("evening", BreathPattern(4.0, 2.0, 6.0, 0.0))
            window.own_guides.show_personal(personal)
            screen = window.own_guides
        case "pace":
            window.pace.explains.set_kept(pace_words.agreement(KeptPace(None, 1)))
            screen = window.pace.explains
        case "assessing":
            window.pace.running.expect("sim:")
            window.pace.running.take(StepStarted(0.0, 120.0, 2, 5, 5.5, 5.5))
            window.pace.running.take(LinkChanged(0.0, None, LinkReason.STALLED))
            screen = window.pace.running
        case "pace_found":
            window.pace.result.show_outcome(assessed_outcome(), FOUND, "")
            window.pace.result.set_agreement(KeptPace(5.4, 2))
            screen = window.pace.result
        case "trends" | "trends_few":
            screen = window.history.trends
            kept = sessions(5 if name == "trends_few" else 60)
            window.history.trends.show_sessions(kept, "en", numbers=True)
        case "doctor" | "doctor-looking":
            screen = window.what_works.screen
            window.what_works.screen.show_looking()
            if name == "doctor":
                found = [{"name": each, "action": "", **told} for each, told in FOUND_HERE.items()]
                window.what_works.screen.show_findings(findings(found), "copied", fine=False)
        case "leave" | "leave-working" | "leave-asking":
            screen = open_leaving(window, name)
        case _ if name.startswith("history"):
            screen = open_history(window, name)
        case "home-trouble":
            window.home.set_sessions([])
            window.home.set_written(False, "")
            window.home.set_notice(
                "Nothing can be kept for now. The disk is full: make some room, then start again.",
                "hand-on-heart",
            )
            screen = window.home
        case "home":
            window.home.set_notice("")
            window.home.set_written(False, "")
            window.home.set_sessions(KEPT)
            screen = window.home
        case _:
            screen = getattr(window, name)
    window.pages.turn_to(screen, at_once=True)
    for _ in range(4):  # a change deep in a page settles level by level
        QApplication.processEvents()
    return screen


def show_summary(window: MainWindow, said: Reflection, *, asks: bool) -> None:
    """Show the page of afterwards with everything that it can hold."""
    phases = tuple(
        PhaseFigures(name, start_s, start_s + 60.0, 64.0, 31.0)
        for name, start_s in (
            (PhaseName.QUIET_BEFORE, 0.0),
            (PhaseName.GUIDED, 60.0),
            (PhaseName.QUIET_AFTER, 120.0),
        )
    )
    verdict = CalmVerdict(CalmAnswer.SAME, -1.8, (-3.0, -0.6), CalmReason.WITHIN)
    following = Following(0.7, 0.8, 6.0, 0.9)
    summary = Summary(180, 190, 0.0, 180.0, True, phases, following, verdict)
    beats = [Beat(at, 960 + 30 * (at % 7)) for at in range(180)]
    window.summary.show_outcome(
        Outcome(1, summary, Ended.COMPLETED, said=said, n_kept=1),
        beats,
        [],
        "",
        asks=asks,
        known_tags=("after work", "morning", "a rather long name for a tag, in full"),
    )
    window.summary.remark.told("")
