"""The values that travel through the program. All are frozen; units live in the names.

Two families meet in the engine: an `Event` is something that happened (a packet arrived,
the link was lost, the person pressed pause), an `Update` is something that follows from it
(beats were judged, a line is due, a phase began). Times ``t_s`` are seconds since the
session began, on the clock that the source stamps with; ``None`` always means "not enough
data to say", never 0 or -1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate

from biofeedback.sensing import ChestBreath, EcgSamples, RrChecked

TICKS_PER_S = 1024
"""Resolution of RR intervals in a Heart Rate Measurement (HRS 1.0, 3.1.1.4)."""

MS_PER_TICK = 1000 / TICKS_PER_S


# ------------------------------------------------------------------------------- devices
@dataclass(frozen=True, slots=True)
class HeartRateMeasurement:
    """One value of characteristic 0x2A37, as sent.

    Attributes
    ----------
    hr_bpm
        Heart rate that the sensor computed, in beats a minute.
    rr_ticks
        RR intervals in 1/1024 s, oldest first. Integers, so that sums are exact.
    contact
        Skin contact, or None where the sensor cannot tell.
    energy_kj
        Energy expended since the last reset in kJ, or None where not sent.
    """

    hr_bpm: int
    rr_ticks: tuple[int, ...] = ()
    contact: bool | None = None
    energy_kj: int | None = None


@dataclass(frozen=True, slots=True)
class Strap:
    """A heart-rate sensor as a person would tell it from another.

    Attributes
    ----------
    address
        Bluetooth address (a UUID on macOS), or the specification of another source.
    name
        Advertised name; may be empty.
    battery_pct, location, manufacturer, model
        What the device says of itself; None where it doesn't.
    """

    address: str
    name: str
    battery_pct: int | None = None
    location: str | None = None
    manufacturer: str | None = None
    model: str | None = None


class StrapKind(StrEnum):
    """What a strap's RR intervals are, as `biofeedback.signals.strap_kind` recognises it."""

    UNKNOWN = "unknown"
    TRUE_RR = "true_rr"
    SMOOTHED = "smoothed"
    CONSTANT = "constant"
    DERIVED = "derived"
    FILLER = "filler"
    NONE = "none"

    @property
    def untrue(self) -> bool:
        """Whether intervals come that are no measured heartbeats."""
        return self in (self.SMOOTHED, self.CONSTANT, self.DERIVED, self.FILLER)


class LinkReason(StrEnum):
    """Why no packets arrive. Each has a sentence and an action in `devices.words`."""

    SEARCHING = "searching"
    CONNECTING = "connecting"
    NOT_FOUND = "not_found"
    DROPPED = "dropped"
    STALLED = "stalled"
    SLEPT = "slept"
    CONNECT_FAILED = "connect_failed"
    NO_HEART_RATE = "no_heart_rate"
    BLUETOOTH_OFF = "bluetooth_off"
    BLUETOOTH_DENIED = "bluetooth_denied"
    BLUETOOTH_ABSENT = "bluetooth_absent"
    FINISHED = "finished"


# -------------------------------------------------------------------------------- events
@dataclass(frozen=True, slots=True)
class Packet:
    """A notification of characteristic 0x2A37, stamped when it arrived."""

    t_s: float
    payload: bytes


class SensorStream(StrEnum):
    """What a strap can send beside its heart rate."""

    ECG = "ecg"
    ACC = "acc"


@dataclass(frozen=True, slots=True)
class SensorFrame:
    """A notification of a strap's ECG or accelerometer, stamped when it arrived.

    ``payload`` is as sent; `biofeedback.pmd.decode_frame` reads it.
    """

    t_s: float
    stream: SensorStream
    payload: bytes


@dataclass(frozen=True, slots=True)
class LinkUp:
    """The strap is connected and subscribed."""

    t_s: float
    strap: Strap


@dataclass(frozen=True, slots=True)
class LinkLost:
    """No packets can arrive for now, and why. Sent again when the reason changes."""

    t_s: float
    reason: LinkReason


