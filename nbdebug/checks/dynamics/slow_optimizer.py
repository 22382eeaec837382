"""Plain steps along the gradient that get nowhere in this fit, where steps of an adapted size learn."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.dynamics._copies import trainer_of
from nbdebug.checks.dynamics._curves import Trial
from nbdebug.checks.dynamics._trial import trial
from nbdebug.checks.steps import known, stretch
from nbdebug.records.case import Case, Training
from nbdebug.records.mend import Mend

_PLAIN = ("sgd", "adagrad", "adadelta", "ftrl")
_SHRINKING = ("adagrad", "ftrl")
"""Optimizers whose steps shrink with all gradients so far; the usual rate of theirs is not that of Adam."""


def judge(
    case: Case, *, kept: float = 0.5, least: float = 0.4, clipped: float = 0.01, largest: float = 1.0
) -> Iterator[Found]:
    """The copies of SGD go as far as the whole fit will, in fewer and larger steps. Adam gets only the few steps of the
    trial, and still ends at least `least` lower in every seed, with SGD losing less than `kept` of what Adam loses. SGD
    with momentum is judged where its gradients are cut to `clipped` or less, a hundredth of the usual limit. Those that
    shrink their steps are also held against themselves at ten and a hundred times the rate, up to `largest`.
    """
    rate, updates = known(case.training)
    training = case.training
    choked = training.clipped is not None and training.clipped <= clipped
    if training.optimizer not in _PLAIN or (training.momentum >= 0.5 and not choked) or updates <= 0:
        return
    if case.began is None:
        raise Unfit("the network has been trained before, and small steps may be meant")
    longer = stretch(training, updates, trainer_of(case).steps)
    plain = Mend(learning_rate=rate * longer)
    adam = _better(case, Mend(optimizer="adam"), (plain, Mend()), kept, least)
    if adam is not None:
        yield _of_adam(training, adam, kept, choked)
        return
    for times in (10, 100) if training.optimizer in _SHRINKING else ():
        faster = Mend(learning_rate=rate * longer * times)
        tried = _better(case, faster, (plain,), kept, least) if rate * times <= largest else None
        if tried is not None:
            yield _of_itself(training, tried, rate * times, kept)
            return


def _better(case: Case, mend: Mend, plains: tuple[Mend, ...], kept: float, least: float) -> Trial | None:
    """The last trial, None where copies as they are get on in one of them."""
    tried = None
    for plain in plains:
        tried = trial(case, mend, plain)
        if tried.learned >= kept * tried.learned_mended or not tried.helps(least):
            return None
    return tried


def _of_adam(training: Training, tried: Trial, kept: float, choked: bool) -> Found:
    cut = f", its gradients cut to {training.clipped:g}," if choked else ""
    return Found(
        why=f"{_named(training)} with a learning rate of {training.learning_rate:g}{cut} does not get as far in the "
        f"{training.updates:,} updates of this fit as Adam does in {tried.steps}.",
        fix="clipnorm=1.0  # of the optimizer" if choked else 'model.compile(..., optimizer="adam")',
        measured=tried.learned,
        threshold=kept * tried.learned_mended,
        measured_in="share of the loss that training gets rid of",
        evidence={"curves": tried.curves(), "updates": training.updates},
    )


def _of_itself(training: Training, tried: Trial, rate: float, kept: float) -> Found:
    return Found(
        why=f"{_named(training)} makes its steps smaller as it goes, and begins at a learning rate of "
        f"{training.learning_rate:g}: in {training.updates:,} updates it gets rid of {tried.learned:.0%} of the loss, "
        f"and of {tried.learned_mended:.0%} with {rate:g}.",
        fix=f"model.optimizer.learning_rate = {rate:g}",
        cause="learning_rate",
        measured=tried.learned,
        threshold=kept * tried.learned_mended,
        measured_in="share of the loss that training gets rid of",
        evidence={"curves": tried.curves(), "updates": training.updates},
    )


def _named(training: Training) -> str:
    return {"sgd": "SGD"}.get(training.optimizer, training.optimizer.capitalize())


CHECK = Check(
    judge=judge,
    cause="optimizer",
    severity="warning",
    source="Kingma and Ba 2015, Adam; Duchi et al. 2011, Adagrad; confirmed on copies of the network",
    rank=40,
    explains=("dynamics",),
    trains=True,
    program="dc_r5",
)
