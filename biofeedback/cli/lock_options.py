"""What can be typed behind `lock`."""

from __future__ import annotations

import argparse

LOCK = """\
With a passphrase set, your sessions, ratings, notes, letters, and own words are encrypted on the
disk, and so is every copy that the program makes of them. Settings are not: your last choices,
and name and address of your strap. Neither is what you export.
There is no recovery: whoever forgets the passphrase loses everything that is kept.

examples:
  hand-on-heart lock                 is there a passphrase?
  hand-on-heart lock set             set one; it is asked for twice
  hand-on-heart lock change          another one
  hand-on-heart lock remove          none any more; what is kept is decrypted
  hand-on-heart lock remember        keep the key in this computer's keyring
  hand-on-heart lock forget          take it out of there

Other commands ask when they need it. For scripts, HAND_ON_HEART_PASSPHRASE_FILE names a file whose
first line it is, and that you alone can read. It is never given on the command line, which other
users of this computer can see. More: docs/privacy.md.
"""


def add_lock_commands(parser: argparse.ArgumentParser) -> None:
    """Add what can be typed behind `lock`."""
    parser.set_defaults(lock_command="status", json=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, help_text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(
            name, help=help_text, description=help_text[:1].upper() + help_text[1:] + "."
        )
        added.set_defaults(lock_command=name)
        return added

    status = command("status", "tell whether a passphrase is set")
    status.add_argument("--json", action="store_true", help="print JSON on stdout")
    setting = command("set", "set a passphrase, and encrypt what is kept")
    setting.add_argument(
        "--yes", action="store_true", help="you know that there is no recovery; do not ask"
    )
    _stdin(setting, "the new passphrase")
    _stdin(command("change", "take another passphrase"), "the old passphrase, then the new one,")
    _stdin(command("remove", "take the passphrase away, and decrypt what is kept"), "it")
    command("remember", "keep the key in this computer's keyring")
    command("forget", "take the key out of this computer's keyring")


def _stdin(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument(
        "--stdin", action="store_true", help=f"read {what} from standard input, a line each"
    )
