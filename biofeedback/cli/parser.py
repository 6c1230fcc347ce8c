"""What can be typed, and how to ask for help."""

from __future__ import annotations

import argparse
import contextlib
import math
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from biofeedback.cli import unexpected
from biofeedback.cli.leave_options import (
    EXPORT,
    IMPORT,
    STUDY,
    add_export_options,
    add_import_options,
    add_study_options,
    wrong_use,
)
from biofeedback.cli.lock_options import LOCK, add_lock_commands
from biofeedback.cli.looking_back_options import (
    REPORT,
    TRENDS,
    add_report_options,
    add_trends_options,
    wrong_looking_back,
)
from biofeedback.cli.plan_options import add_plan_commands, add_words_commands
from biofeedback.cli.say import CouldNotError, complain
from biofeedback.cli.sessions_options import SESSIONS, add_sessions_options
from biofeedback.cli.sound_options import add_heard_options, add_wav_options
from biofeedback.cli.store_options import add_store_commands
from biofeedback.version import version

PROGRAM = "hand-on-heart"

FINE, COULD_NOT, WRONG_USE = 0, 1, 2

_ABOUT = """\
Breathe slowly, a hand on your heart or another choice, and see your own heart follow.

Without a command the window opens. Nothing leaves this computer.
General wellness; it does not test for or treat illness. Draft, not clinically reviewed.
"""

_EXAMPLES = """\
examples:
  hand-on-heart                                open the window
  hand-on-heart --source replay:12             look again at session 12, in the window
  hand-on-heart demo                           a practice with a simulated heart, no strap needed
  hand-on-heart demo --seconds 60              the same in one minute
  hand-on-heart scan                           which straps are near?
  hand-on-heart doctor                         what works here, and what helps if it doesn't
  hand-on-heart practice --source ble:         practise with the strap that is near
  hand-on-heart practice --source replay:rr.txt --speed 0 --json
                                               run a recording through, as fast as it goes
  hand-on-heart stream --source sim: --to osc  let another program listen in
  hand-on-heart safety                         what to know first, and whom to call
  hand-on-heart plan list                      which practices there are; yours, too
  hand-on-heart pace --source ble:             look for your own pace of breath
  hand-on-heart practice --plan letter --source sim:
                                               write a caring letter; the practice waits for you
  hand-on-heart wav practice.wav               a practice to listen to with eyes shut
  hand-on-heart sessions                       what is kept on this computer
  hand-on-heart trends                         how your quiet minutes went over weeks
  hand-on-heart report 12                      a page on session 12, to read, print or hand on
  hand-on-heart export                         take all of them with you, in one file
  hand-on-heart import old-recordings/         bring in what you have, from here or elsewhere
  hand-on-heart store check                    is everything that is kept whole?
  hand-on-heart writing                        what you wrote and saved
  hand-on-heart lock set                       a passphrase for all of it
  hand-on-heart analyze rr.txt                 the figures of a recording
  hand-on-heart study people/ --out table.parquet
                                               the figures of many people's sessions

Sessions are kept in the data folder of your system; HAND_ON_HEART_HOME names another one.
Exit codes: 0 fine, 1 could not, 2 wrong use.
"""

_STREAM_EXAMPLES = """\
examples:
  hand-on-heart stream --source sim: --seconds 20        twenty seconds of a simulated heart
  hand-on-heart stream | jq -c 'select(.type == "beats")'  the beats of the strap that is near
  hand-on-heart stream --to osc --to lsl --sensors       to both, with the ECG

Nothing is kept on this computer; a practice keeps what the strap sent. Nothing leaves it either,
unless --host or --network says so. Each line, message and stream: docs/stream.md.
OSC and LSL are optional: pip install 'hand-on-heart[osc,lsl]'. Ctrl+C stops, exit code 0.
"""


