"""Many steps of training in one call: between the steps of a small network Python takes longer than the steps do."""

from __future__ import annotations

from types import MethodType
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from jaxtyping import Int

from nbdebug.adapters.keras.copying.own_step import has_own_step, loss_of_step, refuse_strangers


class Steps:
    """The compiled `train_step` and `test_step` of a copy, handed data as `fit` hands it.

    Args:
        copy: built and compiled; nothing else may be trained by its step.
        own: whether a step of the user's own code is taken where there is one, not Keras' own.
    """

    def __init__(self, copy: Any, *, own: bool = True) -> None:
        self._copy, self._own = copy, own and has_own_step(copy)
        self._step = copy.train_step if own else MethodType(keras.Model.train_step, copy)
        # Keras does not convert a step by autograph, so what this one may hold is the same here.
        self._one = tf.function(self._step, reduce_retracing=True, autograph=False)
        self._many = tf.function(self._loop, reduce_retracing=True, autograph=False)
        self._test = tf.function(self._tested, reduce_retracing=True, autograph=False)
        self._looked_at: set[int] = set()

    def train(self, x: Any, y: Any, order: Int[np.ndarray, "step example"]) -> None:
        """Make a step on each of these batches.

        Args:
            x, y: arrays as the model takes them; `y` may be None.
            order: which examples are in the batch of each step.

        Raises:
            NbdebugError: a step would change variables that are not the copy's.
        """
        data = _data(x, y)
        if self._own:
            self._look_at(data, order.shape[1])
        self._many(data, tf.convert_to_tensor(order))

    def loss(self, x: Any, y: Any) -> float:
        """The loss over these examples in inference."""
        self._copy.reset_metrics()
        return float(self._test(_data(x, y)))

    def loss_of_step(self, x: Any, y: Any) -> float:
        """The loss that a step on these examples reports; the copy is as before.

        Raises:
            NbdebugError: it reports none, or would change variables that are not the copy's.
        """
        data = _data(x, y)
        self._look_at(data, None)
        return loss_of_step(self._copy, lambda: self._one(data))

    def _tested(self, data: Any) -> Any:
        """What `test_step` reports of its loss depends on which metrics the model says it has."""
        if type(self._copy).test_step is not keras.Model.test_step:
            return self._copy.test_step(data)["loss"]
        x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
        return self._copy.compute_loss(x=x, y=y, y_pred=self._copy(x, training=False), training=False)

    def _loop(self, data: Any, order: Any) -> None:
        step = self._one if self._own else self._step

        def body(at: Any) -> Any:
            step(keras.tree.map_structure(lambda values: tf.gather(values, order[at]), data))
            return at + 1

        tf.while_loop(lambda at: at < tf.shape(order)[0], body, [0], parallel_iterations=1)

    def _look_at(self, data: Any, size: int | None) -> None:
        """Once for each compiled form of the user's own step, before it runs.

        Args:
            size: of a batch, None for all examples.
        """
        specs = keras.tree.map_structure(
            lambda values: tf.TensorSpec((size or values.shape[0], *values.shape[1:]), values.dtype), data
        )
        concrete = self._one.get_concrete_function(specs)
        if id(concrete) not in self._looked_at:
            refuse_strangers(self._copy, concrete)
            self._looked_at.add(id(concrete))


def _data(x: Any, y: Any) -> Any:
    return keras.utils.pack_x_y_sample_weight(*keras.tree.map_structure(_tensor, (x, y)))


def _tensor(array: Any) -> Any:
    """As `fit` converts it: floats have Keras' own size."""
    if array is None:
        return None
    floats = np.asarray(array).dtype.kind == "f"
    return tf.convert_to_tensor(array, keras.config.floatx() if floats else None)
