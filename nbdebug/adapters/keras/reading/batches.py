"""Going through the data a batch at a time, with less at once where memory runs out or a batch takes long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.structure import Inputs
from nbdebug.records.progress import Progress

LONG = 1.0
"""Seconds: Cancel and other clicks wait for the end of a batch, so after a longer one comes a smaller."""


class Batches:
    """Runs a function over all examples.

    Args:
        size: examples a batch at most; halved when TensorFlow runs out of memory.
        fixed: True where the model was built for exactly this batch size.
        note: is told in words when the size changes.
    """

    def __init__(self, size: int, fixed: bool, note: Callable[[str], None]) -> None:
        self.size, self._now, self._fixed, self._note = size, size, fixed, note

    def run(
        self, function: Callable[[dict[str, np.ndarray]], Any], x: Inputs, progress: Progress | None = None
    ) -> Iterator[tuple[int, Any]]:
        """Yield how many examples are done and the result of each batch."""
        total, done, compiled = len(next(iter(x.values()))), 0, False
        while done < total:
            batch = {name: array[done : done + self._now] for name, array in x.items()}
            began = monotonic()
            try:
                result = function(batch)
            except tf.errors.ResourceExhaustedError:
                if self._now == 1 or self._fixed:
                    raise
                self.size = self._now = self._now // 2
                self._note(f"memory ran out: going on with batches of {self.size}")
                continue
            if compiled:  # what the first batch takes may be compiling
                self._adapt(monotonic() - began)
            compiled = True
            done += len(next(iter(batch.values())))
            yield done, result
            if progress is not None:
                progress(done, total)

    def _adapt(self, took: float) -> None:
        if not self._fixed and took > LONG:
            self._now = max(1, self._now // 2)
        elif took < LONG / 4:
            self._now = min(self.size, self._now * 2)
