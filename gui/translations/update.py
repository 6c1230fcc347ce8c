"""Bring the translations up to date: ``python -m gui.translations.update``.

Reads every text of the window out of the code (Qt's lupdate), keeps what is translated, marks what
is not, and packs the result (Qt's lrelease). Texts that are gone from the code go.
"""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path
from tempfile import TemporaryDirectory

import PySide6

from devices.words import every_text
from gui.strap_words import CONTEXT as STRAPS
from gui.translations.use import FOLDER, SOURCE_LANGUAGE

CODE = FOLDER.parent
FUNCTIONS = "wording"
"""The context of `gui.wording.tr`; lupdate finds none for a plain function."""

_TOOLS = Path(PySide6.__file__).parent
_NAMED = re.compile(r"N\{([A-Z -]+)\}")
"""What lupdate leaves of ``\\N{...}``."""

Text = tuple[str, str, str]
"""Context, source, comment."""


def texts_of_code() -> list[Text]:
    """Return every text of the window that can be translated, sorted."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "all.ts"
        code = sorted(str(path) for path in CODE.rglob("*.py"))
        _run("lupdate", "-silent", "-locations", "none", *code, "-ts", str(made))
        found = {
            (context or FUNCTIONS, _plain(source), comment)
            for context, source, comment in read(made)
        }
    return sorted(found | {(STRAPS, text, "") for text in every_text()})


def read(path: Path) -> dict[Text, str]:
    """Return what a file of translations holds; what is not translated is empty."""
    held = {}
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            text = (
                context.findtext("name") or "",
                message.findtext("source") or "",
                message.findtext("comment") or "",
            )
            held[text] = message.findtext("translation") or ""
    return held


def merged(texts: list[Text], held: dict[Text, str]) -> dict[Text, str]:
    """Return each text with its translation: its own, or that of the same words elsewhere."""
    elsewhere = {source: said for (_, source, _), said in held.items() if said}
    return {text: held.get(text) or elsewhere.get(text[1], "") for text in texts}


def write(path: Path, held: dict[Text, str]) -> None:
    """Write a file of translations."""
    root = ET.Element("TS", version="2.1", language=path.stem, sourcelanguage=SOURCE_LANGUAGE)
    context_of: dict[str, ET.Element] = {}
    for (context, source, comment), said in held.items():
        if context not in context_of:
            context_of[context] = ET.SubElement(root, "context")
            ET.SubElement(context_of[context], "name").text = context
        message = ET.SubElement(context_of[context], "message")
        ET.SubElement(message, "source").text = source
        if comment:
            ET.SubElement(message, "comment").text = comment
        translation = ET.SubElement(message, "translation")
        if said:
            translation.text = said
        else:
            translation.set("type", "unfinished")
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    path.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8"
    )


def pack(path: Path, into: Path) -> None:
    """Pack a file of translations for the program."""
    _run("lrelease", "-silent", str(path), "-qm", str(into))


def _plain(source: str) -> str:
    return _NAMED.sub(lambda found: unicodedata.lookup(found[1]), source)


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([_TOOLS / tool, *arguments], check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Bring every language up to date; the exit code says whether something is missing."""
    texts = texts_of_code()
    missing = 0
    for path in sorted(FOLDER.glob("*.ts")):
        held = merged(texts, read(path))
        write(path, held)
        pack(path, path.with_suffix(".qm"))
        open_still = [text for text, said in held.items() if not said]
        missing += len(open_still)
        for context, source, _ in open_still:
            sys.stdout.write(f"{path.name}: {context}: {source!r}\n")
        sys.stdout.write(f"{path.name}: {len(held)} texts, {len(open_still)} to translate\n")
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