class Action(StrEnum):
    """What a person can do during a practice. The value of a `Marker` names the choice."""

    PAUSE = "pause"
    RESUME = "resume"
    NEXT_LINE = "next_line"
    PREVIOUS_LINE = "previous_line"
    SKIP = "skip"
    STOP = "stop"
    GUIDE = "guide"
    TOUCH = "touch"
    ANCHOR = "anchor"
    SIGHT = "sight"
    EYES = "eyes"
    PLAN = "plan"
    QUIET = "quiet"
    GROUND = "ground"
    BEGIN = "begin"


@dataclass(frozen=True, slots=True)
class Marker:
    """Something that the person did, recorded like a packet so that a replay repeats it."""

    t_s: float
    action: Action
    value: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has reached ``t_s`` though nothing happened. Never recorded: it carries no news."""

    t_s: float


Event = Packet | SensorFrame | LinkUp | LinkLost | Marker | Tick


# --------------------------------------------------------------------------------- beats
class BeatFlag(StrEnum):
    """What a beat was judged to be (Lipponen & Tarvainen 2019; implausible: by range alone)."""

    NORMAL = "normal"
    MISSED = "missed"
    EXTRA = "extra"
    ECTOPIC = "ectopic"
    LONG_SHORT = "long_short"
    IMPLAUSIBLE = "implausible"


@dataclass(frozen=True, slots=True)
class Beat:
    """A heartbeat on the session's time axis.

    Attributes
    ----------
    t_s
        When the interval ended, in seconds of session time.
    rr_ticks
        The RR interval that ended with this beat, in 1/1024 s.
    segment
        Counts up at each gap: beats of different segments are never joined.
    flag
        The verdict on the interval; NORMAL until judged.
    """

    t_s: float
    rr_ticks: int
    segment: int = 0
    flag: BeatFlag = BeatFlag.NORMAL

    @property
    def rr_ms(self) -> float:
        """The interval in milliseconds."""
        return self.rr_ticks * MS_PER_TICK


# ------------------------------------------------------------------------------- figures
@dataclass(frozen=True, slots=True)
class Following:
    """How the heart follows the breath guide, at the guide's own frequency.

    Attributes
    ----------
    share
        Share of the heart rate's power (0.0033-0.4 Hz) at the guide's frequency, 0..1.
    r2
        Share of variance that a sinusoid at the guide's phase explains, 0..1.
    amplitude_bpm
        Amplitude A of that sinusoid, in beats a minute (half of peak to trough).
    locking
        Phase locking ``|mean exp(i(phi_heart - phi_guide))|``, 0..1.
    """

    share: float
    r2: float
    amplitude_bpm: float
    locking: float


FOLLOWS_R2 = 0.5
"""From half of the variance on, 'your heart follows your breath' is a fair thing to say."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """The live figures after a beat. A figure is None where the data does not carry it.

    Attributes
    ----------
    t_s
        Time of the beat that they end with.
    hr_bpm
        60000 / mean NN of the last 10 s.
    rmssd_ms
        RMSSD of the last 60 s (at least 30 s of it).
    sdnn_ms
        SDNN of the last 300 s (at least 120 s of it).
    following
        Following over the last 8 breaths or more, while a guide runs.
    artefact_fraction
        Share of flagged beats in the last 60 s.
    reason
        Why figures are withheld, in a word that screens can act on; empty if none is.
        One of "", "artefacts", "gap", "short", "no_rr" (the strap sends no intervals),
        "untrue_rr" (it sends some that are no measured heartbeats).
    """

    t_s: float
    hr_bpm: float | None = None
    rmssd_ms: float | None = None
    sdnn_ms: float | None = None
    following: Following | None = None
    artefact_fraction: float = 0.0
    reason: str = ""


# -------------------------------------------------------------------------------- breath
@dataclass(frozen=True, slots=True)
class BreathPattern:
    """A breath of the guide, in seconds. The holds are 0 unless the person chose them."""

    inhale_s: float
    hold_in_s: float
    exhale_s: float
    hold_out_s: float

    @property
    def cycle_s(self) -> float:
        """Length of one breath."""
        return self.inhale_s + self.hold_in_s + self.exhale_s + self.hold_out_s

    @property
    def rate_per_min(self) -> float:
        """Breaths a minute."""
        return 60 / self.cycle_s


@dataclass(frozen=True, slots=True)
class BreathSegment:
    """From ``start_s`` on the guide follows ``pattern``, having made ``cycles`` breaths by then.

    `biofeedback.practice.breath.phase_at` tells where it stands at any time. A change of pace
    begins a new segment whose ``cycles`` goes on from the old one.

    Attributes
    ----------
    start_s
        When it begins, in session time.
    pattern
        The breath that it keeps to.
    cycles
        Breaths that the guide had made by then; a whole number where ``lead`` is not empty.
    lead
        Whole breaths before it keeps to ``pattern``, one after the other: a ramp.
    lead_ends_s
        When each of them is over, in seconds after ``start_s``; worked out from ``lead``.
    """

    start_s: float
    pattern: BreathPattern
    cycles: float = 0.0
    lead: tuple[BreathPattern, ...] = ()
    lead_ends_s: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Add the lead up once: frames ask often."""
        ends_s = tuple(accumulate(breath.cycle_s for breath in self.lead))
        object.__setattr__(self, "lead_ends_s", ends_s)


