"""What the window says about figures, straps and results: whole sentences, numbers by locale."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from biofeedback.practice.guides import asks_first
from biofeedback.types import FOLLOWS_R2, BreathPattern, Metrics, PhaseName, Strap

if TYPE_CHECKING:
    from biofeedback.sessions.info import SessionInfo
    from biofeedback.sessions.summary import Summary


def tr(text: str) -> str:
    """Return ``text`` in the person's language."""
    return QCoreApplication.translate("wording", text)


def number(value: float, digits: int = 0) -> str:
    """Return a number as the locale writes it; a minus is a real minus."""
    return QLocale().toString(float(value), "f", digits).replace("-", "\N{MINUS SIGN}")


def number_short(value: float) -> str:
    """Return a number with as many decimals as it has: 5, 4.5."""
    return QLocale().toString(value, "g", 4)


def minutes(seconds: float) -> str:
    """Return minutes and seconds, such as 3:05."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02}"


def phase_words(phase: PhaseName | None) -> str:
    """Name a phase."""
    return {
        None: "",
        PhaseName.ARRIVING: tr("Arriving"),
        PhaseName.QUIET_BEFORE: tr("Quiet time before"),
        PhaseName.GUIDED: tr("Practice"),
        PhaseName.QUIET_AFTER: tr("Quiet time after"),
    }[phase]


def band_words(phase: PhaseName) -> str:
    """Name a phase where there is little room."""
    return {
        PhaseName.ARRIVING: tr("Arriving"),
        PhaseName.QUIET_BEFORE: tr("Before"),
        PhaseName.GUIDED: tr("Practice"),
        PhaseName.QUIET_AFTER: tr("After"),
    }[phase]


def strap_words(strap: Strap, source: str) -> str:
    """Say what the heart comes from."""
    if source.startswith("sim:"):
        return tr("A simulated heart")
    if source.startswith("replay:"):
        return tr("A recording")
    name = strap.name or tr("Your strap")
    if strap.battery_pct is None:
        return tr("{name} is connected").format(name=name)
    return tr("{name} is connected, battery {pct} %").format(name=name, pct=strap.battery_pct)


def strap_identity(strap: Strap) -> str:
    """Say which strap it is, so that it can be told from another of the same name."""
    made = " ".join(part for part in (strap.manufacturer, strap.model) if part)
    parts = [part for part in (strap.name or tr("Your strap"), made, strap.address) if part]
    return "   ·   ".join(parts)


def figures(metrics: Metrics | None, sensor_hr_bpm: int | None) -> str:
    """Say the live figures in one small line; what isn't known is left out, and why."""
    hr_bpm = metrics.hr_bpm if metrics else None
    if hr_bpm is None and sensor_hr_bpm is not None:
        hr_bpm = float(sensor_hr_bpm)
    if hr_bpm is None:
        return tr("Listening for your heart")
    parts = [tr("{bpm} beats a minute").format(bpm=number(hr_bpm))]
    if metrics is None:
        return parts[0]
    if metrics.rmssd_ms is not None:
        parts.append(tr("RMSSD {ms} ms").format(ms=number(metrics.rmssd_ms)))
    elif metrics.reason in withheld():
        parts.append(withheld()[metrics.reason])
    told = "   ·   ".join(parts)
    if metrics.following is not None and metrics.following.r2 >= FOLLOWS_R2:
        told += "\n" + tr("Your heart follows your breath")
    return told


def withheld() -> dict[str, str]:
    """Say why a figure is not shown, by `Metrics.reason`."""
    return {
        "artefacts": tr("the signal is rough just now"),
        "gap": tr("listening again after a gap"),
        "short": tr("listening"),
        "no_rr": tr("this strap sends heart rate alone"),
        "untrue_rr": tr("this strap does not measure each heartbeat"),
    }


