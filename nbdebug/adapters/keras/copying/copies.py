"""A compiled copy of a model that can be started anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from jaxtyping import Int

from nbdebug.adapters.keras.copying.cloning import all_layers, clone
from nbdebug.adapters.keras.copying.data_loss import leave_penalties_out
from nbdebug.adapters.keras.copying.fresh_optimizer import fresh_optimizer, is_scheduled
from nbdebug.adapters.keras.copying.own_step import has_own_step
from nbdebug.adapters.keras.copying.steps import Steps
from nbdebug.adapters.keras.structure import arrange, ports
from nbdebug.records.mend import Mend

Arrays = Mapping[str, np.ndarray]


class Copy:
    """A copy with a mend, compiled as the model is; compiling is what costs, so it is done once.

    Args:
        x: input name -> (example, ...), to build it for.
        own: whether it trains by a step of the model's own code where there is one.

    Raises:
        NbdebugError: it cannot be made, see `clone`.
    """

    def __init__(self, model: Any, mend: Mend, x: Arrays, *, own: bool = True) -> None:
        self.model = clone(model, mend, 0, x)
        weights = model.get_compile_config() or {}
        self.model.compile(
            optimizer=fresh_optimizer(model.optimizer, mend), loss=model.loss, loss_weights=weights.get("loss_weights")
        )
        leave_penalties_out(self.model, in_training=not mend.penalties)
        self.model.optimizer.build(self.model.trainable_variables)
        self._steps, self._own = Steps(self.model, own=own), own and has_own_step(model)
        self._has_loss = self.model.loss is not None and type(model).test_step is keras.Model.test_step
        self._state = [*self.model.optimizer.variables, *_seeds(self.model)]
        self._initial = [np.array(variable) for variable in self._state]

    @staticmethod
    def key(model: Any, mend: Mend) -> str:
        """Mends of one key can share a copy."""
        rate = mend.learning_rate if is_scheduled(model.optimizer) else None
        given = (mend.layers, mend.instead, mend.hidden, mend.settings)
        changed = [sorted(each.items()) for each in given]
        return repr((changed, mend.optimizer, mend.penalties, rate))

    def anew(self, weights: Sequence[np.ndarray], mend: Mend) -> None:
        """Give it these weights and an optimizer that has seen nothing."""
        self.model.set_weights(weights)
        for variable, value in zip(self._state, self._initial, strict=True):
            variable.assign(value)
        if mend.learning_rate is not None and not is_scheduled(self.model.optimizer):
            self.model.optimizer.learning_rate = mend.learning_rate
        self.model.reset_metrics()

    def train(self, x: Arrays, y: Arrays, order: Int[np.ndarray, "step example"]) -> None:
        """One step of training on each of these batches.

        Args:
            order: which examples are in the batch of each step.
        """
        self._steps.train(self._arranged(x), _labels(y), order)

    def update(self, x: Arrays, y: Arrays) -> None:
        """One step of training on all of these examples."""
        self.train(x, y, np.arange(len(next(iter(x.values()))))[None])

    def loss(self, x: Arrays, y: Arrays) -> float:
        """The loss of the data alone, in inference; of a step of its own that is all that is known of its loss."""
        known = self._has_loss or not self._own
        look = self._steps.loss if known else self._steps.loss_of_step
        return look(self._arranged(x), _labels(y))

    def loss_in_training(self, x: Arrays, y: Arrays) -> float:
        """The same in training mode."""
        given, labels = self._arranged(x), _labels(y)
        predicted = self.model(given, training=True)
        return float(self.model.compute_loss(given, labels, predicted, training=False))

    def _arranged(self, x: Arrays) -> Any:
        """As its class takes them; a clone need not name its inputs as the model does."""
        declared = [port.name for port in ports(self.model)]
        return arrange(self.model, dict(zip(declared or x, x.values(), strict=True)))[0]

    def is_penalised(self, x: Arrays) -> bool:
        """Whether regularisers or layers add anything to its loss."""
        given = keras.tree.map_structure(tf.convert_to_tensor, self._arranged(x))
        tf.function(self.model).get_concrete_function(given, training=True)  # traced, never run
        return bool(self.model.losses)

    def weights_by_layer(self) -> dict[str, dict[str, np.ndarray]]:
        """The trainable weights of each layer that has some, by their paths."""
        layers = {layer.name: layer for layer in all_layers(self.model) if layer.trainable_weights}
        return {name: {w.path: np.array(w) for w in layer.trainable_weights} for name, layer in layers.items()}


def _labels(y: Arrays) -> Any:
    """The only array by itself, several as a list, None without any."""
    return next(iter(y.values()), None) if len(y) < 2 else list(y.values())


def _seeds(model: Any) -> list[Any]:
    """The states of what draws at random in training, such as dropout."""
    weights = {id(variable) for variable in model.weights}
    metrics = {id(variable) for metric in model.metrics for variable in metric.variables}
    return [v for v in model.variables if id(v) not in weights | metrics]
