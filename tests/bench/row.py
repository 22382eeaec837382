"""One line of the table that `make bench` prints."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Row:
    """A measured figure beside its target; `limit` is the largest value that meets it, None without a target."""

    what: str
    measured: float
    unit: str = "x"
    limit: float | None = None
    beside: str = ""

    @property
    def verdict(self) -> str:
        if self.limit is None:
            return ""
        return "met" if self.measured <= self.limit else f"missed by {self.measured / self.limit - 1:.0%}"

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"<= {self.limit:g} {self.unit}"
        return f"| {self.what} | {limit} | {self.measured:.3g} {self.unit} | {self.verdict} | {self.beside} |"


HEADER = "| what | target | measured | | beside it |\n|---|---|---|---|---|"


def interleaved(calls: dict[str, Callable[[], object]], pairs: int) -> dict[str, float]:
    """Median seconds of each call, the calls taken in turn so that a drift of the machine hits all alike.

    Each call runs once beforehand, uncounted: tracing and caches are told apart from the work.
    """
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(pairs):
        for name, call in calls.items():
            begin = time.perf_counter()
            call()
            seconds[name].append(time.perf_counter() - begin)
    return {name: float(np.median(taken)) for name, taken in seconds.items()}
