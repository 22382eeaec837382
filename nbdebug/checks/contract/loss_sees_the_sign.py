"""A loss for numbers that sees of each prediction whether it is above or below 0, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._probed import labels_as_predictions, mean_loss
from nbdebug.records.case import Case


def judge(case: Case, *, same: float = 1e-3, fewest: int = 8) -> Iterator[Found]:
    """One unit for numbers: the loss of the labels themselves, and of numbers of the same signs but of sizes drawn at
    random from a tenth to ten spreads, differ by less than `same` of what turning all signs changes. Cosine similarity
    of one column is such a loss. At least `fewest` labels that are not 0.
    """
    for end in case.ends:
        if end.loss is None or end.units != 1 or end.labels.kind not in ("numbers", "shares"):
            continue
        labels = labels_as_predictions(case, end)
        if labels is None or np.count_nonzero(labels) < fewest:
            continue
        sizes = 10 ** np.random.default_rng(0).uniform(-1, 1, labels.shape) * float(labels.std() or 1.0)
        right, scrambled, turned = (mean_loss(end, given) for given in (labels, np.sign(labels) * sizes, -labels))
        if right is None or scrambled is None or turned is None:
            continue
        if abs(scrambled - right) < same * abs(turned - right):
            yield Found(
                why=f"The loss {end.loss.name} of output {end.name} is {right:.3g} for predictions that equal the "
                f"labels and {scrambled:.3g} for any others of the same signs: how large they are is never learned.",
                fix='model.compile(..., loss="mse")',
                output=end.name,
                layer=end.node,
                measured=scrambled,
                threshold=right,
                measured_in="loss of predictions with the right signs alone",
            )


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Goodfellow et al. 2016, Deep Learning, 5.2: what is minimised has to be lowest where predictions are right",
    rank=16,
    explains=("initialisation", "dynamics"),
    program="own_only_the_direction",
)
