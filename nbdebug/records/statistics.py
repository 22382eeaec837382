"""What is known of every unit over a whole data set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int


@dataclass(frozen=True)
class Histogram:
    """Counts of values on fixed signed-log edges.

    Args:
        edges: bin edges, in the units of the values, rising, the same for every layer.
        counts: how many values fell into each bin, a row a unit.
        every: one time in `every` was counted; 1 means all of them.
    """

    edges: Float[np.ndarray, "edge"]
    counts: Int[np.ndarray, "unit bin"]
    every: int


@dataclass(frozen=True)
class UnitStatistics:
    """What each unit of one layer does over all examples and unmasked times.

    Args:
        layer: name of the layer.
        n_examples: examples that were seen.
        n_values: values that were counted for each unit.
        mean, std, minimum, maximum: of the finite values of each unit.
        zero_share: share of values that are exactly zero.
        saturated_share: share of values within 1 % of a bound of a bounded activation; 0 for unbounded ones.
        not_finite: count of NaN and Inf values.
        histogram: see `Histogram`.
        dead: zero for every example and unmasked time.
        constant: spread below 1e-6 of the layer's scale (its largest magnitude).
        complete: False for a provisional record while later examples still stream in.
        fingerprint: which state of the weights this is.
    """

    layer: str
    n_examples: int
    n_values: Int[np.ndarray, "unit"]
    mean: Float[np.ndarray, "unit"]
    std: Float[np.ndarray, "unit"]
    minimum: Float[np.ndarray, "unit"]
    maximum: Float[np.ndarray, "unit"]
    zero_share: Float[np.ndarray, "unit"]
    saturated_share: Float[np.ndarray, "unit"]
    not_finite: Int[np.ndarray, "unit"]
    histogram: Histogram
    dead: Bool[np.ndarray, "unit"]
    constant: Bool[np.ndarray, "unit"]
    complete: bool
    fingerprint: str
