"""The list of models and arrays."""

from __future__ import annotations

from typing import Any

import ipywidgets as w
import numpy as np
import pandas as pd
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.lab.chooser import Chooser
from nbdebug.lab.trees import walk


@pytest.fixture(scope="module")
def model() -> Any:
    keras = pytest.importorskip("keras")
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])


def texts(chooser: Chooser) -> list[str]:
    return [each.value for each in walk(chooser.widget) if isinstance(each, w.Label) and each.value]


def buttons(chooser: Chooser) -> dict[str, w.Button]:
    return {each.description: each for each in walk(chooser.widget) if isinstance(each, w.Button)}


def chooser_of(namespace: dict[str, Any]) -> tuple[Chooser, list[dict[str, Any]]]:
    opened: list[dict[str, Any]] = []
    return Chooser(namespace, lambda **arguments: opened.append(arguments)), opened


def test_an_empty_notebook_is_told_what_to_do(model: Any) -> None:
    namespace: dict[str, Any] = {}
    chooser, _ = chooser_of(namespace)
    assert texts(chooser) == ["No Keras model is in this notebook yet.", "Make or load one, then look again."]
    namespace["net"] = model
    buttons(chooser)["Look again"].click()
    assert texts(chooser)[0] == "Found net, but no arrays to feed it."


def test_a_suggestion_is_a_button_that_opens_it(model: Any) -> None:
    meta = pd.DataFrame({"age": [1, 2, 3]})
    namespace = {"net": model, "x": np.zeros((3, 4)), "y": np.zeros(3), "meta": meta}
    chooser, opened = chooser_of(namespace)
    button = buttons(chooser)["net · x (3 × 4) · y (3) · meta (3 × 1)"]
    assert button.tooltip == "%nbdebug net x y --metadata meta"
    button.click()
    (arguments,) = opened
    assert arguments.pop("name") == "net"
    assert {role: value is namespace[name] for (role, value), name in zip(
        arguments.items(), ("net", "x", "y", "meta"), strict=True)} == {
        "model": True, "x": True, "y": True, "metadata": True}  # fmt: skip


def test_anything_can_be_picked_by_hand(model: Any) -> None:
    chooser, opened = chooser_of({"net": model, "odd": np.zeros((3, 9))})
    assert "What fits together in this notebook:" not in texts(chooser)
    buttons(chooser)["Open"].click()
    assert opened[0]["x"].shape == (3, 9)
    assert "y" not in opened[0]


def test_a_variable_that_went_is_told(model: Any) -> None:
    namespace = {"net": model, "x": np.zeros((3, 4))}
    chooser, opened = chooser_of(namespace)
    del namespace["x"]
    buttons(chooser)["net · x (3 × 4) · without labels"].click()
    assert opened == []
    assert texts(chooser)[-1] == "x is no longer in the notebook. Look again."


@pytest.mark.parametrize(
    ("error", "text"),
    [(NbdebugError("What.", got=1, fix="this"), "What.\nGot: 1\nTry: this"), (OSError("gone"), "OSError: gone")],
)
def test_an_error_stands_in_the_chooser(model: Any, error: Exception, text: str) -> None:
    def fail(**_: Any) -> None:
        raise error

    chooser = Chooser({"net": model, "x": np.zeros((3, 4))}, fail)
    buttons(chooser)["Open"].click()
    assert texts(chooser)[-1] == text
