"""Exact search over conjunctions: level by level, wider slices first, only into what can still be strong enough."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float, Int

from nbdebug.measure.slices.counts import Columns, Counts, Plan
from nbdebug.measure.slices.scores import Score
from nbdebug.measure.slices.sums import Sums

Count = Callable[[Plan], Counts]
"""Goes through all examples once; over one array in memory, or over many parts."""

CELLS = 4_000_000
"""Cells counted in one pass, 24 bytes each (40 with weights): bounds the memory."""

Conjunction = tuple[tuple[int, int], ...]
"""(column, code) of each condition, columns rising."""


@dataclass(frozen=True)
class Candidate:
    """A conjunction that is strong enough, with its score and its sums."""

    conditions: Conjunction
    score: float
    sums: Sums


@dataclass(frozen=True)
class _Level:
    """The groups of one tuple of columns that are gone into: where each is, its codes, its sums."""

    groups: Int[np.ndarray, "cell"]
    codes: Int[np.ndarray, "group column"]
    sums: Sums


@dataclass
class Search:
    """One search.

    Args:
        sizes: how many codes each column has.
        every: sums over all examples.
        score: see `scores`.
        support: the fewest examples of a slice.
        depth: the most conditions.
        n: how many of the strongest to keep.
    """

    sizes: tuple[int, ...]
    every: Sums
    score: Score
    support: int
    depth: int
    n: int
    levels: dict[Columns, _Level] = field(default_factory=dict)
    found: list[Candidate] = field(default_factory=list)

    def run(self, count: Count) -> list[Candidate]:
        """The `n` strongest conjunctions of at least `support` examples, strongest first.

        Ties go to fewer conditions, then to earlier columns and codes.
        """
        wanted: dict[Columns, tuple[int, ...]] = {(): tuple(range(len(self.sizes)))}
        for depth in range(1, self.depth + 1):
            for plan in self._plans(wanted):
                counts = count(plan)
                for columns in counts.counted():
                    self._judge(columns, counts.sums(columns), last=depth == self.depth)
            wanted = self._next(depth)
            if not wanted:
                break
        return self.found

    def _plans(self, wanted: dict[Columns, tuple[int, ...]]) -> Iterator[Plan]:
        groups = {columns: level.groups for columns, level in self.levels.items()}
        whole = Plan(self.sizes, groups, wanted)
        part: dict[Columns, tuple[int, ...]] = {}
        cells = 0
        for columns in sorted(wanted):
            if part and cells + whole.n_cells(columns) > CELLS:
                yield Plan(self.sizes, groups, part)
                part, cells = {}, 0
            part[columns] = wanted[columns]
            cells += whole.n_cells(columns)
        if part:
            yield Plan(self.sizes, groups, part)

    def _next(self, depth: int) -> dict[Columns, tuple[int, ...]]:
        """Tuples to count next: all that are one column shorter have groups left."""
        alive = {columns for columns in self.levels if len(columns) == depth}
        following = {}
        for columns in alive:
            lasts = [
                last
                for last in range(columns[-1] + 1, len(self.sizes))
                if all((*rest, last) in alive for rest in itertools.combinations(columns, depth - 1))
            ]
            if lasts:
                following[columns] = tuple(lasts)
        return following

    def _judge(self, columns: Columns, sums: Sums, last: bool) -> None:
        enough = np.flatnonzero((sums.n >= self.support) & (sums.n < self.every.n))
        if not len(enough):
            return
        codes = self._codes(columns, enough)
        inside = sums[enough]
        self._offer(columns, codes, inside)
        if last:
            return
        within = np.flatnonzero(self.score.bound(inside, self.support) > self._least)
        if len(within):
            groups = np.full(len(sums.n), -1, dtype=np.intp)
            groups[enough[within]] = np.arange(len(within))
            self.levels[columns] = _Level(groups, codes[within], inside[within])

    def _codes(self, columns: Columns, cells: Int[np.ndarray, "group"]) -> Int[np.ndarray, "group column"]:
        before, code = np.divmod(cells, self.sizes[columns[-1]])
        if len(columns) == 1:
            return code[:, None]
        return np.column_stack([self.levels[columns[:-1]].codes[before], code])

    @property
    def _least(self) -> float:
        return self.found[-1].score if len(self.found) == self.n else self.score.least

    def _offer(self, columns: Columns, codes: Int[np.ndarray, "group column"], inside: Sums) -> None:
        score = self.score.of(inside, self.every - inside)
        strong = np.flatnonzero(score >= self._least)
        if self.score.beyond_wider:
            for few in itertools.chain.from_iterable(
                itertools.combinations(range(len(columns)), size) for size in range(len(columns) - 1, 0, -1)
            ):
                score[strong] = np.minimum(score[strong], self._beyond(columns, codes[strong], few, inside[strong]))
                strong = strong[score[strong] >= self._least]
        new = [
            Candidate(tuple(zip(columns, map(int, codes[at]), strict=True)), float(score[at]), inside[at])
            for at in strong[np.argsort(-score[strong], kind="stable")][: self.n]
            if score[at] > self.score.least
        ]
        ranked = sorted([*self.found, *new], key=lambda c: (-c.score, len(c.conditions), c.conditions))
        self.found = ranked[: self.n]

    def _beyond(
        self, columns: Columns, codes: Int[np.ndarray, "group column"], few: tuple[int, ...], inside: Sums
    ) -> Float[np.ndarray, "group"]:
        """Against the rest of the wider slice that has only these few of the conditions."""
        group = np.zeros(len(codes), dtype=np.intp)
        for depth, place in enumerate(few, 1):
            level = self.levels[tuple(columns[each] for each in few[:depth])]
            cell = group * self.sizes[columns[place]] + codes[:, place]
            group = np.where(group < 0, -1, level.groups[np.where(group < 0, 0, cell)])
        found = self.score.of(inside, level.sums[group] - inside) if len(codes) else np.zeros(0)
        return np.where(group < 0, -np.inf, found)
