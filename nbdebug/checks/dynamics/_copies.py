"""What copies of the network are asked, and what it means where they cannot answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from nbdebug.checks.check import Unfit
from nbdebug.errors import Cancelled, NbdebugError
from nbdebug.records.case import Case
from nbdebug.records.mend import ByPairing, ByStep, Movement, Trainer

T = TypeVar("T")


def trainer_of(case: Case) -> Trainer:
    """What trains copies.

    Raises:
        Unfit: nothing does.
    """
    if case.trainer is None:
        raise Unfit(case.untrainable or "copies of the model cannot be trained")
    return case.trainer


def movement(case: Case) -> Movement:
    """What a few updates of a copy move.

    Raises:
        Unfit: copies cannot be trained, or their training raised.
    """
    return asked(trainer_of(case).movement)


def steps_count(case: Case) -> None:
    """Make sure that an update moves whatever has a gradient.

    Raises:
        Unfit: it need not.
    """
    if not case.training.learning_rate or case.training.scheduled:
        raise Unfit("the learning rate is 0, not known, or follows a schedule")
    if any(end.loss is not None and end.loss.weight == 0 for end in case.ends):
        raise Unfit("an output has a loss of no weight")


def gradients(case: Case) -> dict[str, float]:
    """Root mean square of the first gradient of each trainable layer of a copy, by name.

    Raises:
        Unfit: copies cannot be trained, or their training raised.
    """
    return dict(asked(trainer_of(case).gradients))


def penalised(case: Case) -> bool:
    """Whether anything is added to the loss of the data.

    Raises:
        Unfit: copies cannot be trained, or their training raised.
    """
    return asked(trainer_of(case).penalised)


def by_pairing(case: Case) -> ByPairing:
    """How an update of a copy depends on which example has which label.

    Raises:
        Unfit: copies cannot be trained, or their training raised.
    """
    return asked(trainer_of(case).by_pairing)


def by_step(case: Case) -> ByStep:
    """How far a training step of the user's own code goes, beside that of Keras.

    Raises:
        Unfit: copies cannot be trained, or their training raised.
    """
    return asked(trainer_of(case).by_step)


def asked(work: Callable[[], T]) -> T:
    """What `work` on copies gives.

    Raises:
        Unfit: it raised.
        Cancelled: it was stopped.
    """
    try:
        return work()
    except Cancelled:
        raise
    except NbdebugError as error:
        raise Unfit(f"{error.what.rstrip('.')}: {error.got}") from error
    except Exception as error:  # whatever the user's model raises in training is told, not thrown
        raise Unfit(f"a copy of the model raised {type(error).__name__} in training") from error
