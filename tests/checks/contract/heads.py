"""Tiny networks with one head, and labels of every format for it."""

from dataclasses import replace
from functools import cache

import keras
import numpy as np

from nbdebug.adapters.keras.cases import make_case
from nbdebug.adapters.keras.compiling.compiled import losses_of, metrics_of
from nbdebug.checks.examine import examine
from nbdebug.measure.label_kinds import describe_labels

N, TIMES = 128, 5
BCE, CCE = keras.losses.BinaryCrossentropy, keras.losses.CategoricalCrossentropy
SCCE = keras.losses.SparseCategoricalCrossentropy
_random = np.random.default_rng(0)
X = _random.normal(size=(N, 6)).astype("float32")
SEQUENCES = _random.normal(size=(N, TIMES, 2)).astype("float32")
_score = X[:, 0] + X[:, 1]
_classes = np.digitize(_score, [-1, 0, 1])
_binary = (_score > 0).astype("float32")
_several = (X[:, :4] > 0).astype("float32")
LABELS = {
    "zeros": np.zeros(N, "float32"),
    "binary": _binary,
    "binary column": _binary[:, None],
    "text": np.where(_binary > 0, "yes", "no"),
    "objects": _binary.astype(object),
    "plus minus": 2 * _binary - 1,
    "one and two": _binary + 1,
    "classes": _classes,
    "classes column": _classes[:, None],
    "classes from one": _classes + 1,
    "classes below zero": _classes - 1,
    "scaled classes": (_classes / 255).astype("float32"),
    "one-hot 2": np.eye(2, dtype="float32")[_binary.astype(int)],
    "one-hot": np.eye(4, dtype="float32")[_classes],
    "smoothed": 0.9 * np.eye(4, dtype="float32")[_classes] + 0.025,
    "multi-hot": _several,
    "multi-hot by chance": np.concatenate([np.eye(4, dtype="float32")[_classes[:-1]], np.zeros((1, 4), "float32")]),
    "shares": 1 / (1 + np.exp(-_score)),
    "many shares": (1 / (1 + np.exp(-X[:, :4]))).astype("float32"),
    "distribution": np.exp(X[:, :4]) / np.exp(X[:, :4]).sum(1, keepdims=True),
    "numbers": 3 * _score - 1,
    "numbers column": (3 * _score - 1)[:, None],
    "prices": 1e5 * np.exp(_score),
    "many numbers": 3 * X[:, :4],
    "three numbers": 3 * X[:, :3],
    "counts": _random.poisson(np.exp(_score.clip(-2, 2))),
    "holes": np.where(np.arange(N) % 10 == 0, np.nan, _score).astype("float32"),
}


@cache
def _model(activation, units, times):
    keras.utils.set_random_seed(3)
    x = SEQUENCES if times else X
    head = keras.layers.Dense(units, activation=activation, name="head")
    hidden = keras.layers.Dense(8, "relu", name="hidden")
    model = keras.Sequential([keras.Input(x.shape[1:]), hidden, head])
    return model, make_case(model, x)


def case_of(activation, units, loss, labels, metrics=None, times=False, **training):
    """A case with that head, loss and labels; the model is made once for all losses and labels."""
    model, case = _model(activation, units, times)
    y = LABELS[labels] if isinstance(labels, str) else labels
    model.compile("adam", loss, metrics=metrics)
    (end,) = case.ends
    end = replace(
        end,
        loss=losses_of(model, [end.name])[end.name],
        metrics=metrics_of(model, [end.name])[end.name],
        labels=describe_labels(y, end.values.ndim),
    )
    began = None if training.get("done") else case.began
    training = replace(case.training, **training)
    return replace(case, ends=(end,), targets={end.name: y}, training=training, began=began)


def contract(case):
    """The report of the contract checks; none may break."""
    report = examine(case, only=["contract"])
    assert [v for v in report.verdicts if v.kind == "broke"] == []
    return report


def contract_of(model, x, y, **more):
    """The same for a model as it is."""
    return contract(make_case(model, x, y, **more))
