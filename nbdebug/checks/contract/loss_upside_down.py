"""A loss that is lower where predictions are wrong, or as low as where they are right."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._probed import labels_as_predictions, mean_loss
from nbdebug.records.case import Case

_HEADS = {"binary": "sigmoid", "multi_hot": "sigmoid", "one_hot": "softmax"}


def judge(case: Case, *, sure: float = 0.9, same: float = 1e-3) -> Iterator[Found]:
    """Heads that put out shares, with labels of 0 and 1: predictions that are `sure` of every label, against
    predictions as sure of the opposite, or of the next class; far enough from 0 and 1 for any logarithm. Losses that
    differ by less than `same` of themselves teach nothing, as with label_smoothing=1: all classes are as likely.
    """
    for end in case.ends:
        if end.loss is None or end.loss.kind not in ("other", "binary", "categorical"):
            continue
        if _HEADS.get(end.labels.kind) != end.activation:
            continue
        if end.loss.kind == "categorical" and end.units == 1:
            continue  # blind by its width, which another check names
        labels = labels_as_predictions(case, end)
        if labels is None:
            continue
        wrong = np.roll(labels, 1, axis=-1) if end.labels.kind == "one_hot" else 1 - labels
        right_loss, wrong_loss = (mean_loss(end, _softened(given, sure)) for given in (labels, wrong))
        if right_loss is None or wrong_loss is None:
            continue
        blind = abs(wrong_loss - right_loss) < same * abs(right_loss)
        if blind or wrong_loss < right_loss:
            yield Found(
                why=f"The loss {end.loss.name} of output {end.name} is {right_loss:.3g} where predictions are right "
                f"and {wrong_loss:.3g} where they are wrong: "
                + ("nothing can be learned from it." if blind else "the network is paid for being wrong."),
                fix="label_smoothing=0.1  # of the loss, far below 1; or another loss"
                if blind
                else "# turn the sign of the loss round, or use one of Keras' own",
                output=end.name,
                layer=end.node,
                measured=right_loss,
                threshold=wrong_loss,
                measured_in="loss of right predictions",
            )


def _softened(labels: np.ndarray, sure: float) -> np.ndarray:
    left = (1 - sure) / max(1, labels.shape[-1] - 1)
    return np.where(labels > 0.5, sure, left if labels.shape[-1] > 1 else 1 - sure).astype(np.float32)


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Goodfellow et al. 2016, Deep Learning, 5.2: what is minimised has to be lowest where predictions are right",
    rank=14,
    explains=("initialisation", "dynamics"),
)
