"""This fit ends before the weights have gone anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.steps import farthest, known
from nbdebug.records.case import Case, Training
from nbdebug.records.finding import Cause

_GRADIENT = ("sgd",)


def judge(case: Case, *, updates: int = 30, way: float = 0.01, adadelta: float = 0.1) -> Iterator[Found]:
    """Untrained networks only: a few small steps are all that fine-tuning needs.

    Fewer than `updates` of which none can carry a weight as far as 1, or a `way` shorter than a tenth of what weights
    begin at (Glorot: 0.1 for 200 units). Of SGD the way is that under gradients of 1, which labels or inputs far above
    1 exceed: those are not judged. Adadelta below `adadelta` creeps: its steps begin at a thousandth of the rate, and
    the paper's rate is 1.
    """
    rate, n = known(case.training)
    if rate <= 0 or n <= 0 or not case.untouched:
        return
    far = _way(case, rate, n)
    if far is None:
        if case.training.optimizer == "adadelta" and rate < adadelta:
            yield _creeps(rate, adadelta)
        return
    if n < updates and far < 1:
        yield _few(case, n, updates)
    elif far < way:
        yield _short(case.training, far, way)


def _way(case: Case, rate: float, n: int) -> float | None:
    far = farthest(case.training)
    if far is None and case.training.optimizer in _GRADIENT and not _large(case):
        return rate * n / max(1e-3, 1 - case.training.momentum)
    return far


def _large(case: Case) -> bool:
    labels = any(max(abs(end.labels.mean), end.labels.std) > 10 for end in case.ends if end.labels.kind == "numbers")
    return labels or any(abs(v[:1000]).max() > 10 for v in case.inputs.values() if v.dtype.kind in "fiu" and v.size)


def _few(case: Case, n: int, limit: int) -> Found:
    training = case.training
    examples = len(next(iter(case.inputs.values())))
    whole = training.batch_size is not None and training.batch_size >= examples * (1 - training.validation_split)
    cause: Cause = "batch_size" if whole and examples > limit and (training.epochs or 1) > 1 else "epochs"
    told = f"{training.epochs or 1} epoch{'s' * ((training.epochs or 1) > 1)} of {examples:,} examples"
    return Found(
        why=f"This fit makes {n} update{'s' * (n > 1)} ({told} in batches of {training.batch_size}): "
        "too few to learn from.",
        fix="model.fit(..., batch_size=32)"
        if cause == "batch_size"
        else f"model.fit(..., epochs={max(10, -(-300 * (training.epochs or 1) // n))})",
        cause=cause,
        measured=float(n),
        threshold=float(limit),
        measured_in="updates of this fit",
    )


def _short(training: Training, far: float, limit: float) -> Found:
    better = (training.learning_rate or 0) * 1.0 / far
    return Found(
        why=f"{training.updates:,} updates at a learning rate of {training.learning_rate:g} carry a weight by "
        f"{far:.1g} at most: this fit ends where it began.",
        fix=f"model.optimizer.learning_rate = {min(better, 0.001 if training.optimizer != 'sgd' else 0.01):.1g}",
        cause="learning_rate",
        measured=far,
        threshold=limit,
        measured_in="learning rate times updates",
    )


def _creeps(rate: float, limit: float) -> Found:
    return Found(
        why=f"Adadelta with a learning rate of {rate:g} hardly moves: its steps are scaled by themselves, and meant "
        "for a rate of 1.",
        fix="keras.optimizers.Adadelta(1.0)",
        cause="learning_rate",
        measured=rate,
        threshold=limit,
        measured_in="learning rate",
    )


CHECK = Check(
    judge=judge,
    cause="epochs",
    severity="warning",
    source="Kingma and Ba 2015, Adam, 2.1; Zeiler 2012, Adadelta",
    rank=5,
    explains=("learning_rate_too_low",),
    program="dm_61234347",
)
