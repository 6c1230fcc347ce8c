"""Save a session as a page to read or print, from its screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from biofeedback.practice.content import ContentError
from biofeedback.report.page import Page
from biofeedback.report.wording import wording
from biofeedback.version import version
from gui import spoken

if TYPE_CHECKING:
    from biofeedback.sessions.errors import StorageError
    from biofeedback.sessions.store import Store
    from gui.bridge import Bridge

ENDINGS = (".pdf", ".html")
"""Of a file that becomes a page; any other becomes a copy that this program reads."""


def filters(copies: str) -> str:
    """Return what a dialog offers: copies first, then pages."""
    words = wording(spoken.current().language)
    return ";;".join((copies, words.say("filter_pdf"), words.say("filter_html")))


def with_ending(name: str, chosen: str) -> Path:
    """Return the file that was named, with the ending of the chosen kind where it has none."""
    path = Path(name)
    if path.suffix:
        return path
    ending = next((each for each in ENDINGS if f"*{each}" in chosen), ".json")
    return path.with_name(path.name + ending)


def save_report(bridge: Bridge, session_id: int, path: Path, done: Callable[[str], None]) -> None:
    """Write the report of a session.

    It is gathered off Qt's thread, and laid out on it: that takes a fraction of a second.

    Parameters
    ----------
    bridge
        Knows the store.
    session_id
        Which session.
    path
        Where to; its ending decides the form. The dialog has asked about a file that is there.
    done
        Is told why it could not be written; nothing if all is well.
    """
    words = wording(spoken.current().language)

    def gather(store: Store) -> Page:
        from biofeedback.report.around import Wanted
        from biofeedback.reported import report_of_session
        from biofeedback.sessions.errors import StorageError

        wanted = Wanted(made_on=datetime.now().astimezone().date(), version=version())
        try:
            return report_of_session(store, session_id, words, wanted)
        except ContentError as error:
            raise StorageError(str(error)) from error

    def write(page: Page | StorageError) -> None:
        done(_written(page, path) if isinstance(page, Page) else str(page))

    bridge.with_store(gather, write)


def _written(page: Page, path: Path) -> str:
    from biofeedback.reported import write_report

    try:
        write_report(path, _content(page, path), overwrite=True)
    except (OSError, ImportError) as error:
        return wording(page.language).say("not_saved", file=path.name, error=error)
    return ""


def _content(page: Page, path: Path) -> bytes:
    if path.suffix.lower() == ".pdf":
        from gui.report_pdf import to_pdf

        return to_pdf(page)
    from biofeedback.report.html import to_html

    return to_html(page).encode()
