"""An epsilon of Adam or its like that outweighs the gradients: their size is adapted to no longer."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case

_ADAPTING = ("adam", "adamw", "nadam", "adamax", "rmsprop")


def judge(case: Case, *, large: float = 1.0, quantity: float = 10.0) -> Iterator[Found]:
    """Epsilon is added to the root mean square of the gradients, to keep a division by 0 away; above `large`, the most
    that is ever advised, it is what gradients are divided by. Labels of more than `quantity` can make gradients as
    large as that: those are not judged.
    """
    epsilon = case.training.epsilon
    if epsilon is None or epsilon <= large or case.training.optimizer not in _ADAPTING:
        return
    if any(max(abs(end.labels.mean), end.labels.std) > quantity for end in case.ends if end.labels.kind == "numbers"):
        return
    yield Found(
        why=f"{case.training.optimizer.capitalize()} divides each step by the size of the gradient plus epsilon, and "
        f"epsilon is {epsilon:g}: with gradients below 1, as they are here, steps are at most "
        f"1/{epsilon:,.0f} of the learning rate.",
        fix="epsilon=1e-7  # of the optimizer, Keras' own default",
        measured=epsilon,
        threshold=large,
        measured_in="epsilon of the optimizer",
    )


CHECK = Check(
    judge=judge,
    cause="optimizer",
    severity="warning",
    source="Kingma and Ba 2015, Adam, algorithm 1; Keras documentation of Adam: 1.0 or 0.1 at most for Inception",
    rank=3,
    explains=("dynamics", "budget"),
    program="own_adam_epsilon_large",
)
