"""The PDF says the same as the page, in text that can be read, searched and read aloud.

It is made and read in a process of its own: it needs Qt without a screen.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys

import pytest

from biofeedback.report.page import Bullets, Page, Paragraph, Picture, Section, Table
from biofeedback.report.pdf_language import with_language
from biofeedback.report.svg import Drawing

SCRIPT = """
import json, pickle, sys
from pathlib import Path
from gui.report_pdf import to_pdf
from PySide6.QtPdf import QPdfDocument
told = []
for name, paper in json.loads(sys.argv[2]):
    page = pickle.loads(Path(sys.argv[1], name + ".pickle").read_bytes())
    file = Path(sys.argv[1], f"{name}-{paper}.pdf")
    file.write_bytes(to_pdf(page, paper))
    document = QPdfDocument()
    document.load(str(file))
    sheets = range(document.pageCount())
    told.append({
        "title": document.metaData(QPdfDocument.MetaDataField.Title),
        "size_pt": [document.pagePointSize(0).width(), document.pagePointSize(0).height()],
        "text": [document.getAllText(sheet).text() for sheet in sheets],
    })
print(json.dumps(told))
"""


def _page(n_rows: int) -> Page:
    drawing = Drawing("one", 300, 100, "A drawing", "What it shows")
    drawing.text(10, 50, "in the picture")
    table = Table("The same", ("Day", "Value"), tuple((f"row{n}", f"{n},5") for n in range(n_rows)))
    picture = Picture(str(drawing), 300, 100, "What it shows", table)
    sections = (
        Section("Überschrift", (Paragraph("A figure: \N{MINUS SIGN}3,2 жизнь"), picture)),
        Section("Second", (Bullets(("<b>no tag</b>", "fi fl")),)),
    )
    return Page("de", "ltr", "Ein Titel mit ü", "Lead", sections, "The foot")


FILES = [("one", "a4"), ("one", "letter"), ("long", "a4")]
LINES = range(40, 56, 2)


def _long_page(n_lines: int) -> Page:
    """A heading that comes after so many lines."""
    lines = Section("First", tuple(Paragraph(f"line{n}") for n in range(n_lines)))
    return Page("en", "ltr", "T", "L", (lines, Section("Heading", (Paragraph("after"),))), "F")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict]:
    folder = tmp_path_factory.mktemp("pdf")
    pages = {"one": _page(3), "long": _page(150)}
    pages |= {f"lines{n}": _long_page(n) for n in LINES}
    files = [*FILES, *((f"lines{n}", "a4") for n in LINES)]
    for name, page in pages.items():
        (folder / f"{name}.pickle").write_bytes(pickle.dumps(page))
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), json.dumps(files)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    told = dict(zip(files, json.loads(done.stdout), strict=True))
    for name, paper in files:
        told[name, paper]["bytes"] = (folder / f"{name}-{paper}.pdf").read_bytes()
    return told


def test_its_text_is_text(made: dict[tuple[str, str], dict]) -> None:
    text = " ".join(" ".join(made["one", "a4"]["text"]).split())
    for part in (
        "Ein Titel mit ü",
        "Überschrift",
        "A figure: \N{MINUS SIGN}3,2 жизнь",
        "in the picture",
        "row2 2,5",
        "<b>no tag</b>",
        "fi fl",
        "The foot",
        "1 / 1",
    ):
        assert part in text


def test_it_has_its_title_its_language_and_the_paper_that_was_asked_for(
    made: dict[tuple[str, str], dict],
) -> None:
    a4, letter = made["one", "a4"], made["one", "letter"]
    assert a4["title"] == "Ein Titel mit ü"
    assert a4["size_pt"] == pytest.approx([595, 842], abs=1)
    assert letter["size_pt"] == pytest.approx([612, 792], abs=1)
    assert b"/Lang (de)" in a4["bytes"]
    assert a4["bytes"].rstrip().endswith(b"%%EOF")
    # the update points at its own table, and that at the catalogue it replaces
    table_at = int(a4["bytes"].rsplit(b"startxref", 1)[1].split()[0])
    assert a4["bytes"][table_at:].startswith(b"xref\n")
    catalogue_at = int(a4["bytes"][table_at:].splitlines()[4].split()[0])
    assert b"/Type /Catalog" in a4["bytes"][catalogue_at : catalogue_at + 200]


def test_a_long_table_goes_on_with_its_heads_on_every_sheet(
    made: dict[tuple[str, str], dict],
) -> None:
    sheets = made["long", "a4"]["text"]
    assert len(sheets) > 2
    rows = [f"row{n}" for n in range(150)]
    assert all(any(row in sheet.split() for sheet in sheets) for row in rows)
    for sheet in sheets:
        if "row" in sheet:
            assert "Value" in sheet


def test_no_heading_stands_alone_at_the_foot_of_a_sheet(
    made: dict[tuple[str, str], dict],
) -> None:
    moved = 0
    for n in LINES:
        sheets = made[f"lines{n}", "a4"]["text"]
        (sheet,) = [sheet for sheet in sheets if "Heading" in sheet.split()]
        assert "after" in sheet.split()
        moved += f"line{n - 1}" not in sheet.split()
    assert moved > 0  # else no page was long enough to try it


def test_a_file_that_is_laid_out_otherwise_comes_back_as_it_is() -> None:
    for odd in (b"", b"no pdf", b"%PDF-1.4\ntrailer\n<< /Size 1 >>\nstartxref\n0\n%%EOF"):
        assert with_language(odd, "en") == odd
