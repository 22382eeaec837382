"""Examples that were not in front were brought there by reshape: each is a mixture of others."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.measure.far_neighbours import far_neighbours
from nbdebug.records.case import Case

_FEWEST = 20


def judge(
    case: Case, *, far: float = 0.4, near: float = 0.2, times: float = 5.0, fades: float = 0.8
) -> Iterator[Found]:
    """Series and pictures. Numbers that the axes call neighbours, and all others up to two examples apart, have a
    correlation below `near`; numbers farther apart in memory have one above `far`, and that distance fits in `times` or
    more. Windows that overlap and columns with scales of their own are alike within two examples. Examples that come
    again are alike whole examples apart, and as much so every time: what is a step in time fades to `fades` of it.
    """
    for name, values in case.inputs.items():
        if values.ndim < 3 or values.dtype.kind not in "fiu" or len(values) < _FEWEST:
            continue
        found = far_neighbours(values) if np.isfinite(values[:1000]).all() else None
        if found is None or found.near >= near or found.far < far or found.times < times:
            continue
        if found.distance % values[0].size == 0 and not found.farther < fades * found.far:
            continue
        axes = " × ".join(map(str, values.shape[1:]))
        yield Found(
            why=f"No numbers within an example of {name} ({axes}) are alike, but such are that lie {found.distance:,} "
            "apart in memory: the examples were not the first axis when it was reshaped, and each is now a mixture of "
            "many.",
            fix="x = np.moveaxis(recording, 1, 0)  # from (time, example, channel): move the axis, do not reshape",
            measured=found.far,
            threshold=far,
            measured_in="correlation of numbers that lie so far apart",
            evidence={"input": name, **found._asdict()},
        )


CHECK = Check(
    judge=judge,
    cause="shape",
    severity="error",
    source="NumPy documentation of reshape: elements keep their order in memory; Wiener-Khinchin theorem",
    rank=4,
    explains=("data", "dynamics"),
    program="own_examples_mixed",
)
