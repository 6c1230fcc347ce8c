"""The one place where asyncio meets Qt.

Straps, clocks and the store live on a thread of their own with an event loop; the window lives on
Qt's. Results cross by a queue that a timer empties on Qt's thread, what the person does crosses
back by ``call_soon_threadsafe``. A window that is busy drawing so never delays a packet's stamp.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from biofeedback.practice.personal import NOTHING, Personal
from biofeedback.types import Action, Choices, Update
from gui.awake import Awake

if TYPE_CHECKING:
    from biofeedback.ports import Clock, Guide, Source
    from biofeedback.sessions.errors import StorageError
    from biofeedback.sessions.info import SessionInfo
    from biofeedback.sessions.reflection import Felt, Reflection
    from biofeedback.sessions.store import Store
    from devices.link import FoundStrap
    from devices.steering import Steering
    from devices.words import Words

LISTED = 3
"""So many of the last sessions are told to the home screen."""

SCAN_S = 12.0
_CLOSE_S = 6.0
_DRAIN_MS = 30
"""How often the queue is emptied where nothing draws."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A practice to run: from which source, with which choices, how fast.

    ``steering`` steers a simulated heart while it runs; ``with_sensors`` asks for the ECG and the
    accelerometer, too, where the strap has them; ``personal`` is what the person made their own;
    ``felt_before`` is kept with the session.
    """

    source: str
    choices: Choices
    speed: float = 1.0
    steering: Steering | None = None
    with_sensors: bool = False
    personal: Personal = NOTHING
    felt_before: Felt | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store had to say.

    Attributes
    ----------
    sessions
        The newest ones, newest first.
    notices
        Sentences for the person: what was interrupted, what was set aside.
    problem
        A sentence where nothing can be kept; empty if all is well.
    tags
        Tags that were used, newest first.
    assessed
        Every assessment of an own pace, newest first.
    """

    sessions: tuple[SessionInfo, ...]
    notices: tuple[str, ...]
    problem: str = ""
    tags: tuple[str, ...] = ()
    assessed: tuple[SessionInfo, ...] = ()


