"""Read a report's HTML as a browser would, and refuse what is no whole document."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "input"}


@dataclass
class Element:
    """One element of a document."""

    tag: str
    attributes: dict[str, str | None]
    children: list[Element] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        """Every element of that tag within, in order."""
        found = [self] if self.tag == tag else []
        for child in self.children:
            found += child.all(tag)
        return found

    @property
    def text(self) -> str:
        return " ".join(" ".join([*self.words, *(each.text for each in self.children)]).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].words.append(data)


def read(html: str) -> Element:
    """Return the document; an element that isn't closed where it should be fails."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is never closed"
    return reader.open[0]


def cells(document: Element) -> list[list[str]]:
    """Return the rows of all tables as words."""
    return [
        [cell.text for cell in row.children if cell.tag in ("th", "td")]
        for row in document.all("tr")
    ]
