"""Open Sound Control over UDP, for music, light and games (extra ``osc``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from biofeedback.outlets.telling import OutletError, Told

ROOT = "/hand_on_heart/"
"""What every address begins with."""

LOOPBACK, PORT = "127.0.0.1", 9000

_INT, _FLOAT, _DOUBLE, _TEXT = "i", "f", "d", "s"

Message = tuple[str, list[tuple[str, Any]]]
"""An address below `ROOT`, and its arguments, each with its OSC type."""


class Osc:
    """Sends a message a figure; a figure that isn't known is not sent.

    Parameters
    ----------
    host, port
        Where to. By default nothing leaves this computer.

    Raises
    ------
    OutletError
        If the package is missing or the host is unknown.
    """

    def __init__(self, host: str = LOOPBACK, port: int = PORT) -> None:
        try:
            from pythonosc.osc_message_builder import OscMessageBuilder
            from pythonosc.udp_client import UDPClient
        except ImportError:
            raise OutletError(
                "OSC needs the package python-osc: pip install 'hand-on-heart[osc]'"
            ) from None
        self._builder = OscMessageBuilder
        try:
            self._client = UDPClient(host, port)
        except (OSError, OverflowError, UnicodeError) as error:
            raise OutletError(f"OSC can't be sent to {host}, port {port}: {error}.") from error

    def tell(self, told: Told) -> None:
        """Send what there is of it."""
        for address, arguments in messages(told):
            message = self._builder(ROOT + address)
            for kind, value in arguments:
                message.add_arg(value, kind)
            try:
                self._client.send(message.build())
            except OSError:
                continue  # nobody need listen, and a full buffer loses one message, as UDP does

    def close(self) -> None:
        """Let go of the socket."""
        self._client.close()


def messages(told: Told) -> Iterator[Message]:
    """Return the messages of one thing that is told; each ends with its time in seconds."""
    at = (_DOUBLE, told["t_s"])
    match told["type"]:
        case "pulse":
            if told["hr_bpm"] is not None:
                yield "sensor_hr_bpm", [(_FLOAT, told["hr_bpm"]), at]
            if told["contact"] is not None:
                yield "contact", [(_INT, int(told["contact"])), at]
            for beat in told["beats"]:
                yield "rr_ms", [(_FLOAT, beat["rr_ms"]), (_DOUBLE, beat["t_s"])]
        case "beats":
            for beat in told["beats"]:
                judged = [(_FLOAT, beat["rr_ms"]), (_TEXT, beat["flag"]), (_DOUBLE, beat["t_s"])]
                yield "beat", judged
        case "metrics":
            for name in ("hr_bpm", "rmssd_ms", "sdnn_ms", "artefact_fraction"):
                if told[name] is not None:
                    yield name, [(_FLOAT, told[name]), at]
        case "link":
            yield "link", [(_TEXT, told["reason"] or "up"), at]
            if told["strap"] is not None and told["strap"]["battery_pct"] is not None:
                yield "battery_pct", [(_INT, told["strap"]["battery_pct"]), at]
        case "strap_kind":
            yield "strap_kind", [(_TEXT, told["kind"]), at]
        case "ecg":
            samples = [(_FLOAT, value) for value in told["samples_uv"]]
            yield "ecg_uv", [*samples, (_FLOAT, told["rate_hz"]), at]
        case "acc":
            samples = [(_FLOAT, value) for xyz in told["samples_mg"] for value in xyz]
            yield "acc_mg", [*samples, (_FLOAT, told["rate_hz"]), at]
        case "end":
            yield "end", [(_TEXT, told["reason"]), at]
