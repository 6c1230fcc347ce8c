"""The window's icon: pictures that `packaging/icons.py` draws from the theme's colours."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

NAME = "hand-on-heart"
SIZES = (16, 32, 48, 64, 128, 256)


def window_icon() -> QIcon:
    """Return it; a picture is read when it is shown."""
    icon = QIcon()
    for side in SIZES:
        path = Path(__file__).with_name("icons") / f"{NAME}-{side}.png"
        icon.addFile(str(path), QSize(side, side))
    return icon
