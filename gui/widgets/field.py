"""One line to write in, in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from gui import theme


class Field(QLineEdit):
    """A line edit; the system's input method is asked to learn nothing from it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.look().changed.connect(self._dress)
        self._dress()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a line's height and a ring."""
        look = theme.current()
        return QSize(look.px(320), max(theme.TARGET_PX, look.px(44)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same height at any width."""
        return QSize(160, self.sizeHint().height())

    def _dress(self) -> None:
        look = theme.current()
        tones = look.colours
        self.setFont(look.font(theme.LEAD_PX))
        padding = look.px(8)
        self.setStyleSheet(
            f"QLineEdit {{ background: {tones.raised}; color: {tones.ink};"
            f" border: 2px solid {tones.line}; border-radius: 12px; padding: 0 {padding}px;"
            f" selection-background-color: {tones.breath}; selection-color: {tones.on_breath}; }}"
            f"QLineEdit:focus {{ border: {theme.FOCUS_PX}px solid {tones.focus}; }}"
        )
        self.updateGeometry()
