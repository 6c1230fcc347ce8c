"""What narrows a history: a field for words, and what was practised, with which tag and strap."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from biofeedback.practice.content import Content
from biofeedback.sessions import history
from biofeedback.sessions.history import Filter, Listed
from gui import history_words, theme
from gui.roles import Role
from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow
from gui.widgets.picker import Picker
from gui.widgets.text import Text

_FIELD_PX = 240


class Finder(QWidget):
    """Tells by `changed` what the list is to be narrowed to."""

    accessible_role = Role.Grouping

    changed = Signal()
    closed = Signal()
    """Whoever looked for something is done with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Find practices"))
        self.text = _Field()
        self.text.setPlaceholderText(self.tr("Words in tags and notes"))
        self.text.setAccessibleName(self.tr("Words in tags and notes"))
        self.practice = Picker(self.tr("What was practised"), self.tr("Any practice"))
        self.tag = Picker(self.tr("Tag"), self.tr("Any tag"))
        self.strap = Picker(self.tr("Strap"), self.tr("Any strap"))
        self.all = Pill(self.tr("Show all"), Kind.QUIET, low=True)
        self.told = Text("", theme.SMALL_PX, tone="ink_soft")
        self.text.textChanged.connect(lambda _: self.changed.emit())
        for picker in (self.practice, self.tag, self.strap):
            picker.chosen.connect(lambda _: self.changed.emit())
        self.all.clicked.connect(self.closed)
        row = Flow(8)
        for widget in (self.text, self.practice, self.tag, self.strap, self.all):
            row.add(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(row)
        box.addWidget(self.told)
        theme.look().changed.connect(self._dress)
        self._dress()

    @property
    def narrowed(self) -> Filter:
        """What is asked for."""
        return Filter(self.practice.value, self.tag.value, self.strap.value, self.text.text())

    def offer(self, rows: Iterable[Listed], content: Content) -> None:
        """Offer what is there."""
        rows = tuple(rows)
        self.practice.set_options(
            (each, history_words.practice_words(each, content)) for each in history.practices(rows)
        )
        self.tag.set_options((tag, tag) for tag in history.tags(rows))
        self.strap.set_options(
            (each, history_words.strap_words(each)) for each in history.straps(rows)
        )

    def clear(self) -> None:
        """Ask for everything."""
        self.text.clear()
        for picker in (self.practice, self.tag, self.strap):
            picker.set_value("")
        self.changed.emit()

    def tell(self, n_shown: int) -> None:
        """Say how many fit."""
        self.told.setText(history_words.narrowed_words(self.narrowed, n_shown))

    def _dress(self) -> None:
        look = theme.current()
        tones = look.colours
        self.text.updateGeometry()
        self.text.setFont(look.font(theme.BODY_PX))
        self.text.setStyleSheet(
            "QLineEdit {"
            f" background: {tones.raised}; color: {tones.ink}; border: 1px solid {tones.line};"
            f" border-radius: 8px; padding: {look.px(6)}px {look.px(8)}px;"
            f" placeholder-text-color: {tones.ink_soft};"
            f" selection-background-color: {tones.breath};"
            f" selection-color: {tones.on_breath}; }}"
            f"QLineEdit:focus {{ border: 3px solid {tones.focus};"
            f" padding: {look.px(6) - 2}px {look.px(8) - 2}px; }}"
        )


class _Field(QLineEdit):
    """Leaves the arrow down to the screen: from the words it leads to what was found."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for a few words."""
        return QSize(theme.current().px(_FIELD_PX), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)
