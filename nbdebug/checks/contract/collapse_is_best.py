"""A loss of the user's own, over distances, that is lowest where all examples are put in one place."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._probed import mean_loss, mean_losses
from nbdebug.records.case import Case, End

_DRAWS, _SIZES = 16, (0.1, 1.0, 3.0)


def judge(case: Case, *, same: float = 1e-6) -> Iterator[Found]:
    """Several units, class numbers as labels: from one prediction for all, the classes are moved apart in 16 directions
    drawn at random, by 0.1, 1 and 3. None lowers the loss by more than `same` of it, and examples moved each on its own
    raise it: there is nothing to learn but to see no difference.
    """
    for end in case.ends:
        if end.loss is None or end.loss.kind != "other" or not _of_classes(case, end):
            continue
        labels = case.targets[end.name][: len(end.values)].reshape(-1)
        place = np.broadcast_to(end.values[:1], end.values.shape)
        random = np.random.default_rng(0)
        together = mean_loss(end, place)
        apart = mean_losses(end, (place + s * _by_class(labels, end.units, random) for s in _SIZES * _DRAWS))
        mixed = mean_losses(end, (place + s * random.normal(size=place.shape) for s in _SIZES))
        if together is None or apart is None or mixed is None:
            continue
        slack = same * max(abs(together), np.abs(mixed).max())
        if apart.min() >= together - slack and mixed.max() > together + slack:
            yield Found(
                why=f"The loss {end.loss.name} of output {end.name} is {together:.3g} where all examples are put in "
                "one place, and nowhere lower with the classes apart: that is where training ends.",
                fix="keras.ops.relu(to_own_class - to_others + margin)  # the margin is added, not taken off",
                output=end.name,
                layer=end.node,
                measured=together,
                threshold=float(apart.min()),
                measured_in="loss of one prediction for all",
            )


def _of_classes(case: Case, end: End) -> bool:
    if end.labels.kind not in ("classes", "binary") or end.labels.missing or end.values.ndim != 2 or end.units < 2:
        return False
    return case.targets[end.name][0].size == 1 and bool(np.isfinite(end.values).all())


def _by_class(labels: np.ndarray, units: int, random: np.random.Generator) -> np.ndarray:
    classes, number = np.unique(labels, return_inverse=True)
    return np.asarray(random.normal(size=(len(classes), units))[number.reshape(-1)])


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="warning",
    source="Schroff et al. 2015, FaceNet, 3.1: the margin keeps the loss from being 0 where all embeddings are equal",
    rank=15,
    explains=("initialisation", "dynamics"),
    program="own_margin_taken_off",
)
