"""The examples that copies are trained on, as a mend has them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Int

from nbdebug.measure.standardise import Scale, scale_of
from nbdebug.records.mend import Mend

_SLICE, _BATCH = 256, 32
_SMALL_SLICE, _SMALL_BATCH, _LARGE_EXAMPLE = 48, 8, 5_000
_SCALED_BY = 10_000

Arrays = dict[str, np.ndarray]


@dataclass(frozen=True)
class Slices:
    """Slices of data, one a seed.

    Args:
        x: input name -> (example, ...).
        y: head name -> labels.
        batch_size: of the user's `fit`, None where it is not known.
        squared: whether some loss is in units of the square of labels.
    """

    x: Mapping[str, np.ndarray]
    y: Mapping[str, np.ndarray]
    batch_size: int | None
    squared: bool = False

    @property
    def size(self) -> int:
        """How many examples a slice has, where there are so many."""
        return _SMALL_SLICE if self._large else _SLICE

    @property
    def batch(self) -> int:
        """How many examples a batch has, where a slice has so many."""
        most = _SMALL_BATCH if self._large else _BATCH
        return min(self.batch_size or most, most)

    @property
    def _large(self) -> bool:
        return sum(math.prod(values.shape[1:]) for values in self.x.values()) > _LARGE_EXAMPLE

    def parts(
        self, seed: int, held_out: bool = False
    ) -> tuple[Int[np.ndarray, " learned"], Int[np.ndarray, " looked_at"]]:
        """Which examples a copy trains on, and which its loss is of: the same ones, or as many others."""
        n = len(next(iter(self.x.values())))
        order = np.random.default_rng(seed).permutation(n)
        size = min(self.size, n // 2) if held_out else self.size
        learned = np.sort(order[:size])
        return learned, np.sort(order[size:][:size]) if held_out else learned

    def rounds(self, seed: int, n: int, n_rounds: int, steps: int) -> Iterator[Int[np.ndarray, "step example"]]:
        """Rounds of so many steps; the batch of each is drawn from all `n` examples."""
        random = np.random.default_rng(seed)
        for _ in range(n_rounds):
            yield np.stack([random.permutation(n)[: self.batch] for _ in range(steps)])

    def taken(self, mend: Mend, at: np.ndarray) -> tuple[Arrays, Arrays, float]:
        """These examples and their labels, and what a loss of them is to be multiplied by to be on the user's scale."""
        x, y = rows(self.x, at), rows(self.y, at)
        if mend.standardise_inputs:
            x = {name: scale_of(self.x[name][:_SCALED_BY]).forward(values) for name, values in x.items()}
        if not mend.standardise_targets:
            return x, y, 1.0
        scales: dict[str, Scale] = {name: scale_of(values) for name, values in y.items()}
        # A squared error of standardised labels is in units of their variance, an absolute one of their spread.
        unit = float(np.mean([np.mean(scale.std ** (2 if self.squared else 1)) for scale in scales.values()]))
        return x, {name: scales[name].forward(values) for name, values in y.items()}, unit

    def first(self) -> tuple[Arrays, Arrays]:
        """One batch as it is."""
        at = self.parts(0)[0][: self.batch]
        return rows(self.x, at), rows(self.y, at)


def rows(arrays: Mapping[str, np.ndarray], at: Sequence[int] | np.ndarray) -> Arrays:
    """These examples of each array."""
    return {name: values[at] for name, values in arrays.items()}
