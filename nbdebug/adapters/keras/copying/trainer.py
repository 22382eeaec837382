"""Copies of a model, trained a few dozen steps beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import numpy as np

from nbdebug.adapters.keras.compiling.compiled import losses_of
from nbdebug.adapters.keras.copying import one_step
from nbdebug.adapters.keras.copying.allowance import EVERY, Allowance, Deadline
from nbdebug.adapters.keras.copying.apart import apart
from nbdebug.adapters.keras.copying.by_mode import by_mode
from nbdebug.adapters.keras.copying.moved import Moved, moved
from nbdebug.adapters.keras.copying.own_step import has_own_step
from nbdebug.adapters.keras.copying.slices import Slices
from nbdebug.adapters.keras.copying.stock import Stock
from nbdebug.adapters.keras.copying.work import UNKNOWN, Work
from nbdebug.records.mend import AS_IT_IS, ByMode, ByPairing, ByStep, Mend, Movement
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
        self.steps, self.every = self._allowance.steps(), EVERY
        self.own_step = has_own_step(model)
        self._kept: dict[tuple[str, int, int, bool], np.ndarray] = {}
        self._answered: dict[str, Any] = {}
        self._stock = Stock(model, x)

    def losses(self, mend: Mend, seed: int, patience: int = 1, held_out: bool = False) -> np.ndarray:
        """See `nbdebug.records.mend.Trainer`."""
        key = (repr(mend), seed, patience, held_out)
        if key not in self._kept:
            self._kept[key] = self._apart(lambda: self._train(mend, seed, patience, held_out))
        return self._kept[key]

    def movement(self) -> Movement:
        """See `nbdebug.records.mend.Trainer`."""
        return self._once("movement", self._movement)

    def penalised(self) -> bool:
        """See `nbdebug.records.mend.Trainer`."""
        x, _, _ = self._slices.taken(AS_IT_IS, self._slices.parts(0)[0][:2])
        return self._apart(lambda: self._stock.copy(AS_IT_IS).is_penalised(x))

    def by_mode(self) -> ByMode:
        """See `nbdebug.records.mend.Trainer`."""
        data = self._slices.taken(AS_IT_IS, self._slices.parts(0)[0])[:2]
        return self._apart(lambda: by_mode(self._stock.as_trained(AS_IT_IS), *data))

    def by_pairing(self) -> ByPairing:
        """See `nbdebug.records.mend.Trainer`."""
        return self._once("by_pairing", lambda: one_step.by_pairing(self._model, *self._slices.first()))

    def by_step(self) -> ByStep:
        """See `nbdebug.records.mend.Trainer`."""
        return self._once("by_step", lambda: one_step.by_step(self._model, *self._slices.first(), self.steps))

    def gradients(self) -> dict[str, float]:
        """See `nbdebug.records.mend.Trainer`."""
        return self._apart(lambda: one_step.gradients(self._model, *self._slices.first()))

    def _once(self, name: str, work: Callable[[], T]) -> T:
        """What fresh copies do is the same for every check that asks."""
        if name not in self._answered:
            self._answered[name] = self._apart(work)
        return self._answered[name]

    def _apart(self, work: Callable[[], T]) -> T:
        self._pulse()
        self._allowance.require()
        return apart(work)

    def _train(self, mend: Mend, seed: int, patience: int, held_out: bool) -> np.ndarray:
        steps = self._allowance.steps(patience)
        deadline = Deadline(steps, self._allowance.seconds(steps))
        copy = self._stock.initialised(mend, seed)
        learned, others = self._slices.parts(seed, held_out)
        x, y, unit = self._slices.taken(mend, learned)
        looked_at = self._slices.taken(mend, others)[:2]
        found = [copy.loss(*looked_at) * unit]
        for at, order in enumerate(self._slices.rounds(seed, len(learned), steps // EVERY, EVERY)):
            self._pulse()
            deadline.pass_(at * EVERY)
            if np.isfinite(found[-1]):
                copy.train(x, y, order)
            found.append(copy.loss(*looked_at) * unit if np.isfinite(found[-1]) else found[-1])
        return np.array(found)

    def _movement(self) -> Movement:
        """A few rectifiers may be drawn such that all are dead, so what moves for one seed counts as moved."""
        tries = [self._steps(seed) for seed in range(_DRAWS)]
        moved = {layer: any(found[layer].any for found in tries) for layer in tries[0]}
        stuck = [(layer, weight) for layer in moved for weight in tries[0][layer].stuck]
        return Movement(
            tuple(layer for layer, moves in moved.items() if not moves),
            tuple(layer for layer, moves in moved.items() if moves),
            tuple(one for one in stuck if all(one[1] in found[one[0]].stuck for found in tries)),
        )

    def _steps(self, seed: int) -> dict[str, Moved]:
        x, y, _ = self._slices.taken(AS_IT_IS, self._slices.parts(seed)[0])
        return moved(self._stock.initialised(AS_IT_IS, seed), x, y, self._slices.batch, self._pulse)
