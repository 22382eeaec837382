"""A loss of distances that drives apart the pairs which belong together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.stats import mannwhitneyu

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case, End

_PROBED, _PAIRS, _FEWEST = 64, 2000, 100


def judge(case: Case, *, apart: float = 0.1, surely: float = 1e-4) -> Iterator[Found]:
    """Two inputs of one shape that the network treats alike, and one number that is lowest (a distance) or highest (a
    likeness) for an input beside itself. The pairs of one label are the closer ones as they are, by an AUROC of 0.5 and
    `apart` and a p below `surely`, and the loss is lower for them the farther apart they are put.
    """
    if len(case.inputs) != 2 or len(case.ends) != 1 or case.predict is None:
        return
    end = case.ends[0]
    y = _sides(case, end)
    (one, a), (two, b) = case.inputs.items()
    if y is None or a.shape != b.shape or a.dtype.kind not in "fiu" or end.loss_at is None:
        return
    beside_itself = None if _can_turn(case, end) else _beside_itself(case, one, two, end)
    if beside_itself is None:
        return
    distance = beside_itself < float(end.values.mean())
    closer = _closer(a[:_PAIRS], b[:_PAIRS], y[:_PAIRS], surely)
    if closer is None or abs(closer - 0.5) < apart:
        return
    together = closer > 0.5
    pulls = _pulls(end, y, beside_itself)
    if pulls is None or pulls[together] * (1 if distance else -1) >= 0 or pulls[not together] * pulls[together] >= 0:
        return
    value = np.unique(case.targets[end.name].reshape(-1))[int(together)]
    yield Found(
        why=f"Pairs with label {value:g} are the ones that are alike (AUROC {max(closer, 1 - closer):.2f} by their "
        f"inputs alone), but the loss {end.loss.name if end.loss else ''} of {end.name} is lower the "
        f"{'farther apart' if distance else 'less alike'} the network puts them.",
        fix="y = 1 - y  # or exchange y_true and 1 - y_true in the loss: papers differ in which of them is a match",
        output=end.name,
        measured=float(max(closer, 1 - closer)),
        threshold=0.5 + apart,
        measured_in="AUROC of the distance of the inputs for the label",
    )


def _sides(case: Case, end: End) -> np.ndarray | None:
    """Which examples have the higher of two labels."""
    y = case.targets.get(end.name)
    if y is None or end.labels.kind not in ("binary", "plus_minus") or y.size != len(y) or end.units != 1:
        return None
    flat = y.reshape(-1)
    return np.asarray(flat > flat.min()) if len(flat) >= _FEWEST else None


def _closer(a: np.ndarray, b: np.ndarray, labels: np.ndarray, surely: float) -> float | None:
    """AUROC of how close two inputs are for the higher label; None where that may be chance."""
    gaps = np.linalg.norm((a.astype(np.float64) - b).reshape(len(a), -1), axis=1)
    if min(labels.sum(), (~labels).sum()) < _FEWEST // 2 or not np.isfinite(gaps).all():
        return None
    test = mannwhitneyu(gaps[labels], gaps[~labels])
    return float(1 - test.statistic / (labels.sum() * (~labels).sum())) if test.pvalue <= surely else None


def _can_turn(case: Case, end: End) -> bool:
    """Whether the last weights are those of a single unit, which training can give either sign."""
    node = case.node(end.node)
    return node is not None and node.n_parameters > 0 and node.output_shape[-1:] == (1,)


def _beside_itself(case: Case, one: str, two: str, end: End) -> float | None:
    """What the head says of an input beside itself; None where that is neither the lowest nor the highest it says."""
    assert case.predict is not None
    a, b = case.inputs[one][:_PROBED], case.inputs[two][:_PROBED]
    as_they_are, turned, same = (
        case.predict({one: first, two: second})[end.name].reshape(-1).astype(np.float64)
        for first, second in ((a, b), (b, a), (a, a))
    )
    others = as_they_are[(a != b).reshape(len(a), -1).any(axis=1)]
    if not np.allclose(as_they_are, turned, atol=1e-5 * np.abs(as_they_are).max()) or len(others) < len(a) // 4:
        return None
    return float(same.mean()) if same.max() < others.min() or same.min() > others.max() else None


def _pulls(end: End, y: np.ndarray, beside_itself: float) -> dict[bool, float] | None:
    """By how much the loss of each label is higher for the largest prediction than for the smallest."""
    assert end.loss_at is not None
    reached = [beside_itself, float(end.values.min()), float(end.values.max())]
    shape, labels = end.values.shape, y[: len(end.values)]
    found = [end.loss_at(np.full(shape, value, np.float32)) for value in (min(reached), max(reached))]
    if any(losses is None or losses.shape != labels.shape or not np.isfinite(losses).all() for losses in found):
        return None
    difference = np.asarray(found[1], np.float64) - np.asarray(found[0], np.float64)
    return {side: float(difference[labels == side].mean()) if (labels == side).any() else 0.0 for side in (True, False)}


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Hadsell et al. 2006, Dimensionality reduction by learning an invariant mapping, 2.1: there 0 is a match",
    rank=15,
    explains=("initialisation", "dynamics"),
    program="own_pairs_driven_apart",
)
