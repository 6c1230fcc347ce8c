"""What the window says about figures, straps and results: whole sentences, numbers by locale."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from biofeedback.practice.content import Content
from biofeedback.practice.feedback import Follows, verdict_words
from biofeedback.practice.guides import asks_first
from biofeedback.practice.kinds import Kind, chosen_length, kind_of
from biofeedback.sessions.reflection import Reflection, Scale
from biofeedback.types import FOLLOWS_R2, BreathPattern, Choices, Metrics, PhaseName, Strap
from gui import spoken
from gui.settings_schema import Aside, Why

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
    if source.startswith(("replay:", "import:")):
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
    return "   ·   ".join(parts)


def aside_words(aside: Aside) -> str:
    """Say that a file of settings could not be used, and where it is."""
    told = {
        Why.DAMAGED: tr(
            "Your settings could not be read, and are as at first. The old file is kept beside "
            "them as {name}."
        ),
        Why.NEWER: tr(
            "Your settings are of a newer Hand on Heart. This one begins with its own; the newer "
            "file is kept beside them as {name}."
        ),
    }
    return told[aside.why].format(name=aside.name)


def follows_words(step: Follows | None) -> str:
    """Say how the heart follows the breath; nothing where nothing is to be said."""
    return {
        None: "",
        Follows.LITTLE: tr("Your heart follows your breath a little"),
        Follows.WELL: tr("Your heart follows your breath well"),
        Follows.CLOSELY: tr("Your heart follows your breath closely"),
    }[step]


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


# ------------------------------------------------------------------------------- writing
def writing_title(set_id: str, otherwise: str = "") -> str:
    """Name a kind of writing; one of a plan of the person's own as ``otherwise`` says."""
    return {"letter": tr("A caring letter"), "reframe": tr("Reframe a thought")}.get(
        set_id, otherwise or tr("Writing")
    )


def no_clock(suggested_s: float) -> str:
    """Suggest a time, softly."""
    about = max(1, round(suggested_s / 60))
    if about == 1:
        return tr("There is no clock here. A minute or so is plenty.")
    return tr("There is no clock here. About {n} minutes are plenty.").format(n=number(about))


def day(value: date) -> str:
    """Return a day in words, with its weekday, as the locale writes it."""
    return QLocale().toString(_qdate(value), QLocale.FormatType.LongFormat)


def writing_entry(
    set_id: str, at: datetime, now: datetime, *, saved: bool, day: date | None
) -> tuple[str, str]:
    """Say when a page was written and what is kept of it; nothing of what is in it."""
    title = "   \N{MIDDLE DOT}   ".join((writing_title(set_id), _when(at, now)))
    if not saved:
        return title, tr("For this visit only.")
    if day is None:
        return title, tr("Saved on this computer.")
    return title, tr("Saved on this computer. To read again on {day}.").format(
        day=QLocale().toString(_qdate(day), QLocale.FormatType.LongFormat)
    )


def reread_offer(set_id: str, at: datetime) -> str:
    """Offer a page on the day that was picked."""
    day = QLocale().toString(_qdate(at.date()), QLocale.FormatType.LongFormat)
    if set_id == "letter":
        return tr("Your letter of {day} is here, if you like to read it.").format(day=day)
    return tr("What you wrote on {day} is here, if you like to read it.").format(day=day)


def _qdate(value: date) -> QDate:
    return QDate(value.year, value.month, value.day)


# ------------------------------------------------------------------------------ sessions
def _when(at: datetime, now: datetime) -> str:
    """Say a moment as people do: today, yesterday, or the day."""
    started = at.astimezone(now.tzinfo)
    days = (now.date() - started.date()).days
    time = QLocale().toString(QTime(started.hour, started.minute), QLocale.FormatType.ShortFormat)
    if days == 0:
        return tr("Today {time}").format(time=time)
    if days == 1:
        return tr("Yesterday {time}").format(time=time)
    return f"{QLocale().toString(_qdate(started.date()), 'd MMMM')} {time}"


def session_line(info: SessionInfo, plan_title: str, now: datetime) -> str:
    """Say one kept session in a quiet line."""
    parts = [_when(info.started_at, now), plan_title]
    if info.duration_s is not None:
        parts.append(tr("{length} min").format(length=minutes(info.duration_s)))
    if info.source.startswith("sim:"):
        parts.append(tr("simulated heart"))
    if info.source.startswith("import:"):
        parts.append(tr("a recording"))
    return "   ·   ".join(parts)


# ------------------------------------------------------------------------------- choices
def kind_words(kind: Kind) -> str:
    """Name a practice."""
    return {
        Kind.SOOTHING: tr("Soothing touch and breath"),
        Kind.MINDFUL: tr("Mindful awareness"),
        Kind.COMMON: tr("Shared humanity"),
        Kind.REFRAME: tr("Reframe a thought"),
        Kind.LETTER: tr("A caring letter"),
        Kind.GROUNDING: tr("Grounding"),
        Kind.OWN: tr("A plan of my own"),
    }[kind]


def length_words(seconds: float, *, about: bool = False) -> str:
    """Say a length in minutes."""
    n = number_short(round(seconds / 60, 1))
    if about:
        return tr("About {n} minutes, at your own pace").format(n=n)
    return tr("{n} minutes").format(n=n)


