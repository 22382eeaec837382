"""What is judged before a fit when there is no time, and what is made up for after it."""

import keras
import numpy as np
import pytest

from nbdebug.adapters.keras.cases import make_case
from nbdebug.adapters.keras.watching.budget import Budget
from nbdebug.adapters.keras.watching.fit_reports import after_training, before_training, left_out
from nbdebug.checks.walk import FAMILIES, all_checks

X = 400 * np.random.default_rng(0).normal(size=(300, 4)).astype("float32")
Y = (X.sum(axis=1) > 0).astype("int32")


@pytest.fixture
def case(monkeypatch):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy")
    monkeypatch.setattr(Budget, "left", lambda *_: False)
    waits_for_worse = keras.callbacks.EarlyStopping("loss", mode="max", patience=3)
    return make_case(model, X, Y, fit={"epochs": 9, "callbacks": [waits_for_worse]})


def test_without_time_all_that_is_quick_is_judged_and_the_rest_is_named(case):
    report = before_training(case, FAMILIES, Budget())
    assert [finding.check for finding in report] == ["waits_for_worse"]
    before = [check for check in all_checks() if not check.trains and check.family != "dynamics"]
    assert set(left_out(report)) == {check.name for check in before if check.slow or check.family == "data"}


def test_data_is_judged_after_the_fit(case):
    report = after_training(before_training(case, FAMILIES, Budget()), case, FAMILIES, confirm=False)
    assert [finding.check for finding in report] == ["waits_for_worse", "unscaled_inputs"]
    family = {check.name: check.family for check in all_checks()}
    assert {family[name] for name in left_out(report)} == {"initialisation"}
