"""Which layers of a copy a few steps move."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from nbdebug.adapters.keras.copying.allowance import EVERY
from nbdebug.adapters.keras.copying.copies import Copy
from nbdebug.records.progress import Pulse


def moved(
    copy: Copy, x: Mapping[str, np.ndarray], y: Mapping[str, np.ndarray], batch: int, pulse: Pulse
) -> dict[str, bool]:
    """Whether the weights of each layer change in steps that use each of these examples at least once."""
    before = copy.weights_by_layer()
    for order in _all_in_turn(len(next(iter(x.values()))), batch):
        pulse()
        copy.train(x, y, order)
    after = copy.weights_by_layer()
    return {name: any(map(_differ, after[name], values)) for name, values in before.items()}


def _all_in_turn(n: int, batch: int) -> np.ndarray:
    """Rounds of steps, (round, step, example); the last one begins with the first examples again."""
    batch = min(batch, n)
    rounds = -(-n // (EVERY * batch))
    return np.resize(np.arange(n), (rounds, EVERY, batch))


def _differ(one: np.ndarray, other: np.ndarray) -> bool:
    return not np.array_equal(one, other, equal_nan=True)
