"""How everything looks: colour, type, space and motion, in this one place.

Widgets ask `current` when they paint, so a change of the system's scheme needs no more than a
repaint. `TEXT_PAIRS` and `GRAPHIC_PAIRS` name every pair of colours that is in use; a test
computes their contrast (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QAccessibilityHints,
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QGuiApplication,
    QPalette,
    QStyleHints,
)


# -------------------------------------------------------------------------------- colour
@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme; each value is ``#rrggbb``.

    Attributes
    ----------
    paper, raised, sunken
        The page, what lies on it, and what lies in it.
    line
        Outlines of controls.
    ink, ink_soft
        Text, and text that steps back.
    heart, breath
        The two accents: clay for the heart, teal for the breath. Both can carry text.
    on_breath
        Text on a teal ground.
    focus
        The ring around what the keyboard is on.
    orb_centre, orb_middle, orb_rim
        The orb's wash, from its centre outwards.
    hand, warmth
        The hand at its centre, and the glow around it.
    wave
        The guide's breath behind the heart's trace.
    """

    paper: str
    raised: str
    sunken: str
    line: str
    ink: str
    ink_soft: str
    heart: str
    breath: str
    on_breath: str
    focus: str
    orb_centre: str
    orb_middle: str
    orb_rim: str
    hand: str
    warmth: str
    wave: str


LIGHT = Colours(
    paper="#F6F0E6",
    raised="#FCF8F1",
    sunken="#EEE5D7",
    line="#8A7F70",
    ink="#2A2521",
    ink_soft="#5F564C",
    heart="#A5472D",
    breath="#1F5F66",
    on_breath="#FFFFFF",
    focus="#1F5F66",
    orb_centre="#CFE0D8",
    orb_middle="#5E9C9C",
    orb_rim="#1F5F66",
    hand="#CF6A4A",
    warmth="#F5CFAE",
    wave="#5E9C9C",
)

DARK = Colours(
    paper="#1C2531",
    raised="#253242",
    sunken="#18202B",
    line="#8491A0",
    ink="#EFE8DC",
    ink_soft="#B9BDC2",
    heart="#EE9B78",
    breath="#7CC5C1",
    on_breath="#10202A",
    focus="#7CC5C1",
    orb_centre="#2E7F86",
    orb_middle="#4FA3A3",
    orb_rim="#8FD0C8",
    hand="#F4BA98",
    warmth="#C97B55",
    wave="#4FA3A3",
)

LIGHT_HIGH = replace(
    LIGHT,
    paper="#FFFFFF",
    raised="#FFFFFF",
    sunken="#F2F2F2",
    line="#4A4A4A",
    ink="#000000",
    ink_soft="#2B2B2B",
    heart="#7F2B14",
    breath="#0B4248",
    focus="#000000",
)

DARK_HIGH = replace(
    DARK,
    paper="#101720",
    raised="#101720",
    sunken="#182230",
    line="#D5DCE3",
    ink="#FFFFFF",
    ink_soft="#E4E7EA",
    heart="#FFB899",
    breath="#A5E6E1",
    focus="#FFFFFF",
)

SCHEMES = {"light": LIGHT, "dark": DARK, "light-high": LIGHT_HIGH, "dark-high": DARK_HIGH}

TEXT_PAIRS = (
    ("ink", "paper"),
    ("ink", "raised"),
    ("ink", "sunken"),
    ("ink_soft", "paper"),
    ("ink_soft", "raised"),
    ("ink_soft", "sunken"),
    ("heart", "paper"),
    ("heart", "sunken"),
    ("breath", "paper"),
    ("breath", "raised"),
    ("on_breath", "breath"),
)
"""Text and its ground; at least 4.5:1."""

GRAPHIC_PAIRS = (
    ("line", "paper"),
    ("line", "raised"),
    ("focus", "paper"),
    ("focus", "raised"),
    ("line", "sunken"),
    ("focus", "sunken"),
    ("heart", "paper"),
    ("heart", "sunken"),
    ("breath", "sunken"),
    ("orb_rim", "paper"),
)
"""Outlines, rings and lines that mean something, and their ground; at least 3:1."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1..21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    value = QColor(colour)
    red, green, blue = (linear(part) for part in (value.redF(), value.greenF(), value.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# ---------------------------------------------------------------------------------- type
SMALL_PX, BODY_PX, LEAD_PX, TITLE_PX, WORDS_PX = 13, 15, 18, 24, 30
"""The five sizes at 100 % text, in pixels. The spoken line is `WORDS_PX`."""

LEADING = 1.35
"""Line height of running text, times the font's size."""

_REFERENCE_PX = 14.7
"""A system font of this size (11 pt at 96 dpi) counts as 100 %."""

_FACES = (
    "Inter",
    "Cantarell",
    "Adwaita Sans",
    "Noto Sans",
    "Open Sans",
    "Ubuntu",
    "Source Sans 3",
    "Lato",
    "Nimbus Sans",
    "Liberation Sans",
    "DejaVu Sans",
)
"""Where no desktop names a font, the first of these that is installed."""

# --------------------------------------------------------------------------------- space
UNIT_PX = 8
TARGET_PX = 44
"""Least height of a button at 100 % text; above the 24 px of WCAG 2.5.8."""
LEAST_TARGET_PX = 24
"""Least height of a link that stands in rows of text (WCAG 2.5.8)."""
RADIUS_PX = 16
FOCUS_PX = 3

