"""A set of examples told by conditions, and how it differs from the rest."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool

from nbdebug.records.digits import told_within

ALPHA = 0.05
"""A slice is significant where its corrected p is below this."""


@dataclass(frozen=True)
class Slice:
    """Some of the examples against all others.

    Args:
        name: what the user calls it; its text unless said otherwise.
        text: the query that gives it, such as `device == "gen1" and age > 60`; "" where it is a set of examples.
        conditions: the parts of `text` that are joined by "and".
        mask: which examples it holds.
        metric: what is compared: "loss", "accuracy", "AUROC" or "MAE".
        n: how many of its examples count in the metric.
        share: of all examples that count, 0 to 1, by weight.
        loss_share: share of the sum of all losses, 0 to 1; NaN without losses, or where some are negative.
        inside, outside: the metric of its examples, and of all others.
        difference, low, high: inside minus outside with its 95 % interval; NaN where it cannot be told.
        effect: Hedges' g for means, Cohen's h for shares, difference in d' for AUROC.
        p: of no difference, two-sided.
        corrected_p: after Benjamini and Hochberg over the slices looked at together; p where there is one alone.
        note: what has to be said with it, "" if nothing.
    """

    name: str
    text: str
    conditions: tuple[str, ...]
    mask: Bool[np.ndarray, "example"]
    metric: str
    n: int
    share: float
    loss_share: float
    inside: float
    outside: float
    difference: float
    low: float
    high: float
    effect: float
    p: float
    corrected_p: float
    note: str = ""

    @property
    def significant(self) -> bool:
        """Whether the corrected p is below 0.05; never where it cannot be told."""
        return bool(self.corrected_p < ALPHA)

    @property
    def sentence(self) -> str:
        """What is known, in words: the difference with its interval only where it is significant."""
        if not self.n:
            return "no example"
        if math.isnan(self.p):
            return f"cannot be compared (n = {self.n:,}{'; ' + self.note if self.note else ''})"
        if not self.significant:
            return f"not significant (n = {self.n:,})"
        way = "higher" if self.difference > 0 else "lower"
        low, high = sorted((abs(self.low), abs(self.high)))
        by, least, most = told_within((abs(self.difference), low, high), low, high)
        return (
            f"{self.metric} {self.inside:.3g} inside, {self.outside:.3g} outside: {by} {way} "
            f"({least} to {most}; n = {self.n:,})"
        )
