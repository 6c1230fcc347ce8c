"""Lab Streaming Layer: a stream a kind of data, on a laboratory's clock (extra ``lsl``)."""

from __future__ import annotations

import math
from typing import Any

from biofeedback.outlets.telling import Ago, OutletError, Told

_THIS_COMPUTER = "[multicast]\nResolveScope = machine\n"
_QUIET = "[log]\nlevel = -2\n"

_Channels = tuple[tuple[str, str], ...]
"""Label and unit of each."""

# Name, LSL's type, nominal rate in Hz (0: irregular), channels; one of text has a unit of "".
STREAMS: dict[str, tuple[str, float, _Channels]] = {
    "RR": ("RR", 0.0, (("rr", "ms"), ("clear", "1 or 0"))),
    "HR": ("HR", 0.0, (("sensor_hr", "bpm"), ("contact", "1, 0 or NaN"))),
    "Metrics": (
        "HRV",
        0.0,
        (("hr", "bpm"), ("rmssd", "ms"), ("sdnn", "ms"), ("artefact_fraction", "1")),
    ),
    "Events": ("Markers", 0.0, (("event", ""),)),
    "ECG": ("ECG", 130.0, (("ecg", "microvolts"),)),
    "ACC": ("ACC", 0.0, (("x", "mG"), ("y", "mG"), ("z", "mG"))),
}
"""The streams by their names, which follow "HandOnHeart "."""

SENSORS = frozenset({"ECG", "ACC"})
"""Those that only come with a strap's sensors."""

_configured = False


class Lsl:
    """Offers the streams; programs that record with LSL find them by name or type.

    Parameters
    ----------
    ago
        How many seconds ago a session time was, to stamp on LSL's own clock.
    with_sensors
        Offer ECG and accelerometer, too.
    network
        Let programs on other computers of the network find them. Otherwise only those on this
        one do, though the port that the library opens can be reached by whoever knows it.

    Raises
    ------
    OutletError
        If the package or its library is missing.
    """

    def __init__(self, ago: Ago, *, with_sensors: bool = False, network: bool = False) -> None:
        self._lsl = _load()
        _configure(self._lsl, network=network)
        self._ago = ago
        self._outlets = {
            name: self._outlet(name) for name in STREAMS if with_sensors or name not in SENSORS
        }

    def tell(self, told: Told) -> None:
        """Push the samples of one thing that is told."""
        t_s = told["t_s"]
        match told["type"]:
            case "pulse":
                contact = math.nan if told["contact"] is None else float(told["contact"])
                self._push("HR", [_known(told["hr_bpm"]), contact], t_s)
            case "beats":
                for beat in told["beats"]:
                    clear = float(beat["flag"] == "normal")
                    self._push("RR", [beat["rr_ms"], clear], beat["t_s"])
            case "metrics":
                figures = ("hr_bpm", "rmssd_ms", "sdnn_ms", "artefact_fraction")
                self._push("Metrics", [_known(told[name]) for name in figures], t_s)
            case "link":
                self._push("Events", [f"link {told['reason'] or 'up'}"], t_s)
            case "strap_kind":
                self._push("Events", [f"strap {told['kind']}"], t_s)
            case "ecg":
                self._push_chunk("ECG", [[value] for value in told["samples_uv"]], told)
            case "acc":
                self._push_chunk("ACC", told["samples_mg"], told)
            case "end":
                self._push("Events", [f"end {told['reason']}"], t_s)

    def close(self) -> None:
        """Take the streams back."""
        self._outlets.clear()

    def _outlet(self, name: str) -> Any:
        kind, rate_hz, channels = STREAMS[name]
        text = channels[0][1] == ""
        info = self._lsl.StreamInfo(
            f"HandOnHeart {name}",
            kind,
            len(channels),
            rate_hz or self._lsl.IRREGULAR_RATE,
            self._lsl.cf_string if text else self._lsl.cf_double64,
            f"hand-on-heart-{name.lower()}",
        )
        described = info.desc().append_child("channels")
        for label, unit in channels:
            channel = described.append_child("channel")
            channel.append_child_value("label", label)
            if unit:
                channel.append_child_value("unit", unit)
        return self._lsl.StreamOutlet(info)

    def _push(self, name: str, sample: list[Any], t_s: float) -> None:
        self._outlets[name].push_sample(sample, self._stamp(t_s))

    def _push_chunk(self, name: str, samples: list[list[float]], told: Told) -> None:
        if name in self._outlets and samples:
            # LSL wants the time of the last sample and reckons back from it.
            last_s = told["t_s"] + (len(samples) - 1) / told["rate_hz"]
            if STREAMS[name][1]:
                self._outlets[name].push_chunk(samples, self._stamp(last_s))
            else:
                for i, sample in enumerate(samples):
                    self._push(name, sample, told["t_s"] + i / told["rate_hz"])

    def _stamp(self, t_s: float) -> float:
        return float(self._lsl.local_clock()) - self._ago(t_s)


def _known(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _load() -> Any:
    try:
        import pylsl
    except ImportError:
        raise OutletError("LSL needs the package pylsl: pip install 'hand-on-heart[lsl]'") from None
    except RuntimeError as error:  # its library is missing or broken
        raise OutletError(
            "LSL's library liblsl is missing: install it, or pip install --upgrade pylsl"
        ) from error
    return pylsl


def _configure(lsl: Any, *, network: bool) -> None:
    """Tell the library, which listens once a process and before anything else."""
    global _configured
    if not _configured:
        _configured = True
        lsl.set_config_content(_QUIET if network else _QUIET + _THIS_COMPUTER)
