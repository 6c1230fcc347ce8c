"""A page to write on: plain text with undo, in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFrame, QPlainTextDocumentLayout, QPlainTextEdit, QWidget

from gui import theme
from gui.widgets.scroll_bar import scroll_bar_style


class Paper(QPlainTextEdit):
    """Plain text to write; Tab goes on to the next control.

    The system's input method is asked to learn nothing from what is typed here.

    Parameters
    ----------
    least_px
        Least height at 100 % text.
    """

    def __init__(self, least_px: int = 120, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least_px = least_px
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhMultiLine | Qt.InputMethodHint.ImhSensitiveData
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.look().changed.connect(self._dress)
        self._dress()

    def write_on(self, document: QTextDocument) -> None:
        """Show another document, with its own history of undo; the cursor stands at its end."""
        document.setDefaultFont(theme.current().font(theme.LEAD_PX))
        self.setDocument(document)
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a few lines."""
        return QSize(theme.current().px(320), theme.current().px(self._least_px))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same height at any width."""
        return QSize(160, self.sizeHint().height())

    def _dress(self) -> None:
        look = theme.current()
        tones = look.colours
        font = look.font(theme.LEAD_PX)
        self.setFont(font)
        self.document().setDefaultFont(font)
        padding = look.px(10)
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {tones.raised}; color: {tones.ink};"
            f" border: 2px solid {tones.line}; border-radius: 12px; padding: {padding}px;"
            f" selection-background-color: {tones.breath}; selection-color: {tones.on_breath}; }}"
            f"QPlainTextEdit:focus {{ border: {theme.FOCUS_PX}px solid {tones.focus};"
            f" padding: {padding - 1}px; }}"
        )
        self.verticalScrollBar().setStyleSheet(scroll_bar_style())
        self.updateGeometry()


def blank_document() -> QTextDocument:
    """Return an empty document that a `Paper` can show."""
    document = QTextDocument()
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    return document
