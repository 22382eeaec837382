"""Masking looks for a value that no step has: the padding was turned into another one on its way."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of, number
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case

_LOOKED_AT = 1_000_000


def judge(case: Case, *, share: float = 0.1, run: int = 2) -> Iterator[Found]:
    """No step of the sequences is what Masking skips, and at least a `share` of them end in one and the same step,
    `run` times or more, and not all as often.
    """
    for node in graph_of(case):
        x = case.inputs.get(node.sources[0]) if node.type == "Masking" and node.direct and node.sources else None
        if x is None or x.ndim != 3 or x.dtype.kind not in "fiu" or x.shape[1] <= run:
            continue
        some, value = spread(x, _LOOKED_AT), number(node, "mask_value")
        if (some == value).all(axis=-1).any():
            continue
        padding, times = _behind(some)
        found = float((times >= run).mean())
        if found >= share and len(np.unique(times)) > 1:
            yield Found(
                why=f"{node.name} skips steps that are {value:g}, and none is: {found:.0%} of the sequences of "
                f"{node.sources[0]} end in steps of {_told(padding)} instead, which the layers behind it take for "
                "measurements. Scaling moves padding along with the rest.",
                fix=f"x[padded] = {value:g}  # after scaling, where padded marks the steps behind each sequence",
                layer=node.name,
                measured=found,
                threshold=share,
                measured_in="share of sequences with padding that is not masked",
                evidence={"input": node.sources[0]},
            )


def _behind(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The step that most sequences end in, and how often each of them does, (example,)."""
    lasts, counts = np.unique(x[:, -1], axis=0, return_counts=True)
    last = lasts[counts.argmax()]
    padded = (x == last).all(axis=-1)[:, ::-1]
    return last, np.logical_and.accumulate(padded, axis=1).sum(axis=1)


def _told(step: np.ndarray) -> str:
    shown = ", ".join(f"{value:.3g}" for value in step[:3])
    return f"({shown}{', ...' if len(step) > 3 else ''})"


CHECK = Check(
    judge=judge,
    cause="input_scaling",
    severity="error",
    source="Keras documentation of Masking: a step is skipped where all its values equal mask_value",
    rank=9,
    explains=("initialisation", "dynamics"),
    program="own_padding_scaled_along",
)
