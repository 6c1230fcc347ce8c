"""Tries an installed Hand on Heart as a person would: from the shell, and as a window."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path

from first_picture import first_picture_s

LIMIT_S = 120.0

_RR_MS = (812, 825, 840, 851, 846, 830, 815, 806, 801, 810) * 12


def clean_environment(home: Path) -> dict[str, str]:
    """Return variables that lead to nothing of this checkout, with a data folder of their own.

    Parameters
    ----------
    home
        The folder of the trial; sessions are kept in it, and nothing else is.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "VIRTUAL_ENV", "UV_", "QT_", "LD_"))
    }
    return {**kept, "HAND_ON_HEART_HOME": str(home / "data"), "LC_ALL": "C.UTF-8"}


def try_out(command: Sequence[str], folder: Path, starts: int = 1) -> None:
    """Run what should work everywhere; say what was seen, and stop at the first that does not.

    Parameters
    ----------
    command
        How the program is started.
    folder
        An empty folder for the trial; it is where the program runs.
    starts
        How often the window is opened; their median is told.
    """
    environment = clean_environment(folder)

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [*command, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
        return done.stdout

    print("   ", run("--version").strip())
    run("demo", "--seconds", "20", "--speed", "0", "--headless")
    (session,) = json.loads(run("sessions", "--json"))
    print("    a demo of 20 s was run and kept:", session["source"])
    recording = folder / "rr.txt"
    recording.write_text("\n".join(map(str, _RR_MS)), encoding="utf-8")
    figures = json.loads(run("analyze", "--json", str(recording)))
    print(f"    analyze: {figures['n_beats']} beats, RMSSD {figures['rmssd_ms']:.1f} ms")
    print("    the first safety line:", run("safety").strip().splitlines()[0])
    times_s = [first_picture_s(command, environment, folder / "window.png") for _ in range(starts)]
    all_s = ", ".join(f"{each:.2f}" for each in times_s)
    print(f"    window: first picture after {statistics.median(times_s):.2f} s ({all_s})")


def size_mb(path: Path) -> float:
    """Return what a file, or all below a folder, takes up: 10^6 bytes."""
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sum(each.stat().st_size for each in files if not each.is_symlink()) / 1e6
