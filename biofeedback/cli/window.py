"""``hand-on-heart`` alone: the window."""

from __future__ import annotations

import argparse

from biofeedback.cli.own import given_language
from biofeedback.cli.plan import plan_of
from biofeedback.cli.say import CouldNotError
from biofeedback.practice.personal import OwnPlan
from biofeedback.types import Choices


def run(options: argparse.Namespace) -> int:
    """Open the window at its home screen."""
    from gui.system import display_available, missing_libraries

    if not display_available():
        raise CouldNotError(
            "There is no display to open a window on. `hand-on-heart demo` runs in the terminal."
        )
    missing = missing_libraries()
    if missing:
        packages = " ".join(package for _, package in missing)
        raise CouldNotError(
            f"The window needs {missing[0][0]}, which is not installed. "
            f"On Debian or Ubuntu: apt install {packages}"
        )
    plan = plan_of(options.window_plan) if options.window_plan else None
    source = options.source
    return open_window(
        source=source,
        language=given_language(options),
        plan=plan,
        watching=source is not None and source.strip().lower().startswith("replay:"),
    )


def open_window(
    source: str | None = None,
    choices: Choices | None = None,
    speed: float | None = None,
    language: str = "",
    *,
    felt: bool = False,
    plan: OwnPlan | None = None,
    watching: bool = False,
) -> int:
    """Open the window; with a source, go straight into a practice.

    Parameters
    ----------
    source
        As ``--source`` names it; None shows the home screen.
    choices
        For that practice; None takes those that are remembered.
    speed
        Times real time.
    language
        Language of the words; empty takes what is remembered, or the system's.
    felt
        Ask how it feels before and after, whatever is remembered.
    plan
        A plan from a file, to be kept among the person's and chosen.
    watching
        The source is a recording that is looked at; no practice begins.
    """
    from gui.app import run_app

    return run_app(
        source=source,
        choices=choices,
        speed=speed or 1.0,
        language=language,
        felt=felt,
        plan=plan,
        watching=watching,
    )
