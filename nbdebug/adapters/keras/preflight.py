"""A checkup before every fit, and once more after it for what only training shows."""

from __future__ import annotations

import random
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any
from weakref import ref

import keras
import numpy as np

from nbdebug.adapters.keras.cases import make_case
from nbdebug.adapters.keras.explain import explain
from nbdebug.adapters.keras.fit_reports import after_training, before_training, nothing, root_of_error, with_error
from nbdebug.adapters.keras.monitor import Monitor
from nbdebug.adapters.keras.peeking import Sight, Unseen, peek
from nbdebug.adapters.keras.watching import Bell, Fit, Harmless
from nbdebug.checks.walk import FAMILIES
from nbdebug.errors import NbdebugError
from nbdebug.records.case import Case
from nbdebug.records.explanation import Explanation
from nbdebug.records.report import Report

_QUICK = ("contract", "architecture")
_OF_PART = tuple(family for family in FAMILIES if family != "data")
"""What can be judged from a part of the data: not what its distribution is."""
_MOST, _SHARE = 30.0, 0.25
"""After so many seconds, and so large a share of all time, every further fit gets the quick checks alone."""
_SPARED = "Quick checks alone: the checkups of earlier fits took long."


@dataclass
class Watched:
    """One fit and what is known of it so far.

    Args:
        number: counted from 0.
        model: that is trained.
        x, y: as handed over.
        report: None until it has been looked at.
        case: what the checks look at, kept until the fit ends.
        families: of checks that can judge it.
        notes: what a reader should know: which data was seen, what was left out.
    """

    number: int
    model: Any
    x: Any
    y: Any
    report: Report | None = None
    case: Case | None = None
    families: Sequence[str] = FAMILIES
    notes: tuple[str, ...] = ()


class Preflight:
    """A `Listener` that makes a report of each fit.

    Before the fit comes what can be judged without training; copies are trained after it, never inside of it.

    Args:
        told: called with a fit when its report is new or has changed.
        stop: called before every step; raises to end training there.
        deaf: whether a fit is to be left alone.
    """

    def __init__(
        self,
        told: Callable[[Watched], None],
        *,
        stop: Callable[[], None] = lambda: None,
        deaf: Callable[[], bool] = lambda: False,
    ) -> None:
        self._told, self.steps, self.deaf = told, stop, deaf
        self._now: Watched | None = None
        self._sight: Sight | None = None
        self._monitor = Monitor()
        self._count, self._spent, self._begun = 0, 0.0, time.monotonic()
        self._last: tuple[Any, Watched] | None = None
        self._raised: tuple[Exception | None, Explanation | None] = None, None
        self.training = False

    def begins(self, fit: Fit) -> None:
        """Look at the model and its data as they are; what has no weights is looked at after its first step."""
        now = Watched(self._count, fit.model, fit.arguments.get("x"), fit.arguments.get("y"))
        self._now, self._sight, self._monitor = now, None, Monitor()
        self._count += 1
        if not fit.understood:
            now.report = nothing(fit.model, "the arguments are not those of fit")
            return
        now.notes, self._sight = _look(fit)
        self._build(fit.model)
        if fit.model.built:
            self._check(now)
        fit.callbacks += [Bell(self.steps, self._stepped), Harmless(self._monitor)]
        self.training = fit.method == "fit"

    def ends(self, fit: Fit, error: BaseException | None) -> None:
        """Add what training showed, and explain what it raised."""
        self.training = False
        now, sight = self._now, self._sight
        self._now, self._sight = None, None
        if now is None:
            return
        if now.report is None and fit.model.built:
            self._check(now, sight)
        now.report = now.report or nothing(fit.model, "Keras could not build the model on this data")
        if isinstance(error, Exception):
            x, y = (sight.x, sight.y) if sight else (now.x, now.y)
            explanation = explain(error, fit.model, x, y)
            now.report = with_error(now.report, explanation)
            self._raised = error, root_of_error(now.report, explanation)
        elif now.case is not None and self._monitor.series.n_steps:
            self._add_series(now, now.report, now.case, confirm=error is None)
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

    def _stepped(self) -> None:
        if self._now is not None and self._now.report is None:
            self._now.notes += ("The model got its weights in its first step; it was looked at after that.",)
            self._check(self._now)

    def _check(self, now: Watched, sight: Sight | None = None) -> None:
        same = self._same(now)
        if same is not None:
            now.report = same.report
            now.notes += (f"The same model and data as in fit {same.number + 1}, so looked at once.",)
            return
        with self._timed():
            now.report, now.case = self._checked(now, sight or self._sight)
        self._last = (ref(now.model), replace(now, case=None, model=None))
        self._told(now)

    def _same(self, now: Watched) -> Watched | None:
        """The last fit, where it was of the same model and the same arrays."""
        if self._last is None or self._last[0]() is not now.model:
            return None
        last = self._last[1]
        return last if last.x is now.x and last.y is now.y else None

    def _checked(self, now: Watched, sight: Sight | None) -> tuple[Report, Case | None]:
        if sight is None or sight.x is None:
            return nothing(now.model, " ".join(now.notes) or "no data was seen"), None
        now.families = _OF_PART if sight.part else FAMILIES
        if self._is_dear:
            now.families, now.notes = _QUICK, (*now.notes, _SPARED)
        try:
            with _quiet():
                case = make_case(now.model, sight.x, sight.y, validation=sight.validation, fit=sight.fit)
                return before_training(case, now.families), case
        except NbdebugError as error:
            return nothing(now.model, f"{error.what} Got: {error.got}"), None
        except Exception as error:  # whatever looking meets, training goes on
            return nothing(now.model, f"{type(error).__name__}: {error}"), None

    def _add_series(self, now: Watched, report: Report, case: Case, confirm: bool) -> None:
        with suppress(Exception), self._timed(), _quiet():  # the report so far stands
            watched = replace(case, series=self._monitor.series)
            now.report = after_training(report, watched, now.families, confirm and not self._is_dear)

    @property
    def _is_dear(self) -> bool:
        return self._spent > max(_MOST, _SHARE * (time.monotonic() - self._begun))

    @contextmanager
    def _timed(self) -> Iterator[None]:
        begun = time.monotonic()
        try:
            yield
        finally:
            self._spent += time.monotonic() - begun


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
