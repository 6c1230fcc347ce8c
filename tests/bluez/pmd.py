"""Polar Measurement Data on the fake strap: a scripted H10.

A strap gets it with its profile::

    pmd = FakePmd()
    strap = bluez.add_strap(profile=pmd.profile())
    pmd.join(strap)
    ...
    pmd.wait_on(ECG)
    assert pmd.send(ecg_frame)
"""

from __future__ import annotations

from dataclasses import dataclass, field

from biofeedback.pmd import Measurement
from biofeedback.pmd_control import (
    PMD_CONTROL,
    PMD_DATA,
    PMD_SERVICE,
    Command,
    Operation,
    Reply,
    Settings,
    Status,
    decode_command,
    encode_features,
    encode_reply,
    encode_settings,
)
from tests.bluez.gatt import Characteristic, DBusFault, Profile, strap_profile
from tests.bluez.strap import FakeStrap

ECG, ACC = Measurement.ECG, Measurement.ACC

NOT_PAIRED = DBusFault("org.bluez.Error.NotPermitted", "Not paired")
INSUFFICIENT_AUTHENTICATION = DBusFault(
    "org.bluez.Error.Failed", "Operation failed with ATT error: 0x05"
)
"""As other systems put it."""

H10_SETTINGS = {
    ECG: Settings((130,), (14,)),
    ACC: Settings((25, 50, 100, 200), (16,), (2, 4, 8)),
}


@dataclass(eq=False)
class FakePmd:
    """What an H10 does with commands.

    Attributes
    ----------
    features
        What reading the control point says.
    running
        What streams. Like a strap's, it outlives the link: only a stop ends it.
    commands
        Every command that was written, oldest first.
    statuses
        Status to answer (operation, measurement) with, in place of the right one.
    silent
        Operations that are done and never answered.
    breaks_link
        How many starts from now on lose the link, as on computers that want pairing first.
    write_fault
        An error to answer every write with.
    """

    features: frozenset[Measurement] = frozenset({ECG, ACC})
    running: dict[int, Settings] = field(default_factory=dict)
    commands: list[Command] = field(default_factory=list)
    statuses: dict[tuple[Operation, Measurement], int] = field(default_factory=dict)
    silent: set[Operation] = field(default_factory=set)
    breaks_link: int = 0
    write_fault: DBusFault | None = None
    _strap: FakeStrap | None = None

    def service(self) -> Profile:
        """The service alone."""
        control = Characteristic(
            PMD_CONTROL, ("read", "write", "indicate"), encode_features(self.features)
        )
        control.on_write = self._on_write
        return {PMD_SERVICE: [control, Characteristic(PMD_DATA, ("notify",))]}

    def profile(self) -> Profile:
        """All that an H10 has."""
        return {**strap_profile(), **self.service()}

    def join(self, strap: FakeStrap) -> None:
        """Be the service of this strap."""
        self._strap = strap

    # ------------------------------------------------------------------ from any thread
    def send(self, payload: bytes) -> bool:
        """Send one frame; False when nobody is subscribed, or that measurement is not on."""
        assert self._strap is not None
        return payload[0] in self.running and self._strap.notify(PMD_DATA, payload)

    def wait_on(self, *measurements: Measurement) -> None:
        """Come back when these stream to somebody.

        Raises
        ------
        TimeoutError
            If they don't.
        """
        strap = self._strap
        assert strap is not None
        strap.bluez.wait_until(
            lambda: strap.subscribed(PMD_DATA) and set(measurements) <= set(self.running),
            f"streams of {measurements}; heard {self.commands}",
        )

    def wait_commands(self, operation: Operation, count: int) -> None:
        """Come back when so many commands of a kind were written."""
        assert self._strap is not None
        self._strap.bluez.wait_until(
            lambda: sum(command.operation is operation for command in self.commands) >= count,
            f"{count} commands to {operation.name}",
        )

    # -------------------------------------------------------------- on the service's loop
    def _on_write(self, value: bytes) -> DBusFault | None:
        strap = self._strap
        assert strap is not None
        if self.write_fault is not None:
            return self.write_fault
        command = decode_command(value)
        self.commands.append(command)
        if command.operation is Operation.START and self.breaks_link:
            self.breaks_link -= 1
            strap.bluez.later(0.001, strap.lose_link)
            return None
        reply = encode_reply(self._answer(command))
        if command.operation not in self.silent:
            # The answer comes after the write is confirmed.
            strap.bluez.later(0.001, lambda: self._indicate(reply))
        return None

    def _indicate(self, reply: bytes) -> None:
        assert self._strap is not None
        self._strap.indicate(PMD_CONTROL, reply)

    def _answer(self, command: Command) -> Reply:
        measurement = Measurement(command.measurement)
        status = self.statuses.get((command.operation, measurement))
        parameters = b""
        if status is None:
            status = Status.SUCCESS
            match command.operation:
                case _ if measurement not in self.features:
                    status = Status.NOT_SUPPORTED
                case Operation.SETTINGS:
                    parameters = encode_settings(H10_SETTINGS[measurement])
                case Operation.START if measurement in self.running:
                    status = Status.ALREADY_ON
                case Operation.START:
                    status = _judged(command.settings, H10_SETTINGS[measurement])
                    if status is Status.SUCCESS:
                        self.running[measurement] = command.settings
                case Operation.STOP:
                    self.running.pop(measurement, None)
        return Reply(command.operation, measurement, status, parameters=parameters)


def _judged(asked: Settings, offered: Settings) -> Status:
    """Hold a start against what is offered."""
    if len(asked.rates_hz) != 1 or asked.rates_hz[0] not in offered.rates_hz:
        return Status.INVALID_RATE
    if len(asked.resolutions_bits) != 1 or asked.resolutions_bits[0] not in (
        offered.resolutions_bits
    ):
        return Status.INVALID_RESOLUTION
    if len(asked.ranges_g) != min(1, len(offered.ranges_g)) or not (
        set(asked.ranges_g) <= set(offered.ranges_g)
    ):
        return Status.INVALID_RANGE
    return Status.SUCCESS
