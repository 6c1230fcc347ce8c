"""What can be typed after ``store``."""

from __future__ import annotations

import argparse

_EXAMPLES = """\
examples:
  hand-on-heart store check                      is everything that is kept whole?
  hand-on-heart store backup                     make today's backup now
  hand-on-heart store backup --list              which backups there are
  hand-on-heart store restore newest             put the newest backup in place
  hand-on-heart store restore 2026-03-04         the one of that day
  hand-on-heart store restore /media/stick/sessions.sqlite3
  hand-on-heart store compact                    give room back to the disk

A backup is made by itself once a day on which something changed; the newest three are kept, in
the folder `backups` beside your sessions, for this user alone. What you delete for good is
deleted in them, too. A disk that breaks takes them along: copy that folder to another disk now and
then; what you delete later is still in such a copy.
docs/recordings.md describes the file. Exit codes: 0 fine, 1 could not or damaged, 2 wrong use.
"""

_CHECK = """\
Reads every page of the file and every event of every session, and mends nothing. Exit code 1
where something is damaged; each damage is one line. Then a backup helps: `store restore`.
"""

_BACKUP = """\
Copies one moment of all that is kept, while a practice may go on, and looks through the copy
before it counts. A damaged file is not backed up, so that the good backups stay.
"""

_RESTORE = """\
The backup is looked through first. The present file is kept as sessions.before-restore-N.sqlite3
beside it, so nothing is lost by trying. Close the window and every practice first.
"""

_COMPACT = """\
Packs the events of sessions that earlier versions kept, which takes a third of the room, and
writes the file without free pages. It needs room for a second copy meanwhile. What every session
holds stays the same to the last bit.
"""


def add_store_commands(store: argparse.ArgumentParser) -> None:
    """Give ``store`` its commands."""
    store.epilog = _EXAMPLES
    commands = store.add_subparsers(
        title="commands", metavar="COMMAND", dest="store_command", required=True
    )

    def command(name: str, help_text: str, more: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(
            name,
            help=help_text,
            description=help_text[:1].upper() + help_text[1:] + ".",
            epilog=more,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        added.set_defaults(module="store")
        added.add_argument("--json", action="store_true", help="print JSON on stdout")
        return added

    check = command("check", "look through all that is kept, and say whether it is whole", _CHECK)
    check.add_argument(
        "--quick", action="store_true", help="the file alone, not every session in it"
    )
    backup = command("backup", "make today's backup now, in place of an earlier one", _BACKUP)
    backup.add_argument("--list", action="store_true", help="say which backups there are")
    restore = command("restore", "put a backup in the place of all that is kept", _RESTORE)
    restore.add_argument(
        "copy", metavar="BACKUP", help="newest, a day such as 2026-03-04, or a FILE"
    )
    command("compact", "give room back to the disk", _COMPACT)