def quiet_words(seconds: float) -> str:
    """Say how long the quiet times are."""
    if seconds == 0:
        return tr("None")
    if seconds == 60:
        return tr("1 minute")
    return tr("{n} minutes").format(n=number_short(seconds / 60))


def eyes_words(eyes: str) -> str:
    """Name a way to hold one's eyes."""
    return {"open": tr("Open"), "half": tr("Half open"), "shut": tr("Shut")}[eyes]


def eyes_note(eyes: str, *, tones: bool = True) -> str:
    """Say what it changes; ``tones`` tells whether a breath can be heard."""
    if eyes == "half":
        return tr("The screen grows dim once you have begun.")
    if eyes != "shut":
        return ""
    if tones:
        return tr(
            "The screen grows dark, tones lead your breath, and no line asks you to look around."
        )
    return tr(
        "The screen grows dark, and no line asks you to look around. No sound leads your breath "
        "now: breath tones or waves would."
    )


def practice_words(choices: Choices, content: Content) -> str:
    """Say which practice is chosen, and how long."""
    length = chosen_length(choices, content)
    kind = kind_of(content.plans[choices.plan_id], content)
    if kind is Kind.OWN:
        return content.plans[choices.plan_id].title
    if length.writes:
        return kind_words(kind)
    if kind is Kind.SOOTHING:
        return length_words(length.seconds)
    return tr("{practice}, {length}").format(
        practice=kind_words(kind), length=length_words(length.seconds)
    )


# ---------------------------------------------------------------------------------- felt
def scale_words(scale: Scale) -> str:
    """Name what is rated."""
    return {
        Scale.TENSION: tr("Tension"),
        Scale.DISTRESS: tr("Distress"),
        Scale.KINDNESS: tr("Kindness to myself"),
    }[scale]


def pair_words(before: int | None, after: int | None) -> str:
    """Say one scale's ratings in a few words."""
    if before is None and after is None:
        return tr("not rated")
    if after is None:
        return tr("{before} before").format(before=before)
    if before is None:
        return tr("{after} after").format(after=after)
    return tr("{before} before, {after} after").format(before=before, after=after)


def felt_words(said: Reflection) -> str:
    """Say all ratings, for those who don't see the dots."""
    return ". ".join(
        f"{scale_words(scale)}: {pair_words(before, after)}"
        for scale, (before, after) in said.pairs().items()
    )


def pairs_words(said: Reflection) -> str:
    """Say how many scales were rated both times, and which rating is missing."""
    pairs = said.pairs()
    n = sum(before is not None and after is not None for before, after in pairs.values())
    words = tr("{n} of {all} rated both times.").format(n=n, all=len(pairs))
    missing = []
    for scale, (before, after) in pairs.items():
        name = scale_words(scale)
        if before is None and after is None:
            missing.append(name)
        elif before is None:
            missing.append(tr("{name} before").format(name=name))
        elif after is None:
            missing.append(tr("{name} after").format(name=name))
    if missing:
        words += " " + tr("Not rated: {missing}.").format(missing=", ".join(missing))
    return words


# ------------------------------------------------------------------------------- summary
def verdict_sentence(summary: Summary, *, numbers: bool = True) -> str:
    """Say the verdict in one plain sentence; with numbers, its uncertainty too."""
    verdict = summary.verdict
    if verdict is None:
        return _without_verdict(summary)
    if verdict.change_bpm is None or verdict.interval_bpm is None:
        return _cannot_tell(verdict.reason_id)
    if not numbers:
        plain = _PLAIN.get(verdict.answer.value)
        return _said(plain) if plain else _cannot_tell(verdict.reason_id)
    change = _change_words(verdict.change_bpm, verdict.interval_bpm)
    answer = verdict.answer.value
    if answer in {"calmer", "more_active"}:
        step, give = change
        return tr("Your heart was {step} afterwards, give or take {give}.").format(
            step=step, give=give
        )
    if answer == "same":
        return tr(
            "Your heart was about the same afterwards: {step}, give or take {give}. "
            "Hearts drift that much at rest."
        ).format(step=change[0], give=change[1])
    return _cannot_tell(verdict.reason_id)


def _change_words(change_bpm: float, interval_bpm: tuple[float, float]) -> tuple[str, str]:
    """Say a change, and half of its 95 % interval: in whole beats where they are enough."""
    half_bpm = (interval_bpm[1] - interval_bpm[0]) / 2
    size_bpm = abs(change_bpm)
    # whole beats would say of a sure change that it may be nothing
    digits = 1 if half_bpm < size_bpm and max(1, round(half_bpm)) >= round(size_bpm) else 0
    give = number(max(half_bpm, 0.1 if digits else 1.0), digits)
    size = number(size_bpm, digits)
    if size == number(0, digits):
        return tr("no change in beats a minute"), give
    one = size == number(1)
    if change_bpm < 0:
        words = tr("1 beat a minute slower") if one else tr("{size} beats a minute slower")
    else:
        words = tr("1 beat a minute faster") if one else tr("{size} beats a minute faster")
    return words.format(size=size), give


_PLAIN = {"calmer": "plain_calmer", "same": "plain_same", "more_active": "plain_active"}
"""The line that says an answer without numbers."""


def _said(line_id: str) -> str:
    """Say a line of the verdict in the language of the practice."""
    return verdict_words(line_id, spoken.language_alone())


def _cannot_tell(reason_id: str) -> str:
    return f"{_said('cannot')} {_said(reason_id)}"


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
