"""Paints the orb's pictures once, so that a frame is only a copy: a wash of colour on paper.

Every picture of the breath is opaque (the paper is part of it), so the frames between two of them
are exact cross-fades, and copying is as cheap as it can be. numpy is used here alone among the
widgets; nothing imports this module before the first window is up.
"""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from gui.theme import Theme
from gui.widgets.hand import CENTRE_Y, WRIST_Y, resting_hand
from gui.widgets.orb import REACH

Floats = NDArray[np.float32]

_PROFILE_STEPS = 2048
_HAND_SIZE = 0.29
"""Length of the palm, in radii of the fullest orb."""
_HAND_TURN_DEG = -38.0
_WARMTH_SIZE = 0.58
_WARMTH_REACH = 1.3
"""Width of the warmth around the hand, in radii of the fullest orb."""


class OrbPaint:
    """The pictures of an orb of one size in one theme.

    Parameters
    ----------
    theme
        For its colours.
    full_px
        Radius of the fullest orb, in device pixels.
    empty_px
        Radius of the emptiest.
    n_frames
        Pictures between them, ends included.
    """

    def __init__(self, theme: Theme, full_px: float, empty_px: float, n_frames: int) -> None:
        self.full_px = full_px
        self.n_frames = n_frames
        self._empty_px = empty_px
        self._theme = theme
        self._half_px = ceil(full_px * REACH)
        side = 2 * self._half_px
        at = np.arange(side, dtype=np.float32) - np.float32(self._half_px - 0.5)
        x, y = at[None, :], at[:, None]
        turn = np.arctan2(y, x)
        # a line drawn by hand is not quite round
        uneven = (
            1
            + 0.007 * np.sin(2 * turn + 0.6)
            + 0.005 * np.sin(3 * turn + 2.1)
            + 0.003 * np.sin(5 * turn + 4.0)
        )
        self._distance_px: Floats = (np.hypot(x, y) * uneven).astype(np.float32)
        random = np.random.default_rng(3)
        grain = 0.05 * _cloud(random, side, 26) + 0.02 * _cloud(random, side, 6)
        self._grain: Floats = (1 + grain).astype(np.float32)[..., None]
        paper = np.array([*_bgr(theme.colours.paper), 255], np.float32)
        dither = 1.4 * (random.random((side, side, 1), dtype=np.float32) - 0.5)
        self._ground: Floats = paper + dither + np.float32(0.5)
        self._ground[..., 3] = 255
        self._profile = _profile(theme)

    def radius_px(self, frame: int) -> float:
        """Return the orb's radius in picture number ``frame``."""
        return self._empty_px + (self.full_px - self._empty_px) * frame / (self.n_frames - 1)

    def breath(self, frame: int) -> QImage:
        """Return picture number ``frame``, from empty (0) to full; opaque, centred, square."""
        return self._washed(self.radius_px(frame), 1.0)

    def still(self, frame: int) -> QImage:
        """Return picture number ``frame`` of an orb that does not move: it grows stronger."""
        radius_px = self.radius_px(round(0.72 * (self.n_frames - 1)))
        return self._washed(radius_px, 0.38 + 0.62 * frame / (self.n_frames - 1))

    def _washed(self, radius_px: float, strength: float) -> QImage:
        half_px = min(self._half_px, ceil(radius_px * REACH))
        inner = slice(self._half_px - half_px, self._half_px + half_px)
        scale = np.float32(_PROFILE_STEPS / (REACH * radius_px))
        steps = (self._distance_px[inner, inner] * scale).astype(np.int32)
        np.minimum(steps, _PROFILE_STEPS, out=steps)
        picture: Floats = np.take(self._profile, steps, axis=0)
        picture *= self._grain[inner, inner]
        if strength != 1.0:
            picture *= np.float32(strength)
        picture += self._ground[inner, inner]
        return _image(picture, QImage.Format.Format_RGB32)

    def warmth(self) -> QImage:
        """Return the glow around the hand, to be laid over a picture of the breath."""
        half_px = ceil(self.full_px * _WARMTH_SIZE * _WARMTH_REACH)
        at = (np.arange(2 * half_px, dtype=np.float32) - np.float32(half_px - 0.5)) / np.float32(
            self.full_px * _WARMTH_SIZE
        )
        distance = np.hypot(at[None, :], at[:, None])
        glow = np.exp(-((distance * 1.35) ** 2)) * (1 - _smooth(0.8, _WARMTH_REACH, distance))
        return _tinted(glow, self._theme.colours.warmth)

    def hand(self) -> QImage:
        """Return the hand, soft at its edges, fading into light at the wrist."""
        half_px = ceil(self.full_px * _HAND_SIZE * 1.75)
        side = 2 * half_px
        size_px = self.full_px * _HAND_SIZE
        mask = QImage(side, side, QImage.Format.Format_Grayscale8)
        mask.fill(0)
        painter = QPainter(mask)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(half_px, half_px)
        painter.rotate(_HAND_TURN_DEG)
        painter.scale(size_px, -size_px)
        painter.translate(0.10, -CENTRE_Y)
        fade = QLinearGradient(0, WRIST_Y, 0, 0.6)
        fade.setColorAt(0, QColor(255, 255, 255, 0))
        fade.setColorAt(1, QColor(255, 255, 255, 255))
        painter.fillPath(resting_hand(), fade)
        painter.end()
        rows = np.frombuffer(mask.constBits(), np.uint8).reshape(side, mask.bytesPerLine())
        sharp: Floats = rows[:, :side].astype(np.float32) / np.float32(255)
        soft = np.float32(0.62) * _blurred(sharp, size_px * 0.045)
        soft += np.float32(0.38) * _blurred(sharp, size_px * 0.15)
        return _tinted(soft, self._theme.colours.hand)


