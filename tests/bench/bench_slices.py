"""Finding slices: against sliceline on the same codes, growth, memory, and two dask workers against one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from borrowed import borrowed
from row import Row, interleaved

HERE = Path(__file__).parent
SLICELINE = "sliceline==0.3.0", "loguru"
ALPHA = 0.99
TOP = 10
PARTS = 20


def example(n: int, seed: int = 0) -> tuple[pd.DataFrame, np.ndarray]:
    """15 columns: five of numbers, five of texts, three of small whole numbers, two of True and False."""
    rng = np.random.default_rng(seed)
    columns = {f"number_{i}": rng.normal(50, 15, n) for i in range(5)}
    columns |= {f"text_{i}": rng.choice([f"v{k}" for k in range(8)], n) for i in range(5)}
    columns |= {f"whole_{i}": rng.integers(0, 6, n) for i in range(3)}
    columns |= {f"flag_{i}": rng.random(n) < 0.3 for i in range(2)}
    loss = rng.exponential(size=n)
    loss[(columns["text_0"] == "v1") & (columns["whole_0"] == 2)] *= 2
    loss[(columns["number_1"] > 70) & columns["flag_0"]] *= 1.5
    return pd.DataFrame(columns), loss


def ours(n: int, depth: int, seconds: dict) -> None:
    from nbdebug.measure.slices.find import find

    frame, loss = example(n)
    seconds |= interleaved({"find": lambda: find(frame, loss, depth=depth)}, pairs=3)


def searched(n: int, seconds: dict) -> list:
    """All examples searched by SliceLine's score, encoding included; the slices as {column: code}."""
    from nbdebug.measure.slices.asked import Asked
    from nbdebug.measure.slices.in_memory import InMemory
    from nbdebug.measure.slices.run import candidates_of

    frame, loss = example(n)
    asked = Asked(depth=2, n=TOP, alpha=ALPHA, min_support=n // 100)
    found = []

    def search():
        examples = InMemory.of(frame, loss, None, asked, split=False)
        found[:] = candidates_of(examples, asked, examples.tell([], True).sums([()])[0])

    seconds |= interleaved({"search": search}, pairs=3)
    return [{str(column): code for column, code in each.conditions} for each in found]


def slicelines(n: int, seconds: dict) -> list:
    from sliceline.slicefinder import Slicefinder

    from nbdebug.measure.slices.asked import Asked
    from nbdebug.measure.slices.in_memory import InMemory

    frame, loss = example(n)
    codes = InMemory.of(frame, loss, None, Asked(), split=False).discovery.codes.T.astype(int)
    finder = Slicefinder(alpha=ALPHA, k=TOP, max_l=2, min_sup=n // 100, verbose=False)
    seconds |= once(lambda: finder.fit(codes, loss))
    return [{str(at): int(code) for at, code in enumerate(row) if code is not None} for row in finder.top_slices_]


def once(call) -> dict:
    begin = time.perf_counter()
    call()
    return {"fit": time.perf_counter() - begin}


def workers(n: int, seconds: dict) -> None:
    """Seconds of a search over a frame in partitions held by one worker, and by two, one thread each."""
    import dask
    import dask.dataframe as dd
    from distributed import Client, LocalCluster, wait

    from nbdebug.measure.slices.dask_frame import find_in_dask

    dask.config.set({"distributed.worker.memory.terminate": False})
    for n_workers in (1, 2, 1, 2):
        with (
            LocalCluster(n_workers=n_workers, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster),
        ):
            parts = dd.from_map(partition, range(PARTS), n=n // PARTS).persist()
            wait(parts)
            took = once(lambda parts=parts: find_in_dask(parts, "loss", depth=3))["fit"]
            seconds[str(n_workers)] = min(took, seconds.get(str(n_workers), np.inf))


def two_at_once() -> float:
    """How much faster this machine does two plain loops in two processes than one after the other."""
    loop = [sys.executable, "-c", "sum(range(150_000_000))"]

    def together():
        for each in [subprocess.Popen(loop) for _ in range(2)]:
            each.wait()

    taken = interleaved({"one": lambda: subprocess.run(loop), "two": together}, pairs=3)
    return 2 * taken["one"] / taken["two"]


def partition(seed: int, n: int) -> pd.DataFrame:
    frame, loss = example(n, seed)
    return frame.astype({f"text_{i}": "category" for i in range(5)}).assign(loss=loss)


def alone(what: str, n: int, *more: int) -> dict:
    """Run one of the functions above in a process of its own: its seconds, its result, its peak memory."""
    code = [sys.executable, str(HERE / "bench_slices.py"), what, str(n), *map(str, more)]
    done = subprocess.run(code, capture_output=True, text=True, env=_environment(), timeout=1200)
    if done.returncode:
        raise RuntimeError(f"{what} of {n:,} ended with {done.returncode}: {done.stderr[-300:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _environment() -> dict:
    return os.environ | {"PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), borrowed(*SLICELINE)])}


def rows():
    yield from _against_sliceline(100_000)
    small, large, deep = alone("ours", 100_000, 2), alone("ours", 1_000_000, 2), alone("ours", 1_000_000, 3)
    yield Row("slices of 1,000,000 x 15, depth 2", large["seconds"]["find"], "s", 1.5)
    yield Row("slices of 1,000,000 x 15, depth 3", deep["seconds"]["find"], "s", 6)
    yield Row("its memory beyond the frame, depth 3", deep["megabytes"], "MB", 1000)
    yield Row("10 x the examples, 1e5 to 1e6, depth 2", large["seconds"]["find"] / small["seconds"]["find"], "x", 11)
    taken, machine = alone("workers", 10_000_000)["seconds"], two_at_once()
    yield Row(
        "slices of 1e7 x 15, depth 3, two dask workers / one",
        taken["2"] / taken["1"],
        "x",
        1 / 1.4,
        f"{taken['1']:.1f} s with one, {taken['2']:.1f} s with two; two plain loops at once: {machine:.2f} x one",
    )


def _against_sliceline(n: int):
    mine = alone("searched", n)
    what = f"slices of {n:,} x 15, depth 2"
    try:
        theirs = alone("slicelines", n)
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        yield Row(what, mine["seconds"]["search"], "s", None, f"sliceline did not survive: {str(error)[:80]}")
        return
    if not theirs["found"]:
        raise AssertionError("sliceline found nothing to compare")
    same = sum(one in mine["found"] for one in theirs["found"])
    ratio = mine["seconds"]["search"] / theirs["seconds"]["fit"]
    beside = f"{mine['seconds']['search']:.2f} s against {theirs['seconds']['fit']:.1f} s"
    yield Row(f"{what} / sliceline 0.3", ratio, "x", 1 / 20, beside)
    memory = f"{mine['megabytes']:.0f} MB against {theirs['megabytes']:.0f} MB beyond the frame"
    yield Row("its memory / sliceline's", mine["megabytes"] / theirs["megabytes"], "x", 1 / 5, memory)
    yield Row(
        "of the strongest by its score, not found",
        len(theirs["found"]) - same,
        "slices",
        0,
        f"of {len(theirs['found'])}",
    )


def main(what: str, n: int, *more: int) -> None:
    import resource

    example(1000)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    frame, loss = example(n) if what != "workers" else (pd.DataFrame(), np.zeros(0))
    held = max(held, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    del frame, loss
    seconds: dict[str, float] = {}
    found = {"ours": ours, "searched": searched, "slicelines": slicelines, "workers": workers}[what](n, *more, seconds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "found": found, "megabytes": (peak - held) / 1024}))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
