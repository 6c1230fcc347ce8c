"""A page as one HTML file that needs nothing else: no script, nothing from outside."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from biofeedback.report.page import Block, Page, Picture


def to_html(page: Page) -> str:
    """Return the page as HTML.

    Every word is escaped; the pictures are our own writer's, which escapes for itself.
    """
    return _template().render(
        page=page,
        style=Markup(_read("page.css").strip()),
        kind_of=_kind_of,
        drawn=_drawn,
    )


def _kind_of(block: Block) -> str:
    return type(block).__name__


def _drawn(picture: Picture) -> Markup:
    return Markup(picture.svg)


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_read("page.html.j2"))


def _read(name: str) -> str:
    return (resources.files("biofeedback.report") / "templates" / name).read_text(encoding="utf-8")
