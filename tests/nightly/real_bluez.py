"""A strap over a real kernel and a real bluetoothd, on virtual radios. Not part of the suite.

    python -m tests.nightly.real_bluez            look what is there; boot a VM and run in it
    python -m tests.nightly.real_bluez --check    only look what is there
    python -m tests.nightly.real_bluez --here     run on this machine (root; it needs /dev/vhci)

The kernel's hci_vhci takes a radio from a program: bumble's controller, which shares its air with
a `tests.bumble_radio.strap.VirtualStrap`. So bleak's BlueZ back end, bluetoothd, the kernel's
Bluetooth and every HCI byte are real, and only the air is not. bluetoothd runs on a message bus
of its own and touches no other radio. In the VM (virtme-ng, this machine's files, a kernel with
hci_vhci) nothing of this machine's Bluetooth is touched at all.

Exit codes: 0 all went well, 1 it did not, 2 something is missing (it says what, and how to get it).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VHCI = Path("/dev/vhci")
N_PACKETS, N_DROPS = 50, 3
LIMIT_S = 180.0
FINE, WRONG, MISSING = 0, 1, 2

_BLUETOOTHD = ("/usr/libexec/bluetooth/bluetoothd", "/usr/lib/bluetooth/bluetoothd")


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a run can't do without.

    Attributes
    ----------
    what
        Its name.
    there
        Whether it is there.
    get
        How to get it.
    """

    what: str
    there: bool
    get: str


def bluetoothd() -> str | None:
    """Return where the daemon is; None if it isn't installed."""
    return shutil.which("bluetoothd") or next((p for p in _BLUETOOTHD if Path(p).exists()), None)


def needs_here(vhci: Path = VHCI) -> list[Need]:
    """Return what a run on this machine, or in a VM, needs."""
    return [
        Need("Linux", sys.platform == "linux", "run it on Linux, or in a VM"),
        Need("bluetoothd", bluetoothd() is not None, "apt install bluez"),
        Need("dbus-daemon", shutil.which("dbus-daemon") is not None, "apt install dbus"),
        Need("root", hasattr(os, "geteuid") and os.geteuid() == 0, "run it as root"),
        Need(f"{vhci}", vhci.exists(), "modprobe hci_vhci (Debian: apt install linux-image-amd64)"),
    ]


def needs_vm(kernels: Path = Path("/boot")) -> list[Need]:
    """Return what booting a VM needs on this machine."""
    inside = [need for need in needs_here() if need.what in ("Linux", "bluetoothd", "dbus-daemon")]
    qemu = shutil.which("qemu-system-x86_64") is not None
    kvm = os.access("/dev/kvm", os.W_OK)
    return [
        *inside,
        Need("virtme-ng", shutil.which("vng") is not None, "apt install virtme-ng"),
        Need("QEMU", qemu, "apt install qemu-system-x86"),
        Need("/dev/kvm", kvm, "join the group kvm; without it a VM is too slow"),
        Need("a kernel", any(kernels.glob("vmlinuz*")), "apt install linux-image-amd64"),
    ]


def missing(needs: list[Need], say: Callable[[str], object] = print) -> bool:
    """Say of each whether it is there; return whether any is not."""
    for need in needs:
        say(f"{'ok     ' if need.there else 'missing'}  {need.what}" + _how(need))
    return not all(need.there for need in needs)


def _how(need: Need) -> str:
    return "" if need.there else f": {need.get}"


def boot() -> int:
    """Boot a VM with this machine's files, and run there."""
    command = shlex.join([sys.executable, "-m", "tests.nightly.real_bluez", "--here"])
    script = f"cd {shlex.quote(str(ROOT))} && modprobe hci_vhci && {command}"
    done = subprocess.run(
        ["vng", "--run", "--user", "root", "--", script], timeout=600, check=False
    )
    return FINE if done.returncode == 0 else WRONG


# ------------------------------------------------------------------------------- the run
async def run() -> int:
    """Let a virtual strap drop again and again; see that every packet came once."""
    from bumble.controller import Controller
    from bumble.link import LocalLink
    from bumble.transport import open_transport

    from biofeedback.types import LinkLost, LinkReason, LinkUp, Packet
    from devices.ble import BleSource
    from devices.clock import RealClock
    from tests.bumble_radio.strap import VirtualStrap

    air = type("Air", (), {"link": LocalLink()})()
    async with await open_transport("vhci") as transport:
        radio = Controller("host", transport.source, transport.sink, air.link)
        strap = VirtualStrap(air)
        await strap.wake()
        await asyncio.sleep(2)  # bluetoothd takes a moment to take the radio up
        heard: list[bytes] = []
        reasons: list[LinkReason] = []
        sent_before = 0
        async with asyncio.timeout(LIMIT_S):
            async with aclosing(BleSource(None, RealClock()).events()) as events:
                async for event in events:
                    match event:
                        case LinkLost():
                            reasons.append(event.reason)
                            print(f"{event.t_s:7.2f} s  {event.reason}")
                        case LinkUp() if len(strap.sent) == sent_before:
                            print(f"{event.t_s:7.2f} s  up: {event.strap.name}")
                            for number in range(N_PACKETS):
                                await strap.send(60 + number, (1.0, (100 + number) / 1024))
                        case Packet():
                            heard.append(event.payload)
                    if len(heard) == len(strap.sent) > sent_before:
                        sent_before = len(strap.sent)
                        if reasons.count(LinkReason.DROPPED) == N_DROPS:
                            break
                        await strap.drop()
        del radio
    right = heard == strap.sent
    print(f"{len(strap.sent)} packets sent, {len(heard)} heard: {'all once' if right else 'WRONG'}")
    return FINE if right else WRONG


def here() -> int:
    """Start bluetoothd on a message bus of its own, and run."""
    from tests.bluez.bus import PrivateBus

    daemon = bluetoothd()
    assert daemon is not None
    bus = PrivateBus()
    bus.start()
    bus.become_system_bus()
    served = subprocess.Popen([daemon, "--nodetach"], env={**os.environ})
    try:
        subprocess.run(["bluetoothctl", "power", "on"], timeout=20, check=False)
        return asyncio.run(run())
    finally:
        served.terminate()
        served.wait(10)
        bus.close()


def main(arguments: list[str] | None = None) -> int:
    """Run one command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.nightly.real_bluez",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="only look what is there")
    parser.add_argument("--here", action="store_true", help="run on this machine, without a VM")
    given = parser.parse_args(arguments)
    if missing(needs_here() if given.here else needs_vm()):
        return MISSING
    if given.check:
        return FINE
    return here() if given.here else boot()


if __name__ == "__main__":
    raise SystemExit(main())
