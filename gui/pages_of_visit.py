"""What is being written in this visit: pages with their own history of undo, in memory alone."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QTextDocument

from biofeedback.practice.content import Content
from biofeedback.practice.writing import Writing, writing_of
from gui.widgets.paper import blank_document


class VisitPage:
    """One page: a document for each line that is answered.

    Parameters
    ----------
    set_id
        The set of lines that it answers.
    began_at
        When it was begun, on the person's clock.
    content
        The words of its practice, whose language may be a plan's own.
    """

    def __init__(self, set_id: str, began_at: datetime, content: Content) -> None:
        self.set_id = set_id
        self.began_at = began_at
        self.content = content
        self.finished = False
        """Whether its practice came to the end: the next one begins a new page."""
        self._documents: dict[str, QTextDocument] = {}

    def document(self, line_id: str) -> QTextDocument:
        """Return the document for a line; a blank one at first."""
        if line_id not in self._documents:
            self._documents[line_id] = blank_document()
        return self._documents[line_id]

    def text(self, line_id: str) -> str:
        """Return what was written to a line; empty if nothing was."""
        document = self._documents.get(line_id)
        return document.toPlainText() if document is not None else ""

    @property
    def writing(self) -> Writing:
        """The page as it stands."""
        texts = {line_id: self.text(line_id) for line_id in self._documents}
        return writing_of(self.set_id, texts, self.content)


class Visit:
    """The pages of this visit, oldest first. They go when the window closes."""

    def __init__(self) -> None:
        self.pages: list[VisitPage] = []

    def page_for(self, set_id: str, content: Content) -> VisitPage:
        """Return the page to go on with; a new one if the last was finished."""
        for page in reversed(self.pages):
            if page.set_id == set_id and not page.finished:
                page.content = content
                return page
        page = VisitPage(set_id, datetime.now().astimezone(), content)
        self.pages.append(page)
        return page

    @property
    def written(self) -> list[VisitPage]:
        """The pages with something on them, newest first."""
        return [page for page in reversed(self.pages) if page.writing.has_text]
