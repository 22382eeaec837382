"""Every threshold of a binary output at once: sorted when made, looked up after."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int, Num

from nbdebug.errors import NbdebugError
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.measure.ranking import ranked
from nbdebug.records.counts import Counts

_ROUNDING = 1e-12


class Thresholds:
    """Counts and cost for any threshold, and the best one for given costs.

    Making it sorts the scores once, O(n log n); every threshold after that is looked up in O(log n).

    Args:
        label: 0, 1 or a share; NaN is missing.
        score: predicted share of label 1.
        weights: of the examples; None for equal ones.

    Examples without a label or a finite score, and those of weight 0, count in nothing.

    Raises:
        NbdebugError: no example counts.
    """

    def __init__(
        self,
        label: Num[np.ndarray, "example"],
        score: Float[np.ndarray, "example"],
        weights: Num[np.ndarray, "example"] | None = None,
    ) -> None:
        weights = np.ones(len(label)) if weights is None else weights.astype(np.float64)
        kept = np.flatnonzero(~np.isnan(label) & np.isfinite(score) & (weights > 0))
        if not len(kept):
            raise NbdebugError(
                "There is nothing to set a threshold for.",
                got=f"{len(label):,} examples, none with a label, a finite prediction and a weight",
                fix="hand over y: nbdebug.debug(model, x, y)",
            )
        ranking, weights = ranked(score[kept]), weights[kept]
        positive = label[kept] >= THRESHOLD
        self.n = len(kept)
        self._values = ranking.values
        self._positive = np.concatenate([[0.0], np.cumsum(ranking.sums(weights * positive))])
        self._negative = np.concatenate([[0.0], np.cumsum(ranking.sums(weights * ~positive))])
        self._order = kept[ranking.order]
        self._starts = np.append(ranking.starts, self.n)

    def counts(self, threshold: float) -> Counts:
        """Outcomes when 1 is predicted from this share on."""
        at = self._below(threshold)
        missed, spared = float(self._positive[at]), float(self._negative[at])
        return Counts(float(self._positive[-1]) - missed, float(self._negative[-1]) - spared, spared, missed)

    def cost(self, threshold: float, false_positive: float, false_negative: float) -> float:
        """What all mistakes cost together at this threshold."""
        return self.counts(threshold).cost(false_positive, false_negative)

    def best(self, false_positive: float, false_negative: float) -> float:
        """The threshold at which mistakes cost least, halfway between the two scores that it separates.

        Of several that cost the same it is the one nearest to 0.5. It lies above 1 where nothing should be predicted 1
        although a score is 1.

        Args:
            false_positive: what one costs.
            false_negative: what one costs.

        Raises:
            NbdebugError: a cost is negative or not a finite number, or both are 0.
        """
        _check_costs(false_positive, false_negative)
        costs = (self._negative[-1] - self._negative) * false_positive + self._positive * false_negative
        allowed = costs.min() + _ROUNDING * (self._negative[-1] * false_positive + self._positive[-1] * false_negative)
        cheapest = self._cuts()[costs <= allowed]
        return float(cheapest[np.argmin(np.abs(cheapest - THRESHOLD))])

    def changed(self, before: float, after: float) -> Int[np.ndarray, "changed"]:
        """Positions of the examples that have another outcome at `after` than at `before`, lowest score first."""
        low, high = sorted((self._below(before), self._below(after)))
        return self._order[self._starts[low] : self._starts[high]]

    def _below(self, threshold: float) -> int:
        """How many different scores are below the threshold."""
        return int(np.searchsorted(self._values, threshold, side="left"))

    def _cuts(self) -> Float[np.ndarray, "cut"]:
        """One threshold for each way to split the scores, from all predicted 1 to none."""
        low, high = self._values[:-1], self._values[1:]
        middle = low + (high - low) / 2
        above = np.nextafter(self._values[-1], np.inf)
        last = above if above > 1 else (above + 1) / 2
        return np.concatenate([self._values[:1], np.where(middle > low, middle, high), [last]])


def _check_costs(false_positive: float, false_negative: float) -> None:
    costs = (false_positive, false_negative)
    if not all(np.isfinite(cost) and cost >= 0 for cost in costs) or not any(costs):
        raise NbdebugError(
            "These are no costs to weigh against each other.",
            got=f"{false_positive!r} a false positive, {false_negative!r} a false negative",
            fix="numbers of 0 or more, at least one above 0, such as 1 and 10",
        )
