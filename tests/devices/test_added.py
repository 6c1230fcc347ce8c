"""Sources that other people's packages add: a real installed package, and its faults."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from biofeedback.hrm import decode
from biofeedback.types import BreathPhase, Event, LinkLost, LinkReason, LinkUp, Packet
from devices.clock import RealClock, VirtualClock
from devices.opening import SOURCE_KINDS, SourceError, open_source, sources_help

DOCS = Path(__file__).parents[2] / "docs" / "straps.md"

Install = Callable[..., None]


def resting(_t_s: float) -> BreathPhase | None:
    return None


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install packages as pip leaves them: a module, and a .dist-info beside it."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))

    def put(package: str, module: str, code: str, entry: str) -> None:
        (tmp_path / f"{module}.py").write_text(code, encoding="utf-8")
        info = tmp_path / f"{package.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[hand_on_heart.sources]\n{entry}\n")

    yield put
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) and str(tmp_path) in str(
            sys.modules[name].__file__
        ):
            del sys.modules[name]


def code_block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def refusal(spec: str) -> str:
    with pytest.raises(SourceError) as caught:
        open_source(spec, VirtualClock(), resting)
    return str(caught.value)


# ------------------------------------------------------------------ the example in the docs
@pytest.fixture
def ear_clip(install: Install) -> None:
    table, _, line = code_block("toml").strip().partition("\n")
    assert table == '[project.entry-points."hand_on_heart.sources"]'
    install("ear-clip", "ear_clip", code_block("python"), line.replace('"', ""))


async def _served(lines: bytes) -> list[Event]:
    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(lines)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        source = open_source(f"CLIP:127.0.0.1:{port}", RealClock(), resting)
        assert source.label == f"clip:127.0.0.1:{port}"
        return [event async for event in source.events()]


def test_the_example_in_the_docs_streams(ear_clip: None) -> None:
    events = asyncio.run(_served(b"1000\n800.5\n"))
    kinds = [type(event) for event in events]
    assert kinds == [LinkUp, Packet, Packet, LinkLost]
    sent = [decode(event.payload) for event in events if isinstance(event, Packet)]
    assert [one.rr_ticks for one in sent] == [(1024,), (820,)]
    assert [one.hr_bpm for one in sent] == [60, 75]


def test_the_example_tells_that_nobody_answers(ear_clip: None) -> None:
    async def nobody() -> list[Event]:
        async with await asyncio.start_server(lambda *_: None, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
        source = open_source(f"clip:127.0.0.1:{port}", RealClock(), resting)
        return [event async for event in source.events()]

    assert [getattr(e, "reason", None) for e in asyncio.run(nobody())] == [LinkReason.NOT_FOUND]


def test_what_it_refuses_is_said_in_its_own_words(ear_clip: None) -> None:
    assert refusal("clip:nowhere") == (
        "Write the clip's host and port, as in clip:localhost:4000, not 'nowhere'."
    )


def test_it_is_listed_in_the_help_and_among_the_forms(ear_clip: None) -> None:
    assert "clip:..." in sources_help()
    assert "ear-clip" in sources_help()
    assert "clip:" in refusal("odd:")
    assert "ear_clip" not in sys.modules  # listing runs none of its code


# ----------------------------------------------------------------------------- its faults
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import no_such_module\n", "has a fault (ModuleNotFoundError"),
        ("x = 1\n", "has a fault (AttributeError"),
        ("def open_it(rest, clock, guide):\n    return 1 / 0\n", "has a fault (ZeroDivisionError"),
        ("def open_it(rest):\n    return rest\n", "has a fault (TypeError"),
        ("def open_it(rest, clock, guide):\n    return None\n", "is no source"),
        ("def open_it(rest, clock, guide):\n    raise OSError\n", "could not be opened"),
    ],
)
def test_a_package_that_is_broken_is_named(install: Install, code: str, said: str) -> None:
    install("broken-thing", "broken_thing", code, "odd = broken_thing:open_it")
    assert said in refusal("odd:1")


def test_two_packages_of_one_kind_are_named_and_neither_is_loaded(install: Install) -> None:
    for name in ("one", "two"):
        install(f"clip-{name}", f"clip_{name}", "raise SystemExit\n", f"clip = clip_{name}:open_it")
    assert "clip-one and clip-two" in refusal("clip:1")


@pytest.mark.parametrize("kind", ["sim", "SIM", "ble", "replay"])
def test_what_is_built_in_stays(install: Install, kind: str) -> None:
    install("thief", "thief", "raise SystemExit\n", f"{kind} = thief:open_it")
    assert open_source("sim:4", VirtualClock(), resting).label == "sim:4"
    assert "thief" not in sources_help()


def test_a_name_without_a_colon_is_no_kind(ear_clip: None) -> None:
    assert "write replay:clip" in refusal("clip")


def test_without_packages_the_help_lists_what_is_built_in() -> None:
    assert [line.split()[0] for line in sources_help().splitlines()] == [f for f, _ in SOURCE_KINDS]
