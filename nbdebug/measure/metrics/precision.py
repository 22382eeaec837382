"""Average precision and how each example moves it."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float
from sklearn.metrics import average_precision_score

from nbdebug.measure.ranking import ranked


def average_precision(
    label: Bool[np.ndarray, "example"], score: Float[np.ndarray, "example"], weights: Float[np.ndarray, "example"]
) -> tuple[float, Float[np.ndarray, "example"]]:
    """Mean precision over the scores of the positives, and the influence of each example on it.

    With shares of all weight, T of the positives and N of everything from a score upwards, the value is the mean of T/N
    over positives. An example counts through its own T/N and through T and N of every positive at or below its score,
    which two running sums give after one sort.

    Source: the derivative of that definition; intervals on the logit scale as Boyd, Eng and Page 2013, Area under the
    precision-recall curve: point estimates and confidence intervals.
    """
    value = float(average_precision_score(label, score, sample_weight=weights))
    weights = weights / weights.sum()
    ranking = ranked(score)
    positive, everything = ranking.sums(weights * label), ranking.sums(weights)
    reached = np.cumsum(everything[::-1])[::-1]
    precision = np.cumsum(positive[::-1])[::-1] / reached
    gain = np.cumsum(positive / reached)[ranking.group]
    pain = np.cumsum(positive / reached * precision)[ranking.group]
    share = weights[label].sum()
    moved = label * (precision[ranking.group] + gain) - pain - value * share
    return value, (moved - value * (label - share)) / share
