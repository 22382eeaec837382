"""Copies of a model, trained a few dozen steps beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from nbdebug.adapters.keras.apart import apart
from nbdebug.adapters.keras.cloning import clone
from nbdebug.adapters.keras.compiled import losses_of
from nbdebug.adapters.keras.copies import Copy
from nbdebug.adapters.keras.own_step import has_own_step
from nbdebug.measure.standardise import Scale, scale_of
from nbdebug.records.mend import AS_IT_IS, ByMode, ByPairing, Mend
from nbdebug.records.progress import Pulse, still

STEPS = 60
FEWEST = 18
EVERY = 6
SECONDS = 2.5
"""What the updates of one copy may take; slower networks get fewer of them, down to `FEWEST`."""

_SLICE, _BATCH = 256, 32
_SMALL_SLICE, _SMALL_BATCH, _LARGE_EXAMPLE = 48, 8, 5_000

_DRAWS = 3
_PLAIN_STEP = Mend(optimizer="sgd", learning_rate=1.0)

Arrays = dict[str, np.ndarray]


class Copies:
    """A `Trainer` over a compiled model that can be made anew.

    Everything runs on a thread of its own: Keras keeps its name counters and its seed generator a thread, so those of
    the user never move.

    Args:
        model: the user's model; read, never trained.
        x: input name -> (example, ...).
        y: head name -> labels; empty for a training step of its own that takes none.
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
        self.own_step = has_own_step(model)
        self._timed = False
        self._affordable = STEPS
        self._kept: dict[tuple[str, int, int, bool], np.ndarray] = {}
        self._made: dict[str, Copy] = {}

    def losses(self, mend: Mend, seed: int, patience: int = 1, held_out: bool = False) -> np.ndarray:
        """See `nbdebug.records.mend.Trainer`."""
        key = (repr(mend), seed, patience, held_out)
        if key not in self._kept:
            self._pulse()
            self._kept[key] = apart(lambda: self._train(mend, seed, patience, held_out))
        return self._kept[key]

    def unmoved(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """See `nbdebug.records.mend.Trainer`."""
        self._pulse()
        return apart(self._unmoved)

    def _unmoved(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """A few rectifiers may be drawn such that all are dead, so a layer that moves for one seed counts as moved."""
        tries = [self._moved(seed) for seed in range(_DRAWS)]
        moved = {name: any(found[name] for found in tries) for name in tries[0]}
        return tuple(n for n, m in moved.items() if not m), tuple(n for n, m in moved.items() if m)

    def _moved(self, seed: int) -> dict[str, bool]:
        copy = self._begun(AS_IT_IS, seed)
        before = copy.weights_by_layer()
        x, y, _ = self._slice(AS_IT_IS, self._parts(seed)[0])
        for at in np.array_split(np.arange(len(next(iter(x.values())))), EVERY):
            if len(at):
                copy.update(_rows(x, at), _rows(y, at))
        after = copy.weights_by_layer()
        return {name: any(map(_differ, after[name], values)) for name, values in before.items()}

    def penalised(self) -> bool:
        """See `nbdebug.records.mend.Trainer`."""
        x, _, _ = self._slice(AS_IT_IS, self._parts(0)[0][:2])
        return apart(lambda: self._copy(AS_IT_IS).is_penalised(x))

    def by_mode(self) -> ByMode:
        """See `nbdebug.records.mend.Trainer`."""
        self._pulse()
        return apart(self._by_mode)

    def _by_mode(self) -> ByMode:
        copy = self._copy(AS_IT_IS)
        copy.anew(self._model.get_weights(), AS_IT_IS)
        x, y, _ = self._slice(AS_IT_IS, self._parts(0)[0])
        inference = copy.loss(x, y)
        with copy.following_at_once():
            training = copy.loss_in_training(x, y)
        return ByMode(inference, training, copy.loss(x, y))

    def by_pairing(self) -> ByPairing:
        """See `nbdebug.records.mend.Trainer`."""
        self._pulse()
        return apart(self._by_pairing)

    def _by_pairing(self) -> ByPairing:
        at = self._parts(0)[0][: self._batch]
        x, y = _rows(self._x, at), _rows(self._y, at)
        labels = (y, y, *(_dealt(y, how) for how in (_exchanged, _same)))
        before = [np.array(weight) for weight in clone(self._model, _PLAIN_STEP, 0, self._x).trainable_weights]
        after, again, exchanged, others = (self._after_one(x, each) for each in labels)
        way = max(_distance(after, before), _distance(others, before), 1e-30)
        return ByPairing(*(_distance(after, other) / way for other in (exchanged, others, again)))

    def gradients(self) -> dict[str, float]:
        """See `nbdebug.records.mend.Trainer`."""
        self._pulse()
        return apart(self._gradients)

    def _gradients(self) -> dict[str, float]:
        at = self._parts(0)[0][: self._batch]
        copy = Copy(self._model, _PLAIN_STEP, self._x)
        copy.anew(copy.model.get_weights(), _PLAIN_STEP)
        before = copy.weights_by_layer()
        copy.update(_rows(self._x, at), _rows(self._y, at))
        after = copy.weights_by_layer()
        sizes = {name: sum(weight.size for weight in values) for name, values in before.items()}
        return {name: _distance(after[name], values) / sizes[name] ** 0.5 for name, values in before.items()}

    def _after_one(self, x: Arrays, y: Arrays) -> list[np.ndarray]:
        """The weights after one update of a copy made for it alone, so that what it draws at random is drawn alike."""
        copy = Copy(self._model, _PLAIN_STEP, self._x)
        copy.anew(copy.model.get_weights(), _PLAIN_STEP)
        copy.update(x, y)
        return [np.array(weight) for weight in copy.model.trainable_weights]

    def _train(self, mend: Mend, seed: int, patience: int, held_out: bool) -> np.ndarray:
        copy = self._begun(mend, seed)
        learned, others = self._parts(seed, held_out)
        x, y, unit = self._slice(mend, learned)
        looked_at = self._slice(mend, others)[:2]
        order = np.random.default_rng(seed)
        n, found = len(next(iter(x.values()))), [copy.loss(*looked_at) * unit]

        def update() -> None:
            self._pulse()
            at = order.permutation(n)[: self._batch]
            copy.update(_rows(x, at), _rows(y, at))

        while len(found) <= self._updates(patience) // EVERY:
            if np.isfinite(found[-1]):
                done = [_timed(update) for _ in range(EVERY)]
                self._afford(done[-1])
            found.append(copy.loss(*looked_at) * unit if np.isfinite(found[-1]) else found[-1])
        return np.array(found)

    def _begun(self, mend: Mend, seed: int) -> Copy:
        """A copy that has just been initialised."""
        copy = self._copy(mend)
        copy.anew(clone(self._model, mend, seed, self._x).get_weights(), mend)
        return copy

    def _copy(self, mend: Mend) -> Copy:
        """One compiled copy serves all seeds, and all learning rates that it can be given."""
        key = Copy.key(self._model, mend)
        if key not in self._made:
            self._made[key] = Copy(self._model, mend, self._x)
        return self._made[key]

    def _afford(self, seconds: float) -> None:
        """Fix the number of updates by how long the first one after tracing took; the same for every copy."""
        if not self._timed:
            self._affordable = max(FEWEST, int(SECONDS / max(seconds, 1e-6)) // EVERY * EVERY)
            self.steps, self._timed = min(STEPS, self._affordable), True

    def _updates(self, patience: int) -> int:
        return self.steps if patience == 1 else min(STEPS * patience, self._affordable)

    def _slice(self, mend: Mend, at: np.ndarray) -> tuple[Arrays, Arrays, float]:
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

    def _parts(self, seed: int, held_out: bool = False) -> tuple[np.ndarray, np.ndarray]:
        """Which examples a copy trains on, and which its loss is of: the same ones, or as many others."""
        n = len(next(iter(self._x.values())))
        order = np.random.default_rng(seed).permutation(n)
        size = min(self._slice_size, n // 2) if held_out else self._slice_size
        learned = np.sort(order[:size])
        return learned, np.sort(order[size:][:size]) if held_out else learned


def _dealt(labels: Arrays, how: Callable[[np.ndarray], np.ndarray]) -> Arrays:
    return {name: how(values) for name, values in labels.items()}


def _exchanged(labels: np.ndarray) -> np.ndarray:
    """The labels in the order of their size turned round, so that large ones go where small ones were."""
    rows = labels.reshape(len(labels), -1)
    order = np.lexsort(rows.T)
    dealt = np.empty_like(labels)
    dealt[order] = labels[order[::-1]]
    return dealt


def _same(labels: np.ndarray) -> np.ndarray:
    """The largest label for all."""
    largest = np.lexsort(labels.reshape(len(labels), -1).T)[-1]
    return np.repeat(labels[largest : largest + 1], len(labels), axis=0)


def _distance(one: Sequence[np.ndarray], other: Sequence[np.ndarray]) -> float:
    return float(np.sqrt(sum(np.sum((a - b) ** 2) for a, b in zip(one, other, strict=True))))


def _differ(one: np.ndarray, other: np.ndarray) -> bool:
    return not np.array_equal(one, other, equal_nan=True)


def _rows(arrays: Mapping[str, np.ndarray], at: Sequence[int] | np.ndarray) -> Arrays:
    return {name: values[at] for name, values in arrays.items()}


def _timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
