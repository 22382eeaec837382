"""A model that sees the metadata only, and a network held against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal

import numpy as np
import pandas as pd
from jaxtyping import Bool, Float, Int, Num

from nbdebug.records.ports import OutputKind

BaselineModel = Literal["linear", "boosting"]


@dataclass(frozen=True)
class Pairs:
    """What network and baseline predict of each example that both are judged on.

    Args:
        examples: their positions.
        network, baseline: share of label 1, share given to the true class, or a number.
        label: 0, 1 or a share; the place of the class in `Baseline.classes`; or a number.
        wrong: which ones the network gets wrong, as `Comparison.right` has it.
        miss: how far the network is from the label, in shares or in the unit of the label.
    """

    examples: Int[np.ndarray, "example"]
    network: Float[np.ndarray, "example"]
    baseline: Float[np.ndarray, "example"]
    label: Num[np.ndarray, "example"]
    wrong: Bool[np.ndarray, "example"]
    miss: Float[np.ndarray, "example"]

    def __len__(self) -> int:
        return len(self.examples)

    def among(self, rows: Bool[np.ndarray, "row"]) -> Pairs:
        """Those whose example is one of the `rows` of the data."""
        kept = rows[self.examples]
        return Pairs(*(getattr(self, each.name)[kept] for each in fields(self)))


@dataclass(frozen=True)
class Comparison:
    """A network against its baseline, on the examples for which there is a label and a prediction of both.

    Args:
        sentence: the answer, such as "the network adds 0.06 AUROC (0.04 to 0.08) over age and sex alone".
        metrics: a row a metric: metric, network, baseline, difference (network - baseline), low and high of the paired
            95 % interval of the difference, n; `attrs["reasons"]` says why a number is NaN.
        correlation: of the two predictions (of a multi-class output, of what they gave the true class); NaN where one
            is constant.
        only_network: positions of the examples that only the network gets right, the largest gap first.
        only_baseline: positions of the examples that only the baseline gets right, the largest gap first.
        right: what "gets right" means, in words.
        pairs: both predictions of each example.
    """

    sentence: str
    metrics: pd.DataFrame
    correlation: float
    only_network: Int[np.ndarray, "found"]
    only_baseline: Int[np.ndarray, "missed"]
    right: str
    pairs: Pairs


@dataclass(frozen=True)
class Baseline:
    """A cross-validated model of one output that sees the metadata only.

    Args:
        kind: of the output.
        model: "linear" (logistic or ridge regression) or "boosting" (gradient-boosted trees).
        prediction: of each example by the model that was fitted without it: share of label 1, share of each class, or a
            number; NaN where the label is missing.
        columns: names of the columns that were used.
        left_out: names of the columns that were not, and why.
        classes: of a multi-class output, in the order of `prediction`.
        folds: how many parts the examples were split into.
        seed: what the parts were drawn with.
        n: how many examples have a label.
        notes: what else there is to know, such as that a sample was fitted.
        comparison: with the network; None before it is held against one.
    """

    kind: OutputKind
    model: BaselineModel
    prediction: Float[np.ndarray, "example *class"]
    columns: tuple[str, ...]
    left_out: Mapping[str, str]
    classes: tuple[object, ...]
    folds: int
    seed: int
    n: int
    notes: tuple[str, ...] = field(default=())
    comparison: Comparison | None = None