# -------------------------------------------------------------------------------- motion
FRAME_MS = 16
FADE_MS = 260
"""Cross-fade of screens."""
LINE_FADE_S = 1.0
CHROME_FADE_S = 0.6
CHROME_STAYS_S = 4.0
"""What isn't the practice fades away after so long without mouse or key."""
SETTLE_S = 2.0
"""The orb takes this long from resting to breathing and back."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What widgets need to know when they paint."""

    name: str
    colours: Colours
    family: str
    text_scale: float = 1.0
    reduced_motion: bool = False

    @property
    def dark(self) -> bool:
        """Whether light lies on dark."""
        return self.name.startswith("dark")

    def font(self, size_px: float, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the face at one of the five sizes, scaled as the person's text is."""
        font = QFont(self.family)
        font.setPixelSize(max(1, round(size_px * self.text_scale)))
        font.setWeight(weight)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def px(self, at_100_pct: float) -> int:
        """Scale a length that goes with text."""
        return round(at_100_pct * self.text_scale)


def colour(value: str, alpha: float = 1.0) -> QColor:
    """Return ``#rrggbb`` with an opacity of 0..1."""
    made = QColor(value)
    made.setAlphaF(alpha)
    return made


class Look(QObject):
    """Follows the system: scheme, contrast, motion, text size. `changed` says: repaint.

    Parameters
    ----------
    scheme
        One of `SCHEMES` to hold on to; None follows the system.
    text_scale
        1.0 is 100 %; None follows the system.
    reduced_motion
        None follows the system.
    """

    changed = Signal()

    def __init__(
        self,
        *,
        scheme: str | None = None,
        text_scale: float | None = None,
        reduced_motion: bool | None = None,
    ) -> None:
        super().__init__()
        self._scheme = scheme
        self._text_scale = text_scale
        self._reduced_motion = reduced_motion
        # Kept: the hints' wrapper must not outlive, nor be outlived by, its owner's.
        self._style: QStyleHints = QGuiApplication.styleHints()
        self._access: QAccessibilityHints | None = None
        if hasattr(self._style, "accessibility"):  # since Qt 6.10
            self._access = self._style.accessibility()
        self._style.colorSchemeChanged.connect(self._refresh)
        for name in ("contrastPreferenceChanged", "motionPreferenceChanged"):
            if self._access is not None and hasattr(self._access, name):
                getattr(self._access, name).connect(self._refresh)
        self.theme = self._made()

    def set_text_scale(self, text_scale: float | None) -> None:
        """Hold on to a text size, or follow the system again."""
        self._text_scale = text_scale
        self._refresh()

    def set_scheme(self, scheme: str | None) -> None:
        """Hold on to a scheme, or follow the system again."""
        self._scheme = scheme
        self._refresh()

    def set_reduced_motion(self, reduced: bool | None) -> None:
        """Hold on to less motion (or all of it), or follow the system again."""
        self._reduced_motion = reduced
        self._refresh()

    def _refresh(self) -> None:
        theme = self._made()
        if theme == self.theme:
            return
        self.theme = theme
        apply(theme)
        self.changed.emit()

    def _made(self) -> Theme:
        name = self._scheme or self._system_scheme()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        scale = self._text_scale
        if scale is None:
            scale = min(2.5, max(1.0, QFontInfo(font).pixelSize() / _REFERENCE_PX))
        reduced = self._reduced_motion
        if reduced is None:
            reduced = self._access is not None and _wants_less_motion(self._access)
        return Theme(name, SCHEMES[name], _family(font), round(scale, 2), reduced)

    def _system_scheme(self) -> str:
        dark = self._style.colorScheme() is Qt.ColorScheme.Dark
        name = "dark" if dark else "light"
        if self._access is not None and hasattr(self._access, "contrastPreference"):
            high = Qt.ContrastPreference.HighContrast
            if self._access.contrastPreference() is high:
                name += "-high"
        return name


def _wants_less_motion(hints: QAccessibilityHints) -> bool:
    # Since Qt 6.12, and Python 3.11 stays below: asked for by name.
    preference = getattr(hints, "motionPreference", None)
    kinds = getattr(Qt, "MotionPreference", None)
    if preference is None or kinds is None:
        return False
    return bool(preference() == kinds.ReducedMotion)


def _family(font: QFont) -> str:
    """Return the system's face; where it names none, the best one there is."""
    family = font.family()
    if family.casefold() not in {"", "sans", "sans serif", "sans-serif"}:
        return family
    installed = QFontDatabase.families()
    for face in _FACES:
        for name in installed:
            # One name from several foundries is listed as 'Name [foundry]'.
            if name == face or name.startswith(f"{face} ["):
                return face
    return QFontInfo(font).family()


_look: Look | None = None


def install(look: Look) -> Look:
    """Make ``look`` the one that widgets ask; return it."""
    global _look
    _look = look
    apply(look.theme)
    return look


def look() -> Look:
    """Return the installed look; the system's if none was."""
    return _look or install(Look())


def current() -> Theme:
    """Return how things look now."""
    return look().theme


def apply(theme: Theme) -> None:
    """Give the toolkit's own controls (scroll bars, tool tips, menus) the same colours."""
    tones = theme.colours
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: tones.paper,
        QPalette.ColorRole.WindowText: tones.ink,
        QPalette.ColorRole.Base: tones.raised,
        QPalette.ColorRole.AlternateBase: tones.sunken,
        QPalette.ColorRole.Text: tones.ink,
        QPalette.ColorRole.PlaceholderText: tones.ink_soft,
        QPalette.ColorRole.Button: tones.raised,
        QPalette.ColorRole.ButtonText: tones.ink,
        QPalette.ColorRole.Highlight: tones.breath,
        QPalette.ColorRole.HighlightedText: tones.on_breath,
        QPalette.ColorRole.Link: tones.breath,
        QPalette.ColorRole.ToolTipBase: tones.raised,
        QPalette.ColorRole.ToolTipText: tones.ink,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    QGuiApplication.setPalette(palette)
    QGuiApplication.setFont(theme.font(BODY_PX))
