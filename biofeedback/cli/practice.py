"""``demo`` and ``practice``: in the window, or in the terminal where there is none."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import datetime
from random import SystemRandom
from typing import TYPE_CHECKING, Any

from biofeedback.cli.felt import ask_felt, can_ask
from biofeedback.cli.kept import kept_up, open_store_to_record
from biofeedback.cli.keys import keys
from biofeedback.cli.own import given_language, language_for, own
from biofeedback.cli.plan import is_plan_file, plan_of
from biofeedback.cli.safety import first_words
from biofeedback.cli.say import CouldNotError, note, say, say_json
from biofeedback.cli.scan import find_strap
from biofeedback.cli.terminal import TerminalView, summary_lines
from biofeedback.cli.typed import offer_to_save
from biofeedback.ports import Clock, Guide, Source
from biofeedback.practice.content import Content, ContentError, load_content
from biofeedback.practice.personal import OwnPlan, Personal
from biofeedback.practice.writing import Writing
from biofeedback.run import Inbox, Outcome, practise
from biofeedback.sessions.errors import StorageError
from biofeedback.sessions.folder import data_folder
from biofeedback.sessions.info import Ended
from biofeedback.sessions.reflection import Felt, Moment
from biofeedback.sessions.store import Store
from biofeedback.types import Action, Choices, Update
from devices.clock import make_clock
from devices.opening import SourceError, open_source

if TYPE_CHECKING:
    from gui.sound.in_terminal import TerminalHearing

UNWATCHED_SPEED = 20.0
"""A demo that nobody watches (no display, no terminal) needn't take its full time."""


def run(options: argparse.Namespace) -> int:
    """Carry out ``demo`` or ``practice``."""
    source = options.source or f"sim:{_seed(options.seed)}"
    given = options.felt_before is not None or options.felt_after is not None
    in_window = not (options.headless or options.json or options.sensors or given)
    # the window has a page of its own to ask on
    content, personal, plan = content_given(options, asking=not in_window)
    choices = choices_given(options, content, wait_for_heart=source.startswith("ble:"))
    if in_window:
        from gui.system import display_available, missing_libraries

        missing = missing_libraries() if display_available() else []
        if display_available() and not missing:
            from biofeedback.cli.window import open_window

            return open_window(
                source=source,
                choices=choices,
                speed=options.speed,
                language=given_language(options),
                felt=options.felt,
                plan=plan,
            )
        if missing:
            names = " ".join(package for _, package in missing)
            note(
                f"The window needs {missing[0][0]}, which is not installed (on Debian: "
                f"apt install {names}); running in the terminal instead."
            )
        else:
            note("There is no display; running in the terminal instead.")
    return _in_terminal(source, choices, personal, options)


def content_given(
    options: argparse.Namespace, *, asking: bool = True
) -> tuple[Content, Personal, OwnPlan | None]:
    """Return the words that are asked for, what of them is the person's own, and a plan's file.

    Parameters
    ----------
    options
        What was typed.
    asking
        Whether the passphrase is asked for where what is kept is locked.

    Raises
    ------
    CouldNotError
        If there are no such words, or the file is no plan.
    """
    personal, plan = own(asking=asking), None
    if is_plan_file(options.plan):
        plan = plan_of(options.plan)
        personal = personal.with_plan(plan)
        options.plan = plan.plan.plan_id
        if not given_language(options):
            options.language = plan.language
    return load_content(language_for(options)).with_personal(personal), personal, plan


def choices_given(
    options: argparse.Namespace, content: Content, *, wait_for_heart: bool
) -> Choices:
    """Return the choices that are asked for.

    Raises
    ------
    CouldNotError
        If the words don't know one.
    """
    choices = Choices(
        plan_id=options.plan,
        guide_id=options.guide,
        touch_id=options.touch,
        anchor_id=options.anchor,
        posture=options.posture,
        eyes=options.eyes,
        guided_s=None if options.minutes is None else options.minutes * 60,
        quiet_s=options.quiet,
        wait_for_heart=wait_for_heart,
        length_s=options.seconds,
        ramp=options.ramp,
        adaptive=options.adaptive,
        language=content.language,
    )
    try:
        content.check(choices)
    except ContentError as error:
        raise CouldNotError(str(error)) from error
    return choices


def _seed(wanted: int | None) -> int:
    return SystemRandom().randrange(1, 10_000) if wanted is None else wanted


def _speed(options: argparse.Namespace, source: str) -> float:
    if source.startswith("ble:"):
        if options.speed not in (None, 1):
            raise CouldNotError("A strap runs in real time: leave --speed out.")
        return 1.0
    if options.speed is not None:
        return float(options.speed)
    if options.demo and not sys.stdout.isatty():
        note(f"Nobody watches, so time runs {UNWATCHED_SPEED:g} times as fast (--speed 1: real).")
        return UNWATCHED_SPEED
    return 1.0


