"""A PulseAudio of the test's own, with a sink that goes nowhere and a monitor that hears it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.conftest import ROOT
from tests.gui.conftest import missing

RATE_HZ = 48_000
SINK = f"module-null-sink sink_name=null rate={RATE_HZ} format=float32le channels=2"


@dataclass
class Heard:
    """What came out of the loudspeaker: samples, and when each chunk of them had come."""

    chunks: list[tuple[float, bytes]] = field(default_factory=list)

    def sound(self) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """The left channel, and the monotonic time of each sample.

        A chunk arrives late or on time, never early: the quickest one tells where all are.
        """
        data = b"".join(chunk for _, chunk in self.chunks)
        left = np.frombuffer(data[: len(data) // 8 * 8], np.float32)[::2]
        frames, begins = 0, []
        for came_s, chunk in self.chunks:
            frames += len(chunk) // 8
            begins.append(came_s - frames / RATE_HZ)
        return left, min(begins) + np.arange(len(left)) / RATE_HZ


@dataclass
class PulseAudio:
    """A running daemon."""

    environment: dict[str, str]

    def control(self, command: str) -> None:
        subprocess.run(["pactl", *command.split()], env=self.environment, check=True)

    @contextmanager
    def listening(self) -> Iterator[Heard]:
        """Take down what the sink plays."""
        heard = Heard()
        process = subprocess.Popen(
            [
                "parec", "-d", "null.monitor", "--raw", "--format=float32le",
                f"--rate={RATE_HZ}", "--channels=2", "--latency-msec=5",
            ],
            env=self.environment,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        descriptor = process.stdout.fileno()

        def read() -> None:
            while chunk := os.read(descriptor, 1 << 16):
                heard.chunks.append((monotonic(), chunk))

        reader = threading.Thread(target=read)
        reader.start()
        try:
            yield heard
        finally:
            process.terminate()
            reader.join(10)
            process.stdout.close()
            process.wait(10)


@pytest.fixture
def pulse(tmp_path: Path) -> Iterator[PulseAudio]:
    for program in ("pulseaudio", "pactl", "parec"):
        if shutil.which(program) is None:
            missing(f"no {program} (Debian: apt install pulseaudio pulseaudio-utils)")
    run, home = tmp_path / "run", tmp_path / "home"
    for folder in (run, home):
        folder.mkdir(mode=0o700)
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(run),
        "PULSE_SERVER": f"unix:{run}/native",
    }
    daemon = subprocess.Popen(
        [
            "pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
            "--log-target=stderr", "-L", SINK,
            "-L", f"module-native-protocol-unix socket={run}/native",
        ],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        subprocess.run(
            ["sh", "-c", "until pactl info >/dev/null 2>&1; do :; done"],
            env=environment,
            timeout=20,
            check=True,
        )
        yield PulseAudio(environment)
    finally:
        daemon.terminate()
        daemon.wait(10)
        if daemon.stderr is not None:
            daemon.stderr.close()


def play(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    """Play in a process of its own, and return what it tells."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.sound.playing", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