class BreathStage(StrEnum):
    """The part of a breath."""

    INHALE = "inhale"
    HOLD_IN = "hold_in"
    EXHALE = "exhale"
    HOLD_OUT = "hold_out"


@dataclass(frozen=True, slots=True)
class BreathPhase:
    """Where a breath guide stands at one moment.

    Attributes
    ----------
    stage
        In, held in, out, or held out.
    stage_fraction
        How much of the stage is over, 0..1.
    cycles
        Breaths since the guide began, with the part of the present one: 3.25 is a quarter
        into the fourth. Continuous when the pace changes.
    fullness
        0 (empty) to 1 (full), a raised cosine in time, for drawing and sounding.
    """

    stage: BreathStage
    stage_fraction: float
    cycles: float
    fullness: float


# ------------------------------------------------------------------------------ practice
class PhaseName(StrEnum):
    """The phases of a practice, in order."""

    ARRIVING = "arriving"
    QUIET_BEFORE = "quiet_before"
    GUIDED = "guided"
    QUIET_AFTER = "quiet_after"


DEFAULT_LANGUAGE = "en"
"""The language of the words where none was chosen, and of every session that names none."""


EYES = ("open", "half", "shut")
"""How a person may hold their eyes."""

SHORTEST_GUIDED_S, LONGEST_GUIDED_S = 60.0, 7200.0
LONGEST_QUIET_S = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the person chose. The ids are those of the content file, or of the person's own.

    Attributes
    ----------
    plan_id, guide_id, touch_id, anchor_id
        Plan, breath guide, touch and anchor. A breath guide of the person's own is spelled out,
        such as ``4.5-0-6-0`` (`biofeedback.practice.guides`), so that a recording needs no file
        to be understood.
    posture
        How the person sits, lies or stands, so that sessions of one posture can be compared; empty
        where they did not say. Nothing else comes of it.
    sight
        False where lines that ask to look around don't fit.
    eyes
        One of `EYES`. With eyes shut no line asks to look around.
    guided_s
        Length of the guided phase in seconds, the quiet times not counted; None for the plan's
        own. Plans in which the person writes keep theirs.
    quiet_s
        Length of the quiet time before, and of that after, in seconds; 0 leaves them out.
    wait_for_heart
        Begin with the first packet (a strap takes seconds to connect) or at once.
    length_s
        Fit the whole, quiet times included, into this many seconds; None for the plan's own.
    language
        Language of the words, such as ``en``: the name of a content file.
    ramp
        Whether the guide goes to its pace by small steps (`biofeedback.practice.guides.ramp`).
    attended
        Whether someone is there to go on: lines that wait for the person do. Where nobody is
        (a pipe, a script), they go on by themselves after their suggested time.
    seed
        Shuffles the steps of an assessment (`biofeedback.practice.assessing`).
    adaptive
        Whether the guide may drift toward the pace at which the heart follows it further
        (`biofeedback.signals.adaptive_pace`).
    slowest_per_min, fastest_per_min
        Between these it may drift, in breaths a minute.
    """

    plan_id: str = "five"
    guide_id: str = "ease"
    touch_id: str = "heart"
    anchor_id: str = "breath"
    posture: str = ""
    sight: bool = True
    eyes: str = "open"
    guided_s: float | None = None
    quiet_s: float = 60.0
    wait_for_heart: bool = False
    length_s: float | None = None
    language: str = DEFAULT_LANGUAGE
    ramp: bool = False
    attended: bool = True
    seed: int = 0
    adaptive: bool = False
    slowest_per_min: float = 4.5
    fastest_per_min: float = 7.0


# ------------------------------------------------------------------------------- updates
@dataclass(frozen=True, slots=True)
class BeatsJudged:
    """Beats whose flags are final (two beats after they happened)."""

    t_s: float
    beats: tuple[Beat, ...]


@dataclass(frozen=True, slots=True)
class PulseSeen:
    """A packet was read: the sensor's own heart rate, and the beats it brought, not yet judged."""

    t_s: float
    hr_bpm: int | None
    contact: bool | None
    beats: tuple[Beat, ...]


