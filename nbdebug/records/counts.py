"""How many examples a threshold sorts right and wrong, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """Weights of the four outcomes; plain counts where no weights were given.

    Args:
        true_positive, false_positive, true_negative, false_negative: sums of weights.
    """

    true_positive: float
    false_positive: float
    true_negative: float
    false_negative: float

    @property
    def precision(self) -> float | None:
        """Share of what is predicted 1 that is 1; None where nothing is predicted 1."""
        return _share(self.true_positive, self.false_positive)

    @property
    def recall(self) -> float | None:
        """Share of what is 1 that is predicted 1; None where nothing is 1."""
        return _share(self.true_positive, self.false_negative)

    @property
    def specificity(self) -> float | None:
        """Share of what is 0 that is predicted 0; None where nothing is 0."""
        return _share(self.true_negative, self.false_positive)

    @property
    def accuracy(self) -> float | None:
        """Share that is right; None without examples."""
        return _share(self.true_positive + self.true_negative, self.false_positive + self.false_negative)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where nothing is 1 and nothing is predicted 1."""
        return _share(2 * self.true_positive, self.false_positive + self.false_negative)

    def cost(self, false_positive: float, false_negative: float) -> float:
        """What all mistakes cost together, where one of each kind costs this much."""
        return self.false_positive * false_positive + self.false_negative * false_negative


def _share(part: float, rest: float) -> float | None:
    return part / (part + rest) if part + rest > 0 else None
