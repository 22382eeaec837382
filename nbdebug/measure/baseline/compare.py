"""The network against its baseline, example by example."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, Num

from nbdebug.errors import NbdebugError
from nbdebug.measure.baseline.difference import differences
from nbdebug.measure.baseline.rights import who_is_right
from nbdebug.measure.baseline.sentence import sentence
from nbdebug.measure.metrics.examples import Examples
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.records.baseline import Comparison, Pairs
from nbdebug.records.ports import OutputKind

HEADLINE: dict[OutputKind, str] = {"binary": "AUROC", "multiclass": "macro AUROC", "regression": "MAE"}
"""The metric of the sentence."""


def compare(
    network: Float[np.ndarray, "example *class"],
    baseline: Float[np.ndarray, "example *class"],
    label: Num[np.ndarray, "example"],
    kind: OutputKind,
    weights: np.ndarray | None = None,
    *,
    columns: Sequence[str] = (),
    threshold: float = THRESHOLD,
) -> Comparison:
    """Metrics of both, the paired interval of their difference, and who alone gets which example right.

    Both are judged on the same examples: those with a label, a weight and both predictions. The difference of two
    areas under the ROC curve has DeLong's covariance; that of every other metric follows from how each example moves
    both (a paired t interval where the metric is a mean). Both predictions are taken as they are, so that intervals
    say how sure the difference is on other examples of this kind, not after another training.

    Args:
        network: share of label 1, share of each class, or a number.
        baseline: of `Baseline.prediction`, for the same examples.
        label: 0, 1 or a share; the number of the class; or a number. NaN is missing.
        kind: of the output.
        weights: (example,), None for equal ones.
        columns: what the baseline sees, for the sentence.
        threshold: the share from which on a binary output predicts 1.

    Source: DeLong, DeLong and Clarke-Pearson 1988.

    Raises:
        NbdebugError: no example has a label and both predictions.
    """
    positions, first, second = both(network, baseline, label, kind, weights, threshold)
    table = differences(first, second, kind)
    found = who_is_right(first, second, kind)
    return Comparison(
        sentence(table, HEADLINE[kind], columns),
        table,
        found.correlation,
        positions[found.only_first],
        positions[found.only_second],
        found.meaning,
        Pairs(positions, *found.scores, first.label, found.wrong, found.miss),
    )


def both(
    network: np.ndarray,
    baseline: np.ndarray,
    label: np.ndarray,
    kind: OutputKind,
    weights: np.ndarray | None,
    threshold: float,
) -> tuple[np.ndarray, Examples, Examples]:
    """Positions of the examples that count, and both models' view of them; see `compare`."""
    weights = np.ones(len(label)) if weights is None else weights.astype(np.float64)
    finite = np.isfinite(network + baseline).reshape(len(label), -1).all(axis=1)
    positions = np.flatnonzero(~np.isnan(label) & finite & (weights > 0))
    if not len(positions):
        raise NbdebugError(
            "There is no example to compare network and baseline on.",
            got=f"{len(label):,} examples, none with a label and both predictions",
            fix="hand over y: nbdebug.debug(model, x, y)",
        )
    label, weights = label[positions], weights[positions]
    views = []
    for prediction in (network[positions], baseline[positions]):
        best, shares, given = prediction, None, None
        if kind == "multiclass":
            best, shares = prediction.argmax(axis=1).astype(np.float64), prediction
            given = prediction[np.arange(len(label)), label.astype(np.int64)]
        views.append(Examples(label, best, weights, np.full(len(label), np.nan), given, shares, threshold))
    return positions, views[0], views[1]