def _in_terminal(
    source: str, choices: Choices, personal: Personal, options: argparse.Namespace
) -> int:
    speed = _speed(options, source)
    if not options.json:
        first_words(data_folder(), choices.language)
    if source.startswith("ble:"):
        source = find_strap(source)
    asks = options.felt and can_ask()
    if options.felt and not asks:
        note("Nobody is there to ask; --felt-before and --felt-after give ratings.")
    with open_store_to_record() as store, kept_up(store):
        felt_before = options.felt_before
        if felt_before is None and asks:
            felt_before = ask_felt(Moment.BEFORE)
        clock = make_clock(speed)
        content = load_content(choices.language).with_personal(personal)
        view = TerminalView(
            clock, content, choices, silent=options.json, live=not options.json and speed > 0
        )
        # where nobody types, lines that wait go on by themselves
        choices = replace(choices, attended=view.live and sys.stdin.isatty())
        hearing = _hearing(options, content)
        if hearing is not None:
            hearing.begin(clock, speed)
        try:
            with view, hearing or nullcontext():
                outcome = asyncio.run(
                    practise_in_terminal(
                        source,
                        choices,
                        personal,
                        clock,
                        store,
                        view,
                        felt_before,
                        ticking=speed > 0,
                        hearing=hearing,
                        with_sensors=options.sensors,
                    )
                )
        except (StorageError, ContentError, SourceError) as error:
            raise CouldNotError(str(error)) from error
        felt_after = options.felt_after
        if felt_after is None and asks and outcome.ended is Ended.COMPLETED:
            felt_after = ask_felt(Moment.AFTER)
        outcome = _with_felt_after(outcome, store, felt_after)
        if options.json:
            say_json(result(outcome, source, choices))
        else:
            for line in summary_lines(outcome, content):
                say(line)
        if view.writing is not None:
            _offer_to_save(view.writing, store)
        if outcome.problem:
            raise CouldNotError(outcome.problem)
    return 0


def _offer_to_save(writing: Writing, store: Store) -> None:
    try:
        offer_to_save(writing, store)
    except StorageError as error:
        raise CouldNotError(str(error)) from error


def _with_felt_after(outcome: Outcome, store: Store, felt: Felt | None) -> Outcome:
    """Keep how it felt after."""
    if felt is None:
        return outcome
    outcome = replace(outcome, said=replace(outcome.said, after=felt))
    if outcome.session_id is not None:
        try:
            store.reflections.set_felt(outcome.session_id, Moment.AFTER, felt)
        except StorageError as error:
            return replace(outcome, problem=outcome.problem or str(error))
    return outcome


async def practise_in_terminal(
    spec: str,
    choices: Choices,
    personal: Personal,
    clock: Clock,
    store: Store,
    view: TerminalView,
    felt_before: Felt | None,
    *,
    ticking: bool,
    hearing: TerminalHearing | None = None,
    with_sensors: bool = False,
) -> Outcome:
    """Run a practice or an assessment, told to ``view``; Ctrl+C and its keys act on it."""
    inbox: Inbox = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def open_it(clock: Clock, guide: Guide) -> Source:
        return open_source(spec, clock, guide, load_session=store.events, with_sensors=with_sensors)

    def stop(*_: object) -> None:
        loop.call_soon_threadsafe(inbox.put_nowait, (Action.STOP, ""))

    before: dict[signal.Signals, Any] = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(ValueError):  # not the main thread: whoever owns it decides
            before[number] = signal.signal(number, stop)

    def on_key(key: str) -> None:
        wanted = view.key(key)
        if hearing is not None:
            _let_key_be_heard(key.lower(), wanted, view, hearing)
        if wanted is not None:
            inbox.put_nowait(wanted)

    def sink(update: Update) -> None:
        view(update)
        if hearing is not None:
            hearing(update)

    turns = loop.create_task(hearing.turn()) if hearing is not None else None
    try:
        with keys(on_key) if view.live else nullcontext():
            outcome = await practise(
                choices=choices,
                open_source=open_it,
                clock=clock,
                store=store,
                sink=sink,
                inbox=inbox,
                started_at=datetime.now().astimezone(),
                felt_before=felt_before,
                end_with_source=True,
                ticking=ticking,
                personal=personal,
            )
            if hearing is not None:
                await hearing.ring_out()
            return outcome
    finally:
        if turns is not None:
            turns.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def _hearing(options: argparse.Namespace, content: Content) -> TerminalHearing | None:
    """Return what lets a practice be heard here, if that was asked for and can be done."""
    if not (options.sound or options.voice):
        return None
    try:
        from gui.sound.in_terminal import TerminalHearing
    except ImportError as error:
        note(f"There is no sound here: {error}")
        return None
    return TerminalHearing(
        data_folder(), content, sound=options.sound, voice=options.voice, note=note
    )


def _let_key_be_heard(
    key: str, wanted: tuple[Action, str] | None, view: TerminalView, hearing: TerminalHearing
) -> None:
    """Answer a key in sound, so that eyes can stay shut."""
    if wanted is not None and wanted[0] is Action.GROUND:
        hearing.ground(view.grounding_line)
    elif view.grounding_line and key in "nb":
        hearing.say(view.grounding_line)
    elif key == "m" and not view.typing:
        hearing.toggle_mute()


def result(outcome: Outcome, source: str, choices: Choices) -> dict[str, Any]:
    """Return what ``--json`` prints."""
    summary = outcome.summary.to_dict()
    return {
        "session_id": outcome.session_id,
        "source": source,
        "plan": choices.plan_id,
        "ended": outcome.ended.value,
        "duration_s": summary["duration_s"],
        **{
            key: summary[key]
            for key in (
                "n_packets",
                "n_beats",
                "artefact_fraction",
                "phases",
                "following",
                "verdict",
            )
        },
        "felt": outcome.said.felt_dict(),
    }
