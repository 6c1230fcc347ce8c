"""From what a person writes, such as ``ble:`` or ``replay:FILE``, to a source of heartbeats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from biofeedback.ports import Clock, Guide, Source
from biofeedback.types import Event, Packet
from devices.added import SourceError, added_kinds, open_added
from devices.simulator import DEFAULT_SEED, SimulatedSource
from devices.steering import Steering

__all__ = ["SOURCE_KINDS", "LoadSession", "SourceError", "open_source", "sources_help"]

SOURCE_KINDS = (
    ("ble:", "the strap that is near (any with the standard heart rate service)"),
    ("ble:ADDRESS", "that strap; `hand-on-heart scan` shows addresses"),
    ("sim:", "a simulated heart that follows the breath guide"),
    ("sim:SEED", "another simulated heart, chosen by a whole number"),
    ("replay:FILE", "a recording: RR intervals as text or CSV, and other formats"),
    ("replay:NUMBER", "one of your sessions; `hand-on-heart sessions` shows the numbers"),
)
"""Each form of a specification that is built in, and what it opens."""

LoadSession = Callable[[int], list[Event]]
"""Gives the recorded events of a session by its number, or raises OSError or LookupError."""


def sources_help() -> str:
    """Return the forms of a specification as lines for a help text, other people's last."""
    added = [(f"{kind}:...", f"from the package {package}") for kind, package in added_kinds()]
    forms = [*SOURCE_KINDS, *added]
    width = max(len(form) for form, _ in forms)
    return "\n".join(f"{form:<{width}}  {meaning}" for form, meaning in forms)


def open_source(
    spec: str,
    clock: Clock,
    guide: Guide,
    *,
    seed: int | None = None,
    load_session: LoadSession | None = None,
    with_sensors: bool = False,
    steering: Steering | None = None,
) -> Source:
    """Open what ``spec`` names. Nothing connects before its events are asked for.

    Parameters
    ----------
    spec
        One of the forms of `SOURCE_KINDS`, or of a kind that an installed package adds (see
        `devices.added`). A file called like a session's number goes first.
    clock
        Session time.
    guide
        What a simulated person breathes with.
    seed
        The heart of ``sim:`` where the specification names none.
    load_session
        Where recorded sessions come from; None: only files are replayed.
    with_sensors
        Ask for ECG and accelerometer, too, where the strap has them; a simulated one has. A
        recorded session sends again what was recorded.
    steering
        What steers a simulated heart while it runs; others go their own way.

    Returns
    -------
    Source
        Its ``label`` opens it again.

    Raises
    ------
    SourceError
        If there is no such source; the message says so in a sentence, with a way forward.
    """
    kind, colon, rest = spec.strip().partition(":")
    match kind.strip().lower():
        case "ble":
            # A computer without Bluetooth runs everything else.
            from devices.ble import BleSource

            return BleSource(rest.strip() or None, clock, with_pmd=with_sensors)
        case "sim":
            return SimulatedSource(
                clock,
                guide,
                _seed(rest.strip(), seed),
                with_sensors=with_sensors,
                steering=steering,
            )
        case "replay":
            return _open_replay(rest.strip(), clock, load_session)
        case name if colon and (added := open_added(name, rest.strip(), clock, guide)):
            return added
    forms = ", ".join(
        [*(form for form, _ in SOURCE_KINDS), *(f"{kind}:" for kind, _ in added_kinds())]
    )
    if not colon and spec.strip():
        raise SourceError(
            f"'{spec}' is no source of heartbeats. For a file, write replay:{spec.strip()}; "
            f"the others are {forms}."
        )
    raise SourceError(f"'{spec}' is no source of heartbeats. There are {forms}.")


def _seed(text: str, default: int | None) -> int:
    if not text:
        return DEFAULT_SEED if default is None else default
    try:
        return int(text)
    except ValueError:
        raise SourceError(
            f"A simulated heart is chosen by a whole number, as in sim:7, and '{text}' is none."
        ) from None


def _open_replay(name: str, clock: Clock, load_session: LoadSession | None) -> Source:
    if not name:
        raise SourceError("Which recording? Write its file's name behind it, as in replay:my.txt.")
    path = Path(name)
    if load_session is not None and _is_number(name) and not _exists(path):
        return _replay_session(int(name), clock, load_session)
    return _replay_file(path, clock, f"replay:{name}")


def _is_number(name: str) -> bool:
    # SQLite counts no further than 63 bits.
    return name.isascii() and name.isdecimal() and len(name) < 19


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _replay_session(session_id: int, clock: Clock, load_session: LoadSession) -> Source:
    from devices.replay import ReplaySource

    try:
        events = load_session(session_id)
    except LookupError:
        raise SourceError(
            f"There is neither a file nor a session called {session_id}. "
            "The command 'sessions' lists them."
        ) from None
    except OSError as error:
        raise SourceError(str(error)) from error
    if not any(isinstance(event, Packet) for event in events):
        raise SourceError(
            f"Session {session_id} holds no heartbeats: no strap was there. Choose another one."
        )
    return ReplaySource.from_events(events, clock, f"replay:{session_id}")


def _replay_file(path: Path, clock: Clock, label: str) -> Source:
    from biofeedback.sessions.formats import read_recording
    from biofeedback.sessions.formats.recording import RecordingError
    from devices.replay import ReplaySource

    try:
        path = path.expanduser()
    except RuntimeError:
        raise SourceError(
            f"Nobody knows whose home '{path}' is in. Write the file's whole name."
        ) from None
    try:
        recording = read_recording(path)
    except (RecordingError, OSError) as error:
        raise SourceError(str(error)) from error
    source = ReplaySource.from_rr(
        recording.rr_ms, clock, label, starts=recording.starts, t_s=recording.t_s
    )
    if source.left_out == len(recording.rr_ms):
        raise SourceError(
            f"{path.name} holds no heartbeats that could be replayed. Choose another recording."
        )
    return source
