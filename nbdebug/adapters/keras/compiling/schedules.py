"""The learning rates that a fit will go through."""

from __future__ import annotations

import contextlib
import inspect
import io
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import keras
import numpy as np

POINTS = 200
_FAR = np.geomspace(1, 1000, 61)
"""Lengths of a fit that a schedule is followed for."""


def rates_of(optimizer: Any, callbacks: Any, epochs: int | None, updates: int | None) -> np.ndarray | None:
    """The learning rate at evenly spaced updates of the coming fit, (point,).

    None where it follows no schedule, or one that cannot be asked: a plain number, a callback that waits for a metric.
    """
    if not epochs or not updates:
        return None
    at = np.unique(np.linspace(0, updates - 1, min(POINTS, updates)).astype(int))
    try:
        schedule = _schedule(optimizer)
        if schedule is not None:
            done = int(optimizer.iterations) if optimizer.built else 0
            return np.array([float(schedule(done + step)) for step in at])
        by_epoch = _by_epoch(callbacks, float(optimizer.learning_rate), epochs)
    except Exception:  # the schedule is the user's code; what it raises is raised by `fit` too
        return None
    return None if by_epoch is None else by_epoch[at * epochs // updates]


def peak_of(optimizer: Any, updates: int | None) -> float | None:
    """The highest learning rate of a schedule, however long it takes to get there.

    None where it follows no schedule, or one that cannot be asked or goes on rising without end.
    """
    try:
        schedule = _schedule(optimizer)
        if schedule is None or not updates:
            return None
        rates = np.array([float(schedule(int(updates * times))) for times in _FAR])
    except Exception:  # the schedule is the user's code
        return None
    found = np.isfinite(rates).all() and int(rates.argmax()) < len(rates) - 1
    return float(rates.max()) if found else None


def is_scheduled(optimizer: Any, callbacks: Any) -> bool:
    """Whether the learning rate follows a schedule."""
    try:
        return _serialised(optimizer) is not None or _scheduler(callbacks) is not None
    except Exception:  # an optimizer of the user's own need not have a configuration
        return _scheduler(callbacks) is not None


def _serialised(optimizer: Any) -> Mapping[str, Any] | None:
    # The optimizer tells its schedule by its configuration alone; `learning_rate` is the present number.
    rate = optimizer.get_config().get("learning_rate") if optimizer is not None else None
    return rate if isinstance(rate, Mapping) else None


def _schedule(optimizer: Any) -> Callable[[int], Any] | None:
    given = _serialised(optimizer)
    return None if given is None else keras.optimizers.schedules.deserialize(dict(given))


def _scheduler(callbacks: Any) -> Any | None:
    given = callbacks if isinstance(callbacks, list | tuple) else [callbacks]
    return next((c for c in given if isinstance(c, keras.callbacks.LearningRateScheduler)), None)


def _by_epoch(callbacks: Any, rate: float, epochs: int) -> np.ndarray | None:
    scheduler = _scheduler(callbacks)
    if scheduler is None:
        return None
    takes_rate = len(inspect.signature(scheduler.schedule).parameters) > 1
    found = []
    with _unheard():
        for epoch in range(epochs):
            rate = float(scheduler.schedule(epoch, rate) if takes_rate else scheduler.schedule(epoch))
            found.append(rate)
    return np.array(found)


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """What a function of the user's prints or draws leaves no trace."""
    python, numpy = random.getstate(), np.random.get_state()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        random.setstate(python)
        np.random.set_state(numpy)
