"""A number of seconds between two buttons, for mouse and keyboard alike."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui import theme, wording
from gui.roles import Role
from gui.widgets.buttons import Pill
from gui.widgets.text import Text

_STEP_S = 0.5


class Stepper(QWidget):
    """Seconds; its buttons go half a second down or up.

    Parameters
    ----------
    name
        What the number is, for screen readers too.
    value, limits
        At first, and between which it lies.
    """

    accessible_role = Role.Grouping

    changed = Signal()

    def __init__(
        self,
        name: str,
        value: float,
        limits: tuple[float, float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._name = name
        self._value = value
        self._limits = limits
        self.less, self.more = Pill("\N{MINUS SIGN}"), Pill("+")
        self.less.clicked.connect(lambda: self.set_value(self._value - _STEP_S))
        self.more.clicked.connect(lambda: self.set_value(self._value + _STEP_S))
        self._shown = Text("", theme.BODY_PX, wrap=False)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.less)
        box.addWidget(self._shown, 1)
        box.addWidget(self.more)
        self._tell()

    @property
    def value(self) -> float:
        """The seconds."""
        return self._value

    def set_value(self, seconds: float) -> None:
        """Take other seconds, within the limits."""
        least, most = self._limits
        wanted = round(min(max(seconds, least), most), 1)
        if wanted != self._value:
            self._value = wanted
            self._tell()
            self.changed.emit()

    def _tell(self) -> None:
        told = wording.tr("{seconds} s").format(seconds=wording.number(self._value, 1))
        self._shown.setText(told)
        self.less.setAccessibleName(
            wording.tr("{name} less, now {seconds}").format(name=self._name, seconds=told)
        )
        self.more.setAccessibleName(
            wording.tr("{name} more, now {seconds}").format(name=self._name, seconds=told)
        )
