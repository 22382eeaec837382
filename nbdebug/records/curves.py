"""What the pictures of an output's metrics show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int


@dataclass(frozen=True)
class RocCurve:
    """Shares found and shares wrongly called, over all thresholds.

    Args:
        false_positive_share: of the examples that are 0, rising.
        true_positive_share: of the examples that are 1.
        threshold: the share from which on 1 is predicted at each point; infinite where nothing is.
        n: how many examples count.
    """

    false_positive_share: Float[np.ndarray, "point"]
    true_positive_share: Float[np.ndarray, "point"]
    threshold: Float[np.ndarray, "point"]
    n: int


@dataclass(frozen=True)
class PrecisionRecall:
    """Precision over recall, over all thresholds.

    Args:
        recall: share of what is 1 that is predicted 1, falling.
        precision: share of what is predicted 1 that is 1.
        threshold: the share from which on 1 is predicted at each point; infinite where nothing is.
        positive_share: share of label 1, the precision of guessing.
        n: how many examples count.
    """

    recall: Float[np.ndarray, "point"]
    precision: Float[np.ndarray, "point"]
    threshold: Float[np.ndarray, "point"]
    positive_share: float
    n: int


@dataclass(frozen=True)
class Calibration:
    """What came true of what was predicted, in bins of about as many examples each.

    Args:
        predicted: mean predicted share of each bin, rising.
        observed: share that came true.
        low, high: 95 % interval of `observed`.
        n: how many examples each bin has.
    """

    predicted: Float[np.ndarray, "bin"]
    observed: Float[np.ndarray, "bin"]
    low: Float[np.ndarray, "bin"]
    high: Float[np.ndarray, "bin"]
    n: Int[np.ndarray, "bin"]


@dataclass(frozen=True)
class Confusion:
    """Which classes are taken for which.

    Args:
        classes: names of the classes.
        counts: weight of the examples of each label (first axis) and prediction (second axis); plain counts where no
            weights were given.
        n: how many examples count.
        note: which classes are shown together, "" where all are shown.
    """

    classes: tuple[str, ...]
    counts: Float[np.ndarray, "label prediction"]
    n: int
    note: str = ""


@dataclass(frozen=True)
class Residuals:
    """How predictions of a number miss: prediction - label.

    Args:
        mean: of all, with `low` and `high` of its 95 % interval: the bias.
        low, high: see `mean`.
        std: standard deviation.
        edges: of a histogram of the residuals.
        counts: weight in each of its bins.
        predicted: mean prediction of each of several bins of about as many examples, rising.
        quantiles: the 5th, 25th, 50th, 75th and 95th percentile of the residuals of each bin.
        smallest, largest: of each bin, so that nothing that stands out is hidden.
        n: how many examples count.
    """

    mean: float
    low: float
    high: float
    std: float
    edges: Float[np.ndarray, "edge"]
    counts: Float[np.ndarray, "bar"]
    predicted: Float[np.ndarray, "bin"]
    quantiles: Float[np.ndarray, "bin 5"]
    smallest: Float[np.ndarray, "bin"]
    largest: Float[np.ndarray, "bin"]
    n: int
