"""Build a program that needs no Python, and try it.

``uv run --group bundle python packaging/bundle.py [--into FOLDER]``.

On Linux the folder that comes of it holds the program, its menu entry, icons and metainfo in the
layout of ``/usr`` (``bin`` leads to the program). It runs on this Linux and on later ones: the C
library is the system's. macOS and Windows take the same specification; neither has been built.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trial import clean_environment, size_mb, try_out

HERE = Path(__file__).resolve().parent
NAME = "hand-on-heart"
STARTS = 5

NEEDED = (
    "PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.so",
    "PySide6/Qt/plugins/texttospeech/libqtexttospeech_speechd.so",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforms/libqwayland.so",
    "biofeedback/practice/content/en.toml",
    "biofeedback/practice/content/crisis.toml",
    f"gui/icons/{NAME}-256.png",
    "gui/translations/de.qm",
)
"""Found by name when the program runs; their lack would be noticed late."""


def main() -> int:
    """Build, lay out, try."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=HERE.parent / "dist" / "bundle")
    options = parser.parse_args()
    into: Path = options.into.absolute()
    with tempfile.TemporaryDirectory(prefix="bundle-") as named:
        folder = Path(named)
        built = _build(folder)
        root = lay_out(built, into)
        program = root / "bin" / NAME
        packed = into / f"{NAME}-{sys.platform}.tar.gz"
        with tarfile.open(packed, "w:gz", compresslevel=6) as archive:
            archive.add(root, NAME)  # xz would take minutes to save a fifth
        print(f"bundle: {size_mb(root):.0f} MB in {root}, {size_mb(packed):.0f} MB packed")
        _look_inside(root / "lib" / NAME / "_internal")
        trial = folder / "trial"
        trial.mkdir()
        try_out([str(program)], trial, STARTS)
        shutil.copy(trial / "window.png", into / "window.png")
        _try_sound(program, trial)
        _try_voice(program, trial)
    return 0


def _build(folder: Path) -> Path:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
            *("--distpath", str(folder / "dist"), "--workpath", str(folder / "work")),
            str(HERE / f"{NAME}.spec"),
        ],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"PyInstaller: exit {done.returncode}\n{done.stderr[-4000:]}")
    return folder / "dist" / NAME


def lay_out(built: Path, into: Path) -> Path:
    """Lay the program and what tells a Linux desktop of it below one folder, as below ``/usr``."""
    root = into / NAME
    shutil.rmtree(root, ignore_errors=True)
    program = root / "lib" / NAME
    shutil.copytree(built, program, symlinks=True)
    (root / "bin").mkdir()
    (root / "bin" / NAME).symlink_to(Path("..") / "lib" / NAME / NAME)
    share = root / "share"
    (share / "applications").mkdir(parents=True)
    shutil.copy(HERE / "linux" / f"{NAME}.desktop", share / "applications")
    (share / "metainfo").mkdir()
    for path in (HERE / "linux").glob("*.metainfo.xml"):
        shutil.copy(path, share / "metainfo")
    for path in (HERE / "icons").glob("*.png"):
        side = path.stem.rpartition("-")[2]
        target = share / "icons" / "hicolor" / f"{side}x{side}" / "apps"
        target.mkdir(parents=True)
        shutil.copy(path, target / f"{NAME}.png")
    target = share / "icons" / "hicolor" / "scalable" / "apps"
    target.mkdir(parents=True)
    shutil.copy(HERE / "icons" / f"{NAME}.svg", target)
    (share / "licenses" / NAME).mkdir(parents=True)
    shutil.copy(HERE.parent / "LICENSE", share / "licenses" / NAME)
    return root


def _look_inside(inside: Path) -> None:
    missing = [name for name in NEEDED if not (inside / name).exists()]
    if missing:
        raise SystemExit(f"missing in the bundle: {', '.join(missing)}")


def _try_sound(program: Path, folder: Path) -> None:
    """Play through Qt into a sound server of our own, where this computer can have one."""
    if shutil.which("pulseaudio") is None:
        print("    sound: not tried, there is no pulseaudio here")
        return
    with _sound_server(folder) as environment:
        done = subprocess.run(
            [program, "-m", "gui.sound_probe"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    told = json.loads(done.stdout.strip().splitlines()[-1])
    if told.get("error") or not told.get("device"):
        raise SystemExit(f"sound does not work in the bundle: {told}\n{done.stderr}")
    print("    sound: played on", told["device"])


@contextmanager
def _sound_server(folder: Path) -> Iterator[dict[str, str]]:
    run = folder / "run"
    run.mkdir(mode=0o700)
    environment = {
        **clean_environment(folder),
        "HOME": str(run),
        "XDG_RUNTIME_DIR": str(run),
        "PULSE_SERVER": f"unix:{run}/native",
        "QT_QPA_PLATFORM": "offscreen",
    }
    server = subprocess.Popen(
        [
            *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"),
            *("-L", "module-null-sink sink_name=null"),
            *("-L", f"module-native-protocol-unix socket={run}/native"),
        ],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        subprocess.run(
            ["sh", "-c", "until pactl info >/dev/null 2>&1; do :; done"],
            env=environment,
            timeout=20,
            check=True,
        )
        yield environment
    finally:
        server.terminate()
        server.wait(10)


def _try_voice(program: Path, folder: Path) -> None:
    """Wake the process of the voice: it answers, with a voice or with what is missing."""
    done = subprocess.run(
        [program, "-m", "gui.sound.voice_process", "en"],
        input=json.dumps({"do": "prepare"}) + "\n",
        env={**clean_environment(folder), "XDG_RUNTIME_DIR": os.devnull},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode != 0 or not told:
        raise SystemExit(f"the voice does not answer in the bundle\n{done.stderr}")
    print("    voice:", told[-1]["sentence"] or "it is there")


if __name__ == "__main__":
    raise SystemExit(main())
