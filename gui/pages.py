"""A stack of screens that fade into one another."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.screens.screen import Screen

_CORNER_GAP_PX = 8


class Pages(QWidget):
    """Shows one screen at a time; `turn_to` fades from the present one to another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screens: list[Screen] = []
        self._current: Screen | None = None
        self._veil = _Veil(self)
        self._corner: QWidget | None = None
        self._cover: Screen | None = None
        self._covered: Screen | None = None

    def set_corner(self, widget: QWidget) -> None:
        """Keep a small widget in the upper corner, above every screen and at the same place."""
        widget.setParent(self)
        self._corner = widget
        theme.look().changed.connect(self._place)
        self._place()

    def add(self, screen: Screen) -> None:
        """Take a screen in."""
        screen.setParent(self)
        screen.hide()
        self._screens.append(screen)

    @property
    def current(self) -> Screen | None:
        """The screen that is shown."""
        return self._current

    @property
    def fading(self) -> bool:
        """Whether the screen before can still be seen."""
        return not self._veil.isHidden()

    @property
    def is_covered(self) -> bool:
        """Whether a screen lies before all others."""
        return self._cover is not None

    @property
    def covered(self) -> Screen | None:
        """The screen that waits behind the one that covers all."""
        return self._covered

    def cover(self, screen: Screen) -> None:
        """Lay a screen before all others, at once; those that are open to all can still be shown.

        Whoever looks at one of those (grounding, help) is left there, and comes to it from there.
        Whoever turns to another meanwhile turns to the cover; the other waits behind it.
        """
        if self._cover is None and self._current is not None:
            self._covered = self._current
        self._cover = screen
        if self._current is None or not self._current.open_to_all:
            self.turn_to(screen, at_once=True)

    def uncover(self, to: Screen | None = None) -> None:
        """Take the cover away, and show ``to``, or else what waits behind it."""
        behind = to or self._covered
        self._cover = self._covered = None
        if behind is not None:
            self.turn_to(behind)

    def turn_to(self, screen: Screen, *, at_once: bool = False) -> None:
        """Show ``screen`` and give it the keyboard; ``at_once`` without a fade."""
        if self._cover is not None and screen is not self._cover and not screen.open_to_all:
            self._covered = screen
            screen, at_once = self._cover, True
        before = self._current
        if before is screen:
            return
        if before is not None and self.isVisible() and not at_once:
            self._veil.lift(before.grab())
        else:
            self._veil.drop()
        self._current = screen
        self._place()
        screen.show()
        if before is not None:
            before.hide()
        self._veil.raise_()
        if self._corner is not None:
            self._corner.raise_()
        screen.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let the screen fill the window."""
        super().resizeEvent(event)
        self._veil.drop()
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the paper on which the corner lies."""
        QPainter(self).fillRect(event.rect(), QColor(theme.current().colours.paper))

    def _place(self) -> None:
        """Give the screen the room below the corner."""
        room = self.rect()
        if self._corner is not None:
            size = self._corner.sizeHint()
            right = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
            left = self.width() - size.width() - _CORNER_GAP_PX if right else _CORNER_GAP_PX
            self._corner.setGeometry(left, _CORNER_GAP_PX // 2, size.width(), size.height())
            room.setTop(size.height() + _CORNER_GAP_PX // 2)
        if self._current is not None:
            self._current.setGeometry(room)
        self._veil.setGeometry(room)


class _Veil(QWidget):
    """The old screen's picture, fading over the new screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._picture = QPixmap()
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._fade.valueChanged.connect(self.update)
        self._fade.finished.connect(self.drop)

    def lift(self, picture: QPixmap) -> None:
        self._fade.stop()
        self._picture = picture
        self.show()
        self._fade.setDuration(theme.FADE_MS)
        self._fade.start()

    def drop(self) -> None:
        self._fade.stop()
        self._picture = QPixmap()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setOpacity(float(self._fade.currentValue() or 0.0))
        painter.drawPixmap(0, 0, self._picture)
