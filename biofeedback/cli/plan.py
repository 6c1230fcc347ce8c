"""``plan``: practices as files: look at them, write one, check it, keep it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from biofeedback.cli.own import language_for, own_file
from biofeedback.cli.say import CouldNotError, note, say, say_json
from biofeedback.practice.content import Content, load_content
from biofeedback.practice.personal import OwnPlan, Personal
from biofeedback.practice.plan_fields import Finding
from biofeedback.practice.plan_file import LONGEST_BYTES, PlanReport, read_plan
from biofeedback.practice.plan_schema import plan_schema
from biofeedback.practice.plan_text import plan_lines, plan_text
from biofeedback.sessions.errors import StorageError, from_os
from biofeedback.sessions.personal_file import PersonalFile


def run(options: argparse.Namespace) -> int:
    """Carry out one of the commands of ``plan``."""
    commands = {
        "list": _list,
        "show": _show,
        "check": _check,
        "new": _new,
        "add": _add,
        "remove": _remove,
        "schema": _schema,
    }
    return commands[options.plan_command](options)


def plan_of(file: str) -> OwnPlan:
    """Return the plan of a file.

    Raises
    ------
    CouldNotError
        If it can't be read or has errors; the message lists them, with their lines.
    """
    report = _read(file)
    if report.plan is None:
        told = "\n".join(_told(file, each) for each in report.errors)
        raise CouldNotError(f"The plan in {file} cannot run yet.\n{told}")
    return report.plan


def is_plan_file(name: str) -> bool:
    """Tell whether ``--plan`` names a file and not a plan that is known by its id."""
    return name.endswith(".toml") or "/" in name or "\\" in name


def _read(file: str) -> PlanReport:
    try:
        with Path(file).open("rb") as opened:
            return read_plan(opened.read(LONGEST_BYTES + 1))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise CouldNotError(f"{file} cannot be read ({why}). See whether the name is right.") from (
            error
        )


def _told(file: str, finding: Finding) -> str:
    return f"{file}:{finding.line}: {finding.severity.value}: {finding.message}"


# ------------------------------------------------------------------------------ commands
def _check(options: argparse.Namespace) -> int:
    reports: dict[str, PlanReport] = {}
    failed = False
    for file in options.files:
        try:
            reports[file] = _read(file)
        except CouldNotError as error:
            note(str(error))
            failed = True
    for report in reports.values():
        failed = failed or bool(report.errors) or bool(options.strict and report.findings)
    if options.json:
        say_json([_plain(file, report) for file, report in reports.items()])
        return int(failed)
    for file, report in reports.items():
        for finding in report.findings:
            say(_told(file, finding))
        errors = len(report.errors)
        others = len(report.findings) - errors
        if report.plan is not None:
            length = f"{report.plan.plan.seconds / 60:.1f} minutes"
            say(f"{file}: can run, {length}; {_counted(others, 'warning')}.")
        else:
            say(f"{file}: cannot run; {_counted(errors, 'error')}, {_counted(others, 'warning')}.")
    return int(failed)


def _counted(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def _plain(file: str, report: PlanReport) -> dict[str, Any]:
    return {
        "file": file,
        "ok": report.plan is not None,
        "findings": [
            {"line": each.line, "severity": each.severity.value, "message": each.message}
            for each in report.findings
        ],
    }


def _list(options: argparse.Namespace) -> int:
    personal, content = _words(options)
    own = {each.plan.plan_id for each in personal.plans}
    plans = content.plans.values()
    if options.json:
        say_json(
            [
                {"id": p.plan_id, "title": p.title, "seconds": p.seconds, "own": p.plan_id in own}
                for p in plans
            ]
        )
        return 0
    for plan in plans:
        mine = "  (yours)" if plan.plan_id in own else ""
        say(f"{plan.plan_id:<16} {plan.seconds / 60:5.1f} min  {plan.title}{mine}")
    for left_out in sorted(own - set(content.plans)):
        say(f"{left_out:<16} names lines that this version does not have")
    return 0


def _show(options: argparse.Namespace) -> int:
    personal, content = _words(options)
    name = options.plan
    if is_plan_file(name):
        own = plan_of(name)
        name = own.plan.plan_id
        content = load_content(own.language).with_personal(personal.with_plan(own))
    plan = content.plans.get(name)
    if plan is None:
        raise CouldNotError(_no_plan(name, content))
    kept = {each.plan.plan_id: each for each in personal.plans}
    if options.toml:
        say(plan_text(kept.get(name) or OwnPlan(plan, content.language)).rstrip())
        return 0
    for line in plan_lines(plan, content):
        say(line)
    return 0


def _new(options: argparse.Namespace) -> int:
    _, content = _words(options)
    like = content.plans.get(options.like)
    if like is None:
        raise CouldNotError(_no_plan(options.like, content))
    plan_id = options.id
    title = options.title or plan_id.replace("-", " ").replace("_", " ").capitalize()
    text = plan_text(OwnPlan(replace(like, plan_id=plan_id, title=title), content.language))
    report = read_plan(text.encode())
    if report.errors:
        raise CouldNotError(report.errors[0].message)
    path = Path(options.to or f"{plan_id}.toml")
    if str(path) == "-":
        say(text.rstrip())
        return 0
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise CouldNotError(f"{path} is there already; name another file with --to.") from None
    except OSError as error:
        raise CouldNotError(str(from_os(error, path))) from error
    say(f"{path} is a plan like '{options.like}'. Change it as you like; then:")
    say(f"  hand-on-heart plan check {path}")
    say(f"  hand-on-heart practice --plan {path}")
    return 0


def _schema(options: argparse.Namespace) -> int:
    say_json(plan_schema())
    return 0


def _add(options: argparse.Namespace) -> int:
    plans = [plan_of(file) for file in options.files]
    file = own_file()
    personal = file.personal
    for own in plans:
        personal = personal.with_plan(own)
    _keep(file, personal)
    for own in plans:
        say(f"'{own.plan.title}' is among your plans as {own.plan.plan_id}.")
    return 0


def _remove(options: argparse.Namespace) -> int:
    file = own_file()
    personal = file.personal
    known = [each.plan.plan_id for each in personal.plans]
    for plan_id in options.plans:
        if plan_id not in known:
            told = f"Yours are: {', '.join(known)}." if known else "You have none of your own."
            raise CouldNotError(f"There is no plan of yours called '{plan_id}'. {told}")
    for plan_id in options.plans:
        personal = personal.without_plan(plan_id)
    _keep(file, personal)
    say(f"Removed: {', '.join(options.plans)}. Sessions that were kept with it stay whole.")
    return 0


def _keep(file: PersonalFile, personal: Personal) -> None:
    try:
        file.keep(personal)
    except StorageError as error:
        raise CouldNotError(str(error)) from error


def _words(options: argparse.Namespace) -> tuple[Personal, Content]:
    personal = own_file().personal
    return personal, load_content(language_for(options)).with_personal(personal)


def _no_plan(name: str, content: Content) -> str:
    return f"There is no plan called '{name}'. There are: {', '.join(content.plans)}."
