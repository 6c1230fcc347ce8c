"""When a recording was made, as each program's file says it; and which program that was."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import edfio
import numpy as np
import pytest

from biofeedback import read_recording
from biofeedback.sessions.formats.clock import moment_of_name, moment_of_text

AT = datetime(2025, 3, 15, 9, 0, 15, 123000)  # noqa: DTZ001 - a phone's clock names no zone
RR_MS = [800 + 10 * (number % 7) for number in range(40)]


def stamps(at: datetime = AT) -> list[datetime]:
    """Return when each interval ended; the first began at ``at``."""
    ends_ms = np.cumsum(RR_MS).tolist()
    return [at + timedelta(milliseconds=end) for end in ends_ms]


def test_hrv_logger(tmp_path: Path) -> None:
    path = tmp_path / "2025-03-15_RR_0001.csv"
    rows = [f"{at.isoformat(' ')},{rr},0" for at, rr in zip(stamps(), RR_MS, strict=True)]
    path.write_text("date,rr,since start\n" + "\n".join(rows), encoding="utf-8")
    read = read_recording(path)
    assert (read.format, read.started_at, len(read)) == ("HRV Logger", AT, 40)


def test_polar_sensor_logger(tmp_path: Path) -> None:
    path = tmp_path / "Polar_H10_1234_20250101_000000_RR.txt"
    rows = [f"{at.isoformat()};{rr}" for at, rr in zip(stamps(), RR_MS, strict=True)]
    path.write_text("Phone timestamp;RR-interval [ms]\n" + "\n".join(rows), encoding="utf-8")
    read = read_recording(path)
    assert (read.format, read.started_at, len(read)) == ("Polar Sensor Logger", AT, 40)


def test_its_file_of_heart_rates_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "Polar_H10_1234_20250101_000000_HR.txt"
    rows = [f"{at.isoformat()};64;42.5;;" for at in stamps()]
    head = "Phone timestamp;HR [bpm];HRV [ms];Breathing interval [rpm];\n"
    path.write_text(head + "\n".join(rows), encoding="utf-8")
    with pytest.raises(ValueError, match="Heart rates alone are not enough"):
        read_recording(path)


@pytest.mark.parametrize(
    ("program", "head", "row"),
    [
        ("OpenHRV", "event,value,timestamp", "{name},{rr},{at}"),
        ("Hertz & Hearts", "event,value,timestamp,elapsed_sec", "{name},{rr},{at},{elapsed}"),
    ],
)
def test_logs_of_one_event_a_row(tmp_path: Path, program: str, head: str, row: str) -> None:
    path = tmp_path / "log.csv"
    lines = [head]
    for number, (at, rr) in enumerate(zip(stamps(), RR_MS, strict=True)):
        elapsed = sum(RR_MS[: number + 1])
        lines.append(row.format(name="IBI", rr=rr, at=at.isoformat(), elapsed=elapsed))
        lines.append(row.format(name="hrv", rr=31.5, at=at.isoformat(), elapsed=""))
    path.write_text("\n".join(lines), encoding="utf-8")
    read = read_recording(path)
    assert (read.format, read.started_at) == (program, AT)
    assert read.rr_ms.tolist() == RR_MS
    assert read.n_gaps == 0


def test_empatica_counts_from_a_unix_time(tmp_path: Path) -> None:
    path = tmp_path / "IBI.csv"
    ends_s = (np.cumsum(RR_MS) / 1000 + 5).tolist()
    rows = [f"{end_s:.6f},{rr / 1000}" for end_s, rr in zip(ends_s, RR_MS, strict=True)]
    path.write_text("1560272716.000000, IBI\n" + "\n".join(rows), encoding="utf-8")
    read = read_recording(path)
    assert read.format == "Empatica"
    assert read.started_at == datetime.fromtimestamp(1560272716 + 5, UTC)


def test_polar_hrm_has_date_and_time_of_the_watch(tmp_path: Path) -> None:
    path = tmp_path / "a.hrm"
    params = "[Params]\nVersion=106\nInterval=238\nDate=20080208\nStartTime=8:50:12.3\n\n[HRData]\n"
    path.write_text(params + "\n".join(map(str, RR_MS)), encoding="utf-8")
    assert read_recording(path).started_at == datetime(2008, 2, 8, 8, 50, 12, 300000)  # noqa: DTZ001


def test_edf_has_them_in_its_header(tmp_path: Path) -> None:
    path = tmp_path / "a.edf"
    ends_s = (np.cumsum(RR_MS) / 1000 + 7).tolist()
    marks = [
        edfio.EdfAnnotation(end_s, None, f"RR {rr}")
        for end_s, rr in zip(ends_s, RR_MS, strict=True)
    ]
    opened = edfio.Edf(
        [],
        recording=edfio.Recording(startdate=datetime(2025, 3, 15, tzinfo=UTC).date()),
        starttime=datetime(2025, 3, 15, 9, 0, 15, tzinfo=UTC).time(),
        annotations=marks,
    )
    opened.write(path)
    began = read_recording(path).started_at
    assert began is not None
    assert abs(began - datetime(2025, 3, 15, 9, 0, 22)) < timedelta(milliseconds=1)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("stem", "moment"),
    [
        ("2013-02-03-18-40-12", datetime(2013, 2, 3, 18, 40, 12)),  # noqa: DTZ001
        ("2020-01-31 07-15-10", datetime(2020, 1, 31, 7, 15, 10)),  # noqa: DTZ001
        ("Polar_H10_A1_20260424_141016_RR", datetime(2026, 4, 24, 14, 10, 16)),  # noqa: DTZ001
        ("2020-13-31 07-15-10", None),
        ("2020-02-31 07-15-10", None),
        ("recording-2020-01-31", None),
        ("12345678901234567890", None),
    ],
)
def test_a_name_may_tell_the_moment(tmp_path: Path, stem: str, moment: datetime | None) -> None:
    assert moment_of_name(stem) == moment
    path = tmp_path / f"{stem}.txt"
    path.write_text("\n".join(map(str, RR_MS)), encoding="utf-8")
    read = read_recording(path)
    assert read.started_at == moment
    assert (moment is not None) == any("stands in its name" in note for note in read.notes)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2025-03-15T09:00:15.123", AT),
        ("2016-03-06 10:52:48 +0000", datetime(2016, 3, 6, 10, 52, 48, tzinfo=UTC)),
        ("2016-03-06 10:52:48Z", datetime(2016, 3, 6, 10, 52, 48, tzinfo=UTC)),
        (
            "2016-03-06T10:52:48+02:00",
            datetime(2016, 3, 6, 10, 52, 48, tzinfo=timezone(timedelta(hours=2))),
        ),
        ("03/15/2025 09:00:15", None),  # the day or the month first?
        ("09:00:15", None),
        ("2025-99-15 09:00:15", None),
    ],
)
def test_a_cell_names_a_moment_only_with_its_date(cell: str, moment: datetime | None) -> None:
    assert moment_of_text(cell) == moment


def test_a_file_that_says_nothing_has_no_moment(tmp_path: Path) -> None:
    path = tmp_path / "rr.txt"
    path.write_text("\n".join(map(str, RR_MS)), encoding="utf-8")
    assert read_recording(path).started_at is None


# ------------------------------------------------------------------------------------- FIT
FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)


def test_fit_has_the_moment_and_the_offset_of_the_watch(tmp_path: Path) -> None:
    began = datetime(2025, 3, 15, 8, 0, 15, tzinfo=UTC)
    path = tmp_path / "a.fit"
    path.write_bytes(a_fit(began, offset_s=3600))
    read = read_recording(path)
    assert read.started_at == began
    assert read.started_at is not None
    assert read.started_at.utcoffset() == timedelta(hours=1)
    assert len(read) == 8


def a_fit(began: datetime, offset_s: int) -> bytes:
    """Return an activity: the timer starts, eight intervals, and the end with the local time."""
    stamp = int((began - FIT_EPOCH).total_seconds())
    body = definition(0, 21, [(253, 4, 0x86), (0, 1, 0x00), (1, 1, 0x00)])
    body += b"\x00" + struct.pack("<IBB", stamp, 0, 0)  # event: timer, start
    body += definition(1, 78, [(0, 10, 0x84)])
    for at in (0, 4):
        seconds = [rr / 1000 for rr in RR_MS[at : at + 4]]
        told = [round(1000 * each) for each in seconds] + [0xFFFF]
        body += b"\x01" + struct.pack("<5H", *told)
    body += definition(2, 34, [(253, 4, 0x86), (5, 4, 0x86)])
    body += b"\x02" + struct.pack("<II", stamp + 60, stamp + 60 + offset_s)
    head = struct.pack("<BBHI4s", 14, 0x10, 2132, len(body), b".FIT")
    head += struct.pack("<H", crc(head))
    return head + body + struct.pack("<H", crc(head + body))


def definition(local: int, message: int, fields: list[tuple[int, int, int]]) -> bytes:
    head = struct.pack("<BBBHB", 0x40 | local, 0, 0, message, len(fields))
    return head + b"".join(struct.pack("<BBB", *field) for field in fields)


def crc(data: bytes) -> int:
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ (0xA001 if value & 1 else 0)
    return value
