"""A day to type, in the order in which the locale writes it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QSize, Signal
from PySide6.QtWidgets import QDateEdit, QSizePolicy, QWidget

from gui import theme


class DayField(QDateEdit):
    """Tells by `changed` when another day is in it.

    Left and right go from part to part, up and down turn one.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        self.setDisplayFormat(form if "yyyy" in form else form.replace("yy", "yyyy"))
        self.dateChanged.connect(lambda _: self.changed.emit())
        theme.look().changed.connect(self._dress)
        self._dress()

    @property
    def day(self) -> date:
        """The day in it."""
        told = self.date()
        return date(told.year(), told.month(), told.day())

    def set_day(self, day: date) -> None:
        """Show a day."""
        self.setDate(QDate(day.year, day.month, day.day))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Let Tab leave at once: left and right go from day to month to year."""
        return QWidget.focusNextPrevChild(self, forward)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for a day and its frame."""
        look = theme.current()
        return QSize(look.px(124), look.px(36))

    def _dress(self) -> None:
        look = theme.current()
        tones = look.colours
        self.setFont(look.font(theme.BODY_PX))
        self.lineEdit().setTextMargins(look.px(8), 0, look.px(8), 0)
        self.setStyleSheet(
            "QDateEdit {"
            f" background: {tones.raised}; color: {tones.ink}; border: 1px solid {tones.line};"
            " border-radius: 8px;"
            f" selection-background-color: {tones.breath};"
            f" selection-color: {tones.on_breath}; }}"
            "QDateEdit::up-button, QDateEdit::down-button { width: 0; border: none; }"
            f"QDateEdit:focus {{ border: 3px solid {tones.focus}; }}"
        )
        self.updateGeometry()
