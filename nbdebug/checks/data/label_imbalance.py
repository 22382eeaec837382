"""Nearly all examples have the same label: always saying it looks like a good network."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._rows import classes_of, classifies
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.98) -> Iterator[Found]:
    """More than `share` of the labels are of one class and no weights make up for it: fewer than one example in fifty,
    less than one a batch of 32, says anything about the others.
    """
    if case.training.class_weight:
        return
    for end in case.ends:
        classes = classes_of(case, end) if classifies(end) else None
        if classes is None or not len(classes):
            continue
        counts = np.bincount(classes)
        most = float(counts.max() / counts.sum())
        if share < most < 1:
            yield Found(
                why=f"{most:.1%} of the labels of {end.name} are of one class: a network that always says it is right "
                "that often.",
                fix=f"model.fit(..., class_weight={_weights(counts)})",
                output=end.name,
                measured=most,
                threshold=share,
                measured_in="share of the commonest class",
            )


def _weights(counts: np.ndarray) -> dict[int, float]:
    known = np.flatnonzero(counts)[:10]
    return {int(c): round(float(counts.sum() / (len(known) * counts[c])), 3) for c in known}


CHECK = Check(
    judge=judge,
    cause="data",
    severity="note",
    source="Buda et al. 2018, A systematic study of the class imbalance problem in convolutional networks",
    rank=65,
)
