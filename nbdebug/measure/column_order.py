"""Whether two tables have their columns in the same order, judged by their values alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int
from scipy.optimize import linear_sum_assignment
from scipy.stats import rankdata

_KOLMOGOROV = np.pi**2 / 12
"""Mean of the square of the Kolmogorov distribution."""
_STRONGEST = 0.999


class ColumnOrder(NamedTuple):
    """The order of columns under which two tables agree best.

    Args:
        order: column of the second table for each column of the first, (column,).
        as_given: by how much the tables disagree in the order given; about 1 for two samples of the same examples.
        best: the same in that order.
    """

    order: Int[np.ndarray, "column"]
    as_given: float
    best: float


def best_order(
    one: Float[np.ndarray, "example column"], other: Float[np.ndarray, "other column"], unless: float = 0.0
) -> ColumnOrder:
    """Match columns by their distributions and by the correlations between them.

    Disagreement is half that of the columns (squared Kolmogorov-Smirnov distances) and half that of the pairs (squared
    differences of Fisher-transformed rank correlations), each over what chance makes of samples of that size.

    Args:
        one, other: samples.
        unless: no other order is looked for where they disagree by less than this as they are.

    Source: Smirnov 1948; Fisher 1915; the search exchanges pairs of columns from the best assignment by columns alone.
    """
    z, z_other, scale = _bonds(one), _bonds(other), _scale(len(one), len(other))
    given = np.arange(one.shape[1])

    def pairs(order: np.ndarray) -> float:
        return scale * float(((z - z_other[np.ix_(order, order)]) ** 2).sum()) / max(1, len(z) * (len(z) - 1))

    as_given = (float(np.mean([_distance(one[:, i], other[:, i]) for i in given])) + pairs(given)) / 2
    if as_given < unless:
        return ColumnOrder(given, as_given, as_given)
    alone = np.array([[_distance(one[:, i], other[:, j]) for j in given] for i in given])

    def cost(order: np.ndarray) -> float:
        return (float(alone[given, order].mean()) + pairs(order)) / 2

    profiles = np.sort(z, axis=1)[:, None] - np.sort(z_other, axis=1)[None]
    start = linear_sum_assignment(alone + scale * (profiles**2).mean(axis=2))[1]
    order = min((_exchanged(start, cost), _exchanged(given, cost)), key=cost)
    return ColumnOrder(order, as_given, cost(order))


def _exchanged(order: np.ndarray, cost: Callable[[np.ndarray], float]) -> np.ndarray:
    order, lowest, better = order.copy(), cost(order), True
    while better:
        better = False
        for a in range(len(order)):
            for b in range(a + 1, len(order)):
                order[[a, b]] = order[[b, a]]
                found = cost(order)
                if found < lowest - 1e-12:
                    lowest, better = found, True
                else:
                    order[[a, b]] = order[[b, a]]
    return order


def _distance(one: np.ndarray, other: np.ndarray) -> float:
    """The squared Kolmogorov-Smirnov distance of two samples, over what chance makes."""
    n, m = len(one), len(other)
    first, (steps, counts) = np.sort(one), np.unique(other, return_counts=True)
    upto = np.cumsum(counts) / m
    above = np.searchsorted(first, steps, "right") / n - upto
    below = np.searchsorted(first, steps, "left") / n - (upto - counts / m)
    return float(max(np.abs(above).max(), np.abs(below).max()) ** 2 * (n * m / (n + m)) / _KOLMOGOROV)


def _bonds(values: np.ndarray) -> np.ndarray:
    """Fisher's z of the rank correlations between columns, 0 on the diagonal and for constant columns."""
    ranks = rankdata(values, axis=0)
    ranks = ranks - ranks.mean(axis=0)
    norms = np.sqrt((ranks**2).sum(axis=0))
    ranks = ranks / np.where(norms > 0, norms, np.inf)
    found = np.arctanh(np.clip(ranks.T @ ranks, -_STRONGEST, _STRONGEST))
    np.fill_diagonal(found, 0.0)
    return np.asarray(found)


def _scale(n: int, m: int) -> float:
    return 1 / (1 / max(1, n - 3) + 1 / max(1, m - 3))
