"""Compiled copies, kept to be started anew: compiling is what costs."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from nbdebug.adapters.keras.copying.cloning import clone
from nbdebug.adapters.keras.copying.copies import Copy
from nbdebug.adapters.keras.copying.fresh_optimizer import is_scheduled
from nbdebug.records.mend import Mend


class Stock:
    """Copies of one model; one serves all seeds, and all learning rates that it can be given.

    They learn at the rate that the model has now, even where a fit that comes before them changes it.

    Args:
        model: the user's model; read, never trained.
        x: input name -> (example, ...), to build copies for.
    """

    def __init__(self, model: Any, x: Mapping[str, np.ndarray]) -> None:
        self._model, self._x = model, x
        self._rate = None if is_scheduled(model.optimizer) else float(model.optimizer.learning_rate)
        self._made: dict[str, Copy] = {}
        self._layers, self._draws = "", dict[int, list[np.ndarray]]()

    def copy(self, mend: Mend) -> Copy:
        """With this mend, in whatever state it was left.

        Raises:
            NbdebugError: it cannot be made, see `clone`.
        """
        key = Copy.key(self._model, mend)
        if key not in self._made:
            self._made[key] = Copy(self._model, mend, self._x)
        return self._made[key]

    def initialised(self, mend: Mend, seed: int) -> Copy:
        """The same, with weights drawn by this seed; what its code draws from Python or numpy later follows from it."""
        copy = self.copy(mend)
        copy.anew(self._drawn(mend, seed), self._at_its_rate(mend))
        random.seed(seed)
        np.random.seed(seed)
        return copy

    def as_trained(self, mend: Mend) -> Copy:
        """The same, with the present weights of the model."""
        copy = self.copy(mend)
        copy.anew(self._model.get_weights(), mend)
        return copy

    def _at_its_rate(self, mend: Mend) -> Mend:
        if mend.learning_rate is not None or mend.optimizer is not None:
            return mend
        return replace(mend, learning_rate=self._rate)

    def _drawn(self, mend: Mend, seed: int) -> list[np.ndarray]:
        """Mends in a row mostly have the same layers, and so the same weights; those of one kind are kept."""
        layers = repr((mend.layers, mend.instead, mend.hidden))
        if layers != self._layers:
            self._layers, self._draws = layers, {}
        if seed not in self._draws:
            self._draws[seed] = clone(self._model, mend, seed, self._x).get_weights()
        return self._draws[seed]
