"""What can be typed behind ``sessions``."""

from __future__ import annotations

import argparse

from biofeedback.cli.looking_back_options import add_days

SESSIONS = """\
Without a command it lists what is kept. A session's NUMBER is the first column. What is deleted
can be brought back with `undelete` until Hand on Heart does anything but `sessions`; then it goes
for good, in backups as well. The raw log of a session that is left out of the figures is kept.

examples:
  hand-on-heart sessions                               all of them, newest first
  hand-on-heart sessions --tag rain --from 2026-01-01  those with a tag, since a day
  hand-on-heart sessions --plan letter                 those of a plan, or of a practice
  hand-on-heart sessions show 12                       all that is known of one
  hand-on-heart sessions tag 12 rain "after work"      add tags; --remove takes them away
  hand-on-heart sessions note 12 "A long day."         write its note; without words, read it
  hand-on-heart sessions delete 12 13                  delete two
  hand-on-heart sessions undelete 12 13                bring them back; without numbers, list them
  hand-on-heart sessions delete --from 2026-02-03 --to 2026-02-05 --yes
  hand-on-heart sessions leave-out 12 --range 1:00-1:30
                                                       form its figures without half a minute
  hand-on-heart sessions take-in 12                    all of it counts again

Look at one again in the window: hand-on-heart --source replay:12
"""


def add_sessions_options(sessions: argparse.ArgumentParser) -> None:
    """Add what narrows the list, and the commands for one session or some."""
    sessions.add_argument("--json", action="store_true", help="print JSON on stdout")
    sessions.add_argument("--tag", metavar="TAG", help="only those with this tag")
    sessions.add_argument(
        "--plan",
        metavar="PLAN",
        help="only those of this plan or practice: soothing, mindful, common, reframe, letter, "
        "grounding, own, pace",
    )
    add_days(sessions)
    sessions.set_defaults(sessions_command="list")
    commands = sessions.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, help_text: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(
            name, help=help_text, description=help_text[:1].upper() + help_text[1:] + "."
        )
        added.set_defaults(module="session_actions", sessions_command=name)
        return added

    show = command("show", "show all that is known of a session")
    _number(show)
    show.add_argument("--json", action="store_true", help="print JSON on stdout")

    tag = command("tag", "add tags to a session, or take some away")
    _number(tag)
    tag.add_argument("tags", metavar="TAG", nargs="+")
    tag.add_argument("--remove", action="store_true", help="take these tags away instead")

    note = command("note", "write a session's note in place of the one before, or read it")
    _number(note)
    note.add_argument("text", metavar="TEXT", nargs="?", help="- reads it from stdin")
    note.add_argument("--clear", action="store_true", help="take the note away")

    delete = command("delete", "delete sessions; undelete brings them back")
    delete.add_argument("numbers", metavar="NUMBER", nargs="*", type=number)
    add_days(delete)
    delete.add_argument("--all", action="store_true", help="everything, for real and at once")
    delete.add_argument("--yes", action="store_true", help="do not ask")
    delete.add_argument("--for-good", action="store_true", help="at once, not to be brought back")

    undelete = command("undelete", "bring deleted sessions back, or list them")
    undelete.add_argument("numbers", metavar="NUMBER", nargs="*", type=number)
    undelete.add_argument("--all", action="store_true", help="all that can be brought back")

    leave_out = command("leave-out", "leave a session, or a part of it, out of the figures")
    _number(leave_out)
    leave_out.add_argument(
        "--range",
        type=span,
        metavar="A-B",
        help="this part alone, in seconds or minutes of session time: 60-90 or 1:00-1:30",
    )
    _number(command("take-in", "take a session that was left out back into the figures, all of it"))


def _number(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", type=number, help="of the session")


def number(text: str) -> int:
    """Read the number of a session."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of a session")
    return int(text)


def span(text: str) -> tuple[float, float]:
    """Read a stretch of session time, in seconds or in minutes and seconds."""
    first, dash, last = text.partition("-")
    try:
        if not dash:
            raise ValueError
        found = _seconds(first), _seconds(last)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"'{text}' is no stretch such as 60-90 or 1:00-1:30"
        ) from None
    if found[0] >= found[1]:
        raise argparse.ArgumentTypeError(f"'{text}' ends before it starts")
    return found


def _seconds(text: str) -> float:
    minutes, colon, seconds = text.strip().rpartition(":")
    value = float(seconds) + (60 * int(minutes) if colon else 0.0)
    if not 0 <= value < 1e7:
        raise ValueError
    return value
