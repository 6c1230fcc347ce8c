"""Sessions re-analysed: ``python -m tests.benchmarks.sessions [--peer PYTHON] [-n N]``.

N sessions of ten minutes (10 000 unless said): RMSSD, SDNN, HF power, sample entropy and DFA
alpha1 of each, on one core and on two, and, where ``--peer`` names the Python of an environment
that has neurokit2, the same five there on a hundred of them. Rates are wall time; ratios are
what counts, since machines differ.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

import numpy as np
from numpy.typing import NDArray

from biofeedback.batch import Settings, analyze_series

FIVE = Settings(correct=False, parts=("time", "frequency", "nonlinear"))
PEER_SESSIONS = 100
PEER = """
import sys, time, warnings
import numpy as np
warnings.simplefilter("ignore")
import neurokit2 as nk
sessions = np.load(sys.argv[1])["sessions"]
def five(rr):
    data = {"RRI": rr, "RRI_Time": np.cumsum(rr) / 1000}
    time_domain = nk.hrv_time(data)
    frequency = nk.hrv_frequency(data)
    r = 0.2 * np.std(rr, ddof=1)
    return (time_domain.HRV_RMSSD[0], time_domain.HRV_SDNN[0], frequency.HRV_HF[0],
            nk.entropy_sample(rr, delay=1, dimension=2, tolerance=r)[0],
            nk.fractal_dfa(rr, scale=np.arange(4, 17), overlap=False)[0])
five(sessions[0])
begin = time.perf_counter()
for rr in sessions:
    five(rr)
print(len(sessions) / (time.perf_counter() - begin))
"""


def session(seed: int) -> NDArray[np.float64]:
    """Return ten minutes of RR intervals in ms, on the grid of 1/1024 s."""
    chance = np.random.default_rng(seed)
    n = 640
    t_s = np.arange(n) * 0.9375
    breath = 25 * np.sin(2 * np.pi * chance.uniform(0.08, 0.3) * t_s)
    drift = np.cumsum(chance.normal(0, 2, n))
    rr_ms = 937.5 + breath + drift - drift.mean() + chance.normal(0, 12, n)
    return np.asarray(np.round(rr_ms * 1.024) / 1.024, dtype=np.float64)


def rate(sessions: list[NDArray[np.float64]], jobs: int) -> tuple[float, list[object]]:
    """Return sessions a second and the results."""
    begin_s = time.perf_counter()
    results = [result.to_dict() for result in analyze_series(sessions, FIVE, jobs=jobs)]
    return len(sessions) / (time.perf_counter() - begin_s), results  # type: ignore[return-value]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", metavar="PYTHON")
    parser.add_argument("-n", type=int, default=10_000)
    options = parser.parse_args()
    sessions = [session(seed) for seed in range(options.n)]
    list(analyze_series(sessions[:4], FIVE))  # imports are paid before the clock starts
    one, alone = rate(sessions, 1)
    two, shared = rate(sessions, 2)
    print(f"one core   {one:8.0f} sessions a second")
    print(f"two cores  {two:8.0f} sessions a second, {two / one:.2f} times as many")
    print(f"results identical: {alone == shared}")
    if options.peer:
        import tempfile
        from pathlib import Path

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "sessions.npz"
            np.savez(file, sessions=np.array(sessions[:PEER_SESSIONS]))
            done = subprocess.run(
                [options.peer, "-c", PEER, str(file)], capture_output=True, text=True, check=False
            )
        if done.returncode:
            sys.exit(f"The peer could not run: {done.stderr.strip().splitlines()[-1]}")
        peer = float(done.stdout)
        print(f"neurokit2  {peer:8.0f} sessions a second: ours is {one / peer:.0f} times its rate")


if __name__ == "__main__":
    main()
