"""A small, exact writer of SVG pictures: shapes and words, no script, nothing from outside.

Only what every viewer draws alike is used, browsers and Qt's renderer among them: paths, lines,
rectangles, circles and text, with colours as attributes. Every picture names and describes
itself, for those who don't see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as Xml

HEART = "#A5472D"
BREATH = "#1F5F66"
INK = "#2A2521"
SOFT = "#5F564C"
LINE = "#8A7F70"
GRID = "#CFC5B5"
PALE = "#EEE5D7"
PALE_BREATH = "#D9E6E3"
PAPER = "#FFFFFF"

TEXT_PX = 13.0
SMALL_PX = 11.0

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Leave out what no XML may hold: control characters and halves of pairs."""
    return _NOT_IN_XML.sub("", text)


class Drawing:
    """A picture in the making; `str` of it is the SVG.

    Parameters
    ----------
    name
        Letters that no other picture on the page has: they begin its ids.
    width, height
        Its size.
    title, description
        What it is called, and what it shows.
    """

    def __init__(
        self, name: str, width: float, height: float, title: str, description: str
    ) -> None:
        self.width, self.height = width, height
        self.description = clean(description)
        self._root = Xml.Element(
            "svg",
            {
                "viewBox": f"0 0 {_number(width)} {_number(height)}",
                "width": _number(width),
                "height": _number(height),
                "role": "img",
                "aria-labelledby": f"{name}-title {name}-desc",
                "font-family": "sans-serif",
            },
        )
        for tag, text, end in (("title", title, "title"), ("desc", description, "desc")):
            Xml.SubElement(self._root, tag, {"id": f"{name}-{end}"}).text = clean(text)

    def __str__(self) -> str:
        """Return the SVG, ready to stand in HTML."""
        return Xml.tostring(self._root, encoding="unicode")

    def _add(self, tag: str, **attributes: str | float | None) -> Xml.Element:
        return Xml.SubElement(
            self._root,
            tag,
            {
                name.rstrip("_").replace("_", "-"): value
                if isinstance(value, str)
                else _number(value)
                for name, value in attributes.items()
                if value is not None
            },
        )

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        stroke: str | None = None,
        round_px: float | None = None,
        dashed: bool = False,
    ) -> None:
        """Draw a rectangle."""
        dashes = "4 3" if dashed else None
        self._add(
            "rect",
            x=x,
            y=y,
            width=max(width, 0.0),
            height=max(height, 0.0),
            rx=round_px,
            fill=fill,
            stroke=stroke,
            stroke_dasharray=dashes,
        )

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        stroke: str = LINE,
        width: float = 1.0,
        dashed: bool = False,
    ) -> None:
        """Draw a straight line."""
        dashes = "4 3" if dashed else None
        self._add(
            "line",
            x1=x1,
            y1=y1,
            x2=x2,
            y2=y2,
            stroke=stroke,
            stroke_width=width,
            stroke_dasharray=dashes,
        )

    def polyline(
        self, points: Iterable[tuple[float, float]], *, stroke: str, width: float = 1.5
    ) -> None:
        """Draw a line through points; a single one becomes a dot."""
        kept = list(points)
        if len(kept) == 1:
            self.circle(*kept[0], width / 2, fill=stroke)
        elif kept:
            self._add(
                "polyline",
                points=" ".join(f"{_number(x)},{_number(y)}" for x, y in kept),
                fill="none",
                stroke=stroke,
                stroke_width=width,
                stroke_linejoin="round",
                stroke_linecap="round",
            )

    def circle(
        self, x: float, y: float, radius: float, *, fill: str, stroke: str | None = None
    ) -> None:
        """Draw a dot; with a stroke, a ring."""
        width = 2.0 if stroke else None
        self._add("circle", cx=x, cy=y, r=radius, fill=fill, stroke=stroke, stroke_width=width)

    def cross(self, x: float, y: float, *, stroke: str, half: float = 3.0) -> None:
        """Draw a small cross."""
        self._add(
            "path",
            d=f"M{_number(x - half)} {_number(y - half)}L{_number(x + half)} {_number(y + half)}"
            f"M{_number(x - half)} {_number(y + half)}L{_number(x + half)} {_number(y - half)}",
            stroke=stroke,
            stroke_width=1.3,
            fill="none",
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: str = "start",
        fill: str = INK,
        size: float = TEXT_PX,
        bold: bool = False,
    ) -> None:
        """Write words, their base line at ``y``."""
        weight = "bold" if bold else None
        element = self._add(
            "text", x=x, y=y, fill=fill, font_size=size, text_anchor=anchor, font_weight=weight
        )
        element.text = clean(words)


def _number(value: float | None) -> str:
    """Return a number in as few letters as a tenth of a pixel needs."""
    text = f"{value or 0.0:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
