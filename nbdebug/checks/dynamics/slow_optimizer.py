"""Plain steps along the gradient that get nowhere in this fit, where steps of an adapted size learn."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.dynamics._trial import trainer_of, trial
from nbdebug.checks.steps import known
from nbdebug.checks.untrained import untouched
from nbdebug.records.case import Case
from nbdebug.records.mend import Mend

_PLAIN = ("sgd", "adagrad", "adadelta", "ftrl")


def judge(case: Case, *, kept: float = 0.5, least: float = 0.4, clipped: float = 0.01) -> Iterator[Found]:
    """The copies of SGD go as far as the whole fit will, in fewer and larger steps. Adam gets only the few steps of the
    trial, and still ends at least `least` lower in every seed, with SGD losing less than `kept` of what Adam loses. SGD
    with momentum is judged where its gradients are cut to `clipped` or less, a hundredth of the usual limit.
    """
    rate, updates = known(case.training)
    training = case.training
    choked = training.clipped is not None and training.clipped <= clipped
    if training.optimizer not in _PLAIN or (training.momentum >= 0.5 and not choked):
        return
    if not untouched(case):
        raise Unfit("the network has been trained before, and small steps may be meant")
    stretch = max(1.0, updates / trainer_of(case).steps)
    adam = Mend(optimizer="adam")
    for plain in (Mend(learning_rate=rate * stretch), Mend()):
        tried = trial(case, adam, plain)
        if tried.learned >= kept * tried.learned_mended or not tried.helps(least):
            return
    named = {"sgd": "SGD"}.get(training.optimizer, training.optimizer.capitalize())
    cut = f", its gradients cut to {training.clipped:g}," if choked else ""
    yield Found(
        why=f"{named} with a learning rate of {rate:g}{cut} does not get as far in the {updates:,} updates of this fit "
        f"as Adam does in {tried.steps}.",
        fix="clipnorm=1.0  # of the optimizer" if choked else 'model.compile(optimizer="adam", ...)',
        measured=tried.learned,
        threshold=kept * tried.learned_mended,
        measured_in="share of the loss that training gets rid of",
        evidence={"curves": tried.curves(), "updates": updates},
    )


CHECK = Check(
    judge=judge,
    cause="optimizer",
    severity="warning",
    source="Kingma and Ba 2015, Adam; confirmed on copies of the network",
    rank=40,
    explains=("dynamics",),
    trains=True,
    program="dc_r5",
)