# ---------------------------------------------------------------------------- the breath
def guide_note(pattern: BreathPattern | None) -> str:
    """Say what a breath guide is; one that holds the breath, or is very slow, who asks first."""
    if pattern is None:
        return tr("No guide. Breathe as you like.")
    rate = number_short(round(pattern.rate_per_min, 1))
    if pattern.hold_in_s > 0 or pattern.hold_out_s > 0:
        told = tr(
            "In for {inhale} s, hold for {hold_in} s, out for {exhale} s, hold for {hold_out} s: "
            "{rate} breaths a minute."
        ).format(
            inhale=number_short(pattern.inhale_s),
            hold_in=number_short(pattern.hold_in_s),
            exhale=number_short(pattern.exhale_s),
            hold_out=number_short(pattern.hold_out_s),
            rate=rate,
        )
    else:
        told = tr("In for {inhale} s, out for {exhale} s: {rate} breaths a minute.").format(
            inhale=number_short(pattern.inhale_s), exhale=number_short(pattern.exhale_s), rate=rate
        )
    if asks_first(pattern):
        told += " " + tr(
            "If you are pregnant, or have heart, lung, seizure or panic problems, ask your care "
            "team first."
        )
    return told


# ------------------------------------------------------------------------------ sessions
def session_line(info: SessionInfo, plan_title: str, now: datetime) -> str:
    """Say one kept session in a quiet line."""
    started = info.started_at.astimezone(now.tzinfo)
    days = (now.date() - started.date()).days
    time = QLocale().toString(QTime(started.hour, started.minute), QLocale.FormatType.ShortFormat)
    if days == 0:
        when = tr("Today {time}").format(time=time)
    elif days == 1:
        when = tr("Yesterday {time}").format(time=time)
    else:
        when = QLocale().toString(started.date(), "d MMMM") + " " + time  # type: ignore[call-overload]
    parts = [when, plan_title]
    if info.duration_s is not None:
        parts.append(tr("{length} min").format(length=minutes(info.duration_s)))
    if info.source.startswith("sim:"):
        parts.append(tr("simulated heart"))
    return "   ·   ".join(parts)


# ------------------------------------------------------------------------------- summary
def verdict_sentence(summary: Summary, *, numbers: bool = True) -> str:
    """Say the verdict in one plain sentence; with numbers, its uncertainty too."""
    verdict = summary.verdict
    if verdict is None:
        return _without_verdict(summary)
    if verdict.change_bpm is None or verdict.interval_bpm is None:
        return verdict.reason
    if not numbers:
        return _verdicts()[verdict.answer.value] or verdict.reason
    change = abs(verdict.change_bpm)
    low, high = verdict.interval_bpm
    answer = verdict.answer.value
    if answer == "calmer":
        return tr(
            "In the quiet time after, your heart beat {change} times a minute slower than "
            "before; most likely between {low} and {high}."
        ).format(change=number(change, 1), low=number(-high, 1), high=number(-low, 1))
    if answer == "more_active":
        return tr(
            "In the quiet time after, your heart beat {change} times a minute faster than "
            "before; most likely between {low} and {high}."
        ).format(change=number(change, 1), low=number(low, 1), high=number(high, 1))
    if answer == "same":
        return tr(
            "Before and after were about the same: a change of {change} beats a minute, most "
            "likely between {low} and {high}, no more than hearts drift at rest."
        ).format(change=number(verdict.change_bpm, 1), low=number(low, 1), high=number(high, 1))
    return verdict.reason


def _verdicts() -> dict[str, str]:
    return {
        "calmer": tr("In the quiet time after, your heart beat slower than before."),
        "same": tr("Before and after were about the same."),
        "more_active": tr("In the quiet time after, your heart beat faster than before."),
        "cannot_tell": "",
    }


def _without_verdict(summary: Summary) -> str:
    if summary.n_packets == 0:
        return tr("You practised without a strap, so there is nothing to compare.")
    return tr("There was no quiet time on both sides, so nothing is compared.")


def following_sentence(summary: Summary) -> str:
    """Say how the heart went with the breath; empty where nothing is known."""
    following = summary.following
    if following is None or following.r2 < FOLLOWS_R2:
        return ""
    swing = number(2 * following.amplitude_bpm, 0)
    return tr(
        "While the guide ran, your heart swung with it: {swing} beats a minute up and down "
        "with each breath."
    ).format(swing=swing)
