"""How scroll bars look: a thin handle in the page's colours, no arrows, no groove."""

from __future__ import annotations

from gui import theme


def scroll_bar_style() -> str:
    """Return the style sheet of a vertical scroll bar in the present theme."""
    tones = theme.current().colours
    return (
        "QScrollBar:vertical { background: transparent; width: 12px; margin: 4px 0; }"
        f"QScrollBar::handle:vertical {{ background: {tones.line}; border-radius: 4px;"
        " min-height: 32px; margin: 0 2px; }"
        "QScrollBar::add-line, QScrollBar::sub-line { height: 0; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
    )
