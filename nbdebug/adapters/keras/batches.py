"""Going through the data a batch at a time, with less at once where memory runs out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.structure import Inputs
from nbdebug.records.progress import Progress


class Batches:
    """Runs a function over all examples.

    Args:
        size: examples a batch; halved when TensorFlow runs out of memory.
        fixed: True where the model was built for exactly this batch size.
        note: is told in words when the size changes.
    """

    def __init__(self, size: int, fixed: bool, note: Callable[[str], None]) -> None:
        self.size, self._fixed, self._note = size, fixed, note

    def run(
        self, function: Callable[[dict[str, np.ndarray]], Any], x: Inputs, progress: Progress | None = None
    ) -> Iterator[tuple[int, Any]]:
        """Yield how many examples are done and the result of each batch."""
        total, done = len(next(iter(x.values()))), 0
        while done < total:
            batch = {name: array[done : done + self.size] for name, array in x.items()}
            try:
                result = function(batch)
            except tf.errors.ResourceExhaustedError:
                if self.size == 1 or self._fixed:
                    raise
                self.size //= 2
                self._note(f"memory ran out: going on with batches of {self.size}")
                continue
            done += len(next(iter(batch.values())))
            yield done, result
            if progress is not None:
                progress(done, total)