def _profile(theme: Theme) -> Floats:
    """Return what the wash adds to the paper at each distance: shape (steps + 1, 4), BGRx."""
    tones = theme.colours
    q = np.linspace(0, REACH, _PROFILE_STEPS + 1, dtype=np.float32)
    inside = 1 - _smooth(0.96, 1.03, q)
    beyond = np.maximum(q, 1) - 1
    ends = 1 - _smooth(1.06, REACH, q)
    centre, middle, rim = (
        np.array(_bgr(tone), np.float32)
        for tone in (tones.orb_centre, tones.orb_middle, tones.orb_rim)
    )
    if theme.dark:
        strength = (0.16 + 0.34 * _smooth(0.1, 0.95, q) + 0.22 * _smooth(0.82, 0.99, q)) * inside
        strength += 0.22 * np.exp(-beyond / 0.13) * (1 - inside) * ends
        outward, edge = _smooth(0.3, 1.0, q), _smooth(0.85, 1.0, q) * 0.5
    else:
        # pigment gathers at the rim of a wash
        strength = (0.34 + 0.34 * _smooth(0.15, 0.92, q) + 0.20 * _smooth(0.80, 0.99, q)) * inside
        strength += 0.15 * np.exp(-beyond / 0.11) * (1 - inside) * ends
        outward, edge = _smooth(0.0, 1.0, q), _smooth(0.72, 1.0, q) * 0.75
    wash = centre + (middle - centre) * outward[:, None]
    wash += (rim - wash) * edge[:, None]
    paper = np.array(_bgr(tones.paper), np.float32)
    profile = np.zeros((_PROFILE_STEPS + 1, 4), np.float32)
    profile[:, :3] = (wash - paper) * strength[:, None]
    return profile


def _bgr(value: str) -> tuple[int, int, int]:
    made = QColor(value)
    return made.blue(), made.green(), made.red()


def _smooth(low: float, high: float, x: Floats) -> Floats:
    t = np.clip((x - low) / (high - low), 0, 1).astype(np.float32)
    eased: Floats = t * t * (3 - 2 * t)
    return eased


def _cloud(random: np.random.Generator, side: int, cell_px: int) -> Floats:
    """Return smooth noise of unit spread, shape (side, side), with clouds of ``cell_px``."""
    few = max(2, side // cell_px)
    coarse = random.integers(0, 256, (few, few), np.uint8)
    image = QImage(coarse.tobytes(), few, few, few, QImage.Format.Format_Grayscale8)
    big = image.scaled(
        side, side, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    rows = np.frombuffer(big.constBits(), np.uint8).reshape(side, big.bytesPerLine())
    cloud: Floats = rows[:, :side].astype(np.float32)
    cloud -= cloud.mean()
    cloud /= max(float(cloud.std()), 1.0)
    return cloud


def _blurred(field: Floats, radius_px: float) -> Floats:
    """Return ``field`` after three box blurs, which come near to a Gaussian."""
    width = max(1, round(radius_px))
    for _ in range(3):
        for axis in (0, 1):
            edges = [(width + 1, width) if each == axis else (0, 0) for each in (0, 1)]
            sums = np.cumsum(np.pad(field, edges), axis=axis, dtype=np.float32)
            n = field.shape[axis]
            high = np.take(sums, np.arange(2 * width + 1, 2 * width + 1 + n), axis=axis)
            low = np.take(sums, np.arange(n), axis=axis)
            field = (high - low) / np.float32(2 * width + 1)
    return field


def _tinted(alpha: Floats, value: str) -> QImage:
    """Return a picture of one colour with the opacities ``alpha``, premultiplied."""
    side = alpha.shape[0]
    random = np.random.default_rng(5)
    dither = random.random((side, side), dtype=np.float32)
    levels = np.floor(np.clip(alpha, 0, 1) * 254 + dither * (alpha > 0)) / 255
    picture = np.empty((side, side, 4), np.float32)
    picture[..., :3] = levels[..., None] * np.array(_bgr(value), np.float32)
    picture[..., 3] = levels * 255
    return _image(picture, QImage.Format.Format_ARGB32_Premultiplied)


def _image(picture: Floats, kind: QImage.Format) -> QImage:
    height, width = picture.shape[:2]
    data = np.ascontiguousarray(np.clip(picture, 0, 255).astype(np.uint8))
    # copied, since a QImage does not keep the bytes that it was made from
    return QImage(data.tobytes(), width, height, width * 4, kind).copy()
