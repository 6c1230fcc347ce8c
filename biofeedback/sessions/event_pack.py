"""All events of a session as one piece of bytes, and back, without loss to the last bit.

docs/recordings.md describes it so that any program can read it. Rows are packed as they stand in
the raw log (`event_codec`), so that what a packet means does not matter here: one that is cut
off, or of a kind that only a later version knows, comes back as it was.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from biofeedback.sessions.event_codec import Row

MAGIC = b"HonE"
VERSION = 1

_AS_IS, _ZLIB = 0, 1
_HEAD = struct.Struct("<4sBBII")
_CHECKSUM_BYTES = hashlib.sha256().digest_size
_LEVEL = 6


class UnreadablePackError(ValueError):
    """Bytes that are not what `pack` made: damaged, or no pack at all."""


class NewerPackError(ValueError):
    """A pack of a format that a later version of the program made."""


def pack(rows: Sequence[Row]) -> bytes:
    """Return rows as one piece of bytes."""
    kinds: dict[str, int] = {}
    number = np.array([kinds.setdefault(kind, len(kinds)) for _, kind, _ in rows], dtype="<u2")
    t_s = np.array([t_s for t_s, _, _ in rows], dtype="<f8")
    length = np.array([len(payload) for _, _, payload in rows], dtype="<u4")
    names = [kind.encode() for kind in kinds]
    payloads: list[list[bytes]] = [[] for _ in kinds]
    for _, kind, payload in rows:
        payloads[kinds[kind]].append(payload)
    body = b"".join(
        (
            struct.pack("<H", len(names)),
            *(struct.pack("<H", len(name)) + name for name in names),
            number.tobytes(),
            _planes(np.diff(t_s.view("<u8"), prepend=np.uint64(0))),
            _planes(length),
            *(payload for of_kind in payloads for payload in of_kind),
        )
    )
    method, kept = _ZLIB, zlib.compress(body, _LEVEL)
    if len(kept) >= len(body):
        method, kept = _AS_IS, body
    content = _HEAD.pack(MAGIC, VERSION, method, len(rows), len(body)) + kept
    return content + hashlib.sha256(content).digest()


def unpack(packed: bytes) -> list[Row]:
    """Return the rows that `pack` packed.

    Raises
    ------
    NewerPackError
        If a later version of the program packed it.
    UnreadablePackError
        If it is damaged.
    """
    n_rows, body = _body(packed)
    try:
        return _rows(n_rows, body)
    except (ValueError, IndexError, struct.error) as error:
        raise UnreadablePackError(f"its columns do not fit together: {error}") from error


def _body(packed: bytes) -> tuple[int, bytes]:
    """Check what surrounds the columns; return their number of rows and the columns."""
    if packed[:4] != MAGIC:
        raise UnreadablePackError("it does not begin as packed events do")
    content, checksum = packed[:-_CHECKSUM_BYTES], packed[-_CHECKSUM_BYTES:]
    if hashlib.sha256(content).digest() != checksum:
        raise UnreadablePackError("its checksum does not match")
    # The place of checksum and version stands for ever, so that damage is not taken for novelty.
    if content[4] > VERSION:
        raise NewerPackError(f"events packed in format {content[4]}; this one knows {VERSION}")
    try:
        _, _, method, n_rows, n_bytes = _HEAD.unpack_from(content)
        kept = content[_HEAD.size :]
        body = zlib.decompress(kept, bufsize=max(1, n_bytes)) if method == _ZLIB else kept
    except (struct.error, zlib.error) as error:
        raise UnreadablePackError(str(error)) from error
    if method not in (_AS_IS, _ZLIB) or len(body) != n_bytes:
        raise UnreadablePackError("its length is not what it says")
    return n_rows, body


def _rows(n_rows: int, body: bytes) -> list[Row]:
    (n_kinds,) = struct.unpack_from("<H", body)
    at = 2
    kinds: list[str] = []
    for _ in range(n_kinds):
        (n_bytes,) = struct.unpack_from("<H", body, at)
        kinds.append(body[at + 2 : at + 2 + n_bytes].decode())
        at += 2 + n_bytes
    number = np.frombuffer(body, "<u2", n_rows, at)
    at += number.nbytes
    steps = _from_planes(body, at, n_rows, "<u8")
    at += steps.nbytes
    length = _from_planes(body, at, n_rows, "<u4")
    at += length.nbytes
    if at + int(length.sum(dtype=np.uint64)) != len(body):
        raise ValueError("the payloads are not as long as they should be")
    t_s = np.add.accumulate(steps).view("<f8")
    payloads: list[bytes] = [b""] * n_rows
    for kind in range(n_kinds):
        of_kind = np.flatnonzero(number == kind).tolist()
        ends = accumulate((int(length[n]) for n in of_kind), initial=at)
        for n, (start, end) in zip(of_kind, pairwise(ends), strict=True):
            payloads[n] = body[start:end]
            at = end
    named = [kinds[n] for n in number.tolist()]
    return list(zip(t_s.tolist(), named, payloads, strict=True))


def _planes(column: NDArray[np.unsignedinteger]) -> bytes:
    """Return a column's lowest bytes, then the next ones: neighbours there are alike."""
    as_bytes = np.ascontiguousarray(column).view(np.uint8).reshape(column.size, column.itemsize)
    return as_bytes.T.tobytes()


def _from_planes(body: bytes, at: int, n_rows: int, kind: str) -> NDArray[np.unsignedinteger]:
    width = np.dtype(kind).itemsize
    planes = np.frombuffer(body, np.uint8, n_rows * width, at).reshape(width, n_rows)
    return np.ascontiguousarray(planes.T).view(kind).reshape(n_rows)
