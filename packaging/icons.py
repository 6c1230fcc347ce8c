"""Draw the icon: an orb of breath with a resting hand, from the theme's colours.

``uv run --group docs python packaging/icons.py``. The SVG is the source; every picture is made of
it: PNG for Linux and the window (`gui/icons`), ``.icns`` for macOS (on a tile of paper, as icons
are there), ``.ico`` for Windows.
"""

from __future__ import annotations

import io
import math
from itertools import pairwise
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QTransform
from PySide6.QtSvg import QSvgRenderer

from gui import icon
from gui.theme import LIGHT
from gui.widgets.hand import CENTRE_Y, FINGERS, WRIST_Y, Joint, palm

Point = tuple[float, float]

ROOT = Path(__file__).resolve().parents[1]
OF_SYSTEMS = ROOT / "packaging" / "icons"
OF_WINDOW = ROOT / "gui" / "icons"
OF_MANUAL = ROOT / "docs" / "site"

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)

_SIDE = 256
_HAND_SIZE = 62.0
"""Length of the palm, of 256."""
_HAND_TURN_DEG = -38.0
_FINE = QTransform.fromScale(1000, 1000)
"""Curves become lines at this size, so that they stay smooth."""
_ARC = 16
"""Lines around a fingertip."""
_SMALL = 48
"""Up to this size the hand is larger and the rim a line, to be seen at all."""


def svg(side: int, *, tile: bool = False) -> str:
    """Return the icon's source.

    Parameters
    ----------
    side
        How large it will be shown, in pixels; small ones are drawn more plainly.
    tile
        Lay it on a tile of paper.
    """
    small = side <= _SMALL
    size = _HAND_SIZE * (1.25 if small else 1.0)
    ring = f' stroke="{LIGHT.orb_rim}" stroke-width="16"' if small else ""
    orb = (
        f'  <circle cx="128" cy="128" r="{114 if small else 122}" fill="url(#wash)"{ring}/>\n'
        '  <circle cx="128" cy="128" r="90" fill="url(#warmth)"/>\n'
        f'  <path fill="url(#hand)" d="{_hand(size)}"/>\n'
    )
    if tile:
        orb = (
            f'  <rect x="26" y="26" width="204" height="204" rx="46" fill="{LIGHT.paper}"/>\n'
            f'  <g transform="translate(44.8 44.8) scale(0.65)">\n{orb}  </g>\n'
        )
    wrist, wrist_ends = _moved(_at(size), 0.0, WRIST_Y), _moved(_at(size), 0.0, 0.5)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}">\n'
        "  <title>Hand on Heart</title>\n"
        "  <defs>\n"
        '    <radialGradient id="wash">\n'
        f"{_stop(0, LIGHT.raised)}{_stop(0.35, LIGHT.orb_centre)}{_stop(0.82, LIGHT.orb_middle)}"
        f"{_stop(0.97, LIGHT.orb_rim)}{_stop(1, LIGHT.orb_rim)}"
        "    </radialGradient>\n"
        '    <radialGradient id="warmth">\n'
        f"{_stop(0, LIGHT.warmth, 0.9)}{_stop(1, LIGHT.warmth, 0)}"
        "    </radialGradient>\n"
        '    <linearGradient id="hand" gradientUnits="userSpaceOnUse" '
        f'x1="{wrist[0]:.1f}" y1="{wrist[1]:.1f}" x2="{wrist_ends[0]:.1f}" '
        f'y2="{wrist_ends[1]:.1f}">\n'
        f"{_stop(0, LIGHT.hand, 0)}{_stop(1, LIGHT.hand, 0.92 if small else 0.8)}"
        "    </linearGradient>\n"
        "  </defs>\n"
        f"{orb}</svg>\n"
    )


def _stop(at: float, tone: str, opacity: float = 1.0) -> str:
    see_through = f' stop-opacity="{opacity:g}"' if opacity != 1.0 else ""
    return f'      <stop offset="{at:g}" stop-color="{tone}"{see_through}/>\n'


