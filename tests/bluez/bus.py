"""A private message bus: a dbus-daemon of its own, on a socket of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

DAEMON = "dbus-daemon"
SYSTEM_BUS = "DBUS_SYSTEM_BUS_ADDRESS"
"""The variable that leads every D-Bus program, bleak among them, to the system bus."""

_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <keep_umask/>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    <allow user="*"/>
    {extra}
  </policy>
</busconfig>
"""
_DENY = '<deny send_destination="org.bluez"/>'


class PrivateBus:
    """A dbus-daemon that can be killed and brought back at the same address.

    Parameters
    ----------
    deny_bluez
        Let the bus refuse every call to ``org.bluez``, as it does for a user without the right.
    """

    def __init__(self, *, deny_bluez: bool = False) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="private-bus-"))
        self._config = self._folder / "bus.conf"
        self._socket = self._folder / "bus"
        extra = _DENY if deny_bluez else ""
        self._config.write_text(_CONFIG.format(path=self._socket, extra=extra))
        self._daemon: subprocess.Popen[str] | None = None
        self._old_address: str | None = None
        self.address = f"unix:path={self._socket}"

    def start(self) -> None:
        """Start the daemon; it answers when this returns."""
        command = [DAEMON, "--config-file", str(self._config), "--nofork", "--nopidfile"]
        self._daemon = subprocess.Popen(
            [*command, "--nosyslog", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._daemon.stdout is not None
        if not self._daemon.stdout.readline().strip():
            raise RuntimeError("dbus-daemon did not start")

    def kill(self) -> None:
        """End the daemon at once, as a crash does; its socket goes with it."""
        if self._daemon is None:
            return
        self._daemon.kill()
        self._daemon.wait(5)
        assert self._daemon.stdout is not None
        self._daemon.stdout.close()
        self._daemon = None
        self._socket.unlink(missing_ok=True)

    def become_system_bus(self) -> None:
        """Lead this process's D-Bus programs here."""
        self._old_address = os.environ.get(SYSTEM_BUS)
        os.environ[SYSTEM_BUS] = self.address

    def close(self) -> None:
        """End the daemon, give the variable back, remove the files."""
        self.kill()
        if os.environ.get(SYSTEM_BUS) == self.address:
            if self._old_address is None:
                del os.environ[SYSTEM_BUS]
            else:
                os.environ[SYSTEM_BUS] = self._old_address
        shutil.rmtree(self._folder, ignore_errors=True)