_PACE = """\
You breathe 6.5, 6, 5.5, 5 and 4.5 times a minute for two minutes each, in a shuffled order with
short rests. The answer is the pace at which your heart swings furthest, with its interval, or
that there is no clear peak; both are good answers. A pace is kept when two assessments agree.
If you are pregnant, or have heart, lung, seizure or panic problems, ask your care team first.

examples:
  hand-on-heart pace --source ble:                     with a strap, 12 and a half minutes
  hand-on-heart pace --source sim:7 --speed 0 --json   with a simulated heart, at once
  hand-on-heart pace rr.txt --steps 0:120:6.5,150:270:6,300:420:5.5,450:570:5,600:720:4.5
"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence.

    Attributes
    ----------
    lists_sources
        Whether its help tells what a source can be.
    """

    lists_sources = False

    def format_help(self) -> str:
        """Return the help, with the sources that other people's packages add."""
        if self.lists_sources:
            from devices.opening import sources_help

            forms = "\n".join(f"  {line}" for line in sources_help().splitlines())
            self.epilog = f"sources:\n{forms}\n\n{self.epilog or ''}".rstrip() + "\n"
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        complain(f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help")
        raise SystemExit(WRONG_USE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; return the exit code.

    Parameters
    ----------
    arguments
        Without the program's name; None takes those of the process.
    """
    if arguments is None:
        unexpected.install()
    try:
        options = _parser().parse_args(arguments)
        _check(options)
        command = import_module(f"biofeedback.cli.{options.module}")
        code: int = command.run(options)
        sys.stdout.flush()
    except CouldNotError as error:
        complain(str(error))
        return COULD_NOT
    except KeyboardInterrupt:
        complain("Stopped.")
        return COULD_NOT
    except BrokenPipeError:
        # whoever read the output has gone; stdout must not complain again when Python ends
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else COULD_NOT
    return code


def _parser() -> _Parser:
    parser = _Parser(
        prog=PROGRAM,
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {version()}")
    parser.set_defaults(module="window", window_plan=None)
    parser.add_argument(
        "--source",
        metavar="SOURCE",
        help="open the window with it: replay:FILE or replay:NUMBER looks at a recording or a kept "
        "session; others begin a practice",
    )
    _language_option(parser)
    parser.add_argument(
        "--plan",
        dest="window_plan",
        metavar="FILE",
        help="open the window with the plan of this file among yours, and chosen",
    )
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", parser_class=_Parser, prog=PROGRAM
    )

    def command(name: str, help_text: str, more: str = "", module: str = "") -> _Parser:
        added: _Parser = commands.add_parser(
            name,
            help=help_text,
            description=help_text[:1].upper() + help_text[1:] + ".",
            epilog=more,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        added.set_defaults(module=module or name)
        return added

    demo = command("demo", "a practice with a simulated heart, no strap needed", module="practice")
    _practice_options(demo)
    _seconds_option(demo)
    demo.add_argument("--seed", type=_seed, metavar="N", help="the same seed gives the same heart")
    demo.set_defaults(source=None, demo=True)

    practice = command("practice", "practise with a strap, a recording or a simulated heart")
    practice.lists_sources = True
    _practice_options(practice)
    practice.add_argument(
        "--source", default="ble:", metavar="SOURCE", help="where heartbeats come from (see below)"
    )
    practice.set_defaults(seconds=None, seed=None, demo=False)

    _stream_options(
        command(
            "stream",
            "let other programs listen in, as JSON lines, OSC or LSL",
            _STREAM_EXAMPLES,
        )
    )

    pace = command(
        "pace",
        "look for the pace of breath at which your heart swings furthest",
        _PACE,
    )
    pace.lists_sources = True
    pace.add_argument(
        "file", metavar="FILE", nargs="?", help="a stepped recording to analyse, with --steps"
    )
    pace.add_argument(
        "--steps",
        metavar="STEPS",
        help="START:END:PACE,... in seconds and breaths a minute, or a CSV file of such rows",
    )
    pace.add_argument(
        "--source", default="ble:", metavar="SOURCE", help="where heartbeats come from (see below)"
    )
    pace.add_argument(
        "--slide", action="store_true", help="one slow slide from 6.75 to 4.25, in place of steps"
    )
    pace.add_argument(
        "--seed", type=_seed, metavar="N", help="the same seed gives the same order of the steps"
    )
    pace.add_argument(
        "--speed",
        type=_not_negative,
        metavar="X",
        help="X times real time; 0 is as fast as the machine can",
    )
    _json_option(pace)

    scan = command("scan", "look for straps that are near")
    scan.add_argument(
        "--seconds", type=_positive, default=8.0, metavar="N", help="how long to look (default 8)"
    )
    _json_option(scan)

    doctor = command(
        "doctor",
        "check this computer, its Bluetooth and your strap, and say what helps",
        "Put the strap on first. Exit code 0: all that a practice with a strap needs works.",
    )
    doctor.add_argument(
        "--seconds",
        type=_positive,
        default=45.0,
        metavar="N",
        help="how long to listen to the strap at most (default 45)",
    )
    _json_option(doctor)

    safety = command("safety", "say what to know first, and whom to call")
    safety.add_argument("--region", metavar="REGION", help="with the help lines of that region")
    _language_option(safety, default=argparse.SUPPRESS)
    _json_option(safety)

    plan = command("plan", "practices as files: list, show, write, check and keep them")
    words = command("words", "what is yours: guides, words and plans; show, export and import it")
    add_words_commands(words)
    add_plan_commands(plan, lambda each: _language_option(each, default=argparse.SUPPRESS))

    add_store_commands(
        command("store", "look through what is kept, back it up, restore it, and save room")
    )

    writing = command(
        "writing",
        "list what you wrote in a practice and saved, read a page, or delete it for good",
        "Pages are kept on this computer only; `lock set` encrypts them.",
    )
    writing.add_argument(
        "number", metavar="NUMBER", nargs="?", type=_count, help="the page to read; else a list"
    )
    writing.add_argument("--delete", action="store_true", help="delete that page for good")
    _json_option(writing, " (the list, without a word of what is written)")

    add_lock_commands(command("lock", "a passphrase for everything that is kept", LOCK))

    wav = command("wav", "write a practice's sound to a file, to be heard anywhere")
    _choice_options(wav)
    _seconds_option(wav)
    add_wav_options(wav)

    add_sessions_options(
        command("sessions", "list what is kept on this computer, and change it", SESSIONS)
    )

    trends = command("trends", "tell how your quiet minutes went over weeks and months", TRENDS)
    add_trends_options(trends)
    _language_option(trends, default=argparse.SUPPRESS)
    add_export_options(command("export", "take your sessions with you, one, some or all", EXPORT))
    add_import_options(
        command(
            "import",
            "bring in sessions that left, and other programs' recordings",
            IMPORT,
            module="bring",
        )
    )

    report = command("report", "write a page on a session, or on a time, as HTML or PDF", REPORT)
    add_report_options(report)
    _language_option(report, default=argparse.SUPPRESS)
    add_study_options(command("study", "make a table of many people's sessions", STUDY))

    analyze = command(
        "analyze",
        "print the figures of a recording: heart rate, RMSSD, SDNN and others",
        "FILE holds RR intervals as text or CSV, or is another program's recording; a number\n"
        "means a session of your own. Beats that are no clear ones are left out and counted;\n"
        "no figure is formed across them. A figure is null where there are too few beats for it.",
    )
    analyze.add_argument("files", metavar="FILE", nargs="+")
    output = analyze.add_mutually_exclusive_group()
    _json_option(output, " (an object; for several files a list)")
    output.add_argument("--csv", action="store_true", help="print one row a file on stdout")
    analyze.add_argument("--plot", metavar="OUT.svg", help="draw the recording (one FILE)")
    analyze.add_argument(
        "--jobs", type=_count, default=1, metavar="N", help="processes to share many files"
    )
    analyze.add_argument("--method", choices=("welch", "lomb"), default="welch")
    analyze.add_argument(
        "--detrend",
        choices=("mean", "smooth"),
        default="mean",
        help="before the spectrum: remove the mean, or slow trends too (then no VLF)",
    )
    analyze.add_argument(
        "--window", type=_window, metavar="START:END", help="only these seconds; 60: is from 60 on"
    )
    analyze.add_argument(
        "--no-correct", dest="correct", action="store_false", help="leave every plausible beat in"
    )
    return parser


def _check(options: argparse.Namespace) -> None:
    """Refuse what no single option can know to be wrong."""
    if options.module == "analyze" and options.plot is not None and len(options.files) > 1:
        complain("--plot draws one FILE. See: hand-on-heart analyze --help")
        raise SystemExit(WRONG_USE)
    if why := wrong_use(options) or wrong_looking_back(options):
        complain(f"{why}. See: hand-on-heart {options.module} --help")
        raise SystemExit(WRONG_USE)
    if options.module == "writing" and options.delete and options.number is None:
        complain("--delete needs the NUMBER of a page. See: hand-on-heart writing --help")
        raise SystemExit(WRONG_USE)


def _practice_options(parser: _Parser) -> None:
    _choice_options(parser)
    parser.add_argument(
        "--felt", action="store_true", help="ask how it feels before and after (Enter skips)"
    )
    for moment in ("before", "after"):
        parser.add_argument(
            f"--felt-{moment}",
            type=_felt,
            metavar="T,D,K",
            help=f"ratings {moment}: tension, distress, kindness to myself, each 0-10 or - "
            "(implies --headless)",
        )
    add_heard_options(parser)
    parser.add_argument("--headless", action="store_true", help="in the terminal, without a window")
    parser.add_argument(
        "--sensors",
        action="store_true",
        help="record ECG and accelerometer too, of straps that have them (implies --headless)",
    )
    parser.add_argument(
        "--speed",
        type=_not_negative,
        metavar="X",
        help="X times real time; 0 is as fast as the machine can",
    )
    _json_option(parser, " (implies --headless)")


def _choice_options(parser: _Parser) -> None:
    parser.add_argument(
        "--plan",
        default="five",
        metavar="PLAN",
        help="five, ten, twenty, another that `plan list` shows, or FILE.toml",
    )
    parser.add_argument(
        "--guide",
        default="ease",
        metavar="GUIDE",
        help="own, light, ease, even or slow; seconds in and out such as 4-6, or in-hold-out-hold; "
        "box or 478 (ask first if you are pregnant, or have heart, lung, seizure or panic "
        "problems)",
    )
    parser.add_argument(
        "--adaptive",
        action="store_true",
        help="let the guide drift, a tenth of a breath a minute every 2 minutes at most, toward "
        "the pace at which your heart follows it further (between 4.5 and 7)",
    )
    parser.add_argument(
        "--no-ramp",
        dest="ramp",
        action="store_false",
        help="begin at the guide's pace at once, not by small steps from a light one",
    )
    parser.add_argument("--touch", default="heart", metavar="TOUCH", help="heart, belly, none, ...")
    parser.add_argument("--anchor", default="breath", metavar="ANCHOR", help="breath, feet, ...")
    parser.add_argument(
        "--posture",
        default="",
        metavar="POSTURE",
        help="sitting, lying, standing or moving; `trends` compares sessions of one posture",
    )
    parser.add_argument(
        "--minutes",
        type=_positive,
        metavar="N",
        help="length without the quiet times (default: the plan's own)",
    )
    parser.add_argument(
        "--eyes",
        default="open",
        metavar="EYES",
        help="open, half or shut; shut leaves out lines that ask to look around",
    )
    parser.add_argument(
        "--quiet",
        type=_not_negative,
        default=60.0,
        metavar="S",
        help="seconds of quiet before and after, to compare (default 60; 0 leaves them out)",
    )
    _language_option(parser, default=argparse.SUPPRESS)


def _seconds_option(parser: _Parser) -> None:
    parser.add_argument(
        "--seconds",
        type=_positive,
        metavar="N",
        help="fit the whole, quiet times included, into N seconds",
    )


def _stream_options(parser: _Parser) -> None:
    parser.lists_sources = True
    parser.add_argument(
        "--source", default="ble:", metavar="SOURCE", help="where heartbeats come from (see below)"
    )
    parser.add_argument(
        "--to",
        action="append",
        choices=("jsonl", "osc", "lsl"),
        help="JSON lines on stdout (default), Open Sound Control, Lab Streaming Layer; repeatable",
    )
    parser.add_argument(
        "--sensors", action="store_true", help="ECG and accelerometer too, of straps that have them"
    )
    parser.add_argument("--seconds", type=_positive, metavar="N", help="stop after N seconds")
    parser.add_argument(
        "--speed",
        type=_not_negative,
        metavar="X",
        help="X times real time; 0 is as fast as the machine can",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="OSC: where to (default 127.0.0.1, this computer)"
    )
    parser.add_argument(
        "--port", type=_port, default=9000, metavar="N", help="OSC: the port (default 9000)"
    )
    parser.add_argument(
        "--network", action="store_true", help="LSL: let other computers on the network find it"
    )


def _language_option(parser: argparse.ArgumentParser, default: str = "") -> None:
    parser.add_argument(
        "--language",
        default=default,
        metavar="LANGUAGE",
        help="language of the words, such as en (default: your system's, where there is one)",
    )


def _json_option(parser: argparse._ActionsContainer, more: str = "") -> None:
    parser.add_argument("--json", action="store_true", help=f"print JSON on stdout{more}")


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number") from None
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number to work with")
    return value


def _not_negative(text: str) -> float:
    value = _number(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"'{text}' is below 0")
    return value


def _positive(text: str) -> float:
    value = _number(text)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"'{text}' is not above 0")
    return value


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is no port (1 to 65535)")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of processes")
    return int(text)


def _window(text: str) -> tuple[float | None, float | None]:
    start, colon, end = text.partition(":")
    if not colon or not (start or end):
        raise argparse.ArgumentTypeError(f"'{text}' is not START:END in seconds")
    window = (_number(start) if start else None, _number(end) if end else None)
    if window[0] is not None and window[1] is not None and window[0] >= window[1]:
        raise argparse.ArgumentTypeError(f"'{text}' ends before it starts")
    return window


def _felt(text: str) -> object:
    from biofeedback.cli.felt import read_felt  # it brings the store along

    return read_felt(text)


def _seed(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number") from None
    if value < 0:
        raise argparse.ArgumentTypeError(f"'{text}' is below 0")
    return value