def _at(size: float) -> QTransform:
    """Return where the hand lies: from palm's lengths to the icon's 256."""
    lying = QTransform().translate(128, 128).rotate(_HAND_TURN_DEG).scale(size, -size)
    return lying.translate(0.10, -CENTRE_Y)


def _moved(by: QTransform, x: float, y: float) -> Point:
    point = by.map(QPointF(x, y))
    return point.x(), point.y()


def _hand(size: float) -> str:
    """Return the hand as SVG writes it: parts that overlap, all in one direction, so as one."""
    parts = [[(point.x(), point.y()) for point in _FINE.map(palm()).toFillPolygon().toList()]]
    parts[0] = [(x / _FINE.m11(), y / _FINE.m11()) for x, y in parts[0]]
    for finger in FINGERS:
        parts += [_around(*bone) for bone in pairwise(finger)]
    lying = _at(size)
    texts = []
    for part in parts:
        points = [_moved(lying, x, y) for x, y in _in_one_direction(part)]
        texts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in _thinned(points)) + "Z")
    return " ".join(texts)


def _around(one: Joint, other: Joint) -> list[Point]:
    """Return the outline of a bone's skin: of two discs and all between them."""
    (x0, y0, r0), (x1, y1, r1) = one, other
    along = math.atan2(y1 - y0, x1 - x0)
    # where a line touches both discs
    touch = math.acos((r0 - r1) / math.hypot(x1 - x0, y1 - y0))
    far = [along - touch + 2 * touch * at / _ARC for at in range(_ARC + 1)]
    near = [along + touch + 2 * (math.pi - touch) * at / _ARC for at in range(_ARC + 1)]
    return [(x1 + r1 * math.cos(turn), y1 + r1 * math.sin(turn)) for turn in far] + [
        (x0 + r0 * math.cos(turn), y0 + r0 * math.sin(turn)) for turn in near
    ]


def _in_one_direction(points: list[Point]) -> list[Point]:
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*points, points[0]]))
    return points if area > 0 else points[::-1]


def _thinned(points: list[Point]) -> list[Point]:
    """Leave out points that lie closer than a unit of 256 to the one before."""
    kept = points[:1]
    for x, y in points[1:]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) > 1.0:
            kept.append((x, y))
    return kept


def picture(side: int, *, tile: bool = False) -> QImage:
    """Return the icon at a size."""
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer = QSvgRenderer(QByteArray(svg(side, tile=tile).encode()))
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 0)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _pillow(side: int, *, tile: bool = False) -> Image.Image:
    return Image.open(io.BytesIO(_png(picture(side, tile=tile)))).convert("RGBA")


def main() -> int:
    """Write every file."""
    app = QGuiApplication(["icons", "-platform", "offscreen"])
    for folder in (OF_SYSTEMS, OF_WINDOW):
        folder.mkdir(exist_ok=True)
    (OF_SYSTEMS / f"{icon.NAME}.svg").write_text(svg(_SIDE), encoding="utf-8")
    (OF_MANUAL / "icon.svg").write_text(svg(_SIDE), encoding="utf-8")
    for side in SIZES:
        (OF_SYSTEMS / f"{icon.NAME}-{side}.png").write_bytes(_png(picture(side)))
    for side in icon.SIZES:
        (OF_WINDOW / f"{icon.NAME}-{side}.png").write_bytes(_png(picture(side)))
    ico = [_pillow(side) for side in ICO_SIZES]
    ico[-1].save(
        OF_SYSTEMS / f"{icon.NAME}.ico",
        sizes=[(side, side) for side in ICO_SIZES],
        append_images=ico[:-1],
    )
    icns = [_pillow(side, tile=True) for side in (16, 32, 64, 128, 256, 512, 1024)]
    icns[-1].save(OF_SYSTEMS / f"{icon.NAME}.icns", append_images=icns[:-1])
    app.quit()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
