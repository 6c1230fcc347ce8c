"""The window's icon."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from gui import icon


def test_the_windows_icon_has_every_size(qapp: QApplication) -> None:
    found = icon.window_icon()
    assert {size.width() for size in found.availableSizes()} == set(icon.SIZES)
    for side in icon.SIZES:
        assert found.pixmap(side, side).toImage().width() == side
