"""Outputs and labels that do not fit each other."""

from __future__ import annotations

import re

import numpy as np

from nbdebug.adapters.keras.explaining.scene import Rule, Scene, Shape, labels_of, rule, shape, told
from nbdebug.records.explanation import Explanation

_SPARSE = 'model.compile(..., loss="sparse_categorical_crossentropy")'
_BINARY = 'Dense(1, activation="sigmoid")  # the last layer, with loss="binary_crossentropy"'


@rule(r"Arguments `target` and `output` must have the same (?:rank \(ndim\)|shape)\. "
      r"Received: target\.shape=(\([^)]*\)), output\.shape=(\([^)]*\))")  # fmt: skip
def cross_entropy(scene: Scene, found: re.Match[str]) -> Explanation:
    """A cross-entropy that takes one column of labels a unit."""
    return _unlike(scene, shape(found[1]), shape(found[2]))


@rule(r"Dimensions must be equal, but are \d+ and \d+ for '\{\{node compile_loss[^']*' with input shapes: "
      r"(\[[^]]*\]), (\[[^]]*\])")  # fmt: skip
def other_loss(scene: Scene, found: re.Match[str]) -> Explanation:
    """A loss for numbers that cannot be computed between labels and outputs."""
    return _unlike(scene, shape(found[1]), shape(found[2]))


@rule(r"Incompatible shapes: (\[[^]]*\]) vs\. (\[[^]]*\])", "InvalidArgumentError")
def at_run_time(scene: Scene, found: re.Match[str]) -> Explanation | None:
    """The same, found while training runs."""
    one, other = shape(found[1]), shape(found[2])
    fixed = _fixed_batch(scene)
    if fixed and one[1:] == other[1:] and fixed in (one[0], other[0]):
        n = scene.x_shape[0] if scene.x_shape else None
        rest = min(size for size in (one[0], other[0]) if size is not None)
        why = f"The model was made for batches of exactly {fixed} examples, and the last batch has {rest}."
        keep = n // fixed * fixed if n else f"a multiple of {fixed}"
        return Explanation(
            "batch_size", why, f"n = {keep}  # examples that fill whole batches\nmodel.fit(x[:n], y[:n], ...)"
        )
    # Which operation meets a last batch first is up to the scheduler; other shapes are told of the loss alone.
    return _unlike(scene, (None, *one[1:]), (None, *other[1:])) if "loss" in scene.node else None


@rule(r"Argument `output` must have rank \(ndim\) `target\.ndim - 1`\. "
      r"Received: target\.shape=(\([^)]*\)), output\.shape=(\([^)]*\))")  # fmt: skip
def sparse(scene: Scene, found: re.Match[str]) -> Explanation:
    """A loss for class numbers that is given something else."""
    target, output = shape(found[1]), shape(found[2])
    if len(output) > len(target) + 1 or (len(output) > len(target) and target[-1] == 1):
        return _more_axes(target, output, scene)
    if len(target) == len(output) and (target[-1] or 0) > 1:
        why = (
            f"sparse_categorical_crossentropy takes one class number an example, but the labels have {target[-1]} "
            "columns: they are one-hot."
        )
        return Explanation(
            "loss", why, 'model.compile(..., loss="categorical_crossentropy")  # or: y = y.argmax(axis=-1)'
        )
    return _unlike(scene, target, output)


@rule(r"Received a label value of (-?\d+) which is outside the valid range of \[0, (\d+)\)", "InvalidArgumentError")
def out_of_range(scene: Scene, found: re.Match[str]) -> Explanation:
    """A class number that no unit stands for."""
    value, units = int(found[1]), int(found[2])
    low, high = _extremes(scene, value)
    layer = getattr(scene.last, "name", None)
    if low < 0:
        why = f"A label is {low}; class numbers start at 0."
        fix = f"y = y - ({low})  # or SparseCategoricalCrossentropy(ignore_class={low}), where that means no label"
        return Explanation("labels", why, fix)
    what = f"Labels go up to {high}, but the {units} unit{'s' * (units > 1)} of the last layer "
    what += f"are for classes 0 to {units - 1}." if units > 1 else "is for one class alone."
    if low == 1 and high == units:
        why = f"{what} The classes are numbered from 1."
        return Explanation("labels", why, "y = y - 1  # class numbers from 0", layer)
    return Explanation("output_units", what, f'Dense({high + 1}, activation="softmax")  # the last layer', layer)


@rule(r"y_true and y_pred have different structures\.\s*y_true: (.*?)\s*y_pred: (.*)")
def structure(_scene: Scene, found: re.Match[str]) -> Explanation:
    """Another number of labels than outputs."""
    n = found[2].count("*")
    why = f"The model has {n} outputs, and y holds {max(found[1].count('*'), 1)}."
    return Explanation(
        "labels", why, f"model.fit(x, [{', '.join(f'y_{i + 1}' for i in range(n))}])  # labels of each output"
    )


