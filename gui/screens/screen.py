"""What all screens share."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui import theme
from gui.roles import Role
from gui.widgets.scroll_bar import scroll_bar_style

RING_PX = 5
"""Buttons keep this much room for their ring: text that stands in line with them does as well."""

MARGIN_PX = 48
NARROW_MARGIN_PX = 28
NARROW_PX = 1100


class Screen(QWidget):
    """A page of paper. The window shows one at a time.

    ``name`` is what a screen reader says when it comes; ``first_focus`` gets the keyboard.
    """

    accessible_role = Role.Pane

    open_to_all = False
    """Whether it shows nothing private, so that it can be reached while what is kept is locked."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.look().changed.connect(self.update)

    def first_focus(self) -> QWidget:
        """Return the widget that the keyboard begins with."""
        return self

    def key(self, key: int) -> bool:
        """Do what a key of this screen's own stands for; return whether it did anything."""
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the paper."""
        QPainter(self).fillRect(event.rect(), QColor(theme.current().colours.paper))


class Scroller(QScrollArea):
    """Scrolls its content up and down; where more lies below, it fades towards it."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self._snug = False
        self.setWidget(content)
        content.installEventFilter(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fade = _Fade(self)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._place_fade)
        bar.rangeChanged.connect(self._place_fade)
        theme.look().changed.connect(self._dress)
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the content to the width, and keep the fade at the foot."""
        super().resizeEvent(event)
        self.fit()
        self._place_fade()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Fit the content anew when something in it has changed."""
        if watched is self._content and event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Give the content the height that its words need at this width, and no more.

        A resizable scroll area would take the height that they need at some narrower width.
        """
        layout = self._content.layout()
        if layout is None:
            return
        room = self.viewport().size()
        height = layout.totalHeightForWidth(room.width())
        if height < 0:
            height = layout.totalSizeHint().height()
        if self._snug and layout.hasHeightForWidth():
            # without a scroll bar it is lower: one that is there must not keep itself in place
            alone = layout.totalHeightForWidth(self.width())
            self.setMaximumHeight(max(1, alone))
            if self.height() >= alone:
                self._content.resize(self.width(), alone)
                return
        self._content.resize(room.width(), max(room.height(), height))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Move the keyboard on, and what it is on into sight."""
        moved = super().focusNextPrevChild(forward)
        focused = cast("QWidget | None", self.focusWidget())
        if moved and focused is not None and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 0, 2 * _Fade.HEIGHT_PX)
        return moved

    def take_no_more(self) -> None:
        """Be no higher than the content, so that what lies around it comes near."""
        self._snug = True
        self.fit()

    def fade_into(self, tone: str) -> None:
        """Fade into that colour of the theme."""
        self._fade.tone = tone

    def _place_fade(self) -> None:
        bar = self.verticalScrollBar()
        height = _Fade.HEIGHT_PX
        self._fade.setGeometry(0, self.height() - height, self.width() - 14, height)
        self._fade.setVisible(bar.value() < bar.maximum())
        self._fade.raise_()

    def _dress(self) -> None:
        self.verticalScrollBar().setStyleSheet(scroll_bar_style())


class _Fade(QWidget):
    """Paper that thickens downwards."""

    HEIGHT_PX = 28

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.tone = "paper"

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        value = getattr(theme.current().colours, self.tone)
        veil = QLinearGradient(0, 0, 0, self.height())
        veil.setColorAt(0, theme.colour(value, 0.0))
        veil.setColorAt(1, theme.colour(value, 1.0))
        QPainter(self).fillRect(self.rect(), veil)


def scrolling(content: QWidget, *, tone: str = "paper") -> Scroller:
    """Return an area that scrolls ``content``; ``tone`` is the colour that it lies on."""
    area = Scroller(content)
    area.fade_into(tone)
    return area


def settle(page: QVBoxLayout, area: Scroller) -> None:
    """Let a page that holds little lie a third down, its buttons near its words.

    Parameters
    ----------
    page
        Its layout, complete, with ``area`` in it.
    area
        What scrolls where there is no room.
    """
    area.take_no_more()
    page.insertStretch(0, 1)
    page.setStretchFactor(area, 1000)
    page.addStretch(2)


def column(gap_px: int = theme.UNIT_PX) -> QVBoxLayout:
    """Return a column without margins."""
    box = QVBoxLayout()
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap_px)
    return box
