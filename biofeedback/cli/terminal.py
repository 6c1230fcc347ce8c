"""A practice in the terminal: words, breath and heart, as plain lines or as a live view."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from biofeedback.cli.felt import felt_lines
from biofeedback.cli.say import note
from biofeedback.cli.typed import GROUND_KEY, TypedPage
from biofeedback.cli.typed import HELP as TYPING_HELP
from biofeedback.ports import Clock
from biofeedback.practice.breath import phase_at
from biofeedback.practice.content import Content
from biofeedback.practice.crisis import load_crisis
from biofeedback.practice.feedback import Follows, follows, verdict_words
from biofeedback.practice.writing import Writing
from biofeedback.run import Outcome
from biofeedback.sessions.info import Ended
from biofeedback.signals.calm import CalmVerdict
from biofeedback.types import (
    Action,
    BreathSegment,
    BreathStage,
    Choices,
    EndMoved,
    GuideChanged,
    GuideDrifted,
    LineShown,
    LinkChanged,
    Metrics,
    Paused,
    PhaseName,
    PhaseStarted,
    PulseSeen,
    RecordingProblem,
    Resumed,
    StepStarted,
    StrapKind,
    StrapRecognised,
    Update,
)
from devices.words import LOW_BATTERY_PCT, Notice, Words, describe

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live
    from rich.text import Text

PHASE_WORDS = {
    PhaseName.ARRIVING: "Arriving",
    PhaseName.QUIET_BEFORE: "Quiet time before",
    PhaseName.GUIDED: "Practice",
    PhaseName.QUIET_AFTER: "Quiet time after",
}
_STAGE_WORDS = {
    BreathStage.INHALE: "in",
    BreathStage.HOLD_IN: "hold",
    BreathStage.EXHALE: "out",
    BreathStage.HOLD_OUT: "rest",
}
_WITHHELD_WORDS = {
    "artefacts": "the signal is rough just now",
    "gap": "listening again after a gap",
    "short": "listening",
    "no_rr": "this strap sends heart rate alone, so there is no HRV",
    "untrue_rr": "this strap does not measure each heartbeat, so there is no HRV",
}
_FOLLOWS_WORDS = {
    Follows.LITTLE: "your heart follows your breath a little",
    Follows.WELL: "your heart follows your breath well",
    Follows.CLOSELY: "your heart follows your breath closely",
}
_KEYS = {
    "n": Action.NEXT_LINE,
    "b": Action.PREVIOUS_LINE,
    "s": Action.SKIP,
    "q": Action.STOP,
}
_WAITING_KEYS = {"\n": Action.NEXT_LINE, "\r": Action.NEXT_LINE, "\x1b": Action.STOP}
"""The same as while one types, where there is nothing to type."""
_KEY_HELP = (
    "Space pause   N next line   B back   S skip this part   G grounding   H help now   "
    "Q stop (nothing is lost)"
)
_HELP_NOW = ("crisis", "urgent", "alone")
FIGURES_EVERY_S = 15.0
_TYPED_LINES = 12
"""As many of the last lines are shown while one types."""


class TerminalView:
    """Shows updates as they come; a `Sink`.

    Parameters
    ----------
    clock
        Session time, for the breath.
    content
        The words, for grounding.
    choices
        The forms of them that fit.
    silent
        Show progress alone, on stderr: stdout belongs to JSON.
    live
        Draw in place where stdout is a terminal.
    """

    def __init__(
        self,
        clock: Clock,
        content: Content,
        choices: Choices,
        *,
        silent: bool = False,
        live: bool = True,
    ) -> None:
        self._clock = clock
        self._grounding_lines = [
            line.text_for(choices, paced=False) for line in content.sets["ground"].lines
        ]
        self._help_lines = [load_crisis().sentence(content.language)]
        self._help_lines += [content.sets["safety"].line(line).text for line in _HELP_NOW]
        self._aside_lines = self._grounding_lines
        self._content = content
        self._silent = silent
        self._line = ""
        self._waits: LineShown | None = None
        self._typed = TypedPage(content)
        self._phase: PhaseName | None = None
        self._ends_s: float | None = None
        self._segment: BreathSegment | None = None
        self._metrics: Metrics | None = None
        self._follows: Follows | None = None
        self._sensor_hr_bpm: int | None = None
        self._link = ""
        self._strap_lacks = ""
        self._paused = False
        self._next_figures_s = FIGURES_EVERY_S
        self._told_s = 0.0
        self._grounding: int | None = None
        self._live: Live | None = None
        if live and not silent and sys.stdout.isatty():
            from rich.live import Live as LiveDisplay

            self._live = LiveDisplay(
                get_renderable=self._picture,
                refresh_per_second=12,
                transient=True,  # what was typed does not stay in the terminal
            )

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._live:
            self._live.stop()

    def __call__(self, update: Update) -> None:
        """Take one update."""
        self._take(update)
        if not self._live:
            self._print(update)

    @property
    def live(self) -> bool:
        """Whether it draws in place, and keys mean something."""
        return self._live is not None

    @property
    def writing(self) -> Writing | None:
        """What was typed to the lines that wait for it; None if nothing was."""
        return self._typed.writing

    @property
    def typing(self) -> bool:
        """Whether keys are letters now."""
        if self._waits is None or self._grounding is not None:
            return False
        return self._content.sets[self._waits.set_id].line(self._waits.line_id).wants_text

    @property
    def grounding_line(self) -> str:
        """The line of grounding, or of help now, that is up; empty if none is."""
        return "" if self._grounding is None else self._aside_lines[self._grounding]

    def key(self, key: str) -> tuple[Action, str] | None:
        """Return what a key asks of the practice; grounding turns its lines by itself."""
        if key == GROUND_KEY:
            key = "g"
        elif self.typing:
            action = self._typed.key(key)
            return (action, "") if action else None
        key = key.lower()
        if len(key) != 1:
            return None
        if self._grounding is not None:
            if key in "ghq":
                self._grounding = None
                return (Action.STOP if key == "q" else Action.RESUME), ""
            lines = len(self._aside_lines)
            if key in "nb":
                self._grounding = (self._grounding + (1 if key == "n" else -1)) % lines
            return None
        if key == "g":
            self._aside_lines, self._grounding = self._grounding_lines, 0
            return Action.GROUND, ""
        if key == "h":
            self._aside_lines, self._grounding = self._help_lines, 0
            return Action.PAUSE, ""
        if key == " ":
            return (Action.RESUME if self._paused else Action.PAUSE), ""
        if self._waits is not None and key in _WAITING_KEYS:
            return _WAITING_KEYS[key], ""
        wanted = _KEYS.get(key)
        return (wanted, "") if wanted else None

    def _take(self, update: Update) -> None:
        match update:
            case PhaseStarted(_, phase, ends_s):
                self._phase, self._ends_s = phase, ends_s
                self._waits = None
            case EndMoved(_, ends_s):
                self._ends_s = ends_s
            case LineShown(set_id=set_id, line_id=line_id, text=text):
                self._line = text
                self._waits = update if update.suggested_s is not None else None
                if self.typing:
                    self._typed.turn_to(set_id, line_id)
            case StepStarted():
                self._line = step_words(update)
            case GuideChanged(_, segment):
                self._segment = segment
            case Metrics():
                self._metrics = update
                self._follows = follows(update, self._follows)
            case PulseSeen(_, hr_bpm, _, _):
                self._sensor_hr_bpm = hr_bpm
            case LinkChanged(_, strap, reason):
                if reason is not None:
                    self._link = _in_one(describe(reason))
                elif strap is not None:
                    battery = strap.battery_pct
                    self._link = (strap.name or "A strap") + " is connected"
                    self._link += f", battery {battery} %." if battery is not None else "."
                    if battery is not None and battery <= LOW_BATTERY_PCT:
                        self._link += f" {_in_one(describe(Notice.LOW_BATTERY))}"
            case StrapRecognised(_, kind):
                lacks = kind.untrue or kind is StrapKind.NONE
                self._strap_lacks = _in_one(describe(kind)) if lacks else ""
            case Paused():
                self._paused = True
            case Resumed(_, ends_s):
                self._paused, self._ends_s = False, ends_s
            case _:
                pass

    def _print(self, update: Update) -> None:
        out = note if self._silent else _plain
        # beats are judged a moment late; what is told keeps its order
        t_s = self._told_s = max(self._told_s, update.t_s)
        match update:
            case PhaseStarted(_, phase, ends_s):
                length = f" ({_minutes(ends_s - t_s)})" if ends_s is not None else ""
                out(f"{_minutes(t_s)}  {PHASE_WORDS[phase]}{length}")
            case GuideDrifted(_, from_per_min, to_per_min):
                out(f"{_minutes(t_s)}    {drift_words(from_per_min, to_per_min)}")
            case StepStarted():
                out(f"{_minutes(t_s)}  {step_words(update)}")
            case LineShown(text=text) if text and not self._silent:
                out(f"{_minutes(t_s)}    {text}")
            case LinkChanged():
                out(f"{_minutes(t_s)}  {self._link}")
            case StrapRecognised() if self._strap_lacks:
                out(f"{_minutes(t_s)}  {self._strap_lacks}")
            case RecordingProblem(_, why):
                out(f"{_minutes(t_s)}  {why or 'Everything is on disk again.'}")
            case Metrics() if t_s >= self._next_figures_s:
                while self._next_figures_s <= t_s:
                    self._next_figures_s += FIGURES_EVERY_S
                out(f"{_minutes(t_s)}    {self._figures()}")
            case _:
                pass

    def _figures(self) -> str:
        metrics = self._metrics
        hr_bpm = metrics.hr_bpm if metrics else None
        if hr_bpm is None and self._sensor_hr_bpm is not None:
            hr_bpm = float(self._sensor_hr_bpm)
        parts = [f"heart {hr_bpm:.0f} a minute" if hr_bpm is not None else "heart: listening"]
        if metrics and metrics.rmssd_ms is not None:
            parts.append(f"RMSSD {metrics.rmssd_ms:.0f} ms")
        if self._follows is not None:
            parts.append(_FOLLOWS_WORDS[self._follows])
        if metrics and metrics.reason in _WITHHELD_WORDS and metrics.rmssd_ms is None:
            parts.append(_WITHHELD_WORDS[metrics.reason])
        return ", ".join(parts)

    def _page(self, waits: LineShown) -> Text:
        """Show a line that waits, and what is typed to it: no clock and no body data."""
        from rich.text import Text

        text = Text()
        text.append(waits.text + "\n", style="bold")
        hint = self._content.sets[waits.set_id].line(waits.line_id).hint
        text.append(hint + "\n\n", style="dim")
        if self.typing:
            text.append(_with_cursor(self._typed.text) + "\n\n")
            text.append(TYPING_HELP, style="dim")
        else:
            text.append("Enter goes on   B back   G grounding   Q stop", style="dim")
        return text

    def _picture(self) -> RenderableType:
        from rich.padding import Padding
        from rich.text import Text

        if self._grounding is not None:
            ground = Text()
            ground.append(self._aside_lines[self._grounding] + "\n\n", style="bold")
            ground.append("N next, B back. G goes back to the practice, Q ends it.", style="dim")
            return Padding(ground, (1, 2))
        if self._waits is not None:
            return Padding(self._page(self._waits), (1, 2))
        now_s = self._clock.now_s()
        head = PHASE_WORDS[self._phase] if self._phase else "Beginning"
        if self._paused:
            head += " · paused"
        elif self._ends_s is not None:
            head += f" · {_minutes(max(0.0, self._ends_s - now_s))} left"
        breath = ""
        if self._segment is not None:
            phase = phase_at(self._segment, now_s)
            filled = round(phase.fullness * 32)
            breath = f"{'●' * filled}{'·' * (32 - filled)}  {_STAGE_WORDS[phase.stage]}"
        text = Text()
        text.append(head + "\n\n", style="dim")
        text.append((self._line or " ") + "\n\n", style="bold")
        text.append((breath or " ") + "\n\n", style="cyan")
        text.append(self._figures() + "\n")
        text.append(self._link + "\n", style="dim")
        if self._strap_lacks:
            text.append(self._strap_lacks + "\n", style="dim")
        text.append(_KEY_HELP, style="dim")
        return Padding(text, (1, 2))


def _with_cursor(text: str) -> str:
    """Return the last lines of what is typed, which is where it goes on."""
    return "\n".join(text.split("\n")[-_TYPED_LINES:]) + "\N{LEFT ONE EIGHTH BLOCK}"


def drift_words(from_per_min: float, to_per_min: float) -> str:
    """Say that the guide drifts, and to which pace."""
    way = "slower" if to_per_min < from_per_min else "quicker"
    return f"The guide gets a little {way}: {to_per_min:.1f} breaths a minute."


def step_words(step: StepStarted) -> str:
    """Say which step of an assessment begins, or the rest before it."""
    which = f"step {step.number} of {step.n_steps}"
    length = f"({_minutes(step.ends_s - step.t_s)})"
    if step.rate_per_min is None or step.to_per_min is None:
        return f"Rest before {which} {length}"
    if abs(step.rate_per_min - step.to_per_min) < 1e-6:
        return f"{which.capitalize()}: {step.rate_per_min:g} breaths a minute {length}"
    return (
        f"{which.capitalize()}: from {step.rate_per_min:g} to {step.to_per_min:g} breaths a "
        f"minute {length}"
    )


def _plain(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _in_one(words: Words) -> str:
    return f"{words.sentence} {words.action}".strip()


def _minutes(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def summary_lines(outcome: Outcome, content: Content) -> list[str]:
    """Return the end of a practice in words."""
    summary = outcome.summary
    ended = {
        Ended.COMPLETED: "You came to the end",
        Ended.STOPPED: "You stopped",
        Ended.SOURCE_ENDED: "The recording ended",
        Ended.INTERRUPTED: "It was interrupted",
    }[outcome.ended]
    lines = ["", f"{ended} after {_minutes(summary.duration_s)}."]
    for phase in summary.phases:
        hr = f"{phase.hr_bpm:.1f} a minute" if phase.hr_bpm is not None else "not enough beats"
        rmssd = f", RMSSD {phase.rmssd_ms:.0f} ms" if phase.rmssd_ms is not None else ""
        lines.append(f"  {PHASE_WORDS[phase.name]:<18} heart {hr}{rmssd}")
    following = summary.following
    if following is not None:
        lines.append(
            f"  Your heart's swing with the guide: {following.amplitude_bpm:.1f} beats a minute, "
            f"{following.r2:.0%} of its changes."
        )
    if summary.verdict is not None:
        lines.append(f"  {_verdict_words(summary.verdict, content)}")
    lines += ["", f"  {outcome.kind_line(content).text}", ""]
    lines += [f"  {line}" for line in felt_lines(outcome.said)]
    if outcome.session_id is not None and not outcome.problem:
        lines.append(f"Kept on this computer as session {outcome.session_id}.")
    return lines


def _verdict_words(verdict: CalmVerdict, content: Content) -> str:
    """Return the verdict with its uncertainty, in one or two plain sentences."""
    words = verdict_words(verdict.reason_id, content)
    if verdict.change_bpm is not None and verdict.interval_bpm is not None:
        low, high = verdict.interval_bpm
        words += (
            f" Heart rate after against before: {verdict.change_bpm:+.1f} a minute "
            f"(95 % interval {low:+.1f} to {high:+.1f})."
        )
    return words
