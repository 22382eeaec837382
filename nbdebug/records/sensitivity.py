"""How one number of a network depends on its input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float


@dataclass(frozen=True)
class Sensitivity:
    """Gradient of one number with respect to every input time and channel.

    Args:
        values: mean over examples of the absolute gradient: (time, channel), or (anchor, time, channel) for several
            anchors; for inputs without time the input's own axes.
        mean_signed: mean over examples of the signed gradient, same shape.
        of: in words, what was differentiated and where: "logit of apnea", "unit 3 of conv_2".
        at: the input time asked for; several for anchors; None where the number has no time.
        at_span: first and one-past-last input time that the position behind `at` covers; several for anchors.
        examples: positions of the examples averaged over.
        masked: times that are padding in every example; None where nothing is masked.
        underflow: same shape as values: True where the gradient is not zero but too small for the model's number type.
        input: name of the input.
        fingerprint: which state of the weights this is.
    """

    values: Float[np.ndarray, "*axes"]
    mean_signed: Float[np.ndarray, "*axes"]
    of: str
    at: int | tuple[int, ...] | None
    at_span: tuple[int, int] | tuple[tuple[int, int], ...] | None
    examples: tuple[int, ...]
    masked: Bool[np.ndarray, "time"] | None
    underflow: Bool[np.ndarray, "*axes"]
    input: str
    fingerprint: str

    def reach(self, share: float = 0.9) -> int | tuple[int | None, ...] | None:
        """Width in times of the symmetric window around `at` that holds `share` of the gradient.

        Where no position covers `at`, it is around the nearest time of `at_span`. It is cut at the ends of the sequence
        and only times inside count.

        Returns:
            The width; one width an anchor for several anchors; None where `no_reach` says why.
        """
        if self.at is None:
            return None
        spans: Any = self.at_span
        if isinstance(self.at, tuple):
            places = zip(self.values, self.at, spans, strict=True)
            return tuple(_reach(values, _within(at, span), share) for values, at, span in places)
        return _reach(self.values, _within(self.at, spans), share)

    @property
    def no_reach(self) -> str:
        """Why `reach` is None, "" where it is not."""
        if self.at is None:
            return f"{self.of} has no time, so there is no window around one"
        if not np.any(self.values):
            return f"the gradient of {self.of} is zero at every time"
        return ""


def _within(at: int, span: tuple[int, int]) -> int:
    return min(max(at, span[0]), span[1] - 1)


def _reach(values: Float[np.ndarray, "time *channel"], at: int, share: float) -> int | None:
    by_time = values.reshape(len(values), -1).sum(axis=1)
    total = by_time.sum()
    if not total > 0:
        return None
    by_distance = np.bincount(np.abs(np.arange(len(values)) - at), weights=by_time)
    half = int(np.argmax(np.cumsum(by_distance) >= share * total * (1 - 1e-12)))
    return min(len(values), at + half + 1) - max(0, at - half)
