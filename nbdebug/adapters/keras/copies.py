"""A compiled copy of a model that can be started anew."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np

from nbdebug.records.mend import Mend

_SWIFT = 0.9


def copyable(model: Any) -> str:
    """Why copies of a model cannot be trained, "" where they can."""
    if not getattr(model, "compiled", False):
        return "the model is not compiled, so how it is trained is not known"
    if not isinstance(model, keras.Sequential) and type(model).__name__ != "Functional":
        return "a model with code of its own cannot be copied safely"
    if type(model).train_step is not keras.Model.train_step:
        return "the model trains by code of its own"
    return ""


def fresh_weights(model: Any, mend: Mend, seed: int) -> list[np.ndarray]:
    """The weights of a copy that has just been initialised, the same for one seed."""
    return _clone(model, mend, seed).get_weights()


class Copy:
    """A copy with a mend, compiled as the model is; compiling is what costs, so it is done once."""

    def __init__(self, model: Any, mend: Mend) -> None:
        self.model = _clone(model, mend, 0)
        weights = model.get_compile_config() or {}
        self.model.compile(
            optimizer=_optimizer(model.optimizer, mend), loss=model.loss, loss_weights=weights.get("loss_weights")
        )
        self.model.optimizer.build(self.model.trainable_variables)
        self._state = [*self.model.optimizer.variables, *_seeds(self.model)]
        self._initial = [np.array(variable) for variable in self._state]

    @staticmethod
    def key(model: Any, mend: Mend) -> str:
        """Mends of one key can share a copy."""
        rate = mend.learning_rate if _is_scheduled(model.optimizer) else None
        return repr((sorted(mend.layers.items()), mend.optimizer, rate))

    def anew(self, weights: Sequence[np.ndarray], mend: Mend) -> Any:
        """The copied model with these weights and an optimizer that has seen nothing."""
        self.model.set_weights(weights)
        for variable, value in zip(self._state, self._initial, strict=True):
            variable.assign(value)
        if mend.learning_rate is not None and not _is_scheduled(self.model.optimizer):
            self.model.optimizer.learning_rate = mend.learning_rate
        self.model.reset_metrics()
        return self.model


@contextmanager
def follow_at_once(copy: Any) -> Iterator[None]:
    """Let the averages of a copy's batch norm be those of the next batch alone."""
    layers = [layer for layer in _all_layers(copy) if isinstance(layer, keras.layers.BatchNormalization)]
    before = [layer.momentum for layer in layers]
    for layer in layers:
        layer.momentum = 0.0
    try:
        yield
    finally:
        for layer, momentum in zip(layers, before, strict=True):
            layer.momentum = momentum


def weights_by_layer(copy: Any) -> dict[str, list[np.ndarray]]:
    """The trainable weights of each layer that has some."""
    layers = {layer.name: layer for layer in _all_layers(copy) if layer.trainable_weights}
    return {name: [np.array(weight) for weight in layer.trainable_weights] for name, layer in layers.items()}


def _all_layers(model: Any) -> Iterator[Any]:
    for layer in model.layers:
        yield from _all_layers(layer) if isinstance(layer, keras.Model) else (layer,)


def _clone(model: Any, mend: Mend, seed: int) -> Any:
    random.seed(seed)  # unseeded initialisers draw their seeds from here
    copy = keras.models.clone_model(model, clone_function=lambda layer: _changed(layer, mend))
    _adopt_state(copy, model)
    return copy


def _changed(layer: Any, mend: Mend) -> Any:
    if isinstance(layer, keras.Model) and not isinstance(layer, keras.layers.InputLayer):
        return keras.models.clone_model(layer, clone_function=lambda inner: _changed(inner, mend))
    config = {**layer.get_config(), **mend.layers.get(layer.name, {})}
    if isinstance(layer, keras.layers.BatchNormalization):
        # In a few dozen updates slower averages would hide what was learned; that they are slow is told elsewhere.
        config["momentum"] = min(config["momentum"], _SWIFT)
    return type(layer).from_config(config)


def _adopt_state(copy: Any, model: Any) -> None:
    """Weights of layers that learn none here (frozen ones, a fitted Normalization) come from the model."""
    for own, theirs in zip(copy.layers, model.layers, strict=True):
        if isinstance(theirs, keras.Model):
            _adopt_state(own, theirs)
        elif theirs.weights and not theirs.trainable_weights:
            store: dict[str, Any] = {}
            theirs.save_own_variables(store)
            own.load_own_variables(store)


def _optimizer(optimizer: Any, mend: Mend) -> Any:
    if mend.optimizer is not None:
        return keras.optimizers.get(mend.optimizer)
    config = optimizer.get_config()
    if mend.learning_rate is not None and _is_scheduled(optimizer):
        config["learning_rate"] = mend.learning_rate
    return type(optimizer).from_config(config)


def _is_scheduled(optimizer: Any) -> bool:
    return isinstance(optimizer.get_config().get("learning_rate"), dict)


def _seeds(model: Any) -> list[Any]:
    """The states of what draws at random in training, such as dropout."""
    weights = {id(variable) for variable in model.weights}
    metrics = {id(variable) for metric in model.metrics for variable in metric.variables}
    return [v for v in model.variables if id(v) not in weights | metrics]
