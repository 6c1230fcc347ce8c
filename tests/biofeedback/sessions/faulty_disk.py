"""A disk that forgets and refuses, under the very SQLite that Python uses.

`FaultyDisk` puts itself between SQLite and the system (sqlite.org/vfs.html): it notes each write,
sync and deletion, and makes files as a power cut at any of these moments could have left them.
What was not synced by then is there, or not, or there in part, in any mixture. It can also refuse
to write, as a full or failing disk does.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Self

SECTOR_BYTES = 512
"""So much reaches a disk whole or not at all."""

Refuses = Callable[[str, str], int]
"""Is asked before each ``write`` and ``sync`` of a file; returns SQLite's error code, or 0."""


class _Vfs(Structure):
    _fields_ = [
        ("version", c_int),
        ("file_bytes", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("app_data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        ("others", c_void_p * 14),
    ]


class _Methods(Structure):
    _fields_ = [
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        ("others", c_void_p * 13),
    ]


# The name as a bare pointer: SQLite keeps it for as long as the file is open.
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done to a file: write, truncate, sync or delete (settle: see there)."""

    what: str
    path: str
    at: int = 0
    content: bytes = b""


@dataclass(slots=True)
class _File:
    """What of a file is on the disk for sure, and what may be."""

    there: bool = False
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Done] = field(default_factory=list)


def library() -> Any:
    """Return the SQLite that `sqlite3` uses; None where it can't be reached."""
    with suppress(OSError, AttributeError):
        found = ctypes.CDLL(_sqlite3.__file__)
        found.sqlite3_vfs_find.restype = POINTER(_Vfs)
        found.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
        found.sqlite3_vfs_unregister.argtypes = [c_void_p]
        found.sqlite3_libversion.restype = c_char_p
        if found.sqlite3_libversion().decode() == sqlite3.sqlite_version:
            return found
    return None


class FaultyDisk:
    """Every database that is opened inside its ``with`` statement lies on it."""

    def __init__(self, refuses: Refuses | None = None) -> None:
        self.done: list[Done] = []
        """All that was done, in order."""
        self.refuses = refuses
        self._library = library()
        self._paths: dict[int, str] = {}
        self._tables: dict[int, _Methods] = {}
        self._kept: list[object] = []

    def __enter__(self) -> Self:
        usual = self._library.sqlite3_vfs_find(None)
        self._usual = usual
        self._vfs = _Vfs()
        ctypes.memmove(ctypes.byref(self._vfs), usual, ctypes.sizeof(_Vfs))
        self._vfs.name = b"faulty"
        self._vfs.next = None
        usual_open, usual_delete = _OPEN(usual.contents.open), _DELETE(usual.contents.delete)

        def open_(vfs: int, path: int | None, file: int, flags: int, out: int) -> int:
            code: int = usual_open(vfs, path, file, flags, out)
            if code == 0 and path is not None:
                self._paths[file] = ctypes.string_at(path).decode()
                methods = c_void_p.from_address(file)
                assert methods.value is not None
                methods.value = ctypes.addressof(self._table(methods.value))
            return code

        def delete(vfs: int, path: bytes, sync_folder: int) -> int:
            code: int = usual_delete(vfs, path, sync_folder)
            if code == 0:
                self.done.append(Done("delete", path.decode(), sync_folder))
            return code

        self._vfs.open = self._callback(_OPEN(open_))
        self._vfs.delete = self._callback(_DELETE(delete))
        self._library.sqlite3_vfs_register(ctypes.byref(self._vfs), 1)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._library.sqlite3_vfs_unregister(ctypes.byref(self._vfs))
        self._library.sqlite3_vfs_register(self._usual, 1)

    def _callback(self, function: Any) -> int | None:
        self._kept.append(function)
        return ctypes.cast(function, c_void_p).value

    def _table(self, usual_at: int) -> _Methods:
        """Return the methods of a file with ours among them; one table for each of the system's."""
        if usual_at in self._tables:
            return self._tables[usual_at]
        table = _Methods()
        ctypes.memmove(ctypes.byref(table), usual_at, ctypes.sizeof(_Methods))
        write, truncate = _WRITE(table.write), _TRUNCATE(table.truncate)

        def on_write(file: int, content: int, n_bytes: int, at: int) -> int:
            if code := self._refused("write", file):
                return code
            self._note("write", file, at, ctypes.string_at(content, n_bytes))
            return int(write(file, content, n_bytes, at))

        def on_truncate(file: int, n_bytes: int) -> int:
            self._note("truncate", file, n_bytes)
            return int(truncate(file, n_bytes))

        def on_sync(file: int, flags: int) -> int:
            if code := self._refused("sync", file):
                return code
            self._note("sync", file)
            return (
                0  # nobody cuts the power of this machine, so its own disk need not be waited for
            )

        table.write = self._callback(_WRITE(on_write))
        table.truncate = self._callback(_TRUNCATE(on_truncate))
        table.sync = self._callback(_SYNC(on_sync))
        self._tables[usual_at] = table
        return table

    def _refused(self, what: str, file: int) -> int:
        return self.refuses(what, self._paths[file]) if self.refuses is not None else 0

    def _note(self, what: str, file: int, at: int = 0, content: bytes = b"") -> None:
        self.done.append(Done(what, self._paths[file], at, content))

    def settle(self) -> None:
        """Let time pass: all that was done so far is on the disk."""
        self.done += [Done("settle", path) for path in {done.path for done in self.done}]

    # ------------------------------------------------------------------------- after the cut
    def after_a_cut(self, n_done: int, folder: Path, to: Path, chance: Random) -> None:
        """Make the files of ``folder`` in ``to`` as the power cut after ``n_done`` left them.

        One time in four it is a kill: all that was written is there.
        """
        killed = chance.random() < 0.25
        for path, file in self._files(n_done).items():
            where = Path(path)
            if where.parent != folder or where.name.endswith("-shm"):
                continue
            content, there = bytearray(file.durable), file.there
            for done in file.pending:
                fate = 0.0 if killed else chance.random()
                if done.what == "delete":
                    there = fate >= 0.5
                elif fate < 0.4:
                    _apply(content, done)
                elif fate < 0.6:
                    _apply(content, _torn(done, chance))
            if there:
                (to / where.name).write_bytes(content)

    def _files(self, n_done: int) -> dict[str, _File]:
        files: dict[str, _File] = {}
        for done in self.done[:n_done]:
            file = files.setdefault(done.path, _File())
            if done.what in ("sync", "settle"):
                if done.what == "settle" and any(each.what == "delete" for each in file.pending):
                    file = files[done.path] = _File()
                for each in file.pending:
                    _apply(file.durable, each)
                file.pending.clear()
            elif done.what == "delete":
                if done.at:  # and the folder synced
                    files[done.path] = _File()
                else:
                    file.pending.append(done)
            else:
                if any(each.what == "delete" for each in file.pending):
                    file = files[done.path] = _File()  # a new one of the same name
                file.there = True
                file.pending.append(done)
        return files


def _apply(content: bytearray, done: Done) -> None:
    if done.what == "truncate":
        del content[done.at :]
        content.extend(bytes(done.at - len(content)))
    elif done.what == "write":
        content.extend(bytes(max(0, done.at + len(done.content) - len(content))))
        content[done.at : done.at + len(done.content)] = done.content


def _torn(done: Done, chance: Random) -> Done:
    """Return a write of which only the first sectors were done."""
    if done.what != "write":
        return done
    first = -done.at % SECTOR_BYTES
    ends = [n for n in range(first, len(done.content), SECTOR_BYTES) if n]
    end = chance.choice([0, *ends])
    return Done("write", done.path, done.at, done.content[:end])
