"""Build the wheel and the sdist, install each in an environment of its own, and try it.

``uv run python packaging/packages.py [--into FOLDER]``. Nothing of the checkout is used once they
are built, nor of the person who runs it: data goes to a temporary folder.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from trial import clean_environment, size_mb, try_out

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "hand-on-heart"

CHEAP_TESTS = (
    "tests/biofeedback/test_hrm.py",
    "tests/biofeedback/practice/test_content.py",
    "tests/biofeedback/sessions/test_schema.py",
    "tests/gui/test_theme.py",
    "tests/packaging",
)
"""Run from the unpacked sdist: they read what only a whole sdist holds."""


def main() -> int:
    """Build, install, try."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, help="keep what was built, and pictures, there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="packages-") as named:
        folder = Path(named)
        _run("uv", "build", "--quiet", "--out-dir", str(folder / "dist"), cwd=ROOT)
        (wheel,) = (folder / "dist").glob("*.whl")
        (sdist,) = (folder / "dist").glob("*.tar.gz")
        n_files = len(zipfile.ZipFile(wheel).namelist())
        print(f"{wheel.name}: {size_mb(wheel):.2f} MB, {n_files} files")
        print(f"{sdist.name}: {size_mb(sdist):.2f} MB")
        for name, package in (("wheel", wheel), ("sdist", sdist)):
            print(f"{name}, in a fresh environment")
            _try_installed(package, folder / name)
        print("uv tool install")
        _try_tool(folder / "tool")
        print("tests, from the sdist")
        _test_unpacked(sdist, folder / "unpacked")
        if options.into is not None:
            options.into.mkdir(parents=True, exist_ok=True)
            for path in (wheel, sdist):
                shutil.copy(path, options.into)
            for path in folder.glob("*/window.png"):
                shutil.copy(path, options.into / f"window-{path.parent.name}.png")
    return 0


def _try_installed(package: Path, folder: Path) -> None:
    folder.mkdir()
    _run("uv", "venv", "--quiet", "environment", cwd=folder)
    python = folder / "environment" / "bin" / "python"
    _run("uv", "pip", "install", "--quiet", "--python", str(python), str(package), cwd=folder)
    print(f"    {size_mb(folder / 'environment'):.0f} MB with all it needs")
    try_out([str(python.parent / PROGRAM)], folder)


def _try_tool(folder: Path) -> None:
    folder.mkdir()
    places = {"UV_TOOL_DIR": str(folder / "tools"), "UV_TOOL_BIN_DIR": str(folder / "bin")}
    _run("uv", "tool", "install", "--quiet", ".", cwd=ROOT, more=places)
    try_out([str(folder / "bin" / PROGRAM)], folder)


def _test_unpacked(sdist: Path, folder: Path) -> None:
    with tarfile.open(sdist) as packed:
        packed.extractall(folder, filter="data")
    (source,) = folder.iterdir()
    _run("uv", "sync", "--quiet", cwd=source)
    _run("uv", "run", "pytest", "-q", "-n", "0", *CHEAP_TESTS, cwd=source)


def _run(*command: str, cwd: Path, more: dict[str, str] | None = None) -> None:
    told: Sequence[str] = command
    environment = clean_environment(cwd) | (more or {})
    done = subprocess.run(told, cwd=cwd, env=environment, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(told)}: exit {done.returncode}")


if __name__ == "__main__":
    raise SystemExit(main())
