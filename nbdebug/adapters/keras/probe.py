"""The one door to a Keras model: everything else of nbdebug sees records and arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.compiling.losses import compiled_losses, example_losses, loss_name
from nbdebug.adapters.keras.guard import loose_guard
from nbdebug.adapters.keras.reading.aim import Aim
from nbdebug.adapters.keras.reading.batches import Batches
from nbdebug.adapters.keras.reading.describe import describe_heads, describe_inputs, describe_layers
from nbdebug.adapters.keras.reading.following import follow
from nbdebug.adapters.keras.reading.forward import model_error
from nbdebug.adapters.keras.reading.gradients import SCALES, GradientSums, gradient_function, is_finite, narrowest
from nbdebug.adapters.keras.reading.logits import linear_layers
from nbdebug.adapters.keras.reading.memory import bytes_an_example, fits_whole, fitting_batch, worthwhile_batch
from nbdebug.adapters.keras.reading.moments_pass import bounds_of, empty_moments, moments_function, to_moments
from nbdebug.adapters.keras.reading.tracing import FIRST, Traced, trace
from nbdebug.adapters.keras.structure import Inputs, check_shapes, fixed_batch, require_built
from nbdebug.adapters.keras.weights import fingerprint, step
from nbdebug.errors import NbdebugError, unknown_name
from nbdebug.measure.moments import Moments
from nbdebug.records.head import Head
from nbdebug.records.layer import Layer
from nbdebug.records.ports import Input
from nbdebug.records.progress import Progress
from nbdebug.records.target import GradientPart, Target


class KerasProbe:
    """Reads a built Keras model on given data without changing either.

    Args:
        model: any built Keras 3 model on TensorFlow.
        x: input name -> (example, ...).
        batch_size: examples that go through the model at once; less where they would not fit in memory, more where they
            are many and small.

    Raises:
        NbdebugError: the model is not built, or x has not the shape it takes.
        ModelError: the model raised when it was called on the first examples.
    """

    def __init__(self, model: Any, x: Inputs, *, batch_size: int = 32) -> None:
        require_built(model)
        check_shapes(model, x)
        self.model, self.name = model, str(model.name)
        self.notes: list[str] = []
        fixed = fixed_batch(model)
        traced = trace(model, x, fixed, self.notes.append)
        self._functions = traced.functions
        self._loose = traced.loose
        self._describe(traced, x)
        self._bytes = bytes_an_example(traced.recorder, x)
        size = fixed or fitting_batch(batch_size, self._bytes, self.notes.append)
        most = worthwhile_batch(self._bytes)
        self._batches = Batches(size, fixed is not None, self.notes.append, most)

    def _describe(self, traced: Traced, x: Inputs) -> None:
        recorder, heads = traced.recorder, traced.heads
        times = follow(traced, x)
        self._losses = compiled_losses(self.model, list(heads))
        self.inputs: tuple[Input, ...] = describe_inputs(traced.tensors, x, recorder, times)
        self.layers: tuple[Layer, ...] = describe_layers(traced.forward.entries, recorder, times)
        names = {head: loss_name(loss) for head, loss in self._losses.items()}
        self._linear = linear_layers(heads, recorder)
        self.heads: tuple[Head, ...] = describe_heads(heads, recorder, times, names, self._linear)

    @property
    def batch_size(self) -> int:
        """Examples that go through the model at once."""
        return self._batches.size

    def fingerprint(self) -> str:
        """A short text that changes whenever a weight or batch-norm average does."""
        return fingerprint(self.model)

    def step(self) -> int | None:
        """How many optimiser updates the model has had, None where it is not compiled."""
        return step(self.model)

    def estimate_bytes(self, batch_size: int) -> int:
        """Bytes that one pass over `batch_size` examples holds at once, by the shapes of all layers."""
        return self._bytes * batch_size

    def predict(self, x: Inputs, progress: Progress | None = None) -> dict[str, np.ndarray]:
        """Every head's prediction, (example, ...), in inference mode."""
        parts = [result["heads"] for _, result in self._each(self._functions.values(()), x, progress, grow=True)]
        return {head.name: np.concatenate([p[head.name].numpy() for p in parts]) for head in self.heads}

    def losses(self, head: str, y: np.ndarray, prediction: np.ndarray) -> np.ndarray | None:
        """The compiled loss without reduction: (example,), (example, time) for a head that predicts at every time.

        Returns:
            None where the head has no compiled loss, or where it cannot be computed on these labels.
        """
        known = self.head(head)
        if head not in self._losses:
            return None
        return example_losses(self._losses[head], y, prediction, known.time_axis is not None)

    def activations(
        self, layer: str, x: Inputs, *, training: bool = False, progress: Progress | None = None
    ) -> tuple[np.ndarray, np.ndarray | None]:
        """What a layer puts out: values with the shape of the layer's output, mask (example, position) or None."""
        return self._trace([layer], x, training, progress)[layer]

    def trace(self, layers: Sequence[str], x: Inputs) -> dict[str, tuple[np.ndarray, np.ndarray | None]]:
        """`activations` of several layers in one forward pass."""
        return self._trace(list(layers), x, False, None)

    def moments(
        self, layers: Sequence[str], x: Inputs, progress: Progress | None = None
    ) -> Iterator[tuple[int, dict[str, Moments]]]:
        """Per-unit statistics of all these layers from one compiled forward pass in bounded memory.

        Yields:
            After each batch how many examples are done and the accumulators, which go on filling.
        """
        self._require_values(layers)
        records = [self.layer(name) for name in dict.fromkeys(layers)]
        objects = {entry.path: entry.layer for entry in self._functions.forward.entries}
        bounds = {r.name: bounds_of(objects[r.path], r.activation) for r in records}
        running = {r.name: empty_moments(r, bounds[r.name]) for r in records}
        before = 0
        for done, found in self._each(moments_function(self._functions, records, bounds), x, progress, grow=True):
            for name, part in found.items():
                running[name].merge(to_moments(part, running[name], done - before))
            before = done
            yield done, running

    def gradient(self, target: Target, x: Inputs, progress: Progress | None = None) -> dict[str, GradientPart]:
        """How `target` depends on every value of each input, by input name, added up over examples.

        In inference mode the examples of a batch do not depend on each other, so that one backward pass of the sum
        over the batch gives the gradient of each example. A head that ends in a sigmoid or softmax is differentiated
        before it where that is possible. The backward pass is scaled by a power of two and taken back in float64, so
        that gradients below the range of the model's number type are found and marked.

        Returns:
            Only the inputs that the target can be differentiated by; inputs of tokens at their embedding.

        Raises:
            NbdebugError: unknown layer or head, or positions outside its time axis.
        """
        aim = self._aim(target)
        column = tf.constant(target.column or 0)
        positions = tf.constant(target.positions or (0,), tf.int32)
        sums = GradientSums(aim.compute)
        function = gradient_function(self._functions, aim)
        for scale in (SCALES.get(aim.compute, 1.0), 1.0):
            sums, finite, before = GradientSums(aim.compute), True, 0
            given = (column, positions, tf.constant(scale, tf.float64))
            for done, found in self._each(function, x, progress, *given):
                if scale != 1 and not is_finite(found):
                    finite = False
                    break
                sums.update(found, done - before)
                before = done
            if finite:
                break
        return sums.finish(aim.of_logit, aim.note)

    def _aim(self, target: Target) -> Aim:
        if (target.layer is None) == (target.head is None):
            raise NbdebugError("A target is a layer or a head.", got=repr(target), fix="give one of the two")
        if target.head is not None:
            head = self.head(target.head)
            linear, rank = self._linear[target.head], len(head.shape) + 1
            time_axis, unit_axis = head.time_axis, rank - 1 if rank > 1 and rank - 1 != head.time_axis else None
            shape: tuple[int | None, ...] = (None, *head.shape)
        else:
            self._require_values([target.layer or ""])
            layer = self.layer(target.layer or "")
            linear, time_axis, unit_axis, shape = None, layer.time_axis, layer.unit_axis, layer.output_shape or ()
        compute = narrowest(self.model, [e.layer for e in self._functions.forward.entries])
        aim = Aim(target, time_axis, unit_axis, linear, shape, compute)
        aim.check()
        return aim

    def head(self, name: str) -> Head:
        """The head of that name."""
        for head in self.heads:
            if head.name == name:
                return head
        raise unknown_name("head", name, [h.name for h in self.heads])

    def layer(self, name: str) -> Layer:
        """The layer of that name."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise unknown_name("layer", name, [each.name for each in self.layers])

    def _trace(
        self, names: list[str], x: Inputs, training: bool, progress: Progress | None
    ) -> dict[str, tuple[np.ndarray, np.ndarray | None]]:
        self._require_values(names)
        n = len(next(iter(x.values())))
        few = not training and n <= FIRST and fits_whole(self._bytes, self._functions.fixed_batch or n)
        function = self._functions.values(None if few else tuple(sorted(set(names))), training)
        parts = [result for _, result in self._each(function, x, progress, grow=True)]
        return {name: (_join(parts, "values", name), _join(parts, "masks", name)) for name in names}  # type: ignore[misc]

    def _require_values(self, names: Sequence[str]) -> None:
        for name in names:
            layer = self.layer(name)
            if layer.output_shape is None:
                raise NbdebugError(
                    f"Layer {name!r} has no values to show.", got=layer.reason, fix="choose another layer"
                )

    def _each(
        self, function: Callable[..., Any], x: Inputs, progress: Progress | None, *extra: Any, grow: bool = False
    ) -> Iterator[tuple[int, Any]]:
        """Run a compiled function on every batch; an error of the model names its layer."""
        check_shapes(self.model, x)
        if not len(next(iter(x.values()))):
            raise NbdebugError("There are no examples.", got="0 examples", fix="pass at least one example")

        def run(batch: Mapping[str, np.ndarray]) -> Any:
            tensors, n = self._functions.feed(batch)
            try:
                with loose_guard(self._loose):
                    return function(tensors, n, *extra)
            except tf.errors.ResourceExhaustedError:
                raise
            except tf.errors.OpError as error:
                raise model_error(self.model, error) from error

        return self._batches.run(run, x, progress, grow=grow)


def _join(parts: list[Any], part: str, name: str) -> np.ndarray | None:
    return np.concatenate([p[part][name].numpy() for p in parts]) if name in parts[0][part] else None
