"""An untrained network should guess; this one is sure, and wrong."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.initialisation._first_loss import first_loss, guessing, untouched
from nbdebug.records.case import Case


def judge(case: Case, *, factor: float = 3.0, more: float = 1.5) -> Iterator[Found]:
    """The cross-entropy of the first examples is `factor` times that of guessing, ln(number of classes), and at least
    `more` above it. Glorot and He initialisation give logits of about 1, and at most half as much again as guessing.
    """
    if not untouched(case):
        raise Unfit("the network has been trained before")
    for end in case.ends:
        expected, found = guessing(end), first_loss(case, end)
        if expected is None or found is None or found <= max(factor * expected, expected + more):
            continue
        yield Found(
            why=f"Before any training the loss of {end.name} is {found:.1f}; guessing costs {expected:.2f}. The first "
            "steps are spent on taking back what the initial weights claim.",
            fix='kernel_initializer="glorot_uniform"  # Keras\' own default, with inputs of about 1',
            output=end.name,
            measured=found,
            threshold=factor * expected,
            measured_in="loss at the start",
        )


CHECK = Check(
    judge=judge,
    cause="initialization",
    severity="warning",
    source="Karpathy 2019, A recipe for training neural networks: verify loss at init",
    rank=20,
)
