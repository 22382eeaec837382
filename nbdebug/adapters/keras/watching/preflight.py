"""A checkup before every fit, and once more after it for what only training shows."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import keras
import numpy as np

from nbdebug.adapters.keras.cases import make_case
from nbdebug.adapters.keras.explaining.explain import explain
from nbdebug.adapters.keras.watching.budget import SECONDS, Budget, Purse
from nbdebug.adapters.keras.watching.fit_reports import (
    QUICK,
    after_training,
    before_training,
    left_out,
    nothing,
    root_of_error,
    with_error,
)
from nbdebug.adapters.keras.watching.looked_at import Look, look_at
from nbdebug.adapters.keras.watching.monitor import Monitor
from nbdebug.adapters.keras.watching.peeking import Sight, peek
from nbdebug.adapters.keras.watching.peeking_batches import Unseen
from nbdebug.adapters.keras.watching.watch import Bell, Fit, Harmless
from nbdebug.checks.walk import FAMILIES
from nbdebug.errors import NbdebugError
from nbdebug.records.case import Case
from nbdebug.records.explanation import Explanation
from nbdebug.records.report import Report

_OF_PART = tuple(family for family in FAMILIES if family != "data")
"""What can be judged from a part of the data: not what its distribution is."""
_SPARED = "Quick checks alone: the checkups of earlier fits took long."


@dataclass
class Watched:
    """One fit and what is known of it so far.

    Args:
        number: counted from 0.
        model: that is trained.
        report: None until it has been looked at.
        case: what the checks look at, kept until the fit ends.
        families: of checks that can judge it.
        notes: what a reader should know: which data was seen, what was left out.
        again: whether the same was looked at before, so that there is no news before it ends.
        steps: optimiser updates that were watched.
        over: whether it has ended.
    """

    number: int
    model: Any
    report: Report | None = None
    case: Case | None = None
    families: Sequence[str] = FAMILIES
    notes: tuple[str, ...] = ()
    again: bool = False
    steps: int = 0
    over: bool = False


class Preflight:
    """A `Listener` that makes a report of each fit.

    Before the fit comes what can be judged without training; copies are trained after it, never inside of it.

    Args:
        told: called with a fit when its report is new or has changed.
        stop: called before every step; raises to end training there.
        deaf: whether a fit is to be left alone.
        confirm: whether copies are trained after a fit that ended by itself.
        seconds: that a look before a fit may take, if five of its steps are not longer.
    """

    def __init__(
        self,
        told: Callable[[Watched], None],
        *,
        stop: Callable[[], None] = lambda: None,
        deaf: Callable[[], bool] = lambda: False,
        confirm: bool = True,
        seconds: float = SECONDS,
    ) -> None:
        self._told, self.steps, self.deaf = told, stop, deaf
        self._confirm, self._seconds = confirm, seconds
        self._now: Watched | None = None
        self._sight: Sight | None = None
        self._monitor = Monitor()
        self._purse, self._count = Purse(), 0
        self._last: Look | None = None
        self._raised: tuple[Exception | None, Explanation | None] = None, None
        self.training = False

    def begins(self, fit: Fit) -> None:
        """Look at the model and its data as they are; what has no weights is looked at after its first step."""
        now = Watched(self._count, fit.model)
        self._now, self._sight, self._monitor = now, None, Monitor()
        self._count += 1
        if not fit.understood:
            now.report = nothing(fit.model, "the arguments are not those of fit")
            return
        budget = Budget(self._seconds)
        now.notes, self._sight = _look(fit)
        self._build(fit.model)
        if fit.model.built:
            self._check(now, fit, budget)
        stepped = Bell(self.steps, lambda: self._stepped(fit))
        fit.callbacks += [stepped, Harmless(self._monitor)]
        self.training = fit.method == "fit"

    def ends(self, fit: Fit, error: BaseException | None) -> None:
        """Add what training showed, and explain what it raised."""
        self.training = False
        now = self._now
        if now is None:
            return
        if now.report is None and fit.model.built:
            self._check(now, fit, Budget(self._seconds))
        sight, self._now, self._sight = self._sight, None, None
        if now.report is None:
            now.report = nothing(fit.model, "Keras could not build the model on this data")
        now.steps, now.over = self._monitor.series.n_steps, True
        if isinstance(error, Exception):
            given = (sight.x, sight.y) if sight else (fit.arguments.get("x"), fit.arguments.get("y"))
            explanation = explain(error, fit.model, *given)
            now.report = with_error(now.report, explanation)
            self._raised = error, root_of_error(now.report, explanation)
        elif now.steps:
            self._add_series(now, now.report, sight, confirm=error is None and self._confirm)
        now.case = None
        self._told(now)

    def raised(self, error: BaseException) -> Explanation | None:
        """What was said of this error when it ended a fit, None where it did not."""
        return self._raised[1] if self._raised[0] is error else None

    def _build(self, model: Any) -> None:
        """Give a stack of layers the weights that its first step would give it: they follow from the layers alone."""
        shape = self._sight.shape if self._sight else None
        if type(model) is keras.Sequential and not model.built and shape is not None:
            with suppress(Exception):  # fit is about to raise the same
                model.build(shape)

    def _stepped(self, fit: Fit) -> None:
        if self._now is not None and self._now.report is None:
            self._now.notes += ("The model got its weights in its first step; it was looked at after that.",)
            self._now.steps = 1
            self._check(self._now, fit, Budget(self._seconds))

    def _check(self, now: Watched, fit: Fit, budget: Budget) -> None:
        x, y, how = fit.arguments.get("x"), fit.arguments.get("y"), self._sight.fit if self._sight else {}
        if self._last is not None and self._last.is_of(now.model, x, y, how):
            now.report, now.again = self._last.report, True
            now.notes += (f"The same model and data as in fit {self._last.number + 1}, so looked at once.",)
            return
        with self._purse.pays():
            now.report, now.case = self._checked(now, self._sight, budget)
        self._last = look_at(now.number, now.report, now.model, x, y, how)
        waiting = left_out(now.report)
        if waiting:
            now.notes += (f"Left out before training, to begin in time: {', '.join(waiting)}.",)
        self._told(now)

    def _checked(self, now: Watched, sight: Sight | None, budget: Budget) -> tuple[Report, Case | None]:
        if sight is None or sight.x is None:
            return nothing(now.model, " ".join(now.notes) or "no data was seen"), None
        now.families = _OF_PART if sight.part else FAMILIES
        if self._purse.is_empty:
            now.families, now.notes = QUICK, (*now.notes, _SPARED)
        try:
            with _quiet():
                case = _case(now.model, sight)
                return before_training(case, now.families, budget), case
        except NbdebugError as error:
            return nothing(now.model, f"{error.what} Got: {error.got}"), None
        except Exception as error:  # whatever looking meets, training goes on
            return nothing(now.model, f"{type(error).__name__}: {error}"), None

    def _add_series(self, now: Watched, report: Report, sight: Sight | None, confirm: bool) -> None:
        dear = self._purse.is_empty
        if now.again and dear:
            return
        with suppress(Exception), self._purse.pays(), _quiet():  # the report so far stands
            case = _case(now.model, sight) if now.again and sight is not None and sight.x is not None else now.case
            if case is not None:
                watched = replace(case, series=self._monitor.series)
                now.report = after_training(report, watched, now.families, confirm and not dear and not now.again)


def _case(model: Any, sight: Sight) -> Case:
    return make_case(model, sight.x, sight.y, validation=sight.validation, fit=sight.fit)


def _look(fit: Fit) -> tuple[tuple[str, ...], Sight | None]:
    try:
        sight = peek(fit.arguments)
    except Unseen as unseen:
        return (f"The data was not looked at: {unseen}.",), None
    except Exception as error:  # fit may say better what is wrong with it
        return (f"The data could not be read: {type(error).__name__}: {error}",), None
    fit.arguments.update(sight.replaced)
    return ((f"Judged from {sight.part}.",) if sight.part else ()), sight


@contextmanager
def _quiet() -> Iterator[None]:
    """No warnings, and the random states that threads share as they were."""
    python, numpy = random.getstate(), np.random.get_state()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        random.setstate(python)
        np.random.set_state(numpy)
