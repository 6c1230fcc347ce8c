"""A program that records, run and killed by the tests: ``writer.py FOLDER [N_PACKETS]``.

It prints the session's number, then the number of each packet once `write` has returned. After
N_PACKETS it waits for a line on standard input, then finishes; with no N_PACKETS it never stops.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

from biofeedback.sessions.reflection import Felt
from biofeedback.sessions.store import Store
from biofeedback.types import Choices, Packet

FELT_BEFORE = Felt(tension=7, distress=None, kindness=2)
"""What every session of this program begins with."""


def packet(seq: int) -> Packet:
    """The packet with this number."""
    return Packet(seq / 7, b"\x10" + seq.to_bytes(8, "little"))


def main(folder: str, n_packets: str | None = None) -> None:
    with Store.open(Path(folder)) as store:
        recorder = store.begin(
            source="sim:",
            choices=Choices(),
            started_at=datetime(2026, 1, 2, tzinfo=UTC),
            felt_before=FELT_BEFORE,
        )
        print(recorder.session_id, flush=True)
        for seq in islice(count(), None if n_packets is None else int(n_packets)):
            recorder.write(packet(seq))
            print(seq, flush=True)
        sys.stdin.readline()
        recorder.finish("completed", duration_s=1.0, n_packets=int(n_packets or 0), n_beats=0)


if __name__ == "__main__":
    main(*sys.argv[1:])
