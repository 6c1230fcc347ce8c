"""Holds the manual to its word: no page of it loads anything from another computer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

_LOADS = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
}
"""What a browser loads by itself; a link to be clicked (``a``) is none."""

_AFAR = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_OF_STYLES = re.compile(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")\s]+)", re.IGNORECASE)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in _LOADS.get(tag, ()) and _AFAR.match(value or ""):
                self.found.append(f"<{tag} {name}={value}>")
            if name == "style":
                self.found += _OF_STYLES.findall(value or "")


def loaded_from_afar(html: str) -> list[str]:
    """Return what a page would load from another computer."""
    page = _Page()
    page.feed(html)
    return page.found + _OF_STYLES.findall("\n".join(re.findall(r"<style.*?</style>", html, re.S)))


def everything_from_afar(site: Path) -> Iterator[str]:
    """Tell of each page and style sheet below a folder that loads anything."""
    for path in sorted(site.rglob("*.html")):
        for what in loaded_from_afar(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(site)}: {what}"
    for path in sorted(site.rglob("*.css")):
        for what in _OF_STYLES.findall(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(site)}: {what}"


def on_post_build(config: Any) -> None:
    """Let the build fail where anything is."""
    from mkdocs.exceptions import PluginError

    found = list(everything_from_afar(Path(config["site_dir"])))
    if found:
        raise PluginError("The manual loads from elsewhere: " + "; ".join(found))
