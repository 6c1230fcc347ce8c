"""What is remembered between visits: choices, the strap, the window. One private file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from biofeedback.practice.content import Content, ContentError, load_content
from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.sessions.folder import FILE_MODE, private_file
from biofeedback.sound.choices import SoundChoices
from biofeedback.types import (
    EYES,
    LONGEST_GUIDED_S,
    LONGEST_QUIET_S,
    SHORTEST_GUIDED_S,
    Choices,
    Strap,
)
from gui.settings_schema import KEY, SCHEMA, Aside, put_in_order

FILE_NAME = "settings.ini"

TEXT_PERCENTS = (100, 125, 150, 200)
IDLE_MINUTES = (5, 10, 30)
"""What can be chosen, besides never."""

_LOOKS = ("", "light", "dark", "light-high", "dark-high")
_MOTIONS = ("", "full", "less")
_VOLUMES = ("tones", "bowl", "waves", "heart", "voice", "voice_rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the person chose last.

    Attributes
    ----------
    choices
        For the next practice.
    numbers
        Whether figures are shown.
    ratings
        Whether the person is asked how it feels, before and after.
    sensors
        Whether ECG and accelerometer are asked for, where the strap has them.
    sound
        What can be heard, and how loud.
    strap
        The strap that was used last; None before the first.
    region
        Where help lines are wanted for; empty until the person says.
    language
        Language of the words; empty follows the system.
    look
        Scheme of the colours (`gui.theme.SCHEMES`); empty follows the system.
    text_pct
        Size of the text; 0 follows the system.
    motion
        "less" or "full"; empty follows the system.
    lock_after_min
        Lock after so many minutes without key or mouse, where there is a passphrase; 0 never does.
    window
        Size and place of the window, as Qt keeps them; empty before the first.
    """

    choices: Choices = field(default_factory=lambda: Choices(ramp=True))
    numbers: bool = False
    ratings: bool = False
    sensors: bool = False
    sound: SoundChoices = field(default_factory=SoundChoices)
    strap: Strap | None = None
    region: str = ""
    language: str = ""
    look: str = ""
    text_pct: int = 0
    motion: str = ""
    lock_after_min: int = 10
    window: bytes = b""

    def as_at_first(self) -> Settings:
        """Return the same with choices, looks and sound as they came.

        What they don't touch stays: the strap, the language, the region of help lines, when the
        lock closes, where the window stands.
        """
        return replace(
            Settings(),
            strap=self.strap,
            region=self.region,
            language=self.language,
            lock_after_min=self.lock_after_min,
            window=self.window,
        )


