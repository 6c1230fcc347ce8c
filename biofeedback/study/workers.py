"""Who does the work: this process, several, or a Dask cluster. Results come in order."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, Protocol

from biofeedback.study.file_rows import FileRows, rows_of_file

AHEAD = 4
"""So many files for each worker are on their way at once."""

Finished = Callable[[Path, FileRows], None]
"""Is told of each file as soon as it is next in order."""


class NoDaskError(ImportError):
    """The package for Dask is missing, or the cluster can't be reached; a sentence says which."""


class Workers(Protocol):
    """Reads files."""

    def read(self, files: Sequence[Path]) -> Iterator[tuple[Path, FileRows]]:
        """Yield each file with what came of it, in order."""
        ...


class Here:
    """The process that asks."""

    def read(self, files: Sequence[Path]) -> Iterator[tuple[Path, FileRows]]:
        """Yield each file with what came of it, in order."""
        for path in files:
            yield path, rows_of_file(path)


class Processes:
    """Several processes of this computer."""

    def __init__(self, n: int) -> None:
        self._n = n

    def read(self, files: Sequence[Path]) -> Iterator[tuple[Path, FileRows]]:
        """Yield each file with what came of it, in order."""
        # Ctrl+C goes to every process of a terminal; the one that keeps the journal decides.
        pool = ProcessPoolExecutor(
            min(self._n, max(1, len(files))),
            initializer=signal.signal,
            initargs=(signal.SIGINT, signal.SIG_IGN),
        )
        try:
            yield from _in_order(files, pool.submit, AHEAD * self._n)
        finally:
            pool.shutdown(cancel_futures=True)


class Dask:
    """A Dask cluster whose workers see the same folder under the same name.

    Parameters
    ----------
    address
        Of its scheduler, such as ``tcp://HOST:8786``.
    """

    def __init__(self, address: str) -> None:
        self._address = address

    def read(self, files: Sequence[Path]) -> Iterator[tuple[Path, FileRows]]:
        """Yield each file with what came of it, in order.

        Raises
        ------
        NoDaskError
            If the package is missing, or the cluster can't be reached.
        """
        try:
            from distributed import Client
        except ImportError as error:
            raise NoDaskError(
                'Dask needs one more package: pip install "hand-on-heart[dask]".'
            ) from error
        try:
            client = Client(self._address, timeout=10, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise NoDaskError(
                f"No Dask scheduler answers at {self._address}. See whether it runs there."
            ) from error
        with client:
            n_workers = max(1, len(client.scheduler_info()["workers"]))

            def submit(work: Callable[[Path], FileRows], path: Path) -> Any:
                return client.submit(work, path, pure=False)

            yield from _in_order(files, submit, AHEAD * n_workers)


def _in_order(
    files: Sequence[Path], submit: Callable[..., Any], most: int
) -> Iterator[tuple[Path, FileRows]]:
    ahead: deque[tuple[Path, Any]] = deque()
    for path in files:
        ahead.append((path, submit(rows_of_file, path)))
        if len(ahead) >= most:
            done, future = ahead.popleft()
            yield done, future.result()
    while ahead:
        done, future = ahead.popleft()
        yield done, future.result()
