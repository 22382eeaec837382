"""A callback that notes what the checks of training need, in bounded memory and without touching training."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import keras
import numpy as np

from nbdebug.adapters.keras.beginning import spreads_of
from nbdebug.adapters.keras.copying.cloning import all_layers
from nbdebug.adapters.keras.watching.trained_now import fit_begins, fit_ends
from nbdebug.adapters.keras.weights import step
from nbdebug.measure.thinned import Thinned
from nbdebug.records.series import Curve, Series

_MOST_VALUES = 200_000
"""Weights of one layer that a step's change is measured on; a larger layer is looked at in places."""


class Monitor(keras.callbacks.Callback):  # type: ignore[misc]
    """Put it into `fit(callbacks=[monitor])`; afterwards `monitor.series` holds the last fit.

    It reads and never writes: training is bit-identical with and without it. The loss of every step is noted; how far a
    step moves the weights is looked at in steps 1, 2, 4, 8 ... and at the start of every epoch. Nothing is written to
    disk.
    """

    def __init__(self) -> None:
        super().__init__()
        self._before: dict[str, list[np.ndarray]] | None = None
        self._began: dict[str, float] | None = None
        self._begin()

    @property
    def series(self) -> Series:
        """What was noted of the fit that runs, or else of the last one."""
        return Series(
            n_steps=self._step,
            loss=self._losses.curve(),
            epochs={name: np.array(values, np.float64) for name, values in self._epochs.items()},
            updates={name: _curve(points) for name, points in self._updates.items()},
            first_not_finite=self._first_not_finite,
            done=self._done,
            began=self._began,
        )

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        self._begin()
        with suppress(Exception):  # whatever it meets, training goes on
            self._began = spreads_of(list(all_layers(self.model)), step(self.model) or 0)
        fit_begins(self.model, self)

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        self._of_epoch, self._mean = 0, 0.0
        self._looks = True

    def on_train_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        step = self._step + 1
        if self._looks or step & (step - 1) == 0:
            self._before, self._looks = self._weights(), False

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        # With steps_per_execution, Keras calls once for several steps.
        self._step += batch + 1 - self._of_epoch
        self._of_epoch, before = batch + 1, self._of_epoch
        if self._before is not None:
            self._note_updates(self._before)
            self._before = None
        if logs and "loss" in logs:
            self._note_loss(float(logs["loss"]), before)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        for name, value in (logs or {}).items():
            self._epochs.setdefault(name, []).append(float(value))

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        self._done = True
        fit_ends(self.model, self.series)

    def _begin(self) -> None:
        self._step, self._of_epoch, self._mean = 0, 0, 0.0
        self._losses = Thinned()
        self._epochs: dict[str, list[float]] = {}
        self._updates: dict[str, list[tuple[int, float]]] = {}
        self._before = None
        self._first_not_finite: int | None = None
        self._looks, self._done = True, False
        self._began = None

    def _note_loss(self, mean: float, before: int) -> None:
        # Keras logs the mean since the epoch began; the loss of these steps is what moved it.
        loss = (mean * self._of_epoch - self._mean * before) / (self._of_epoch - before)
        self._mean = mean
        if not np.isfinite(mean) and self._first_not_finite is None:
            self._first_not_finite = self._step
        self._losses.add(self._step, loss if np.isfinite(mean) else mean)

    def _weights(self) -> dict[str, list[np.ndarray]]:
        layers = {layer.name: layer for layer in self.model.layers if layer.trainable_weights}
        return {name: [_some(w) for w in layer.trainable_weights] for name, layer in layers.items()}

    def _note_updates(self, before: Mapping[str, list[np.ndarray]]) -> None:
        for name, after in self._weights().items():
            old = before.get(name, after)
            moved = sum(float(np.abs(a - b).sum()) for a, b in zip(after, old, strict=True))
            size = sum(float(np.abs(b).sum()) for b in old)
            self._updates.setdefault(name, []).append((self._step, moved / size if size else float(moved > 0)))


def _some(weight: Any) -> np.ndarray:
    values = np.asarray(weight).reshape(-1)
    return values[:: max(1, values.size // _MOST_VALUES)].astype(np.float64)


def _curve(points: list[tuple[int, float]]) -> Curve:
    steps, values = zip(*points, strict=True)
    return Curve(np.array(steps, np.int64), np.array(values, np.float64))
