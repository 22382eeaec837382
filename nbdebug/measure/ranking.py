"""Scores sorted once, equal ones side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int, Shaped


@dataclass(frozen=True)
class Ranking:
    """An order of examples by score, lowest first.

    Args:
        order: positions of the examples, sorted by score.
        starts: where in `order` each group of equal scores begins.
        group: number of the group of each example, 0 for the lowest score.
        values: the score of each group.
    """

    order: Int[np.ndarray, "example"]
    starts: Int[np.ndarray, "group"]
    group: Int[np.ndarray, "example"]
    values: Float[np.ndarray, "group"]

    def sums(self, values: Shaped[np.ndarray, "example"]) -> Float[np.ndarray, "group"]:
        """Sum of `values` over the examples of each group."""
        return np.add.reduceat(values[self.order].astype(np.float64), self.starts)


def ranked(score: Float[np.ndarray, "example"]) -> Ranking:
    """Sort at least one score, none of them NaN."""
    order = np.argsort(score, kind="stable")
    in_order = score[order]
    begins = np.concatenate([[True], in_order[1:] != in_order[:-1]])
    group = np.empty(len(score), np.int64)
    group[order] = np.cumsum(begins) - 1
    starts = np.flatnonzero(begins)
    return Ranking(order, starts, group, in_order[starts])
