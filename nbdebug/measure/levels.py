"""What the levels of one column do to a label, and whether their order has anything to do with it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float


class Levels(NamedTuple):
    """A label by the levels of a column.

    Args:
        explained: share of the variance of the label between levels.
        noise: share of the variance of the means of levels that is due to their few examples.
        disorder: mean square difference of neighbouring means over their variance: 2 without any order, near 0 where
            the label follows the column.
    """

    explained: float
    noise: float
    disorder: float


def levels(column: Float[np.ndarray, "example"], label: Float[np.ndarray, "example"]) -> Levels | None:
    """Analysis of variance and von Neumann's ratio of the means (1941); None where no two means differ."""
    _, level = np.unique(column, return_inverse=True)
    counts = np.bincount(level)
    means = np.bincount(level, label) / counts
    within = float(((label - means[level]) ** 2).sum() / max(1, len(label) - len(counts)))
    spread, total = float(means.var(ddof=1)) if len(means) > 2 else 0.0, float(label.var())
    if spread <= 0 or total <= 0:
        return None
    between = float((counts * (means - label.mean()) ** 2).sum() / len(label))
    noise = within * float((1 / counts).mean()) / spread
    return Levels(between / total, noise, float((np.diff(means) ** 2).mean()) / spread)


def evenly_spaced(values: Float[np.ndarray, "level"], slack: float = 1e-3) -> bool:
    """Whether sorted levels are whole multiples of their smallest distance apart, as scaled whole numbers are."""
    apart = np.diff(values)
    multiples = apart / apart.min() if len(apart) and apart.min() > 0 else np.array([0.5])
    return bool(np.all(np.abs(multiples - np.round(multiples)) < slack * np.maximum(1, multiples)))
