"""What a metric is computed from."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd
from jaxtyping import Bool, Float, Num

from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.records.ports import OutputKind


@dataclass(frozen=True)
class Examples:
    """Labelled examples of one output.

    Args:
        label: 0, 1 or a share; the number of the class; or a number.
        prediction: share of label 1; the number of the predicted class; or a number.
        weights: above 0.
        loss: of each example; NaN where it is not known.
        label_share: of a multi-class output, what the model gave the class that is true.
        shares: of a multi-class output, what it gave each class, columns numbered as labels are; None if not at hand.
        threshold: the share from which on a binary output predicts 1.
    """

    label: Num[np.ndarray, "example"]
    prediction: Num[np.ndarray, "example"]
    weights: Float[np.ndarray, "example"]
    loss: Float[np.ndarray, "example"]
    label_share: Float[np.ndarray, "example"] | None = None
    shares: Float[np.ndarray, "example class"] | None = None
    threshold: float = THRESHOLD

    def __len__(self) -> int:
        return len(self.label)

    @property
    def is_positive(self) -> Bool[np.ndarray, "example"]:
        """Where the label of a binary output is 1, or a share that counts as 1."""
        return self.label >= THRESHOLD

    @property
    def is_called(self) -> Bool[np.ndarray, "example"]:
        """Where a binary output predicts 1."""
        return self.prediction >= self.threshold

    @property
    def hits(self) -> Bool[np.ndarray, "example"]:
        """Where the predicted class is the label."""
        return self.label == self.prediction

    def keep(self, kept: Bool[np.ndarray, "example"]) -> Examples:
        """Only some of them."""
        if kept.all():
            return self
        arrays = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "threshold"}
        return replace(self, **{name: values[kept] for name, values in arrays.items() if values is not None})


def examples_of(
    table: pd.DataFrame,
    kind: OutputKind,
    weights: Float[np.ndarray, "example"],
    shares: pd.DataFrame | None,
    threshold: float,
) -> Examples:
    """The rows of `example_table` as arrays; a class that was not predicted, or not finite, is NaN."""
    loss = table["loss"].to_numpy(dtype=np.float64)
    if kind != "multiclass":
        label, prediction = (table[name].to_numpy(dtype=np.float64) for name in ("label", "prediction"))
        return Examples(label, prediction, weights, loss, threshold=threshold)
    both = pd.concat([table["label"], table["prediction"]])
    numbers = pd.factorize(both, sort=False)[0] if shares is None else shares.columns.get_indexer(both)
    label, prediction = np.split(np.where(numbers < 0, np.nan, numbers), 2)
    given = table["label_probability"].to_numpy(dtype=np.float64) if "label_probability" in table else None
    return Examples(label, prediction, weights, loss, given, None if shares is None else shares.to_numpy(np.float64))
