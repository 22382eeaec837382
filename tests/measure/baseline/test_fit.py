import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, special
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold, StratifiedKFold

from nbdebug.errors import NbdebugError
from nbdebug.measure.baseline import fit_baseline

NAN = np.nan
N = 600


@pytest.fixture
def people():
    rng = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "age": np.where(rng.random(N) < 0.1, NAN, rng.normal(50, 12, N)),
            "sex": rng.choice(["m", "f"], N),
            "device": rng.choice(np.array(["gen1", "gen2", None, "rare"], object), N, p=[0.5, 0.3, 0.195, 0.005]),
        }
    )
    logit = (table["age"].fillna(50) - 50) / 12 + (table["sex"] == "m") + (table["device"] == "gen1") - 1
    return table, logit.to_numpy(), (rng.random(N) < special.expit(logit)).astype(float)


def written_out(table, train, test):
    """Median, indicator, scale and one-hot, all learned from `train`."""
    age = table["age"].to_numpy()
    middle = np.nanmedian(age[train])
    numbers = np.column_stack([np.where(np.isnan(age), middle, age), np.isnan(age)])
    numbers = (numbers - numbers[train].mean(axis=0)) / numbers[train].std(axis=0)
    columns = [numbers]
    for name in ("sex", "device"):
        text = table[name].fillna("missing").to_numpy(dtype=object)
        values, counts = np.unique(text[train].astype(str), return_counts=True)
        frequent = [value for value, count in zip(values, counts, strict=True) if count >= 5]
        columns += [(text == value)[:, None] for value in frequent]
        columns += [~np.isin(text, frequent)[:, None]] * (len(frequent) < len(values))
    whole = np.hstack(columns).astype(float)
    return whole[train], whole[test]


def logistic(x, y, w):
    def loss(beta):
        z = x @ beta[1:] + beta[0]
        p = special.expit(z)
        value = w @ np.logaddexp(0, np.where(y == 1, -z, z)) + 0.5 * beta[1:] @ beta[1:]
        return value, np.concatenate([[w @ (p - y)], x.T @ (w * (p - y)) + beta[1:]])

    return optimize.minimize(loss, np.zeros(x.shape[1] + 1), jac=True, tol=1e-10).x


@pytest.mark.parametrize("weighted", [False, True])
def test_logistic_regression_written_out_gives_the_same_predictions(people, weighted):
    table, _, label = people
    weights = np.random.default_rng(1).random(N) + 0.5 if weighted else np.ones(N)
    found = fit_baseline(table, label, "binary", folds=4, seed=3, weights=weights if weighted else None)
    w, expected = weights / weights.mean(), np.full(N, NAN)
    for train, test in StratifiedKFold(4, shuffle=True, random_state=3).split(table, label):
        x, new = written_out(table, train, test)
        beta = logistic(x, label[train], w[train])
        expected[test] = special.expit(new @ beta[1:] + beta[0])
    np.testing.assert_allclose(found.prediction, expected, atol=2e-3)
    assert found.columns == ("age", "sex", "device")


def test_ridge_regression_written_out_gives_the_same_predictions(people):
    table, logit, _ = people
    found, expected = fit_baseline(table, logit, "regression"), np.full(N, NAN)
    for train, test in KFold(5, shuffle=True, random_state=0).split(table):
        x, new = written_out(table, train, test)
        centred, middle = x - x.mean(axis=0), logit[train].mean()
        beta = np.linalg.solve(centred.T @ centred + np.eye(x.shape[1]), centred.T @ (logit[train] - middle))
        expected[test] = middle + (new - x.mean(axis=0)) @ beta
    np.testing.assert_allclose(found.prediction, expected, rtol=1e-6)


@pytest.mark.parametrize("model", ["linear", "boosting"])
def test_what_can_be_known_is_found_and_what_cannot_is_not(people, model):
    table, logit, label = people
    best = roc_auc_score(label, logit)
    found = roc_auc_score(label, fit_baseline(table, label, "binary", model=model).prediction)
    assert best - 0.08 < found < best + 0.02
    coin = np.random.default_rng(5).permutation(label)
    chance = roc_auc_score(coin, fit_baseline(table, coin, "binary", model=model).prediction)
    assert 0.42 < chance < 0.58


