"""A real Dask cluster, in processes of its own: the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from biofeedback.study.workers import Dask
from biofeedback.study.working import study

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")


def test_a_dask_cluster_gives_the_same_bytes(people: Path, tmp_path: Path) -> None:
    files = [
        people / "ann" / "one.json",
        people / "bob" / "later.txt",
        people / "bob" / "notes.txt",
    ]
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None
    ) as cluster:
        workers = Dask(cluster.scheduler_address)
        study(people, files, tmp_path / "dask.csv", as_csv=True, workers=workers)
    study(people, files, tmp_path / "here.csv", as_csv=True)
    table = (tmp_path / "dask.csv").read_bytes()
    assert table == (tmp_path / "here.csv").read_bytes()
    assert table.count(b"\n") == 6
