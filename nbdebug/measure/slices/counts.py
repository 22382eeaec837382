"""Sums of the loss over every conjunction of some columns, added up part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float, Int, UInt8

from nbdebug.measure.slices.sums import Sums

Columns = tuple[int, ...]
BLOCK = 12_288
"""Examples taken at once: what one block needs stays in the cache, and each array below the 128 kB from which on memory
is asked of the system anew each time (always so in dask's workers, which have it trimmed)."""


@dataclass(frozen=True)
class Plan:
    """What is to be counted.

    Args:
        sizes: how many codes each column has.
        groups: of each tuple of columns that is gone into, (group of the tuple before * size + code) -> group, -1
            where it is not gone into further.
        wanted: by tuple gone into, the further columns whose codes are counted within its groups.
    """

    sizes: tuple[int, ...]
    groups: dict[Columns, Int[np.ndarray, "cell"]]
    wanted: dict[Columns, tuple[int, ...]]

    def n_groups(self, columns: Columns) -> int:
        return int(self.groups[columns].max(initial=-1)) + 1 if columns else 1

    def n_cells(self, columns: Columns) -> int:
        """How many cells one further column of the largest size may need."""
        return sum(self.n_groups(columns) * self.sizes[last] for last in self.wanted[columns])

    def steps(self) -> dict[Columns, list[int]]:
        """The columns to go into, from each tuple on the way to a wanted one."""
        found: dict[Columns, set[int]] = {}
        for columns in self.wanted:
            for depth in range(len(columns)):
                found.setdefault(columns[:depth], set()).add(columns[depth])
        return {columns: sorted(each) for columns, each in found.items()}


@dataclass(frozen=True)
class _Block:
    codes: dict[int, Int[np.ndarray, "example"]]
    weighing: tuple[Float[np.ndarray, "example"], ...]

    def take(self, kept: np.ndarray, after: int) -> _Block:
        """Some of the examples, and the columns after one."""
        codes = {column: codes[kept] for column, codes in self.codes.items() if column > after}
        return _Block(codes, tuple(each[kept] for each in self.weighing))


@dataclass
class Counts:
    """An accumulator: `update` it with parts of the data, `merge` those of others, read it with `sums`.

    No loop goes over examples: within a block, the examples of a group are added by `numpy.bincount`, and those in no
    group that is gone into are dropped on the way.
    """

    plan: Plan
    weighted: bool
    cells: dict[Columns, np.ndarray] = field(default_factory=dict)

    def update(
        self,
        codes: UInt8[np.ndarray, "column example"],
        x: Float[np.ndarray, "example"],
        weights: Float[np.ndarray, "example"] | None = None,
    ) -> None:
        """Take in some examples: their codes, shifted losses, and weights if they have any."""
        steps = self.plan.steps()
        for start in range(0, codes.shape[1], BLOCK):
            at = slice(start, start + BLOCK)
            wide = {column: codes[column, at].astype(np.intp) for column in range(len(codes))}
            if weights is None:
                block = _Block(wide, (x[at], x[at] ** 2))
            else:
                w = weights[at]
                block = _Block(wide, (w, w**2, w * x[at], w * x[at] ** 2))
            self._walk((), np.zeros(len(x[at]), np.intp), block, steps)

    def _walk(self, columns: Columns, group: np.ndarray, block: _Block, steps: dict[Columns, list[int]]) -> None:
        for last in self.plan.wanted.get(columns, ()):
            self._add((*columns, last), self._cell(columns, group, last, block), block)
        for following in steps.get(columns, ()):
            longer = (*columns, following)
            inner = self.plan.groups[longer][self._cell(columns, group, following, block)]
            kept = np.flatnonzero(inner >= 0)
            if len(kept) == len(inner):
                self._walk(longer, inner, block, steps)
            elif len(kept):
                self._walk(longer, inner[kept], block.take(kept, following), steps)

    def _cell(self, columns: Columns, group: np.ndarray, last: int, block: _Block) -> np.ndarray:
        return group * self.plan.sizes[last] + block.codes[last] if columns else block.codes[last]

    def _add(self, columns: Columns, cell: np.ndarray, block: _Block) -> None:
        held = self._held(columns)
        size = held.shape[1]
        held[0] += np.bincount(cell, minlength=size)
        for row, weighing in enumerate(block.weighing, 1):
            held[row] += np.bincount(cell, weighing, size)

    def _held(self, columns: Columns) -> np.ndarray:
        if columns not in self.cells:
            size = self.plan.n_groups(columns[:-1]) * self.plan.sizes[columns[-1]]
            self.cells[columns] = np.zeros((5 if self.weighted else 3, size))
        return self.cells[columns]

    def merge(self, other: Counts) -> Counts:
        """Take in what another accumulator of the same plan has seen."""
        for columns in other.cells:
            self._held(columns)[:] += other.cells[columns]
        return self

    def sums(self, columns: Columns) -> Sums:
        """The sums of each cell (group of the tuple before * size + code) of a tuple that was counted."""
        n, *sums = self._held(columns)
        return Sums(n.astype(np.int64), *(sums if self.weighted else (n, n, *sums)))

    def counted(self) -> Iterator[Columns]:
        """The tuples that were to be counted, in order."""
        for columns in sorted(self.plan.wanted):
            yield from ((*columns, last) for last in self.plan.wanted[columns])