def test_an_identifier_gives_nothing_away():
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"pair": [str(i // 2) for i in range(400)], "age": rng.normal(size=400)})
    label = rng.permutation(np.arange(400) % 2.0)
    found = fit_baseline(table, label, "binary")
    assert 0.4 < roc_auc_score(label, found.prediction) < 0.6
    assert "of 200 values" in found.notes[0]


def test_classes_have_a_share_each_in_the_order_asked_for(people):
    table, logit, _ = people
    label = np.array(["low", "mid", "high"], object)[np.digitize(logit, [-0.5, 0.5])]
    label[:30] = None
    found = fit_baseline(table, label, "multiclass", classes=["low", "none", "mid", "high"])
    assert found.classes == ("low", "none", "mid", "high")
    known = found.prediction[30:]
    np.testing.assert_allclose(known.sum(axis=1), 1)
    assert (known[:, 1] == 0).all()
    best = np.array(found.classes, object)[known.argmax(axis=1)]
    assert (best == label[30:]).mean() > 0.7
    assert np.isnan(found.prediction[:30]).all()
    assert fit_baseline(table, label, "multiclass").classes == ("high", "low", "mid")


def test_missing_labels_and_weights_of_zero_are_left_out(people):
    table, _, label = people
    few, weights = label.copy(), np.ones(N)
    few[:50], weights[50:100] = NAN, 0
    found = fit_baseline(table, few, "binary", weights=weights)
    assert np.isnan(found.prediction[:100]).all()
    assert found.n == N - 100
    without = fit_baseline(table[100:], label[100:], "binary")
    np.testing.assert_allclose(found.prediction[100:], without.prediction)


STATES = """
import random, numpy as np, pandas as pd
from nbdebug.measure.baseline import fit_baseline
table, label = pd.DataFrame({"age": np.arange(60.0)}), np.arange(60) % 3 % 2.0
fit_baseline(table, label, "binary")
before = np.random.get_state()[1].tolist(), random.getstate()
for model in ("linear", "boosting"):
    fit_baseline(table, label, "binary", model=model)
assert (np.random.get_state()[1].tolist(), random.getstate()) == before
"""


def test_global_random_states_stay():
    """In a process of its own, as the shape checks of the tests draw random numbers."""
    subprocess.run([sys.executable, "-c", STATES], check=True, cwd=Path(__file__).parents[3])


def test_the_seed_decides(people):
    table, _, label = people
    first, again, other = (fit_baseline(table, label, "binary", seed=seed).prediction for seed in (0, 0, 1))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 1e-3


def test_a_sample_is_fitted_where_there_are_very_many_and_that_is_said(people, monkeypatch):
    table, _, label = people
    monkeypatch.setattr("nbdebug.measure.baseline.fit.MOST_FITTED", 200)
    found = fit_baseline(table, label, "binary")
    assert any("random sample of 200 of 600 examples" in note for note in found.notes)
    assert not np.isnan(found.prediction).any()


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"label": np.ones(N)}, "every label is 1"),
        ({"label": np.arange(N) < 3.0}, "folds=3"),
        ({"label": np.arange(N) < 1.0}, "left out"),
        ({"label": np.full(N, NAN)}, "0 examples with a label"),
        ({"model": "forest"}, "'boosting'"),
        ({"folds": 1}, "folds is not a number"),
        ({"columns": ["aeg"]}, "'age'"),
    ],
)
def test_what_cannot_be_fitted_says_why(people, change, match):
    table, _, label = people
    arguments = {"label": label, "kind": "binary"} | change
    arguments["label"] = np.asarray(arguments["label"], float)
    with pytest.raises(NbdebugError, match=match):
        fit_baseline(table, **arguments)


def test_a_label_that_is_no_class_is_refused(people):
    table, *_ = people
    label = np.array(["a", "b", "c"], object)[np.arange(N) % 3]
    with pytest.raises(NbdebugError, match="none of the classes"):
        fit_baseline(table, label, "multiclass", classes=["a", "b"])


def test_work_is_ended_between_folds(people):
    table, _, label = people

    def stop():
        raise InterruptedError

    with pytest.raises(InterruptedError):
        fit_baseline(table, label, "binary", pulse=stop)
