"""Arrays that are no arrays of numbers, or do not belong together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from nbdebug.adapters.keras.explaining.scene import Rule, Scene, rule
from nbdebug.records.explanation import Explanation

_PAD = 'x = keras.utils.pad_sequences(x, padding="post")  # and a Masking or Embedding(mask_zero=True) layer'
_TEXT_Y = "names, y = np.unique(y, return_inverse=True)  # class numbers from 0"
_TEXT_X = (
    "x = pandas.get_dummies(frame).to_numpy('float32')  # categories as columns; StringLookup or TextVectorization"
)


@rule(r"Invalid dtype: (\w+)|Cast string to (?:float|int\w*|double) is not supported",
      "ValueError", "TypeError", "UnimplementedError", "InvalidArgumentError")  # fmt: skip
def not_numbers(scene: Scene, found: re.Match[str]) -> Explanation | None:
    """Text or objects where numbers are wanted."""
    in_labels = "compile_loss" in scene.node or "compile_metrics" in scene.node
    if not in_labels and scene.x is None and scene.y is None:
        return _some_text(found[1] or "text")
    if in_labels or (_odd(scene.y) and not _odd(scene.x)):
        return _odd_labels(scene.y)
    return _odd_inputs(scene.x)


@rule(r"Unrecognized data type: x=.*\(of type <class '(\w+)'>\)|Unrecognized data type: x=")
def lists(scene: Scene, _found: re.Match[str]) -> Explanation | None:
    """Python lists instead of arrays."""
    name = "x" if isinstance(scene.x, list) else "y" if isinstance(scene.y, list) else None
    if name is None:
        return None
    value = scene.x if name == "x" else scene.y
    if _ragged(value):
        return _rows_differ(name)
    if _odd(_array(value)):
        return _odd_labels(_array(value)) if name == "y" else _odd_inputs(_array(value))
    why = f"{name} is a Python list of numbers; to Keras a list means several {'inputs' if name == 'x' else 'outputs'}."
    return Explanation("usage", why, f"{name} = np.array({name})")


@rule(r"setting an array element with a sequence\. The requested array has an inhomogeneous shape")
def ragged(_scene: Scene, _found: re.Match[str]) -> Explanation:
    """Rows of different lengths."""
    return _rows_differ("x")


@rule(r"Data cardinality is ambiguous.*?'x' sizes: ([\d, ]+)\s*'y' sizes: ([\d, ]+)")
def lengths(scene: Scene, found: re.Match[str]) -> Explanation:
    """x and y are not equally many."""
    x, y = found[1].strip(), found[2].strip()
    what = f"x holds {x} examples and y {y}; each example needs its label."
    known = scene.x_shape
    if known and len(known) > 1 and y == str(known[1]):
        why = f"{what} Axis 1 of x has {y}: the examples are its columns."
        return Explanation("shape", why, "x = x.T")
    y_shape = scene.y_shape
    if y_shape and len(y_shape) > 1 and x == str(y_shape[1]):
        return Explanation("shape", f"{what} Axis 1 of y has {x}: the examples are its columns.", "y = y.T")
    fix = "x_train, x_test, y_train, y_test = train_test_split(x, y)  # in this order; then print(len(x), len(y))"
    return Explanation("data", what, fix)


@rule(r"None values not supported")
def no_labels(scene: Scene, _found: re.Match[str]) -> Explanation | None:
    """fit without y."""
    if scene.model is None or scene.y is not None:
        return None
    return Explanation("usage", "There are no labels: fit is given x alone, and the loss needs y.", "model.fit(x, y)")


@rule(r"The input '[^']*' is not optional, but None was passed")
def no_inputs(_scene: Scene, _found: re.Match[str]) -> Explanation:
    """x is None."""
    why = "An input of the model is None: a variable that was never filled, or a function without return."
    return Explanation("usage", why, "print(x)  # before fit")


@rule(r"When providing `x` as a ([\w.]+), `y` should not be passed")
def y_beside(_scene: Scene, found: re.Match[str]) -> Explanation:
    """Labels beside a data set."""
    why = f"x is a {found[1]}, which brings its own labels, and y is given as well."
    return Explanation(
        "usage", why, "dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(32)\nmodel.fit(dataset)"
    )


@rule(r"`validation_split` is only supported for tensors or NumPy arrays")
def split_of_dataset(_scene: Scene, _found: re.Match[str]) -> Explanation:
    """A data set cannot be split by fit."""
    why = "validation_split works on arrays alone; a data set or generator has to be split before."
    fix = "validation, training = dataset.take(n), dataset.skip(n)\nmodel.fit(training, validation_data=validation)"
    return Explanation("usage", why, fix)


@rule(r"When passing a Python generator to a Keras model, the generator must return a tuple")
def no_tuple(_scene: Scene, _found: re.Match[str]) -> Explanation:
    """A generator of lists."""
    why = "The generator gives a list or a single array; Keras takes a tuple of inputs and labels."
    return Explanation("usage", why, "yield x_batch, y_batch")


@rule(r"invalid literal for int\(\) with base 10: '([^']*)'|could not convert string to float: '([^']*)'")
def one_hot_of_text(scene: Scene, found: re.Match[str]) -> Explanation | None:
    """Text where to_categorical, or an array of numbers, wants numbers."""
    text = found[1] if found[1] is not None else found[2]
    if scene.passed("to_categorical"):
        return Explanation("labels", f"to_categorical takes class numbers and is given text ({text!r}).", _TEXT_Y)
    if scene.passed("standardize_data") or scene.model is not None:
        return Explanation("data", f"An array of numbers is wanted, and it holds text ({text!r}).", _TEXT_X)
    return None


@rule(r"index (-?\d+) is out of bounds for axis 1 with size (\d+)", "IndexError")
def too_few_classes(scene: Scene, found: re.Match[str]) -> Explanation | None:
    """to_categorical with too few classes."""
    if not scene.passed("to_categorical"):
        return None
    why = f"to_categorical makes columns for classes 0 to {int(found[2]) - 1} here, and a label is {found[1]}."
    return Explanation("labels", why, "y = keras.utils.to_categorical(y - y.min())  # class numbers from 0")


def _some_text(kind: str) -> Explanation:
    what = "text" if kind.startswith(("str", "text")) else "Python objects"
    return Explanation(
        "data", f"An array that Keras is given holds {what}, not numbers.", f"{_TEXT_X}\n# labels: {_TEXT_Y}"
    )


def _odd_labels(y: Any) -> Explanation:
    first = _first_text(y)
    if first is None and y is not None and _odd(y):
        return Explanation(
            "labels", "The labels are an array of Python objects, which Keras refuses.", 'y = y.astype("float32")'
        )
    said = f" ({first!r})" if first is not None else ""
    return Explanation("labels", f"The labels are text{said}, and a loss takes numbers.", _TEXT_Y)


def _odd_inputs(x: Any) -> Explanation | None:
    for part in x.values() if isinstance(x, Mapping) else x if isinstance(x, list | tuple) else [x]:
        array = _array(part)
        if not _odd(array):
            continue
        first = _first_text(array)
        if first is not None:
            return Explanation("data", f"The inputs hold text ({first!r}), and a network takes numbers.", _TEXT_X)
        if array is not None and array.size and hasattr(array.flat[0], "__len__"):
            return _rows_differ("x")
        return Explanation(
            "data", "The inputs are an array of Python objects, which Keras refuses.", 'x = x.astype("float32")'
        )
    return None


def _rows_differ(name: str) -> Explanation:
    why = f"The entries of {name} have different lengths, so they are no regular array."
    return Explanation("data", why, _PAD.replace("x = ", f"{name} = ").replace("(x,", f"({name},"))


def _odd(value: Any) -> bool:
    array = _array(value)
    return array is not None and array.dtype.kind in "OUS"


def _array(value: Any) -> np.ndarray | None:
    if value is None or isinstance(value, Mapping):
        return None
    try:
        return np.asarray(value)
    except Exception:  # ragged or not an array at all
        return None


def _first_text(value: Any) -> str | None:
    array = _array(value)
    if array is None:
        return None
    return next((str(v) for v in array.flat[:10_000] if isinstance(v, str | bytes)), None)


def _ragged(value: Any) -> bool:
    lengths = {len(part) for part in value[:10_000] if hasattr(part, "__len__") and not isinstance(part, str)}
    return len(lengths) > 1


RULES: tuple[Rule, ...] = (
    not_numbers, lists, ragged, lengths, no_labels, no_inputs, y_beside, split_of_dataset, no_tuple, one_hot_of_text,
    too_few_classes,
)  # fmt: skip