@dataclass(frozen=True, slots=True)
class PacketUnreadable:
    """A packet that is no Heart Rate Measurement. It is stored; nothing is made of it."""

    t_s: float
    why: str


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The strap is there (``reason`` is None) or not, and why."""

    t_s: float
    strap: Strap | None
    reason: LinkReason | None


@dataclass(frozen=True, slots=True)
class StrapRecognised:
    """What the strap gives became known, or changed. See `devices.words` for its sentence."""

    t_s: float
    kind: StrapKind


@dataclass(frozen=True, slots=True)
class PhaseStarted:
    """A phase of the practice began; it is expected to end at ``ends_s`` (None: open)."""

    t_s: float
    phase: PhaseName
    ends_s: float | None


@dataclass(frozen=True, slots=True)
class GuideChanged:
    """The breath guide runs as ``segment`` says, or rests (None)."""

    t_s: float
    segment: BreathSegment | None


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line is due.

    Attributes
    ----------
    text
        The form that fits the choices; empty means: let it fade.
    suggested_s
        The line waits for the person, who may take about so long; no clock runs. None: it
        doesn't wait.
    """

    t_s: float
    set_id: str
    line_id: str
    text: str
    suggested_s: float | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """The practice stands still."""

    t_s: float


@dataclass(frozen=True, slots=True)
class Resumed:
    """The practice goes on; its phase is now expected to end at ``ends_s`` (None: open)."""

    t_s: float
    ends_s: float | None = None


@dataclass(frozen=True, slots=True)
class EndMoved:
    """The phase is now expected to end at ``ends_s`` (None: open, it waits for the person)."""

    t_s: float
    ends_s: float | None


@dataclass(frozen=True, slots=True)
class ChoicesChanged:
    """The person changed a choice in the middle."""

    t_s: float
    choices: Choices


@dataclass(frozen=True, slots=True)
class PracticeEnded:
    """The practice is over: all of it, or the person stopped it."""

    t_s: float
    completed: bool


@dataclass(frozen=True, slots=True)
class GuideDrifted:
    """The guide drifts: with its next breath it goes from one pace to another, a little apart."""

    t_s: float
    from_per_min: float
    to_per_min: float


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A step of an assessment began, or the rest before it.

    Attributes
    ----------
    t_s, ends_s
        From when to when it runs, in session time.
    number, n_steps
        Which step it is, from 1 on, or which one the rest comes before; and of how many.
    rate_per_min, to_per_min
        The guide's pace, and that to which it slides: the same in a step of one pace. None in a
        rest.
    """

    t_s: float
    ends_s: float
    number: int
    n_steps: int
    rate_per_min: float | None = None
    to_per_min: float | None = None


@dataclass(frozen=True, slots=True)
class RecordingProblem:
    """What happens cannot be written to disk for now; ``why`` is a sentence for the person.

    Nothing is lost while the program runs: it keeps what it could not write and tries again.
    An empty ``why`` says that all is on disk again.
    """

    t_s: float
    why: str


Update = (
    BeatsJudged
    | PulseSeen
    | PacketUnreadable
    | LinkChanged
    | StrapRecognised
    | PhaseStarted
    | GuideChanged
    | LineShown
    | Paused
    | Resumed
    | EndMoved
    | ChoicesChanged
    | PracticeEnded
    | StepStarted
    | GuideDrifted
    | RecordingProblem
    | Metrics
    | ChestBreath
    | EcgSamples
    | RrChecked
)