@rule(r"No gradients provided for any variable")
def no_gradients(_scene: Scene, _found: re.Match[str]) -> Explanation:
    """A loss that no weight can change."""
    why = (
        "The loss does not depend on any weight in a way that can be differentiated: a comparison, argmax, round or "
        "cast lies between, or the loss does not use the prediction."
    )
    return Explanation(
        "loss", why, "# leave out comparisons, argmax, round and casts to integers in the loss and the model"
    )


@rule(r"Cannot convert a symbolic tf\.Tensor \((.*?)\) to a numpy array", "NotImplementedError")
def numpy_inside(scene: Scene, found: re.Match[str]) -> Explanation:
    """A loss, a metric or a layer written with numpy."""
    fix = "from keras import ops\nops.mean(...)  # instead of np.mean, and so on"
    what = "calls numpy, which cannot work on what is only being traced."
    own_loss = scene.ran(getattr(scene.model, "loss", None))
    if own_loss or scene.passed("compute_loss") or "compile_loss" in found[1]:
        return Explanation("loss", f"The loss of your own {what}", fix)
    if scene.passed("compute_metrics") or "compile_metrics" in found[1]:
        return Explanation("metric", f"A metric of your own {what}", fix)
    return Explanation("api", f"Code of your own in the model {what}", fix)


def _unlike(scene: Scene, target: Shape, output: Shape) -> Explanation:
    """Labels and outputs of another shape."""
    layer = getattr(scene.last, "name", None)
    if len(output) > len(target) and (len(output) > 2 or len(target) > 2):
        return _more_axes(target, output, scene)
    units, columns = output[-1], target[-1] if len(target) > 1 else 1
    if columns == 1 and (units or 0) > 1:
        return _one_column(scene, int(units or 0), layer)
    if len(target) == len(output) and target[1:-1] == output[1:-1]:
        why = f"The labels have {columns} columns and the last layer has {units} unit{'s' * (units != 1)}."
        return Explanation("output_units", why, f"Dense({columns}, ...)  # the last layer", layer)
    what = f"The output has shape {told(output)} and the labels {told(target)}."
    if len(target) > len(output) > 1:
        why = f"{what} The labels have axes, such as time, that the output lacks."
        return Explanation(
            "layers", why, "return_sequences=True  # in the recurrent layers, and no Flatten or pooling", layer
        )
    return Explanation("shape", what, "print(model.output_shape, y.shape)  # bring both to one shape", layer)


def _one_column(scene: Scene, units: int, layer: str | None) -> Explanation:
    """One column of labels for several units: class numbers, or units that are too many."""
    categorical = scene.passed("categorical_crossentropy")
    what = f"The last layer has {units} units and the loss takes a column of labels for each, but there is one column"
    y = labels_of(scene.y)
    whole = y is None or bool(np.all(y == np.round(y)))
    softmax = getattr(getattr(scene.last, "activation", None), "__name__", "") == "softmax"
    if categorical or (softmax and whole):
        why = f"{what} of class numbers."
        return Explanation("loss", why, f"{_SPARSE}\n# or: y = keras.utils.to_categorical(y, {units})", layer)
    if scene.passed("binary_crossentropy"):
        return Explanation("output_units", f"{what} of yes or no.", _BINARY, layer)
    return Explanation("output_units", f"{what}.", "Dense(1)  # the last layer", layer)


def _more_axes(target: Shape, output: Shape, scene: Scene) -> Explanation:
    layer = getattr(scene.last, "name", None)
    pool = {3: "GlobalAveragePooling1D()", 4: "GlobalAveragePooling2D()"}.get(len(output), "Flatten()")
    why = (
        f"The output has shape {told(output)}, one prediction at every position, and the labels {told(target)} are one "
        "an example: nothing reduces the axes in between before the last layer."
    )
    fix = f"Flatten()  # before the last layer; or {pool}, or return_sequences=False in the last recurrent layer"
    return Explanation("layers", why, fix, layer)


def _extremes(scene: Scene, value: int) -> tuple[int, int]:
    y = labels_of(scene.y)
    if y is not None and y.size and np.isfinite(y).all():
        return int(y.min()), int(y.max())
    listed = re.search(r"Label values: ([-\d ]+)", scene.message)
    values = [int(word) for word in listed[1].split()] if listed else [value]
    return min(values), max(values)


def _fixed_batch(scene: Scene) -> int | None:
    inputs = getattr(scene.model, "inputs", None) or []
    return next((int(tensor.shape[0]) for tensor in inputs if tensor.shape[0]), None)


RULES: tuple[Rule, ...] = (
    cross_entropy, other_loss, at_run_time, sparse, out_of_range, structure, no_gradients, numpy_inside,
)  # fmt: skip
