"""The head and loss that labels call for, as code."""

from __future__ import annotations

from typing import NamedTuple

from nbdebug.records.case import End, Labels


class Head(NamedTuple):
    """A head that fits: its last activation, how many units, and its loss."""

    activation: str
    units: int
    loss: str


def fitting(labels: Labels) -> Head | None:
    """The usual head for these labels, None where they do not say."""
    several = labels.columns
    match labels.kind:
        case "binary" | "plus_minus":
            return Head("sigmoid", 1, "binary_crossentropy")
        case "classes" | "text":
            return Head("softmax", labels.n_classes or 2, "sparse_categorical_crossentropy")
        case "one_hot" | "distribution":
            return Head("softmax", several, "categorical_crossentropy")
        case "multi_hot":
            return Head("sigmoid", several, "binary_crossentropy")
        case "shares":
            return Head("sigmoid", several, "mse")
        case "numbers":
            return Head("linear", several, "mse")
    return None


def head_code(end: End) -> str:
    """The last layer and the `compile` line that fit the labels of `end`."""
    head = fitting(end.labels)
    if head is None:
        return 'Dense(1, activation="sigmoid") with loss="binary_crossentropy", or Dense(1) with loss="mse"'
    activation = "" if head.activation == "linear" else f', activation="{head.activation}"'
    lines = [f"Dense({head.units}{activation})  # the last layer"]
    lines += ["y = (y + 1) / 2"] if end.labels.kind == "plus_minus" else []
    lines += ["y = pandas.factorize(y)[0]"] if end.labels.kind == "text" else []
    return "\n".join([*lines, f'model.compile(..., loss="{head.loss}")'])
