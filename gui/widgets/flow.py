"""A row of widgets that breaks like a line of words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Flow(QWidget):
    """Rows of widgets, aligned to the reading side or centred.

    Parameters
    ----------
    gap_px
        Between widgets and between rows.
    centred
        Centre each row, and break into rows of about equal length: no button is left alone.
    """

    def __init__(
        self, gap_px: int = 2, *, centred: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._items: list[QWidget] = []
        self._gap_px = gap_px
        self._centred = centred
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Append a widget."""
        widget.setParent(self)
        widget.installEventFilter(self)
        if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            widget.show()  # one that comes late would stay hidden
        self._items.append(widget)
        self.updateGeometry()

    def clear(self) -> None:
        """Drop all widgets."""
        for item in self._items:
            item.hide()
            item.deleteLater()
        self._items.clear()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Return that its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height of all rows at ``width``."""
        rows = self._rows(width)
        heights = [max(item.sizeHint().height() for item in row) for row in rows]
        return sum(heights) + self._gap_px * max(0, len(rows) - 1)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of everything in one row."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap_px * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the largest widget."""
        size = QSize(0, 0)
        for item in self._shown():
            size = size.expandedTo(item.sizeHint())
        return size

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Place the widgets."""
        super().resizeEvent(event)
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Place the widgets anew when one is shown or hidden, even while the page is not seen."""
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self.updateGeometry()
            self.place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Place the widgets anew when one of them has changed."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self.place()
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [item for item in self._items if not item.isHidden()]

    def _rows(self, width: int) -> list[list[QWidget]]:
        rows = self._filled(width)
        if not self._centred or len(rows) < 2:
            return rows
        # the narrowest width that needs no more rows evens them out
        low, high = 0, width
        while high - low > 1:
            middle = (low + high) // 2
            if len(self._filled(middle)) > len(rows):
                low = middle
            else:
                high = middle
        return self._filled(high)

    def _filled(self, width: int) -> list[list[QWidget]]:
        """Fill each row before the next begins."""
        rows: list[list[QWidget]] = []
        used = 0
        for item in self._shown():
            needs = item.sizeHint().width()
            if rows and used + self._gap_px + needs <= width:
                rows[-1].append(item)
                used += self._gap_px + needs
            else:
                rows.append([item])
                used = needs
        return rows

    def place(self) -> None:
        """Place the widgets for the present width, those that are hidden left out."""
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        y = 0
        for row in self._rows(self.width()):
            sizes = [item.sizeHint() for item in row]
            used = sum(size.width() for size in sizes) + self._gap_px * (len(row) - 1)
            x = max(0, self.width() - used) // 2 if self._centred else 0
            height = max(size.height() for size in sizes)
            for item, size in zip(row, sizes, strict=True):
                left = self.width() - x - size.width() if mirrored else x
                item.setGeometry(
                    QRect(left, y + (height - size.height()) // 2, size.width(), size.height())
                )
                x += size.width() + self._gap_px
            y += height + self._gap_px
