"""What can be typed after ``plan`` and ``words``."""

from __future__ import annotations

import argparse
from collections.abc import Callable

_EXAMPLES = """\
examples:
  hand-on-heart plan list
  hand-on-heart plan show five                   what is said when
  hand-on-heart plan new evening --like ten      writes evening.toml, to be changed
  hand-on-heart plan check evening.toml          what is wrong with it, line by line
  hand-on-heart practice --plan evening.toml     runs it
  hand-on-heart plan add evening.toml            keeps it among your plans
  hand-on-heart plan schema > plan.schema.json   for an editor that completes and underlines

docs/plans.md describes the file. A plan says words and times; the person who practises chooses
the breath guide, the touch and where the mind rests.
"""


def add_plan_commands(
    plan: argparse.ArgumentParser, language: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Give ``plan`` its commands.

    Parameters
    ----------
    plan
        The parser of ``plan``.
    language
        Adds the option for the language of the words.
    """
    plan.epilog = _EXAMPLES
    commands = plan.add_subparsers(
        title="commands", metavar="COMMAND", dest="plan_command", required=True
    )

    def command(name: str, help_text: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(
            name, help=help_text, description=help_text[:1].upper() + help_text[1:] + "."
        )
        added.set_defaults(module="plan")
        language(added)
        return added

    listed = command("list", "list the plans that there are, yours among them")
    listed.add_argument("--json", action="store_true", help="print JSON on stdout")
    shown = command("show", "show what a plan says, and when")
    shown.add_argument("plan", metavar="PLAN", help="a plan's name, or a file")
    shown.add_argument("--toml", action="store_true", help="as the file of a plan")
    checked = command("check", "look through files of plans: errors and warnings, line by line")
    checked.add_argument("files", metavar="FILE", nargs="+")
    checked.add_argument(
        "--strict", action="store_true", help="end with exit code 1 for warnings, too"
    )
    checked.add_argument("--json", action="store_true", help="print JSON on stdout")
    new = command("new", "write the file of a new plan, to be changed")
    new.add_argument("id", metavar="NAME", help="a short name, such as evening")
    new.add_argument("--like", default="five", metavar="PLAN", help="begin as this (default five)")
    new.add_argument("--title", help="what the person reads")
    new.add_argument("--to", metavar="FILE", help="default NAME.toml; - is stdout")
    added = command("add", "keep plans from files among yours; the window offers them")
    added.add_argument("files", metavar="FILE", nargs="+")
    command("schema", "print the form of a plan file as a JSON schema, for editors")
    removed = command("remove", "remove plans of yours")
    removed.add_argument("plans", metavar="PLAN", nargs="+")


def add_words_commands(words: argparse.ArgumentParser) -> None:
    """Give ``words`` its commands."""
    commands = words.add_subparsers(
        title="commands", metavar="COMMAND", dest="words_command", required=True
    )
    for name, help_text in (
        ("show", "show what is yours: guides, edited and left-out lines, phrases, plans"),
        ("export", "write a copy of it to FILE, which is not protected"),
        ("import", "add what an exported FILE holds"),
    ):
        added = commands.add_parser(
            name, help=help_text, description=help_text[:1].upper() + help_text[1:] + "."
        )
        added.set_defaults(module="words")
        if name == "show":
            added.add_argument("--json", action="store_true", help="print JSON on stdout")
        else:
            added.add_argument("file", metavar="FILE")
