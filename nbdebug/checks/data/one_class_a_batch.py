"""Examples sorted by class and not shuffled: each batch teaches one class and unteaches the others."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._rows import classes_of, classifies, split_at
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.8, chance: float = 0.2, size: int = 4) -> Iterator[Found]:
    """More than `share` of the batches, of at least `size` examples, hold one class alone, where in a random order less
    than `chance` would. Without a state that batches pass on, there is no reason for such an order.
    """
    training = case.training
    if training.shuffle is not False or not training.batch_size or training.batch_size < size:
        return
    if any(node.config.get("stateful") for node in case.nodes):
        return
    for end in case.ends:
        classes = classes_of(case, end) if classifies(end) else None
        if classes is None:
            continue
        classes = classes[: split_at(case)]
        cuts = range(0, len(classes), training.batch_size)
        pure = np.array([bool(np.ptp(classes[at : at + training.batch_size]) == 0) for at in cuts])
        shares = np.bincount(classes) / max(1, len(classes))
        if len(pure) < 2 or not (pure.mean() > share and (shares**training.batch_size).sum() < chance):
            continue
        yield Found(
            why=f"{pure.mean():.0%} of the batches hold examples of one class of {end.name} alone: the examples are "
            "sorted by label and fit is told not to shuffle them, so each batch undoes what the one before taught.",
            fix="model.fit(..., shuffle=True)",
            output=end.name,
            measured=float(pure.mean()),
            threshold=share,
            measured_in="share of batches of one class",
        )


CHECK = Check(
    judge=judge,
    cause="usage",
    severity="error",
    source="Bengio 2012, Practical recommendations for gradient-based training of deep architectures, 3.1: examples in "
    "a random order",
    rank=6,
    explains=("dynamics",),
    program="own_one_class_at_a_time",
)
