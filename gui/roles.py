"""What our own widgets are to a screen reader.

Qt takes a plain `QWidget` for a nameless client area. A widget of ours that is a picture, a group
or a page says so in one class attribute::

    class Orb(QWidget):
        accessible_role = Role.Graphic

Qt's own widgets, and what derives from them, keep the interface that Qt gives them.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Role = QAccessible.Role

_installed = False


def install() -> None:
    """Let Qt ask here first; once is enough."""
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_interface)


def _interface(_: str, widget: QObject | None) -> QAccessibleInterface | None:
    role = getattr(widget, "accessible_role", None)
    if isinstance(widget, QWidget) and isinstance(role, Role):
        return QAccessibleWidget(widget, role)
    return None
