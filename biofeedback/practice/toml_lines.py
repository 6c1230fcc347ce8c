"""On which line of a TOML file something stands; the standard library's reader doesn't tell.

`lines_of` expects text that `tomllib` has read, and so needs to know no more of TOML than where
keys, strings, arrays and tables begin and end. What it can't follow it leaves out.
"""

from __future__ import annotations

from contextlib import suppress

Path = tuple[str | int, ...]
"""The way to a value: keys, and numbers in arrays."""

_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_DEEPEST = 64


class Lines:
    """Knows the line of every key and of every element of an array."""

    def __init__(self, found: dict[Path, int]) -> None:
        self._found = found

    def of(self, *path: str | int) -> int:
        """Return the line of ``path``, or of the nearest thing around it; 1 at the outside."""
        for length in range(len(path), 0, -1):
            if (line := self._found.get(path[:length])) is not None:
                return line
        return 1


def lines_of(text: str) -> Lines:
    """Find the lines of everything in ``text``, counted from 1."""
    scan = _Scan(text)
    with suppress(_LostError, IndexError):
        scan.document()
    return Lines(scan.found)


class _LostError(Exception):
    """The scanner met something that it can't follow."""


class _Scan:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._tables: dict[Path, int] = {}
        self.found: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        while True:
            self._blank(newlines=True)
            if self._at >= len(self._text):
                return
            if self._take("[["):
                path = self._inside(self._key())
                self._tables[path] = self._tables.get(path, -1) + 1
                table = (*path, self._tables[path])
                self.found.setdefault(path, self._line)
                self.found[table] = self._line
                self._expect("]]")
            elif self._take("["):
                table = self._inside(self._key())
                self.found[table] = self._line
                self._expect("]")
            else:
                self._pair(table, 0)

    def _inside(self, key: Path) -> Path:
        """Return the way to a table, through the newest of each array of tables."""
        path: Path = ()
        for number, part in enumerate(key):
            path = (*path, part)
            if number < len(key) - 1 and path in self._tables:
                path = (*path, self._tables[path])
        return path

    def _pair(self, table: Path, depth: int) -> None:
        line = self._line
        path = table
        for part in self._key():
            path = (*path, part)
            self.found.setdefault(path, line)
        self._expect("=")
        self._blank()
        self._value(path, depth)

    def _value(self, path: Path, depth: int) -> None:
        if depth > _DEEPEST:
            raise _LostError
        if self._take("["):
            self._array(path, depth)
        elif self._take("{"):
            self._inline(path, depth)
        elif self._text[self._at] in "\"'":
            self._string()
        else:
            while self._at < len(self._text) and self._text[self._at] not in ",]}\n#":
                self._at += 1

    def _array(self, path: Path, depth: int) -> None:
        number = 0
        while True:
            self._blank(newlines=True)
            if self._take("]"):
                return
            self.found[(*path, number)] = self._line
            self._value((*path, number), depth + 1)
            number += 1
            self._blank(newlines=True)
            self._take(",")

    def _inline(self, path: Path, depth: int) -> None:
        while True:
            self._blank(newlines=True)
            if self._take("}"):
                return
            self._pair(path, depth + 1)
            self._blank(newlines=True)
            self._take(",")

    def _key(self) -> Path:
        parts: list[str] = []
        while True:
            self._blank()
            if self._text[self._at] in "\"'":
                parts.append(self._string())
            else:
                start = self._at
                while self._at < len(self._text) and self._text[self._at] in _BARE:
                    self._at += 1
                if start == self._at:
                    raise _LostError
                parts.append(self._text[start : self._at])
            self._blank()
            if not self._take("."):
                return tuple(parts)

    def _string(self) -> str:
        """Pass over a string; return what stands in it, escapes as they are written."""
        quote = self._text[self._at]
        mark = quote * 3 if self._text.startswith(quote * 3, self._at) else quote
        self._at += len(mark)
        start = self._at
        while not self._text.startswith(mark, self._at):
            if quote == '"' and self._text[self._at] == "\\":
                self._step()
            self._step()
        inside = self._text[start : self._at]
        self._at += len(mark)
        while len(mark) == 3 and self._text.startswith(quote, self._at):
            self._at += 1  # up to two more quotes may stand before the closing three
        return inside

    def _step(self) -> None:
        if self._text[self._at] == "\n":
            self._line += 1
        self._at += 1

    def _blank(self, *, newlines: bool = False) -> None:
        """Pass over spaces; with ``newlines`` over lines and comments too."""
        while self._at < len(self._text):
            letter = self._text[self._at]
            if letter in " \t\r" or (newlines and letter == "\n"):
                self._step()
            elif newlines and letter == "#":
                while self._at < len(self._text) and self._text[self._at] != "\n":
                    self._at += 1
            else:
                return

    def _take(self, mark: str) -> bool:
        if not self._text.startswith(mark, self._at):
            return False
        self._at += len(mark)
        return True

    def _expect(self, mark: str) -> None:
        self._blank()
        if not self._take(mark):
            raise _LostError