class Bridge(QObject):
    """Runs practices and scans on its own thread; tells the window by signals."""

    began = Signal(object)
    """A practice began: its `Clock`, which may be asked from any thread."""
    updated = Signal(object)
    """An `Update` of the running practice."""
    sensors = Signal(object)
    """Why no ECG comes of a strap that has one: `devices.words.Words`; None where all is well."""
    listening = Signal(object)
    """A strap is listened to without a practice: the `Clock` of what is told of it."""
    heard = Signal(object)
    """An `Update` of the strap that is listened to."""
    ended = Signal(object)
    """The practice is over and closed on disk: its `Outcome`."""
    failed = Signal(str)
    """The practice could not begin: a sentence."""
    unkept = Signal(str)
    """The practice runs, but nothing of it can be kept: a sentence."""
    kept = Signal(object)
    """What is kept: `Kept`."""
    unwell = Signal(str)
    """Something is wrong with the file of what is kept: a sentence."""
    found = Signal(object)
    """A scan saw a strap: `FoundStrap`; again when its name is known."""
    scanned = Signal(object)
    """A scan is over: list of `FoundStrap`, strongest first."""
    reflected = Signal(str)
    """What the person said of a session is kept; or a sentence that says why not."""
    _answered = Signal(object)
    """A call to make on Qt's thread."""
    opening = Signal(float)
    """How much of what is to be replayed has been read, 0..1."""
    opened = Signal(object)
    """It has been read: `gui.replayed.Replayed`."""
    open_failed = Signal(str)
    """It could not be read: a sentence."""
    scan_failed = Signal(object)
    """A scan could not be made: a `LinkReason`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: SimpleQueue[tuple[SignalInstance | None, Any]] = SimpleQueue()
        self._answered.connect(lambda call: call())
        self.details = ""
        """Of the error that was told of last, to be copied; nothing private is in it."""
        self._jobs = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_DRAIN_MS)
        self._timer.timeout.connect(self.drain)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over: asyncio.Event | None = None
        self._ready = threading.Event()
        self._thread: threading.Thread | None = None
        self._practice: Future[None] | None = None
        self._inbox: asyncio.Queue[tuple[Action, str]] | None = None
        self._scan: Future[None] | None = None
        self._reading: Future[None] | None = None
        self._listening: Future[None] | None = None
        self._ears: asyncio.Task[None] | None = None
        self._detector: threading.Thread | None = None
        self._reflecting: Future[None] | None = None
        self._store: Store | None = None
        self._working_out = False
        self._free: asyncio.Event | None = None

    # ------------------------------------------------------------------- from Qt's thread
    def start(self) -> None:
        """Start the thread; what needs it calls this by itself."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="straps", daemon=True)
            self._thread.start()
            self._ready.wait()

    def read_kept(self) -> None:
        """Open the store, close what was interrupted, and tell by `kept`."""
        self._submit(self._read_kept())

    def load_detector(self) -> None:
        """Load what finds R peaks, which takes seconds, before it is needed; once."""
        if self._detector is None:
            self._detector = threading.Thread(target=_load_detector, name="detector", daemon=True)
            self._detector.start()

    def practise(self, wanted: Wanted) -> None:
        """Run a practice; `began`, `updated` and `ended` tell of it, or `failed`.

        Raises
        ------
        RuntimeError
            If one is running.
        """
        if self.practising:
            raise RuntimeError("a practice is running")
        self._inbox = asyncio.Queue()
        self._practice = self._submit(self._practise(wanted, self._inbox))

    @property
    def practising(self) -> bool:
        """Whether a practice is running."""
        return self._practice is not None and not self._practice.done()

    def act(self, action: Action, value: str = "") -> None:
        """Tell the running practice what the person did; without one, nothing happens."""
        if self._loop is not None and self._inbox is not None and self.practising:
            self._loop.call_soon_threadsafe(self._inbox.put_nowait, (action, value))

    def reflect(self, session_id: int, said: Reflection) -> None:
        """Keep what the person says of a session; `reflected` tells whether it is."""
        self._reflecting = self._submit(self._reflect(session_id, said))

    def with_store(
        self,
        work: Callable[[Store], T | Awaitable[T]],
        answer: Callable[[T | StorageError], object],
    ) -> None:
        """Let ``work`` use the store on its own thread; ``answer`` hears the result on Qt's.

        Work that takes long is a coroutine and waits now and then, so that straps are heard.

        Where the store could not be used, ``answer`` hears why instead.
        """
        self._submit(self._work(work, answer))

    def call(self, what: Callable[[], object]) -> None:
        """Let ``what`` be called on Qt's thread; this may be asked from any."""
        self._tell(self._answered, what)

    def let_go(self, then: Callable[[], object], *, lock: bool = False, hold: bool = False) -> None:
        """Close the store, unless a practice is kept in it; then call ``then`` on Qt's thread.

        With ``lock`` the key is forgotten first: what is asked for from then on is answered by
        `LockedStoreError`, and a practice that runs is kept to its end. With ``hold`` whatever
        needs the store waits until `go_on`.
        """
        self._submit(self._let_go(then, lock, hold))

    def go_on(self) -> None:
        """Open the store again for whoever waits for it."""
        if self._loop is not None and self._free is not None:
            self._loop.call_soon_threadsafe(self._free.set)

    def scan(self, seconds: float = SCAN_S) -> None:
        """Look for straps; `found` and `scanned` tell of them, or `scan_failed`."""
        self.stop_scan()
        self._scan = self._submit(self._look(seconds))

    def stop_scan(self) -> None:
        """Stop looking."""
        if self._scan is not None:
            self._scan.cancel()
            self._scan = None

    def open_replay(self, name: str, choices: Choices) -> None:
        """Read what is to be replayed; `opening` and `opened` tell of it, or `open_failed`."""
        self.stop_opening()
        self._reading = self._submit(self._read(name, choices))

    def stop_opening(self) -> None:
        """Read no further."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def listen(self, source: str, *, with_sensors: bool = False) -> None:
        """Listen to a strap without a practice; `listening` and `heard` tell of it."""
        self.stop_listening()
        self._listening = self._submit(self._listen(source, with_sensors))

    def stop_listening(self) -> None:
        """Let go of the strap that is listened to; nothing happens without one."""
        if self._listening is not None:
            self._listening.cancel()
            self._listening = None

    def close(self) -> None:
        """Stop what runs, save it, disconnect, and end the thread."""
        self.stop_listening()
        self.stop_scan()
        self.stop_opening()
        if self._thread is None or self._loop is None or self._over is None:
            return
        if self._practice is not None and not self._practice.done():
            self.act(Action.STOP)
            try:
                self._practice.result(_CLOSE_S)
            except TimeoutError:
                self._practice.cancel()
        if self._reflecting is not None:
            with suppress(TimeoutError):
                self._reflecting.result(_CLOSE_S)
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(_CLOSE_S)
        self._timer.stop()
        self._thread = self._loop = None

    def _trouble(self, error: BaseException) -> None:
        from gui.unexpected import details_of

        self.details = details_of(error)

    def _submit(self, job: Coroutine[Any, Any, None]) -> Future[None]:
        self.start()
        assert self._loop is not None
        self._jobs += 1
        self._timer.start()
        future = asyncio.run_coroutine_threadsafe(job, self._loop)
        future.add_done_callback(self._finished)
        return future

    def _finished(self, future: Future[None]) -> None:
        if not future.cancelled() and (error := future.exception()) is not None:
            # A fault of ours: the person reads a sentence, whoever mends it gets the traceback.
            sentence = self.tr("Something unexpected went wrong. What was recorded is kept.")
            self._trouble(error)
            self._queue.put((self.failed, sentence))
            sys.excepthook(type(error), error, error.__traceback__)
        self._queue.put((None, None))

    def drain(self) -> None:
        """Tell what has come; rest once nothing runs. A screen that draws calls it each frame."""
        while not self._queue.empty():
            try:
                signal, value = self._queue.get_nowait()
            except Empty:  # another took it
                return
            if signal is not None:
                if signal in {self.ended, self.failed}:
                    self._practice = None  # whoever hears of it can begin another one
                signal.emit(value)
                continue
            self._jobs -= 1
            if self._jobs == 0:
                self._timer.stop()

    # ----------------------------------------------------------------- on its own thread
    def _run(self) -> None:
        async def main() -> None:
            self._loop = asyncio.get_running_loop()
            self._over = asyncio.Event()
            self._free = asyncio.Event()
            self._free.set()
            self._ready.set()
            await self._over.wait()

        try:
            asyncio.run(main())
        finally:
            if self._store is not None:
                with suppress(OSError):  # the next start tries again
                    self._store.purge()
                    self._store.writings.purge()
                self._store.close()
                self._store = None

    def _tell(self, signal: SignalInstance, value: object) -> None:
        self._queue.put((signal, value))

    async def _read_kept(self) -> None:
        from biofeedback.practice.assessing import PROTOCOLS
        from biofeedback.run import close_interrupted
        from biofeedback.sessions.errors import StorageError

        notices: list[str] = []
        await self._is_free()
        try:
            store = self._opened(notices)
            notices += [_interrupted(info) for info in close_interrupted(store)]
            sessions = tuple(store.newest(LISTED))
            assessed = tuple(store.sessions(PROTOCOLS))
        except StorageError as error:
            self._trouble(error)
            self._tell(self.kept, Kept((), tuple(notices), str(error)))
        else:
            tags = store.reflections.known_tags()
            kept = Kept(sessions, tuple(notices), tags=tags, assessed=assessed)
            self._tell(self.kept, kept)
        # what the first practice will need, while the person still looks at the screen
        import devices.opening  # noqa: F401

        if self._store is not None:
            await self._keep_up(self._store)

    async def _keep_up(self, store: Store) -> None:
        """Have the file looked through and backed up, now that the person sees what is kept."""
        said: list[str] = []
        over, loop = asyncio.Event(), asyncio.get_running_loop()

        def done() -> None:
            with suppress(RuntimeError):  # the window was closed meanwhile
                loop.call_soon_threadsafe(over.set)

        if store.begin_upkeep(datetime.now().astimezone().date(), said.append, done):
            await over.wait()
        for sentence in said:
            self._tell(self.unwell, sentence)
        await self._work_out_anew(store)

    async def _work_out_anew(self, store: Store) -> None:
        """Work out figures that another version made, a session after the other, unless one runs.

        On a thread of its own: whatever the person does meanwhile comes first.
        """
        from sqlite3 import ProgrammingError

        from biofeedback.refreshed import UnreadableSessionError, refresh_one
        from biofeedback.sessions.errors import NoSuchSessionError, StorageError

        if self._working_out or self._store is not store:
            return
        self._working_out = True
        try:
            for session_id in store.figures.stale():
                if self.practising or self._store is not store:
                    return
                # one that can't be read keeps its figures; one may be deleted meanwhile
                with suppress(UnreadableSessionError, NoSuchSessionError):
                    await asyncio.to_thread(refresh_one, store, session_id)
        except StorageError as error:
            self._trouble(error)
            self._tell(self.unwell, str(error))
        except ProgrammingError:
            if self._store is store:  # else it was locked meanwhile
                raise
        finally:
            self._working_out = False

    async def _reflect(self, session_id: int, said: Reflection) -> None:
        from biofeedback.sessions.errors import StorageError
        from biofeedback.sessions.reflection import Moment

        await self._is_free()
        try:
            kept = self._opened([]).reflections
            if said.after is not None:
                kept.set_felt(session_id, Moment.AFTER, said.after)
            kept.set_tags(session_id, said.tags)
            kept.set_note(session_id, said.note)
        except StorageError as error:
            self._tell(self.reflected, str(error))
        else:
            self._tell(self.reflected, "")

    async def _work(
        self,
        work: Callable[[Store], T | Awaitable[T]],
        answer: Callable[[T | StorageError], object],
    ) -> None:
        from sqlite3 import ProgrammingError

        from biofeedback.sessions.errors import LockedStoreError, StorageError

        result: T | StorageError
        store: Store | None = None
        await self._is_free()
        try:
            store = self._opened([])
            done = work(store)
            result = await done if isinstance(done, Awaitable) else done
        except StorageError as error:
            result = error
        except ProgrammingError:
            if self._store is store:
                raise
            result = LockedStoreError(self.tr("It was locked meanwhile."))
        self._tell(self._answered, lambda: answer(result))

    def _opened(self, notices: list[str]) -> Store:
        """Return the store; a damaged one is set aside, which is worth a notice."""
        from biofeedback.sessions.backups import backups
        from biofeedback.sessions.errors import DamagedStoreError, StorageError
        from biofeedback.sessions.folder import data_folder
        from biofeedback.sessions.store import Store
        from biofeedback.sessions.unlocked import key_of

        if self._store is not None:
            try:
                key_of(self._store.path.parent)
            except StorageError:  # it was locked since
                self._close_store()
                raise
        if self._store is None:
            try:
                self._store = Store.open(data_folder())
            except DamagedStoreError:
                self._store = Store.open(data_folder(), set_aside_damaged=True)
                if self._store.set_aside is not None:
                    notices.append(
                        self.tr(
                            "The file of sessions was damaged. It is kept as {file}, "
                            "and a fresh one has begun."
                        ).format(file=self._store.set_aside.name)
                    )
                    if there := backups(data_folder()):
                        notices.append(
                            self.tr(
                                "There is a backup of {day}. To put it in place, close the window "
                                "and run: {command}"
                            ).format(day=there[0].day, command="hand-on-heart store restore newest")
                        )
        return self._store

    def _close_store(self) -> None:
        """Close it, unless a practice is kept in it."""
        if self._store is not None and not self.practising:
            with suppress(OSError):  # the next start tries again
                self._store.purge()
                self._store.writings.purge()
            self._store.close()
            self._store = None

    async def _is_free(self) -> None:
        """Wait until nobody holds the store back."""
        if self._free is not None:
            await self._free.wait()

    async def _let_go(self, then: Callable[[], object], lock: bool, hold: bool) -> None:
        from biofeedback.sessions.errors import StorageError
        from biofeedback.sessions.folder import data_folder
        from biofeedback.sessions.unlocked import forget

        if lock:
            with suppress(StorageError):
                forget(data_folder())
        if hold and self._free is not None:
            self._free.clear()
        self._close_store()
        self._tell(self._answered, then)

    async def _practise(self, wanted: Wanted, inbox: asyncio.Queue[tuple[Action, str]]) -> None:
        from biofeedback.practice.content import ContentError
        from biofeedback.sessions.errors import StorageError
        from devices.opening import SourceError

        await self._be_silent()
        await self._is_free()
        store: Store | None = None
        problem = ""
        try:
            store = self._opened([])
        except StorageError as error:
            problem = str(error)
        try:
            try:
                await self._run_practice(wanted, inbox, store, problem)
            except StorageError as error:
                # It could not begin on disk: the person can still practise, and is told.
                await self._run_practice(wanted, inbox, None, str(error))
        except (ContentError, SourceError, StorageError) as error:
            self._trouble(error)
            self._tell(self.failed, str(error))

    async def _run_practice(
        self,
        wanted: Wanted,
        inbox: asyncio.Queue[tuple[Action, str]],
        store: Store | None,
        problem: str,
    ) -> None:
        from biofeedback.run import practise
        from devices.clock import make_clock
        from devices.opening import open_source

        clock = make_clock(wanted.speed)
        self._tell(self.began, clock)
        if problem:
            self._tell(self.unkept, problem)

        sources: list[Source] = []
        if wanted.with_sensors:
            self.load_detector()

        def opened(clock: Clock, guide: Guide) -> Source:
            load = store.events if store is not None else None
            source = open_source(
                wanted.source,
                clock,
                guide,
                load_session=load,
                with_sensors=wanted.with_sensors,
                steering=wanted.steering,
            )
            sources.append(source)
            return source

        said: Words | None = None

        awake = Awake()

        def tell(update: Update) -> None:
            nonlocal said
            awake.hear(update)
            words = getattr(sources[0], "sensor_words", None) if sources else None
            if words != said:
                said = words
                self._tell(self.sensors, words)
            self._tell(self.updated, update)

        async with awake:
            outcome = await practise(
                choices=wanted.choices,
                open_source=opened,
                clock=clock,
                store=store,
                sink=tell,
                inbox=inbox,
                started_at=datetime.now().astimezone(),
                felt_before=wanted.felt_before,
                end_with_source=wanted.source.startswith("replay:"),
                personal=wanted.personal,
            )
        self._tell(self.ended, outcome)

    async def _listen(self, source: str, with_sensors: bool) -> None:
        from biofeedback.types import LinkChanged, LinkReason
        from devices.clock import RealClock
        from devices.opening import SourceError, open_source
        from gui.listening import listen

        await self._be_silent()
        self._ears = asyncio.current_task()
        if with_sensors:
            self.load_detector()
        clock = RealClock()
        self._tell(self.listening, clock)

        def opened(clock: Clock) -> Source:
            return open_source(source, clock, lambda _: None, with_sensors=with_sensors)

        try:
            await listen(opened, clock, lambda update: self._tell(self.heard, update))
        except (ImportError, SourceError):
            self._tell(self.heard, LinkChanged(0.0, None, LinkReason.BLUETOOTH_ABSENT))
        finally:
            self._ears = None

    async def _be_silent(self) -> None:
        """Wait until the strap that was listened to is let go of: it takes one link at a time."""
        ears = self._ears
        if ears is not None:
            ears.cancel()
            await asyncio.wait({ears})

    async def _read(self, name: str, choices: Choices) -> None:
        from sqlite3 import ProgrammingError

        from biofeedback.practice.content import ContentError
        from biofeedback.sessions.errors import StorageError
        from devices.opening import SourceError
        from gui.replayed import read_replayed

        store: Store | None = None
        problem = ""
        try:
            store = self._opened([])
        except StorageError as error:
            problem = str(error)
        try:
            read = await read_replayed(
                name, choices, store, lambda part: self._tell(self.opening, part)
            )
        except (ContentError, SourceError, StorageError) as error:
            self._trouble(error)
            self._tell(self.open_failed, problem or str(error))
        except ProgrammingError:
            if self._store is store:
                raise
            self._tell(self.open_failed, self.tr("It was locked meanwhile."))
        else:
            self._tell(self.opened, read)

    async def _look(self, seconds: float) -> None:
        from biofeedback.types import LinkReason

        try:
            from devices.ble import scan
            from devices.link import BluetoothUnavailableError
        except ImportError:
            self._tell(self.scan_failed, LinkReason.BLUETOOTH_ABSENT)
            return
        told: Callable[[FoundStrap], None] = lambda strap: self._tell(self.found, strap)  # noqa: E731
        try:
            straps = await scan(seconds, told)
        except BluetoothUnavailableError as error:
            self._tell(self.scan_failed, error.reason)
        else:
            self._tell(self.scanned, straps)


def _load_detector() -> None:
    from biofeedback.signals.ecg_peaks import NoDetectorError, sleepecg_detector

    with suppress(NoDetectorError):
        sleepecg_detector()


def _interrupted(info: SessionInfo) -> str:
    from gui import wording

    return wording.tr(
        "The last practice was interrupted. It is kept up to then: {length} minutes."
    ).format(length=wording.minutes(info.duration_s or 0))
