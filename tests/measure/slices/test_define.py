"""One slice against the rest: numbers of scipy and scikit-learn, and slices that cannot be compared."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score

from nbdebug.errors import NbdebugError
from nbdebug.measure.outcomes import binary_outcomes
from nbdebug.measure.slices.by_column import slices_by
from nbdebug.measure.slices.define import define, together
from nbdebug.measure.slices.parse import parse
from nbdebug.measure.slices.written import written

N = 400
RNG = np.random.default_rng(0)
METADATA = pd.DataFrame(
    {"device": RNG.choice(["gen1", "gen2"], N), "age": RNG.normal(50, 10, N), "body mass": RNG.normal(25, 3, N)}
)
LABEL = RNG.integers(0, 2, N).astype(float)
INSIDE = (METADATA.device == "gen1").to_numpy()
SCORE = 1 / (1 + np.exp(-(2 * LABEL - 1) * np.where(INSIDE, 0.2, 1.5) - RNG.normal(size=N)))
TABLE = pd.DataFrame(
    {
        "label": LABEL,
        "prediction": SCORE,
        "loss": -np.log(np.where(LABEL == 1, SCORE, 1 - SCORE)),
        "outcome": binary_outcomes(LABEL, SCORE),
    }
)
QUERY = 'device == "gen1"'


def test_the_loss_is_compared_by_welch():
    found = define(QUERY, TABLE, METADATA)
    a, b = TABLE.loss[INSIDE], TABLE.loss[~INSIDE]
    expected = stats.ttest_ind(a, b, equal_var=False)
    interval = expected.confidence_interval()
    pooled = np.sqrt(((len(a) - 1) * a.var() + (len(b) - 1) * b.var()) / (N - 2))
    d = a.mean() - b.mean()
    np.testing.assert_allclose(
        [found.inside, found.outside, found.difference, found.low, found.high, found.p, found.effect],
        [a.mean(), b.mean(), d, *interval, expected.pvalue, d / pooled * (1 - 3 / (4 * N - 9))],
    )
    assert found.n == INSIDE.sum()
    assert found.share == pytest.approx(INSIDE.mean())
    assert found.loss_share == pytest.approx(a.sum() / TABLE.loss.sum())
    assert found.significant
    assert "higher" in found.sentence


def test_weights_of_two_are_examples_twice_in_the_means():
    weights = RNG.integers(0, 3, N).astype(float)
    found = define(QUERY, TABLE, METADATA, weights=weights)
    twice = np.repeat(TABLE.loss.to_numpy(), weights.astype(int))
    inside = np.repeat(INSIDE, weights.astype(int))
    assert found.inside == pytest.approx(twice[inside].mean())
    assert found.share == pytest.approx(inside.mean())
    assert found.loss_share == pytest.approx(twice[inside].sum() / twice.sum())
    assert found.n == (INSIDE & (weights > 0)).sum()


def test_accuracy_has_newcombes_interval():
    found = define(QUERY, TABLE, METADATA, metric="accuracy")
    hits = ((SCORE >= 0.5) == LABEL).astype(float)
    a, b = hits[INSIDE], hits[~INSIDE]
    first = stats.binomtest(int(a.sum()), len(a)).proportion_ci(method="wilson")
    second = stats.binomtest(int(b.sum()), len(b)).proportion_ci(method="wilson")
    d = a.mean() - b.mean()
    low = d - np.hypot(a.mean() - first.low, second.high - b.mean())
    high = d + np.hypot(first.high - a.mean(), b.mean() - second.low)
    np.testing.assert_allclose([found.difference, found.low, found.high], [d, low, high])
    assert "lower" in found.sentence


def test_auroc_is_scikit_learns_and_its_interval_holds_the_truth():
    found = define(QUERY, TABLE, METADATA, metric="AUROC")
    assert found.inside == pytest.approx(roc_auc_score(LABEL[INSIDE], SCORE[INSIDE]))
    assert found.outside == pytest.approx(roc_auc_score(LABEL[~INSIDE], SCORE[~INSIDE]))
    held = 0
    rng = np.random.default_rng(1)
    label = np.arange(200) % 2.0
    for _ in range(200):
        score = rng.normal(size=200) + label
        table = pd.DataFrame({"label": label, "prediction": score, "loss": 1.0, "outcome": "true_positive"})
        found = define(np.arange(200) < 80, table, metric="AUROC")
        held += found.low <= 0 <= found.high
        assert (found.p < 0.05) == (not found.low <= 0 <= found.high) or 0.03 < found.p < 0.08
    assert 180 <= held <= 199


def test_shares_hold_the_truth_about_as_often_as_they_say():
    rng = np.random.default_rng(2)
    held = 0
    for _ in range(300):
        outcome = np.where(rng.random(150) < 0.8, "correct", "wrong")
        table = pd.DataFrame({"label": 1.0, "prediction": 1.0, "loss": 1.0, "outcome": outcome})
        found = define(np.arange(150) < 40, table, metric="accuracy")
        held += found.low <= 0 <= found.high
    assert 276 <= held <= 297


def test_few_examples_have_no_score():
    found = define(np.arange(N) < 14, TABLE.assign(loss=RNG.normal(size=N)), METADATA)
    assert found.sentence == "not significant (n = 14)"


@pytest.mark.parametrize(
    ("where", "metric", "said"),
    [
        ("age > 1000", "loss", "no example"),
        ("age < 1000", "loss", "cannot be compared (n = 400; every example that counts is inside)"),
        (np.arange(N) < 1, "loss", "cannot be compared (n = 1; too few, or all alike)"),
        ("label == 1", "AUROC", "too few, or all alike"),
    ],
)
def test_what_cannot_be_compared_says_so(where, metric, said):
    assert said in define(where, TABLE, METADATA, metric=metric).sentence


def test_missing_labels_and_losses_count_nowhere():
    table = TABLE.copy()
    table.loc[:9, ["label", "loss"]], table.loc[:9, "outcome"] = np.nan, None
    for metric in ("loss", "accuracy", "AUROC"):
        found, without = (
            define(QUERY, t, m, metric=metric) for t, m in ((table, METADATA), (TABLE[10:], METADATA[10:]))
        )
        assert (found.n, found.difference, found.p) == pytest.approx((without.n, without.difference, without.p))


def test_constant_predictions_are_no_error():
    table = TABLE.assign(prediction=0.5, loss=0.7, outcome="true_positive")
    for metric in ("loss", "accuracy", "AUROC"):
        assert not define(QUERY, table, METADATA, metric=metric).significant


def test_a_set_is_corrected_together():
    slices, note = slices_by("age", TABLE, METADATA, bins=4)
    assert sum(each.n for each in slices) == N
    assert all(98 <= each.n <= 102 for each in slices)
    assert note == ""
    np.testing.assert_allclose([s.corrected_p for s in slices], stats.false_discovery_control([s.p for s in slices]))
    empty = define("age > 1000", TABLE, METADATA)
    assert np.isnan(together([empty, slices[0]])[0].corrected_p)


def test_one_slice_a_value():
    slices, _ = slices_by("device", TABLE, METADATA, metric="accuracy")
    assert {each.text for each in slices} == {'device == "gen1"', 'device == "gen2"'}
    with pytest.raises(NbdebugError, match="did you mean 'device'"):
        slices_by("devise", TABLE, METADATA)
    with pytest.raises(NbdebugError, match="no slice by this column"):
        slices_by("device", TABLE, METADATA.assign(device="gen1"))


def test_the_conditions_are_told_apart():
    found = define(
        "device == 'gen1' and (age > 50 or `body mass` is missing) and loss > 0.5", TABLE, METADATA, name="old"
    )
    assert found.conditions == ('device == "gen1"', "age > 50 or `body mass` is missing", "loss > 0.5")
    assert found.name == "old"


@pytest.mark.parametrize(
    "query",
    [
        "a > 1 and not (b in (1, 'x', missing) or c)",
        "1 < a <= 2.5 or b is not missing",
        "a not in (1, 2)",
        "not not a",
        "a == b and `c d` != 'it\"s'",
        "(a and b) or (c and not d)",
    ],
)
def test_what_is_written_reads_back_as_the_same(query):
    assert parse(written(parse(query))) == parse(query)


@pytest.mark.parametrize(
    ("where", "metric", "what"),
    [
        (QUERY, "F1", "no metric of a slice"),
        (QUERY, "MAE", "no MAE of this output"),
        (np.ones(3, bool), "loss", "one true or false an example"),
    ],
)
def test_what_cannot_be_asked_is_said(where, metric, what):
    with pytest.raises(NbdebugError, match=what):
        define(where, TABLE, METADATA, metric=metric)