class SettingsFile:
    """Keeps `Settings` in a folder; without one, for this visit only.

    Parameters
    ----------
    folder
        The data folder, or None where it cannot be used.
    personal
        The person's own: their guides and plans can be chosen too.
    """

    def __init__(self, folder: Path | None, personal: Personal = NOTHING) -> None:
        self._path = folder / FILE_NAME if folder else None
        self.aside: Aside | None = None
        """What was put aside, since it couldn't be read; None if all is well."""
        self.settings = self._read()
        self._kept = self._fitted = self.settings.choices
        self.fit(personal)

    def fit(self, personal: Personal) -> None:
        """Offer what the person's own words know from now on.

        A choice that they don't know (they may be locked, or a later version's) is as at first
        meanwhile; what was chosen stays kept until the person chooses anew.
        """
        self._kept = self._chosen
        content = load_content().with_personal(personal)
        self._fitted = fitting(self._kept, content)
        self.settings = replace(self.settings, choices=self._fitted)

    @property
    def _chosen(self) -> Choices:
        choices = self.settings.choices
        return self._kept if choices == self._fitted else choices

    def change(self, **changes: object) -> Settings:
        """Change some fields, and keep them; return all."""
        changed = replace(self.settings, **changes)  # type: ignore[arg-type]
        if changed != self.settings:
            self.settings = changed
            self._write()
        return changed

    def take(self, settings: Settings) -> None:
        """Take all of them, and keep them."""
        if settings != self.settings:
            self.settings = settings
            self._write()

    def _read(self) -> Settings:
        if self._path is None or not self._path.is_file():
            return Settings()
        try:
            self.aside = put_in_order(self._path)
        except OSError:  # it may be readable next time: nothing is written over it
            self._path = None
        if self._path is None or self.aside is not None:
            return Settings()
        file = QSettings(str(self._path), QSettings.Format.IniFormat)
        defaults = Settings().choices

        def text(key: str, default: str = "") -> str:
            value = file.value(key, default)
            return value if isinstance(value, str) else default

        choices = Choices(
            plan_id=text("practice/plan", defaults.plan_id),
            guide_id=text("practice/guide", defaults.guide_id),
            touch_id=text("practice/touch", defaults.touch_id),
            anchor_id=text("practice/anchor", defaults.anchor_id),
            posture=text("practice/posture", defaults.posture),
            sight=text("practice/sight", "yes") != "no",
            eyes=text("practice/eyes", defaults.eyes),
            guided_s=_guided(text("practice/guided_s")),
            quiet_s=_seconds(text("practice/quiet_s"), defaults.quiet_s),
            ramp=text("practice/ramp", "yes") != "no",
            adaptive=text("practice/adaptive", "no") == "yes",
        )
        address = text("strap/address")
        window = file.value("window/geometry")
        return Settings(
            choices=choices,
            numbers=text("practice/numbers", "no") == "yes",
            ratings=text("practice/ratings", "no") == "yes",
            sensors=text("strap/sensors", "no") == "yes",
            sound=_sound(text),
            strap=Strap(address, text("strap/name")) if address else None,
            region=text("help/region"),
            language=text("words/language"),
            look=_one_of(_LOOKS, text("look/scheme")),
            text_pct=_number_of((0, *TEXT_PERCENTS), text("look/text_pct"), 0),
            motion=_one_of(_MOTIONS, text("look/motion")),
            lock_after_min=_number_of((0, *IDLE_MINUTES), text("privacy/lock_after_min"), 10),
            window=bytes(window.data()) if isinstance(window, QByteArray) else b"",
        )

    def _write(self) -> None:
        """Keep everything; a disk that doesn't take it spoils nothing but the next visit."""
        if self._path is None:
            return
        try:
            private_file(self._path)
        except OSError:
            return
        settings, choices = self.settings, self._chosen
        file = QSettings(str(self._path), QSettings.Format.IniFormat)
        file.setValue(KEY, SCHEMA)
        file.setValue("practice/plan", choices.plan_id)
        file.setValue("practice/guide", choices.guide_id)
        file.setValue("practice/touch", choices.touch_id)
        file.setValue("practice/anchor", choices.anchor_id)
        file.setValue("practice/posture", choices.posture)
        file.setValue("practice/sight", "yes" if choices.sight else "no")
        file.setValue("practice/eyes", choices.eyes)
        guided = "" if choices.guided_s is None else f"{choices.guided_s:g}"
        file.setValue("practice/guided_s", guided)
        file.setValue("practice/quiet_s", f"{choices.quiet_s:g}")
        file.setValue("practice/adaptive", "yes" if choices.adaptive else "no")
        file.setValue("practice/ramp", "yes" if choices.ramp else "no")
        file.setValue("practice/numbers", "yes" if settings.numbers else "no")
        for name in _VOLUMES:
            file.setValue(f"sound/{name}", f"{getattr(settings.sound, name):g}")
        file.setValue("sound/muted", "yes" if settings.sound.muted else "no")
        file.setValue("words/language", settings.language)
        file.setValue("look/scheme", settings.look)
        file.setValue("look/text_pct", str(settings.text_pct))
        file.setValue("look/motion", settings.motion)
        file.setValue("privacy/lock_after_min", str(settings.lock_after_min))
        file.setValue("help/region", settings.region)
        file.setValue("practice/ratings", "yes" if settings.ratings else "no")
        file.setValue("strap/sensors", "yes" if settings.sensors else "no")
        if settings.strap:
            file.setValue("strap/address", settings.strap.address)
            file.setValue("strap/name", settings.strap.name)
        else:
            file.remove("strap/address")
            file.remove("strap/name")
        if settings.window:
            file.setValue("window/geometry", QByteArray(settings.window))
        file.sync()
        try:
            # Qt writes a new file in its place, with the permissions of any other
            self._path.chmod(FILE_MODE)
        except OSError:
            return


def fitting(choices: Choices, content: Content) -> Choices:
    """Return ``choices`` with the default for each that ``content`` doesn't know."""
    default = Choices()
    return replace(
        choices,
        plan_id=choices.plan_id if choices.plan_id in content.plans else default.plan_id,
        guide_id=choices.guide_id if _is_guide(choices.guide_id, content) else default.guide_id,
        touch_id=choices.touch_id if choices.touch_id in content.touches else default.touch_id,
        anchor_id=choices.anchor_id if choices.anchor_id in content.anchors else default.anchor_id,
        posture=choices.posture if choices.posture in content.postures else default.posture,
        eyes=choices.eyes if choices.eyes in EYES else default.eyes,
    )


def _is_guide(guide_id: str, content: Content) -> bool:
    try:
        content.guide(guide_id)
    except ContentError:
        return False
    return True


def _one_of(known: Sequence[str], text: str) -> str:
    return text if text in known else known[0]


def _number_of(known: Sequence[int], text: str, default: int) -> int:
    return int(text) if text in {str(each) for each in known} else default


def _guided(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if SHORTEST_GUIDED_S <= seconds <= LONGEST_GUIDED_S else None


def _seconds(text: str, default: float) -> float:
    try:
        seconds = float(text)
    except ValueError:
        return default
    return seconds if 0 <= seconds <= LONGEST_QUIET_S else default


def _sound(text: Callable[[str, str], str]) -> SoundChoices:
    """Read the volumes; one that makes no sense is as at first."""
    sound = SoundChoices(muted=text("sound/muted", "no") == "yes")
    for name in _VOLUMES:
        with suppress(ValueError):  # no number, or none that is a volume
            value = float(text(f"sound/{name}", ""))
            sound = replace(sound, **{name: value})  # type: ignore[arg-type]
    return sound
