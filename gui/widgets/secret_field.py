"""A field for a passphrase: what is typed is hidden until the person wants to see it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from biofeedback.sessions.key_file import LONGEST_CHARS
from gui import theme
from gui.screens.screen import RING_PX
from gui.widgets.field import Field
from gui.widgets.text import Text


class SecretField(QWidget):
    """A label, and a field below it.

    Parameters
    ----------
    label
        What is to be typed.
    """

    entered = Signal()
    """Enter was pressed."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Text(label, theme.BODY_PX, medium=True)
        self.field = Field(label)
        self.field.setMaxLength(LONGEST_CHARS)
        # no word list of an input method, no upper case: it is to be taken as it is typed
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.field.returnPressed.connect(self.entered)
        box = QVBoxLayout(self)
        box.setContentsMargins(RING_PX, 0, RING_PX, 0)
        box.setSpacing(4)
        box.addWidget(self._label)
        box.addWidget(self.field)
        self.setFocusProxy(self.field)
        self.show_typed(False)

    @property
    def typed(self) -> str:
        """What is in the field."""
        return self.field.text()

    def clear(self) -> None:
        """Forget it, and how it was typed."""
        self.field.clear()
        self.field.setModified(False)

    def show_typed(self, shown: bool) -> None:
        """Show what is typed, or hide it again."""
        mode = QLineEdit.EchoMode
        self.field.setEchoMode(mode.Normal if shown else mode.Password)
