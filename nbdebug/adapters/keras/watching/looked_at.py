"""What was looked at last, so that a loop around `fit` does not have the same thing looked at again and again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from weakref import ref

from nbdebug.adapters.keras.compiling.compiled import training_of
from nbdebug.records.case import Training
from nbdebug.records.report import Report


@dataclass(frozen=True)
class Look:
    """One look; what it was of is not kept alive.

    Args:
        number: of its fit.
        report: what it came to.
        held: weak references to model, x, y and optimizer.
        how: the loss and the training it was about.
    """

    number: int
    report: Report
    held: tuple[Any, ...]
    how: tuple[str, Training]

    def is_of(self, model: Any, x: Any, y: Any, fit: Any) -> bool:
        """Whether the same model is trained on the same data in the same way once more."""
        now = (model, x, y, model.optimizer)
        return all(kept() is it for kept, it in zip(self.held, now, strict=True)) and self.how == _how(model, fit)


def look_at(number: int, report: Report, model: Any, x: Any, y: Any, fit: Any) -> Look | None:
    """The note of a look, None where the same could not be recognised."""
    try:
        held = tuple(_weakly(it) for it in (model, x, y, model.optimizer))
    except TypeError:  # lists and dicts cannot be referred to without keeping them
        return None
    return Look(number, report, held, _how(model, fit))


def _weakly(value: Any) -> Any:
    return (lambda: None) if value is None else ref(value)


def _how(model: Any, fit: Any) -> tuple[str, Training]:
    # How far it has been trained differs each time.
    return repr(model.loss), replace(training_of(model, 0, fit or {}), done=0)
