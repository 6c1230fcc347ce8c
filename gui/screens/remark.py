"""Tags and a note for a session: written, changed, cleared, and brought back."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from biofeedback.sessions.reflection import NOTE_CHARS, TAG_CHARS, clean_note, clean_tags
from gui import theme, wording
from gui.widgets.buttons import Kind, Pill
from gui.widgets.choosing import chain_tabs
from gui.widgets.flow import Flow
from gui.widgets.panel import Panel
from gui.widgets.text import Text

_SETTLE_MS = 700
"""What is typed is kept when the person has stopped for so long, or goes elsewhere."""

_MOST_TAGS = 12

_Said = tuple[tuple[str, ...], str]


class RemarkPanel(Panel):
    """Two fields. `changed` tells what is in them, once it has settled."""

    changed = Signal(object, str)
    """Tags (tuple of str), and the note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.tr("Tags and a note"), parent)
        self._kept: _Said = ((), "")
        self._before: list[_Said] = []
        self._showing = False
        self.tags = QLineEdit()
        self.tags.setPlaceholderText(self.tr("Tags, such as: morning, after work"))
        self.tags.setAccessibleName(self.tr("Tags, with commas between them"))
        self.tags.setMaxLength(_MOST_TAGS * (TAG_CHARS + 2))
        self.note = QPlainTextEdit()
        self.note.setPlaceholderText(self.tr("A note to yourself"))
        self.note.setAccessibleName(self.tr("A note to yourself"))
        self.note.setTabChangesFocus(True)
        self.known = Flow(4)
        self._pills: list[Pill] = []
        self.clear = Pill(self.tr("Clear"), Kind.QUIET, size_px=theme.SMALL_PX, low=True)
        self.undo = Pill(self.tr("Undo"), Kind.QUIET, size_px=theme.SMALL_PX, low=True)
        self.state = Text("", theme.SMALL_PX, tone="ink_soft")
        self.clear.clicked.connect(self._clear)
        self.undo.clicked.connect(self._undo)
        foot = Flow(2)
        foot.add(self.clear)
        foot.add(self.undo)
        for widget in (self.tags, self.known, self.note, foot, self.state):
            self.box.addWidget(widget)
        self.box.addStretch(1)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.commit)
        self.tags.textChanged.connect(self._typed)
        self.note.textChanged.connect(self._typed)
        self.tags.editingFinished.connect(self.commit)
        theme.look().changed.connect(self._dress)
        self._dress()
        self._tell()

    def show_said(self, tags: Iterable[str], note: str, known: Iterable[str] = ()) -> None:
        """Show what is kept; ``known`` are tags to pick from."""
        self._before.clear()
        self._kept = (tuple(tags), note)
        self._fill(self._kept)
        self._offer(known)
        self.state.setText("")
        self._tell()

    @property
    def said(self) -> tuple[tuple[str, ...], str]:
        """What is in the fields, as it would be kept."""
        return clean_tags(self.tags.text().split(",")), clean_note(self.note.toPlainText())

    def commit(self) -> None:
        """Tell what is in the fields, if it is news."""
        self._settle.stop()
        said = self.said
        if said != self._kept:
            self._before.append(self._kept)
            self._keep(said)

    def told(self, problem: str) -> None:
        """Say whether it was kept: a sentence where it could not be."""
        self.state.setText(problem or self.tr("Kept on this computer only."))

    # ------------------------------------------------------------------------------ changes
    def _typed(self) -> None:
        if not self._showing:
            self._settle.start()
            if len(self.note.toPlainText()) > NOTE_CHARS:
                self.state.setText(self.tr("A note can hold no more; its end will be cut off."))
            self._tell()

    def _keep(self, said: _Said) -> None:
        self._kept = said
        self._tell()
        self.changed.emit(*said)

    def _clear(self) -> None:
        self.commit()
        self._fill(((), ""))
        self.commit()
        self.undo.setFocus()

    def _undo(self) -> None:
        self.commit()
        if self._before:
            said = self._before.pop()
            self._fill(said)
            self._keep(said)
        if self.undo.isHidden():
            self.note.setFocus()

    def _fill(self, said: _Said) -> None:
        self._showing = True
        self.tags.setText(", ".join(said[0]))
        self.note.setPlainText(said[1])
        self._showing = False

    def _tell(self) -> None:
        self.clear.setVisible(bool(self.tags.text() or self.note.toPlainText()))
        self.undo.setVisible(bool(self._before))

    def _offer(self, known: Iterable[str]) -> None:
        self.known.clear()
        self._pills = []
        for tag in known:
            pill = Pill(tag, size_px=theme.SMALL_PX, low=True)
            pill.setAccessibleName(self.tr("Tag: {tag}").format(tag=tag))
            pill.clicked.connect(lambda _=False, tag=tag: self._toggle(tag))
            self.known.add(pill)
            self._pills.append(pill)
        self.known.setVisible(bool(self._pills))
        chain_tabs([self.tags, *self._pills, self.note, self.clear, self.undo])

    def _toggle(self, tag: str) -> None:
        """Add a tag that was used before, or take it away again."""
        tags = list(self.said[0])
        same = [one for one in tags if one.casefold() == tag.casefold()]
        tags = [one for one in tags if one not in same] if same else [*tags, tag]
        self.tags.setText(", ".join(tags))
        self.commit()

    # -------------------------------------------------------------------------------- Qt's
    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what was typed before the page goes."""
        self.commit()
        super().hideEvent(event)

    def _dress(self) -> None:
        look = theme.current()
        tones = look.colours
        self.setStyleSheet(
            "QLineEdit, QPlainTextEdit {"
            f" background: {tones.raised}; color: {tones.ink}; border: 1px solid {tones.line};"
            f" border-radius: 8px; padding: {look.px(6)}px {look.px(8)}px;"
            f" placeholder-text-color: {tones.ink_soft};"
            f" selection-background-color: {tones.breath};"
            f" selection-color: {tones.on_breath}; }}"
            f"QLineEdit:focus, QPlainTextEdit:focus {{ border: 3px solid {tones.focus};"
            f" padding: {look.px(6) - 2}px {look.px(8) - 2}px; }}"
        )
        font = look.font(theme.BODY_PX)
        self.tags.setFont(font)
        self.note.setFont(font)
        self.note.setFixedHeight(look.px(86))
