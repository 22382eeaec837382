"""Going through the data a batch at a time: more at once where examples are many and small, less where memory runs out
or a batch takes long."""

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
EARLY = 8
"""So many batches have the size that was asked for; the first pictures come of them."""


class Batches:
    """Runs a function over all examples.

    Args:
        size: examples a batch; halved when TensorFlow runs out of memory.
        fixed: True where the model was built for exactly this batch size.
        note: is told in words when memory runs out.
        most: examples a batch where they are many and a pass holds nothing beside what the layers put out.
    """

    def __init__(self, size: int, fixed: bool, note: Callable[[str], None], most: int = 0) -> None:
        self.size, self._now, self._fixed, self._note = size, size, fixed, note
        self._most = size if fixed else max(size, most)

    def run(
        self,
        function: Callable[[dict[str, np.ndarray]], Any],
        x: Inputs,
        progress: Progress | None = None,
        *,
        grow: bool = False,
    ) -> Iterator[tuple[int, Any]]:
        """Yield how many examples are done and the result of each batch.

        Args:
            grow: after the first few batches, up to `most` examples at once.
        """
        total, done, batches = len(next(iter(x.values()))), 0, 0
        self._now = min(self._now, self.size)
        while done < total:
            batch = {name: array[done : done + self._now] for name, array in x.items()}
            began = monotonic()
            try:
                result = function(batch)
            except tf.errors.ResourceExhaustedError:
                if self._now == 1 or self._fixed:
                    raise
                self._most = self._now = self._now // 2
                self.size = min(self.size, self._now)
                self._note(f"memory ran out: going on with batches of {self._now}")
                continue
            batches += 1
            if batches > 1:  # what the first batch takes may be compiling
                self._adapt(monotonic() - began, self._most if grow and batches >= EARLY else self.size)
            done += len(next(iter(batch.values())))
            yield done, result
            if progress is not None:
                progress(done, total)

    def _adapt(self, took: float, most: int) -> None:
        if not self._fixed and took > LONG:
            self._now = max(1, self._now // 2)
        elif took < LONG / 4:
            self._now = min(most, self._now * 2)
