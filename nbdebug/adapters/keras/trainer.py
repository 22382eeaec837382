"""Copies of a model, trained a few dozen steps beside it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from logging import LogRecord
from typing import Any, TypeVar

import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.compiled import losses_of, penalty
from nbdebug.adapters.keras.copies import Copy, follow_at_once, fresh_weights, weights_by_layer
from nbdebug.adapters.keras.taps import quiet
from nbdebug.measure.standardise import Scale, scale_of
from nbdebug.records.mend import AS_IT_IS, ByMode, Mend
from nbdebug.records.progress import Pulse, still

T = TypeVar("T")

_THREAD = "nbdebug-copy"

STEPS = 60
FEWEST = 18
EVERY = 6
SECONDS = 2.5
"""What the updates of one copy may take; slower networks get fewer of them, down to `FEWEST`."""

_SLICE, _BATCH = 256, 32
_SMALL_SLICE, _SMALL_BATCH, _LARGE_EXAMPLE = 48, 8, 5_000


class Copies:
    """A `Trainer` over a functional or Sequential model that is compiled.

    Everything runs on a thread of its own: Keras keeps its name counters and its seed generator a thread, so those of
    the user never move.

    Args:
        model: the user's model; read, never trained.
        x: input name -> (example, ...).
        y: head name -> labels.
        batch_size: of the user's `fit`, None where it is not known.
        pulse: called before each update; what it raises ends the training of copies.
    """

    def __init__(
        self,
        model: Any,
        x: Mapping[str, np.ndarray],
        y: Mapping[str, np.ndarray],
        batch_size: int | None,
        pulse: Pulse = still,
    ) -> None:
        self._model, self._x, self._y = model, x, y
        self._pulse = pulse
        large = sum(np.prod(values.shape[1:]) for values in x.values()) > _LARGE_EXAMPLE
        self._slice_size, batch = (_SMALL_SLICE, _SMALL_BATCH) if large else (_SLICE, _BATCH)
        self._batch = min(batch_size or batch, batch)
        self.steps, self.every = STEPS, EVERY
        self._timed = False
        self._affordable = STEPS
        self._kept: dict[tuple[str, int, int], np.ndarray] = {}
        self._made: dict[str, Copy] = {}

    def losses(self, mend: Mend, seed: int, patience: int = 1) -> np.ndarray:
        """See `nbdebug.records.mend.Trainer`."""
        key = (repr(mend), seed, patience)
        if key not in self._kept:
            self._pulse()
            self._kept[key] = _apart(lambda: self._train(mend, seed, patience))
        return self._kept[key]

    def unmoved(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """See `nbdebug.records.mend.Trainer`."""
        self._pulse()
        return _apart(self._unmoved)

    def _unmoved(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        copy = self._copy(AS_IT_IS).anew(fresh_weights(self._model, AS_IT_IS, 0), AS_IT_IS)
        before = weights_by_layer(copy)
        x, y, _ = self._slice(AS_IT_IS, 0)
        for at in np.array_split(np.arange(len(next(iter(x.values())))), EVERY):
            if len(at):
                copy.train_on_batch(_one_or(dict, _rows(x, at)), _one_or(_listed, _rows(y, at)))
        after = weights_by_layer(copy)
        moved = {name: any(map(_differ, after[name], values)) for name, values in before.items()}
        return tuple(n for n, m in moved.items() if not m), tuple(n for n, m in moved.items() if m)

    def by_mode(self) -> ByMode:
        """See `nbdebug.records.mend.Trainer`."""
        self._pulse()
        return _apart(self._by_mode)

    def _by_mode(self) -> ByMode:
        copy = self._copy(AS_IT_IS).anew(self._model.get_weights(), AS_IT_IS)
        x, y, _ = self._slice(AS_IT_IS, 0)
        inference = _loss(copy, x, y)
        with follow_at_once(copy):
            predicted = copy(_one_or(dict, x), training=True)
        training = float(copy.compute_loss(x, _one_or(_listed, y), predicted)) - penalty(copy)
        return ByMode(inference, training, _loss(copy, x, y))

    def _train(self, mend: Mend, seed: int, patience: int) -> np.ndarray:
        copy = self._copy(mend).anew(fresh_weights(self._model, mend, seed), mend)
        x, y, unit = self._slice(mend, seed)
        order = np.random.default_rng(seed)
        n, found = len(next(iter(x.values()))), [_loss(copy, x, y) * unit]

        def update() -> None:
            self._pulse()
            at = order.permutation(n)[: self._batch]
            copy.train_on_batch(_one_or(dict, _rows(x, at)), _one_or(_listed, _rows(y, at)))

        while len(found) <= self._updates(patience) // EVERY:
            if np.isfinite(found[-1]):
                done = [_timed(update) for _ in range(EVERY)]
                self._afford(done[-1])
            found.append(_loss(copy, x, y) * unit if np.isfinite(found[-1]) else found[-1])
        return np.array(found)

    def _copy(self, mend: Mend) -> Copy:
        """One compiled copy serves all seeds, and all learning rates that it can be given."""
        key = Copy.key(self._model, mend)
        if key not in self._made:
            self._made[key] = Copy(self._model, mend)
        return self._made[key]

    def _afford(self, seconds: float) -> None:
        """Fix the number of updates by how long the first one after tracing took; the same for every copy."""
        if not self._timed:
            self._affordable = max(FEWEST, int(SECONDS / max(seconds, 1e-6)) // EVERY * EVERY)
            self.steps, self._timed = min(STEPS, self._affordable), True

    def _updates(self, patience: int) -> int:
        return self.steps if patience == 1 else min(STEPS * patience, self._affordable)

    def _slice(self, mend: Mend, seed: int) -> tuple[dict[str, Any], dict[str, Any], float]:
        n = len(next(iter(self._x.values())))
        at = np.sort(np.random.default_rng(seed).permutation(n)[: self._slice_size])
        x, y = _rows(self._x, at), _rows(self._y, at)
        if mend.standardise_inputs:
            x = {name: scale_of(self._x[name][:10_000]).forward(values) for name, values in x.items()}
        if not mend.standardise_targets:
            return x, y, 1.0
        scales: dict[str, Scale] = {name: scale_of(values) for name, values in y.items()}
        # A squared error of standardised labels is in units of their variance, an absolute one of their spread.
        power = 2 if any(loss.name == "mean_squared_error" for loss in losses_of(self._model, list(y)).values()) else 1
        unit = float(np.mean([np.mean(scale.std**power) for scale in scales.values()]))
        return x, {name: scales[name].forward(values) for name, values in y.items()}, unit


def _loss(copy: Any, x: Mapping[str, np.ndarray], y: Mapping[str, np.ndarray]) -> float:
    """Of the data alone: what penalties on weights add says nothing of what was learned."""
    found = copy.test_on_batch(_one_or(dict, x), _one_or(_listed, y), return_dict=True)
    return float(found["loss"]) - penalty(copy)


def _differ(one: np.ndarray, other: np.ndarray) -> bool:
    return not np.array_equal(one, other, equal_nan=True)


def _one_or(several: Callable[[Mapping[str, np.ndarray]], Any], arrays: Mapping[str, np.ndarray]) -> Any:
    """The only array by itself, several as the model takes them."""
    return next(iter(arrays.values())) if len(arrays) == 1 else several(arrays)


def _listed(arrays: Mapping[str, np.ndarray]) -> list[np.ndarray]:
    return list(arrays.values())


def _rows(arrays: Mapping[str, np.ndarray], at: Sequence[int] | np.ndarray) -> dict[str, np.ndarray]:
    return {name: values[at] for name, values in arrays.items()}


def _apart(work: Callable[[], T]) -> T:
    """Run `work` on a fresh thread, put back the random states that threads share, and keep its warnings quiet."""
    python, numpy = random.getstate(), np.random.get_state()
    log = tf.get_logger()
    log.addFilter(_not_of_a_copy)
    try:
        with quiet(), ThreadPoolExecutor(1, thread_name_prefix=_THREAD) as pool:
            return pool.submit(work).result()
    finally:
        log.removeFilter(_not_of_a_copy)
        random.setstate(python)
        np.random.set_state(numpy)


def _not_of_a_copy(record: LogRecord) -> bool:
    """TensorFlow counts every compiled copy as a retrace of the user's model."""
    return not (record.threadName or "").startswith(_THREAD)


def _timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
