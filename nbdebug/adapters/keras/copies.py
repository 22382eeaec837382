"""A compiled copy of a model that can be started anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.cloning import all_layers, clone, remakeable
from nbdebug.adapters.keras.own_step import OwnStep, has_own_step
from nbdebug.adapters.keras.structure import arrange, ports
from nbdebug.errors import NbdebugError
from nbdebug.records.mend import Mend

Arrays = Mapping[str, np.ndarray]


def copyable(model: Any) -> str:
    """Why copies of a model cannot be trained, "" where they can."""
    if not getattr(model, "compiled", False):
        return "the model is not compiled, so how it is trained is not known"
    if type(model).compile is not keras.Model.compile:
        return "the model is compiled by code of its own"
    if not remakeable(model):
        return "a model with code of its own cannot be made again: its class has no get_config"
    return ""


class Copy:
    """A copy with a mend, compiled as the model is; compiling is what costs, so it is done once.

    Args:
        x: input name -> (example, ...), to build it for.

    Raises:
        NbdebugError: it cannot be made, see `clone`.
    """

    def __init__(self, model: Any, mend: Mend, x: Arrays) -> None:
        self.model = clone(model, mend, 0, x)
        weights = model.get_compile_config() or {}
        self.model.compile(
            optimizer=_optimizer(model.optimizer, mend), loss=model.loss, loss_weights=weights.get("loss_weights")
        )
        _count_penalties(self.model, mend.penalties)
        self.model.optimizer.build(self.model.trainable_variables)
        self._own = OwnStep(self.model) if has_own_step(model) else None
        self._has_loss = self.model.loss is not None and type(model).test_step is keras.Model.test_step
        self._state = [*self.model.optimizer.variables, *_seeds(self.model)]
        self._initial = [np.array(variable) for variable in self._state]

    @staticmethod
    def key(model: Any, mend: Mend) -> str:
        """Mends of one key can share a copy."""
        rate = mend.learning_rate if _is_scheduled(model.optimizer) else None
        given = (mend.layers, mend.instead, mend.hidden, mend.settings)
        changed = [sorted(each.items()) for each in given]
        return repr((changed, mend.optimizer, mend.penalties, rate))

    def anew(self, weights: Sequence[np.ndarray], mend: Mend) -> None:
        """Give it these weights and an optimizer that has seen nothing."""
        self.model.set_weights(weights)
        for variable, value in zip(self._state, self._initial, strict=True):
            variable.assign(value)
        if mend.learning_rate is not None and not _is_scheduled(self.model.optimizer):
            self.model.optimizer.learning_rate = mend.learning_rate
        self.model.reset_metrics()

    def update(self, x: Arrays, y: Arrays) -> None:
        """One step of training on a batch."""
        if self._own is None:
            self.model.train_on_batch(_one_or(dict, x), _one_or(_listed, y))
        else:
            self._own(self._arranged(x), _one_or(_listed, y))

    def loss(self, x: Arrays, y: Arrays) -> float:
        """The loss of the data alone, in inference; of a step of its own that is all that is known of its loss."""
        if self._own is not None and not self._has_loss:
            return self._own.loss(self._arranged(x), _one_or(_listed, y))
        return float(self.model.test_on_batch(_one_or(dict, x), _one_or(_listed, y), return_dict=True)["loss"])

    def loss_in_training(self, x: Arrays, y: Arrays) -> float:
        """The same in training mode."""
        given, labels = _one_or(dict, x), _one_or(_listed, y)
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

    def weights_by_layer(self) -> dict[str, list[np.ndarray]]:
        """The trainable weights of each layer that has some."""
        layers = {layer.name: layer for layer in all_layers(self.model) if layer.trainable_weights}
        return {name: [np.array(weight) for weight in layer.trainable_weights] for name, layer in layers.items()}

    @contextmanager
    def following_at_once(self) -> Iterator[None]:
        """Let the averages of its batch norm be those of the next batch alone."""
        layers = [layer for layer in all_layers(self.model) if isinstance(layer, keras.layers.BatchNormalization)]
        before = [layer.momentum for layer in layers]
        for layer in layers:
            layer.momentum = 0.0
        try:
            yield
        finally:
            for layer, momentum in zip(layers, before, strict=True):
                layer.momentum = momentum


def _count_penalties(copy: Any, in_training: bool) -> None:
    """Leave what regularisers and `add_loss` add out of the loss in inference and, if asked, in training.

    What they add says nothing of what was learned.
    """
    if type(copy).compute_loss is not keras.Model.compute_loss:
        if not in_training:
            raise NbdebugError(
                "The model makes up its loss by code of its own.",
                got=type(copy).__name__,
                fix="call super().compute_loss",
            )
        return
    whole = copy.compute_loss

    def compute_loss(
        x: Any = None, y: Any = None, y_pred: Any = None, sample_weight: Any = None, training: bool = True
    ) -> Any:
        loss = whole(x, y, y_pred, sample_weight, training)
        penalties = [] if training and in_training else copy.losses
        return loss - sum(keras.ops.sum(keras.ops.cast(penalty, loss.dtype)) for penalty in penalties)

    copy.compute_loss = compute_loss


def _one_or(several: Callable[[Arrays], Any], arrays: Arrays) -> Any:
    """The only array by itself, several as the model takes them, None without any."""
    return next(iter(arrays.values()), None) if len(arrays) < 2 else several(arrays)


def _listed(arrays: Arrays) -> list[np.ndarray]:
    return list(arrays.values())


def _optimizer(optimizer: Any, mend: Mend) -> Any:
    if mend.optimizer is not None:
        return keras.optimizers.get(mend.optimizer)
    config = {**optimizer.get_config(), **mend.settings}
    if "gradient_accumulation_steps" in config:
        # A few dozen steps are too few to gather gradients in; that too many are gathered is told elsewhere.
        config["gradient_accumulation_steps"] = None
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
