"""A curve of any length in bounded memory."""

from __future__ import annotations

import numpy as np

from nbdebug.records.series import Curve


class Thinned:
    """Keeps one value in `every`, and doubles `every` whenever `most` values are kept.

    Args:
        most: how many values are kept at most; even.
    """

    def __init__(self, most: int = 2048) -> None:
        self._most, self._every = most, 1
        self._steps: list[int] = []
        self._values: list[float] = []

    def add(self, step: int, value: float) -> None:
        """Note the value of a step; steps come in order, from 1."""
        if (step - 1) % self._every:
            return
        self._steps.append(step)
        self._values.append(value)
        if len(self._steps) >= self._most:
            self._every *= 2
            kept = [i for i, s in enumerate(self._steps) if (s - 1) % self._every == 0]
            self._steps = [self._steps[i] for i in kept]
            self._values = [self._values[i] for i in kept]

    def curve(self) -> Curve:
        """What is kept."""
        return Curve(np.array(self._steps, np.int64), np.array(self._values, np.float64), self._every)
