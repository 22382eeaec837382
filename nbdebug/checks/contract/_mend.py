"""The head and loss that labels call for, as code."""

from __future__ import annotations

from typing import NamedTuple

from nbdebug.checks.contract._ends import two_others, wants_classes
from nbdebug.records.case import End


class Head(NamedTuple):
    """A head that fits: its last activation, how many units, and its loss."""

    activation: str
    units: int
    loss: str


def fitting(end: End) -> Head | None:
    """The usual head for the labels of a head, None where they do not say."""
    labels, kind = end.labels, end.loss.kind if end.loss is not None else "other"
    several = labels.columns
    if two_others(labels) and kind != "regression":
        return Head("softmax", 2, _SPARSE) if end.units > 1 else Head("sigmoid", 1, _BINARY)
    if labels.kind == "classes" and kind in ("regression", "poisson") and not wants_classes(end):
        return Head("exponential", 1, "poisson") if kind == "poisson" else Head("linear", 1, _regression(end))
    match labels.kind:
        case "binary" | "plus_minus":
            return Head("sigmoid", several, _BINARY)
        case "text" if labels.n_classes == 2:
            return Head("sigmoid", 1, _BINARY)
        case "classes" | "text":
            return Head("softmax", labels.n_classes or 2, _SPARSE)
        case "one_hot" | "distribution":
            return Head("softmax", several, "categorical_crossentropy")
        case "multi_hot":
            return Head("sigmoid", several, _BINARY)
        case "shares":
            return Head("sigmoid", several, _BINARY if kind == "binary" else _regression(end))
        case "numbers":
            return Head("linear", several, _regression(end))
    return None


def head_code(end: End) -> str:
    """The last layer and the `compile` line that fit the labels of `end`."""
    head = fitting(end)
    if head is None:
        return 'Dense(1, activation="sigmoid")  # with loss="binary_crossentropy", or Dense(1) with loss="mse"'
    return "\n".join([layer_code(head), *_label_code(end), compile_code(head.loss)])


def layer_code(head: Head) -> str:
    """The last layer."""
    activation = "" if head.activation == "linear" else f', activation="{head.activation}"'
    return f"Dense({head.units}{activation})  # the last layer"


def compile_code(loss: str) -> str:
    """The `compile` line."""
    return f'model.compile(..., loss="{loss}")'


def linear_code(end: End) -> str:
    """A head that can put out any number, with a loss for numbers."""
    return f"{layer_code(Head('linear', end.labels.columns, ''))}\n{compile_code(_regression(end))}"


_BINARY = "binary_crossentropy"
_SPARSE = "sparse_categorical_crossentropy"


def _regression(end: End) -> str:
    return end.loss.name if end.loss is not None and end.loss.kind == "regression" else "mse"


def _label_code(end: End) -> list[str]:
    labels = end.labels
    if labels.kind == "plus_minus":
        return ["y = (y + 1) / 2"]
    if labels.kind == "text":
        return ["y = pandas.factorize(y)[0]"]
    if two_others(labels) and end.loss is not None and end.loss.kind != "regression":
        return [f"y = (y == {labels.maximum:g}).astype(int)"]
    return []
