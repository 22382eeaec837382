"""What is found in a notebook."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from nbdebug.lab.namespace import FoundData, find_data, find_models


def test_arrays_tables_and_collections() -> None:
    table = pd.DataFrame({"age": [1, 2], "sex": ["f", "m"]})
    found = find_data(
        {
            "x": np.zeros((2, 5, 3)),
            "pair": [np.zeros((2, 4)), np.zeros((2, 1))],
            "named": {"a": np.zeros((2, 4)), "b": np.zeros(2)},
            "labels": table["age"],
            "table": table,
        }
    )
    assert found == [
        FoundData("x", "array", 2, ((5, 3),)),
        FoundData("pair", "arrays", 2, ((4,), (1,))),
        FoundData("named", "arrays", 2, ((4,), ()), ("a", "b")),
        FoundData("labels", "array", 2, ((),)),
        FoundData("table", "table", 2, ((2,),)),
    ]


@pytest.mark.parametrize(
    "value", [1, "text", [], {}, [1, 2], np.zeros(()), np.zeros((0, 3)), [np.zeros(2), np.zeros(3)], [np.zeros(2), "a"]]
)
def test_what_cannot_be_data_is_left_out(value: object) -> None:
    assert find_data({"value": value}) == []


def test_private_names_history_and_second_names_are_left_out() -> None:
    x = np.zeros(2)
    found = find_data({"_": np.ones(2), "_3": np.ones(2), "Out": {1: np.ones(2)}, "x": x, "same": x})
    assert [each.name for each in found] == ["x"]


def test_models() -> None:
    keras = pytest.importorskip("keras")
    model = keras.Sequential([keras.Input((5, 3)), keras.layers.Flatten(), keras.layers.Dense(2)])
    (found,) = find_models({"net": model, "layer": keras.layers.Dense(1), "kind": keras.Model})
    assert (found.name, found.kind, found.inputs, found.outputs) == ("net", "Sequential", ((5, 3),), ((2,),))
    assert found.n_parameters == 32


def test_a_model_that_does_not_tell_its_shapes_is_listed() -> None:
    keras = pytest.importorskip("keras")

    class Secret(keras.Model):
        def call(self, x: object) -> object:
            return x

    (found,) = find_models({"secret": Secret()})
    assert (found.inputs, found.outputs, found.n_parameters) == ((), (), None)


def test_nothing_is_imported_to_find_out() -> None:
    code = (
        "import sys; from nbdebug.lab import namespace; namespace.find_models({'a': 1}); namespace.find_data({'a': 1});"
        "print(sorted({'keras', 'tensorflow', 'numpy'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
