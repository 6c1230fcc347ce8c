"""A small study: exports and recordings of three people, and a file that is none."""

from __future__ import annotations

from pathlib import Path

from biofeedback.leaving.archive import write_archive
from biofeedback.leaving.document import document_parts
from biofeedback.practice.personal import NOTHING
from tests.biofeedback.leaving.full_session import full_session


def make_people(folder: Path) -> None:
    """Ann with a ZIP and its session again as JSON, Bob with two recordings, Cy by her export."""
    ann = [full_session("a1" * 16, 2), full_session("a2" * 16, 3)]
    for name in ("ann", "bob", "x"):
        (folder / name).mkdir()
    with (folder / "ann" / "all.zip").open("wb") as file:
        write_archive(file, ann, NOTHING)
    (folder / "ann" / "one.json").write_bytes(b"".join(document_parts(ann[:1])))
    for name, step in (("2020-01-31 07-15-10", 10), ("later", 14)):
        rr = "\n".join(str(800 + step * (number % 9)) for number in range(200))
        (folder / "bob" / f"{name}.txt").write_text(rr, encoding="utf-8")
    (folder / "bob" / "notes.txt").write_text("He liked it.", encoding="utf-8")
    with (folder / "x" / "export.zip").open("wb") as file:
        write_archive(file, [full_session("c1" * 16, 4)], NOTHING, person="cy")
