"""Which layers of a copy a few steps move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nbdebug.adapters.keras.copying.allowance import EVERY
from nbdebug.adapters.keras.copying.copies import Copy
from nbdebug.records.progress import Pulse


@dataclass(frozen=True)
class Moved:
    """What a few steps did to one layer.

    Args:
        any: whether a weight changed.
        stuck: paths of the weights of two axes or more that began as zeros and stayed so.
    """

    any: bool
    stuck: tuple[str, ...]


def moved(
    copy: Copy, x: Mapping[str, np.ndarray], y: Mapping[str, np.ndarray], batch: int, pulse: Pulse
) -> dict[str, Moved]:
    """What steps that use each of these examples at least once do to each layer."""
    before = copy.weights_by_layer()
    for order in _all_in_turn(len(next(iter(x.values()))), batch):
        pulse()
        copy.train(x, y, order)
    after = copy.weights_by_layer()
    return {name: _moved(values, after[name]) for name, values in before.items()}


def _moved(before: Mapping[str, np.ndarray], after: Mapping[str, np.ndarray]) -> Moved:
    still = [path for path, values in before.items() if np.array_equal(values, after[path], equal_nan=True)]
    stuck = tuple(path for path in still if before[path].ndim > 1 and not before[path].any())
    return Moved(len(still) < len(before), stuck)


def _all_in_turn(n: int, batch: int) -> np.ndarray:
    """Rounds of steps, (round, step, example); the last one begins with the first examples again."""
    batch = min(batch, n)
    rounds = -(-n // (EVERY * batch))
    return np.resize(np.arange(n), (rounds, EVERY, batch))
