"""Copies of a model, trained a few dozen steps beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import numpy as np

from nbdebug.adapters.keras import one_step
from nbdebug.adapters.keras.allowance import EVERY, Allowance, Deadline
from nbdebug.adapters.keras.apart import apart
from nbdebug.adapters.keras.cloning import clone
from nbdebug.adapters.keras.compiled import losses_of
from nbdebug.adapters.keras.copies import Copy
from nbdebug.adapters.keras.own_step import has_own_step
from nbdebug.adapters.keras.slices import Slices
from nbdebug.adapters.keras.work import UNKNOWN, Work
from nbdebug.records.mend import AS_IT_IS, ByMode, ByPairing, Mend
from nbdebug.records.progress import Pulse, still

_DRAWS = 3

T = TypeVar("T")


class Copies:
    """A `Trainer` over a compiled model that can be made anew.

    Everything runs on a thread of its own: Keras keeps its name counters and its seed generator a thread, so those of
    the user never move.

    Args:
        model: the user's model; read, never trained.
        x: input name -> (example, ...).
        y: head name -> labels; empty for a training step of its own that takes none.
        batch_size: of the user's `fit`, None where it is not known.
        pulse: called before each round of steps; what it raises ends the training of copies.
        work: that a step takes; by it large networks get fewer steps.
    """

    def __init__(
        self,
        model: Any,
        x: Mapping[str, np.ndarray],
        y: Mapping[str, np.ndarray],
        batch_size: int | None,
        pulse: Pulse = still,
        work: Work = UNKNOWN,
    ) -> None:
        self._model, self._pulse = model, pulse
        squared = any(loss.name == "mean_squared_error" for loss in losses_of(model, list(y)).values())
        self._slices = Slices(x, y, batch_size, squared)
        self._allowance = Allowance(work, self._slices.batch, self._slices.size)
        self.steps, self.every = self._allowance.steps, EVERY
        self.own_step = has_own_step(model)
        self._kept: dict[tuple[str, int, int, bool], np.ndarray] = {}
        self._made: dict[str, Copy] = {}

    def losses(self, mend: Mend, seed: int, patience: int = 1, held_out: bool = False) -> np.ndarray:
        """See `nbdebug.records.mend.Trainer`."""
        key = (repr(mend), seed, patience, held_out)
        if key not in self._kept:
            self._kept[key] = self._apart(lambda: self._train(mend, seed, patience, held_out))
        return self._kept[key]

    def unmoved(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """See `nbdebug.records.mend.Trainer`."""
        return self._apart(self._unmoved)

    def penalised(self) -> bool:
        """See `nbdebug.records.mend.Trainer`."""
        x, _, _ = self._slices.taken(AS_IT_IS, self._slices.parts(0)[0][:2])
        return self._apart(lambda: self._copy(AS_IT_IS).is_penalised(x))

    def by_mode(self) -> ByMode:
        """See `nbdebug.records.mend.Trainer`."""
        return self._apart(self._by_mode)

    def by_pairing(self) -> ByPairing:
        """See `nbdebug.records.mend.Trainer`."""
        return self._apart(lambda: one_step.by_pairing(self._model, *self._slices.first()))

    def gradients(self) -> dict[str, float]:
        """See `nbdebug.records.mend.Trainer`."""
        return self._apart(lambda: one_step.gradients(self._model, *self._slices.first()))

    def _apart(self, work: Callable[[], T]) -> T:
        self._pulse()
        return apart(work)

    def _train(self, mend: Mend, seed: int, patience: int, held_out: bool) -> np.ndarray:
        copy, steps = self._begun(mend, seed), self._allowance.of(patience)
        learned, others = self._slices.parts(seed, held_out)
        x, y, unit = self._slices.taken(mend, learned)
        looked_at = self._slices.taken(mend, others)[:2]
        random, deadline = np.random.default_rng(seed), Deadline(steps)
        found = [copy.loss(*looked_at) * unit]
        for done in range(0, steps, EVERY):
            self._pulse()
            deadline.pass_(done)
            if np.isfinite(found[-1]):
                copy.train(x, y, self._order(random, len(learned)))
            found.append(copy.loss(*looked_at) * unit if np.isfinite(found[-1]) else found[-1])
        return np.array(found)

    def _order(self, random: np.random.Generator, n: int) -> np.ndarray:
        """Batches from one look to the next, each drawn from all `n` examples."""
        return np.stack([random.permutation(n)[: self._slices.batch] for _ in range(EVERY)])

    def _unmoved(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """A few rectifiers may be drawn such that all are dead, so a layer that moves for one seed counts as moved."""
        tries = [self._moved(seed) for seed in range(_DRAWS)]
        moved = {name: any(found[name] for found in tries) for name in tries[0]}
        return tuple(n for n, m in moved.items() if not m), tuple(n for n, m in moved.items() if m)

    def _moved(self, seed: int) -> dict[str, bool]:
        """Whether the weights of each layer change in steps that use each example of the slice at least once."""
        copy = self._begun(AS_IT_IS, seed)
        before = copy.weights_by_layer()
        x, y, _ = self._slices.taken(AS_IT_IS, self._slices.parts(seed)[0])
        n = len(next(iter(x.values())))
        batch = min(self._slices.batch, n)
        rounds = -(-n // (EVERY * batch))
        for order in np.resize(np.arange(n), (rounds, EVERY, batch)):
            self._pulse()
            copy.train(x, y, order)
        after = copy.weights_by_layer()
        return {name: any(map(_differ, after[name], values)) for name, values in before.items()}

    def _by_mode(self) -> ByMode:
        copy = self._copy(AS_IT_IS)
        copy.anew(self._model.get_weights(), AS_IT_IS)
        x, y, _ = self._slices.taken(AS_IT_IS, self._slices.parts(0)[0])
        inference = copy.loss(x, y)
        with copy.following_at_once():
            training = copy.loss_in_training(x, y)
        return ByMode(inference, training, copy.loss(x, y))

    def _begun(self, mend: Mend, seed: int) -> Copy:
        """A copy that has just been initialised."""
        copy = self._copy(mend)
        copy.anew(clone(self._model, mend, seed, self._slices.x).get_weights(), mend)
        return copy

    def _copy(self, mend: Mend) -> Copy:
        """One compiled copy serves all seeds, and all learning rates that it can be given."""
        key = Copy.key(self._model, mend)
        if key not in self._made:
            self._made[key] = Copy(self._model, mend, self._slices.x)
        return self._made[key]


def _differ(one: np.ndarray, other: np.ndarray) -> bool:
    return not np.array_equal(one, other, equal_nan=True)
