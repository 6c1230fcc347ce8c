"""What a screen reader is told of each screen, as text: ``python -m tests.gui.trees`` keeps it.

One line for each thing, indented as it lies in another: its role, its name, then what else is
told of it: ``= value``, ``(description)``, ``[states]``. What is kept is in ``tests/gui/trees``; a
test holds the window to it, and whoever changes a screen reads the difference.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.main_window import MainWindow
from gui.widgets.orb import Orb
from tests.gui.every_screen import SCREENS, open_screen

FOLDER = Path(__file__).parent / "trees"

ROWS = 4
"""So many children of a table or list are told; the others are of the same kind."""

_FRAMES_MS = 100
"""Where something moves, some words come with the next frames."""

_STATES = (
    "focusable",
    "checkable",
    "checked",
    "disabled",
    "readOnly",
    "editable",
    "multiLine",
    "passwordEdit",
    "hasPopup",
    "expandable",
    "expanded",
    "selectable",
    "selected",
)
_MANY = {QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.Tree}
_FRAMES = {
    QAccessible.Role.Client,
    QAccessible.Role.Pane,
    QAccessible.Role.LayeredPane,
    QAccessible.Role.StaticText,
}
"""Nothing is said of these where they hold no words of their own."""
_NEVER_SAID = {QAccessible.Role.ScrollBar, QAccessible.Role.Separator}


def tree(widget: QWidget) -> str:
    """Return what is told of a widget and all that lies in it."""
    return "".join(f"{line}\n" for line in _lines(QAccessible.queryAccessibleInterface(widget), 0))


def every_tree(window: MainWindow) -> Iterator[tuple[str, str]]:
    """Yield each screen's name and tree."""
    for name in SCREENS:
        screen = open_screen(window, name)
        if any(orb.isVisible() for orb in screen.findChildren(Orb)):
            QTest.qWait(_FRAMES_MS)
        yield name, tree(screen)


def _lines(thing: QAccessibleInterface | None, depth: int) -> Iterator[str]:
    if thing is None or not thing.isValid() or thing.state().invisible:
        return
    if thing.role() in _NEVER_SAID:
        return
    told = _told(thing)
    within = depth
    if told:
        yield "  " * depth + told
        within = depth + 1
    count = thing.childCount()
    for number in range(min(count, ROWS) if thing.role() in _MANY else count):
        yield from _lines(thing.child(number), within)


def _told(thing: QAccessibleInterface) -> str:
    """Return one thing's line; empty where it is but a frame around others."""
    name = _text(thing, QAccessible.Text.Name)
    description = _text(thing, QAccessible.Text.Description)
    value = _text(thing, QAccessible.Text.Value)
    role = thing.role()
    if role in _FRAMES and not (name or value or description):
        return ""
    parts = [role.name, repr(name)]
    if value and value != name:
        parts.append(f"= {value!r}")
    if description and description != name:
        parts.append(f"({description})")
    state = thing.state()
    states = [each for each in _STATES if getattr(state, each)]
    if states:
        parts.append(f"[{' '.join(states)}]")
    return " ".join(parts)


def _text(thing: QAccessibleInterface, kind: QAccessible.Text) -> str:
    return " ".join(thing.text(kind).split())


def main() -> int:
    """Keep the tree of every screen."""
    from gui.app import application
    from tests.gui.conftest import opened

    application()
    theme.install(theme.Look(scheme="light", text_scale=1.0, reduced_motion=False))
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HAND_ON_HEART_HOME"] = folder
        window = opened(MainWindow(Path(folder), language="en"))
        for name, told in every_tree(window):
            (FOLDER / f"{name}.txt").write_text(told, encoding="utf-8")
        window.close()
    sys.stdout.write(f"{len(SCREENS)} trees in {FOLDER.relative_to(Path.cwd())}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
