"""What can be typed behind ``export``, ``import`` and ``study``."""

from __future__ import annotations

import argparse
from datetime import date

EXPORT = """\
Without numbers, days or a tag, all sessions leave. You see first what the file will hold. It is
not protected: keep it where only you can read it. docs/export.md tells every field.

  zip   everything, bit for bit, for `import`; with your own guides, words and plans
  json  the sessions, bit for bit, for `import`
  csv   two tables: a row a beat, and (in PATH-sessions.csv) a row a session
  rr    text, one RR interval in ms a line, as Kubios and others read it; a file a session
  edf   EDF+: heart rate, RR intervals, ECG, and annotations; a file a session

examples:
  hand-on-heart export                              everything, as a ZIP in this folder
  hand-on-heart export --preview                    what that would hold; nothing is written
  hand-on-heart export 12 13 --format json -o two.json
  hand-on-heart export 12 --format rr               one session for Kubios
  hand-on-heart export --format csv -o beats.csv    tables of all of them
  hand-on-heart export --from 2026-01-01 --to 2026-03-31 --tag evening
  hand-on-heart export --with-writings --yes -o backup.zip --force
  hand-on-heart export --schema > export.schema.json
"""

IMPORT = """\
PATH is a file, or a folder with all that is in it: exports of this program (JSON, ZIP), and
recordings of other programs (docs/formats.md tells which). What is here already is recognised and
passed over; where a session here differs, it is kept as it is. One bad file never stops the rest.
Ctrl+C keeps what is in by then, and the same command goes on from there.

examples:
  hand-on-heart import backup.zip                   bring a backup back
  hand-on-heart import old-recordings/              a folder of other programs' files
  hand-on-heart import old-recordings/ --preview    what that would bring; nothing is kept

Exit code 1 where anything could not be read; the others are in all the same.
"""


STUDY = """\
FOLDER holds many people's exports (JSON, ZIP) and recordings, a folder for each person. The table
has a row for each session, and one for each of its phases: every figure with its unit in its
name, the version that worked it out, and why one is missing. docs/study.md tells every column.

It is the same, byte for byte, whatever does the work. What is done stands in OUT.journal, so that
an interrupted study goes on where it was; what could not be read, in OUT.errors.csv.

examples:
  hand-on-heart study people/ --out table.parquet --jobs 8
  hand-on-heart study people/ --out table.csv --csv
  hand-on-heart study people/ --out table.parquet --pseudonym salt
  hand-on-heart study people/ --out table.parquet --dask tcp://scheduler:8786

Parquet: pip install 'hand-on-heart[study]'. Dask: pip install 'hand-on-heart[dask]', and its
workers see FOLDER under the same name. Exit code 1 where anything could not be read.
"""


def add_study_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``study`` takes."""
    parser.add_argument("folder", metavar="FOLDER", help="with a folder for each person")
    parser.add_argument("--out", required=True, metavar="OUT", help="where the table goes")
    parser.add_argument("--csv", action="store_true", help="CSV in place of Parquet")
    workers = parser.add_mutually_exclusive_group()
    workers.add_argument(
        "--jobs", type=_number, default=1, metavar="N", help="processes to share the work"
    )
    workers.add_argument(
        "--dask", metavar="ADDRESS", help="a Dask scheduler, such as tcp://HOST:8786"
    )
    parser.add_argument(
        "--pseudonym",
        metavar="SALT-FILE",
        help="name people by a code made with this secret (16 bytes or more)",
    )
    parser.add_argument("--force", action="store_true", help="write over a table that is there")
    parser.add_argument("--json", action="store_true", help="print JSON on stdout")


def add_export_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``export`` takes."""
    parser.add_argument(
        "numbers",
        metavar="NUMBER",
        nargs="*",
        type=_number,
        help="of sessions; `hand-on-heart sessions` lists them",
    )
    parser.add_argument("--from", dest="first_day", type=_day, metavar="DAY", help="from this day")
    parser.add_argument("--to", dest="last_day", type=_day, metavar="DAY", help="up to this day")
    parser.add_argument("--tag", default="", metavar="TAG", help="only those that bear this tag")
    parser.add_argument(
        "--format",
        choices=("zip", "json", "csv", "rr", "edf"),
        default="zip",
        help="of what kind (default zip; see below)",
    )
    parser.add_argument("-o", "--output", metavar="PATH", help="where to (default: this folder)")
    parser.add_argument(
        "--with-writings", action="store_true", help="your saved writing, too (in a zip)"
    )
    parser.add_argument(
        "--person", default="", metavar="NAME", help="what a study calls you (in a zip)"
    )
    parser.add_argument("--preview", action="store_true", help="say what it will hold, no more")
    parser.add_argument("--yes", action="store_true", help="write it without asking")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema, no more")


def add_import_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``import`` takes."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help="a file, or a folder")
    parser.add_argument(
        "--preview", action="store_true", help="say what would come of it, and keep nothing"
    )
    parser.add_argument(
        "--notes", action="store_true", help="say how each recording was understood"
    )
    parser.add_argument(
        "--jobs", type=_number, metavar="N", help="processes to read many files (default: as fits)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON on stdout")


def wrong_use(options: argparse.Namespace) -> str:
    """Return what no single option can know to be wrong; empty if all is well."""
    if options.module == "export" and options.format != "zip":
        if options.with_writings:
            return "--with-writings needs --format zip"
        if options.person:
            return "--person needs --format zip"
    return ""


def _number(text: str) -> int:
    # SQLite counts no further than 63 bits.
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:20]) < 2**63):
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 1 on")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"'{text}' is no day; write it as year-month-day, such as 2026-12-24"
        ) from None
