from __future__ import annotations

import sys

import pytest

from gui import system

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="libraries come with Qt")


def test_it_imports_no_qt() -> None:
    import subprocess

    code = "import sys, gui.system; assert not any('PySide6' in name for name in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@linux
def test_no_display_is_said() -> None:
    assert not system.display_available({})


@linux
def test_a_display_where_nobody_answers_is_none() -> None:
    assert not system.display_available({"DISPLAY": ":987"})


@linux
def test_x11_asked_for_by_name_needs_a_display_too() -> None:
    assert not system.display_available({"QT_QPA_PLATFORM": "xcb"})


@linux
def test_a_display_that_answers_is_one(display: str) -> None:
    assert system.display_available({"DISPLAY": display})


@linux
def test_a_wayland_socket_that_is_gone_falls_back_to_x11(tmp_path: object) -> None:
    environment = {
        "WAYLAND_DISPLAY": "wayland-0",
        "XDG_RUNTIME_DIR": str(tmp_path),
        "DISPLAY": ":1",
    }
    assert system.platform(environment) == "xcb"


def test_qt_without_a_display_needs_none() -> None:
    assert system.display_available({"QT_QPA_PLATFORM": "offscreen"})


@linux
def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "_X11", (("libxcb-nothing.so.9", "libxcb-nothing9"),))
    found = system.missing_libraries({"DISPLAY": ":1"})
    assert ("libxcb-nothing.so.9", "libxcb-nothing9") in found
    assert ("libxcb-nothing.so.9", "libxcb-nothing9") not in system.missing_libraries({})
