"""validation_split takes the last examples, and they are of other classes than the first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.data._rows import classes_of, classifies, split_at
from nbdebug.records.case import Case


def judge(case: Case, *, unseen: float = 0.5, examples: int = 20) -> Iterator[Found]:
    """More than `unseen` of at least `examples` validation labels are of classes that training never sees, or all are
    of one class although training sees several. Keras cuts before it shuffles. With 20 examples, one class alone comes
    by chance once in 2**19 at even classes; common classes are allowed for.
    """
    at = split_at(case)
    if at is None:
        raise Unfit("fit has no validation_split")
    for end in case.ends:
        classes = classes_of(case, end) if classifies(end) else None
        if classes is None or len(classes) - at < examples or at < examples:
            continue
        train, held = classes[:at], classes[at:]
        strange = ~np.isin(held, train)
        chance = float((classes == held[0]).mean()) ** len(held)
        alone = bool((held == held[0]).all()) and len(np.unique(train)) > 1 and chance < 1e-4
        if strange.mean() > unseen or alone:
            yield Found(
                why=f"The examples are sorted by label and fit keeps the last {len(held):,} back: "
                + (
                    f"{strange.mean():.0%} of them are of classes that training never sees."
                    if strange.mean() > unseen
                    else "all of them are of one class."
                ),
                fix="order = np.random.permutation(len(x))\nx, y = x[order], y[order]  # before fit",
                output=end.name,
                measured=float(strange.mean()) if strange.mean() > unseen else 1.0,
                threshold=unseen,
                measured_in="share of validation labels that training never sees"
                if strange.mean() > unseen
                else "share of validation labels of one class",
            )


CHECK = Check(
    judge=judge,
    cause="split",
    severity="error",
    source="Keras documentation of fit: validation_split takes the last examples, before shuffling",
    rank=6,
)
