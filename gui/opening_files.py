"""Opens a file that is dropped on the window, or chosen with Ctrl+O: each kind leads somewhere."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.wording import tr


class Leads(Enum):
    """Where a file leads."""

    WATCH = "watch"
    """A recording is looked at as it was."""
    BRING = "bring"
    """What was taken along, or a folder of recordings: the page where data comes in."""
    PLAN = "plan"
    """A plan is kept among the person's own, and chosen."""


def leads(path: Path) -> Leads:
    """Return where a file leads, by its kind; whoever reads it says what is wrong with it."""
    if path.is_dir() or path.suffix.lower() == ".zip":
        return Leads.BRING
    if path.suffix.lower() == ".toml":
        return Leads.PLAN
    return Leads.WATCH


class OpeningFiles(QObject):
    """Takes files for a window.

    Parameters
    ----------
    window
        Files are dropped here.
    may_open
        Asked first: while a practice runs, a dragged file is not taken and no file is asked for.
    watch
        Takes a source, such as ``replay:FILE``.
    bring
        Takes files and folders.
    read_plan
        Takes the file of a plan.
    when_open
        Does something once what is kept is unlocked.
    """

    def __init__(
        self,
        window: QWidget,
        *,
        may_open: Callable[[], bool],
        watch: Callable[[str], object],
        bring: Callable[[list[Path]], object],
        read_plan: Callable[[Path], object],
        when_open: Callable[[Callable[[], object]], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._may_open, self._when_open = may_open, when_open
        self._watch, self._bring, self._read_plan = watch, bring, read_plan
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def choose(self) -> None:
        """Let the person choose a file, and open it."""
        if not self._may_open():
            return
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Open a recording, a plan, or what you took along"),
            "",
            f"{tr('All files')} (*)",
        )
        if name:
            self.open([Path(name)])

    def open(self, paths: list[Path]) -> None:
        """Open the first of these files; several that are brought come in together."""
        if not paths or not self._may_open():
            return
        first = paths[0]
        match leads(first):
            case Leads.BRING:
                self._when_open(lambda: self._bring(paths))
            case Leads.PLAN:
                self._when_open(lambda: self._read_plan(first))
            case Leads.WATCH:
                self._when_open(lambda: self._watch(f"replay:{first}"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take what is dragged in, if there are files in it."""
        if isinstance(event, QDropEvent):  # a drag that enters is one of these, too
            urls = event.mimeData().urls()
            paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
            if paths and self._may_open():
                event.acceptProposedAction()
                if event.type() is QEvent.Type.Drop:
                    self.open(paths)
        return super().eventFilter(watched, event)
