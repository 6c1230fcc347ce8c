"""What the window needs from the system, asked without touching Qt.

Where a library of Qt's X11 plug-in is missing, Qt ends the whole process; so it is looked for
before Qt is imported.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

_ALWAYS = (
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
)
_X11 = (
    ("libxcb.so.1", "libxcb1"),
    ("libX11.so.6", "libx11-6"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-shm.so.0", "libxcb-shm0"),
    ("libxcb-sync.so.1", "libxcb-sync1"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
)
_WAYLAND = (
    ("libwayland-client.so.0", "libwayland-client0"),
    ("libwayland-cursor.so.0", "libwayland-cursor0"),
)
_SOUND = (("libpulse.so.0", "libpulse0"),)
_SPEECH = (("libspeechd.so.2", "speech-dispatcher"),)


def display_available(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether there is a display to open a window on."""
    if not sys.platform.startswith("linux"):
        return True
    found = platform(environment)
    if found == "xcb":
        display = environment.get("DISPLAY", "")
        return display != "" and _x_server_answers(display)
    return found != ""


def platform(environment: Mapping[str, str] = os.environ) -> str:
    """Return Qt's name of the platform that it will use on Linux; empty if there is none."""
    named = environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if named:
        return named
    wayland = environment.get("WAYLAND_DISPLAY")
    if wayland:
        socket = Path(environment.get("XDG_RUNTIME_DIR", "")) / wayland
        if socket.exists():
            return "wayland"
    return "xcb" if environment.get("DISPLAY") else ""


def missing_libraries(environment: Mapping[str, str] = os.environ) -> list[tuple[str, str]]:
    """Return the libraries that Qt needs here and that are not installed.

    Returns
    -------
    list of (library, Debian package)
        Empty where nothing is missing, and on systems whose libraries come with Qt.
    """
    if not sys.platform.startswith("linux"):
        return []
    wanted = list(_ALWAYS)
    match platform(environment):
        case "xcb":
            wanted += _X11
        case "wayland":
            wanted += _WAYLAND
    return [(library, package) for library, package in wanted if not _loads(library)]


def missing_for_sound() -> list[tuple[str, str]]:
    """Return what Qt lacks here to sound or to speak: (library, Debian package) each."""
    return _missing(_SOUND)


def missing_for_speech() -> list[tuple[str, str]]:
    """Return what Qt lacks here to speak: (library, Debian package) each."""
    return _missing((*_SOUND, *_SPEECH))


def _missing(wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    if not sys.platform.startswith("linux"):
        return []
    return [(library, package) for library, package in wanted if not _loads(library)]


def _x_server_answers(display: str) -> bool:
    """Knock at the X server: where nobody answers, Qt would end the process."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # `missing_libraries` says what there is to say
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
