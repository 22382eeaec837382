import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn import metrics as sk

from nbdebug.errors import NbdebugError
from nbdebug.measure.baseline import compare, gain_by_slice
from nbdebug.measure.baseline.difference import differences
from nbdebug.measure.baseline.sentence import sentence
from nbdebug.measure.metrics.examples import Examples

RNG = np.random.default_rng(0)
N = 300
NAN = np.nan


def two_models(n=N, better=0.8):
    label = (RNG.random(n) < 0.4).astype(float)
    shared = RNG.normal(size=n)
    network, baseline = (
        1 / (1 + np.exp(-(gain * label + 0.6 * shared + 0.6 * RNG.normal(size=n) - gain / 2)))
        for gain in (0.8 + better, 0.8)
    )
    return network, baseline, label


def by_metric(comparison):
    return comparison.metrics.set_index("metric")


def naive_delong_difference(label, first, second):
    """Value, low and high from the covariance matrices written out over all pairs."""
    components = []
    for score in (first, second):
        x, y = score[label == 1], score[label == 0]
        components.append((x[:, None] > y[None]) + 0.5 * (x[:, None] == y[None]))
    areas = [psi.mean() for psi in components]
    of_positive = np.cov([psi.mean(axis=1) for psi in components]) / components[0].shape[0]
    of_negative = np.cov([psi.mean(axis=0) for psi in components]) / components[0].shape[1]
    matrix = of_positive + of_negative
    half = stats.norm.ppf(0.975) * np.sqrt(matrix[0, 0] + matrix[1, 1] - 2 * matrix[0, 1])
    return areas[0] - areas[1], areas[0] - areas[1] - half, areas[0] - areas[1] + half


def test_the_difference_of_areas_has_delongs_covariance():
    network, baseline, label = two_models()
    network = np.round(network, 1)  # ties
    row = by_metric(compare(network, baseline, label, "binary")).loc["AUROC"]
    found = row[["difference", "low", "high"]].to_numpy(dtype=float)
    np.testing.assert_allclose(found, naive_delong_difference(label, network, baseline))
    assert row["network"] == pytest.approx(sk.roc_auc_score(label, network))
    assert row["baseline"] == pytest.approx(sk.roc_auc_score(label, baseline))


def cross_entropy(label, score):
    return -np.log(np.where(label == 1, score, 1 - score))


@pytest.mark.parametrize(
    ("metric", "loss"),
    [
        ("log loss", cross_entropy),
        ("Brier score", lambda y, p: (y - p) ** 2),
        ("accuracy", lambda y, p: ((p >= 0.5) == y) * 1.0),
    ],
)
def test_the_difference_of_means_is_a_paired_t_interval(metric, loss):
    network, baseline, label = two_models()
    expected = stats.ttest_rel(loss(label, network), loss(label, baseline)).confidence_interval(0.95)
    row = by_metric(compare(network, baseline, label, "binary")).loc[metric]
    np.testing.assert_allclose(row[["low", "high"]].to_numpy(dtype=float), expected, atol=1e-9)


def test_the_difference_of_absolute_errors_is_a_paired_t_interval():
    label, network, baseline = RNG.normal(size=(3, N))
    expected = stats.ttest_rel(np.abs(network - label), np.abs(baseline - label)).confidence_interval(0.95)
    row = by_metric(compare(network, baseline, label, "regression")).loc["MAE"]
    np.testing.assert_allclose(row[["low", "high"]].to_numpy(dtype=float), expected)


def test_the_difference_of_areas_holds_the_truth_as_often_as_it_says():
    rng, label, held, truth = np.random.default_rng(2), np.arange(150) < 60, 0, 0.0
    truth = stats.norm.cdf(1.5 / np.sqrt(2)) - stats.norm.cdf(0.8 / np.sqrt(2))
    for _ in range(600):
        shared = rng.normal(size=150)
        views = []
        for gain in (1.5, 0.8):
            score = gain * label + 0.6 * shared + 0.8 * rng.normal(size=150)
            views.append(Examples(label.astype(float), score, np.ones(150), np.zeros(150)))
        row = differences(*views, "binary", only=["AUROC"]).iloc[0]
        held += row["low"] <= truth <= row["high"]
    assert 0.93 <= held / 600 <= 0.97


def test_weights_missing_labels_and_missing_predictions_count_as_they_should():
    network, baseline, label = two_models()
    label[:5], network[5:8], baseline[8:10] = NAN, NAN, NAN
    weights = RNG.integers(0, 3, N).astype(float)
    kept = (np.arange(N) >= 10) & (weights > 0)
    found = by_metric(compare(network, baseline, label, "binary", weights)).loc["AUROC"]
    area = sk.roc_auc_score(label[kept], network[kept], sample_weight=weights[kept])
    assert found["network"] == pytest.approx(area)
    assert found["n"] == kept.sum()


def test_who_alone_is_right_the_largest_gap_first():
    label = np.array([1, 1, 0, 0, 1, NAN, 1])
    network = np.array([0.9, 0.7, 0.8, 0.1, 0.2, 0.9, 0.95])
    baseline = np.array([0.4, 0.45, 0.3, 0.7, 0.6, 0.1, 0.3])
    found = compare(network, baseline, label, "binary")
    assert found.only_network.tolist() == [6, 3, 0, 1]
    assert found.only_baseline.tolist() == [2, 4]
    strict = compare(network, baseline, label, "binary", threshold=0.75)
    assert strict.only_network.tolist() == [6, 0]
    assert "0.75" in strict.right
    known = ~np.isnan(label)
    assert found.correlation == pytest.approx(np.corrcoef(network[known], baseline[known])[0, 1])


def test_a_number_is_right_within_the_median_error_of_the_baseline():
    label, network, baseline = np.zeros(4), np.array([0.1, 5, 0.2, 9]), np.array([1.0, 2, 3, 4])
    found = compare(network, baseline, label, "regression")
    assert found.only_network.tolist() == [2]
    assert found.only_baseline.tolist() == [1]
    assert "2.5 or less" in found.right


def test_classes_are_compared():
    label = RNG.integers(0, 3, N)
    network, baseline = (RNG.dirichlet(np.ones(3), N) + gain * np.eye(3)[label] for gain in (1.0, 0.3))
    network, baseline = (shares / shares.sum(axis=1, keepdims=True) for shares in (network, baseline))
    found = compare(network, baseline, label.astype(float), "multiclass")
    assert found.metrics["metric"].iloc[0] == "macro AUROC"
    rows = by_metric(found)
    expected = stats.ttest_rel(*(-np.log(p[np.arange(N), label]) for p in (network, baseline))).confidence_interval(
        0.95
    )
    np.testing.assert_allclose(rows.loc["log loss", ["low", "high"]].to_numpy(dtype=float), expected)
    assert rows.loc["macro AUROC", "network"] == pytest.approx(sk.roc_auc_score(label, network, multi_class="ovr"))
    hits = [shares.argmax(axis=1) == label for shares in (network, baseline)]
    assert sorted(found.only_network) == np.flatnonzero(hits[0] & ~hits[1]).tolist()
    assert found.sentence.startswith("the network adds 0.")


def test_the_sentence_says_what_is_gained():
    network, baseline, label = two_models(2000)
    found = compare(network, baseline, label, "binary", columns=("age", "sex"))
    row = by_metric(found).loc["AUROC"]
    text = [f"{row[key]:.2f}" for key in ("difference", "low", "high")]
    assert found.sentence == f"the network adds {text[0]} AUROC ({text[1]} to {text[2]}) over age and sex alone"
    turned = compare(baseline, network, label, "binary", columns=("age", "sex")).sentence
    assert turned == f"the network is worse than age and sex alone, by {text[0]} AUROC ({text[1]} to {text[2]})"


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        ((), "the metadata alone"),
        (("age",), "age alone"),
        (("age", "sex", "bmi", "device"), "age, sex, bmi and device alone"),
        (("a", "b", "c", "d", "e"), "a, b and 3 more columns of the metadata alone"),
    ],
)
def test_models_that_differ_by_chance_do_not_beat_each_other(columns, named):
    network, baseline, label = two_models(better=0.0)
    found = compare(network, baseline, label, "binary", columns=columns)
    assert found.sentence.startswith(f"the network does not measurably beat {named} (it gains ")


def test_nothing_gained_is_not_minus_nothing():
    table = pd.DataFrame({"metric": ["AUROC"], "network": 0.8, "difference": -0.0001, "low": -0.02, "high": 0.02})
    assert sentence(table, "AUROC", ["age"]).endswith("age alone (it gains 0.00 AUROC, -0.02 to 0.02)")


def test_an_error_is_lowered():
    label = RNG.normal(size=N)
    network, baseline = label + RNG.normal(size=N), label + 3 * RNG.normal(size=N)
    found = compare(network, baseline, label, "regression", columns=("age",)).sentence
    assert found.startswith("the network lowers the MAE by 1.")
    assert found.endswith("against age alone")


def test_the_same_predictions_have_no_interval_and_say_so():
    network, _, label = two_models()
    found = compare(network, network, label, "binary", columns=("age",))
    assert by_metric(found).loc["AUROC", "difference"] == 0
    assert "equally good on every example" in found.metrics.attrs["reasons"]["AUROC"]
    assert "does not measurably beat age alone" in found.sentence
    assert found.correlation == pytest.approx(1)


def test_one_class_only_cannot_be_compared_by_ranking():
    network, _, _ = two_models()
    found = compare(network, np.full(N, 0.3), np.ones(N), "binary")
    assert "cannot be held against the metadata alone: every label is 1" in found.sentence
    assert np.isnan(found.correlation)


def test_nothing_in_common_is_an_error():
    with pytest.raises(NbdebugError, match="no example"):
        compare(np.full(3, NAN), np.zeros(3), np.ones(3), "binary")


def test_the_gain_by_slice_is_the_comparison_of_its_examples():
    network, baseline, label = two_models()
    label[:3] = NAN
    inside = np.arange(N) % 3 == 0
    found = gain_by_slice(network, baseline, label, "binary", {"third": inside, "none": np.zeros(N, bool)})
    alone = compare(network[inside], baseline[inside], label[inside], "binary").metrics.iloc[0]
    assert found["slice"].tolist() == ["third", "none"]
    for key in ("network", "baseline", "low", "high", "n"):
        assert found.loc[0, key] == alone[key]
    assert found.loc[0, "gain"] == alone["difference"]
    assert found.loc[1, "n"] == 0
    assert "none" in found.attrs["reasons"]


def test_a_gain_is_above_zero_where_the_network_errs_less_and_comes_first_where_it_is_largest():
    label = RNG.normal(size=N)
    third = np.arange(N) % 3
    network = label + np.array([0.1, 0.5, 2.0])[third] * RNG.normal(size=N)
    baseline = label + RNG.normal(size=N)
    slices = {str(i): third == i for i in (2, 0, 1)}
    found = gain_by_slice(network, baseline, label, "regression", slices)
    assert found["slice"].tolist() == ["0", "1", "2"]
    for name, gain, low, high in found[["slice", "gain", "low", "high"]].itertuples(index=False):
        inside = slices[name]
        errors = [np.abs(score - label)[inside] for score in (baseline, network)]
        expected = stats.ttest_rel(*errors).confidence_interval(0.95)
        assert gain == pytest.approx(np.mean(errors[0]) - np.mean(errors[1]))
        np.testing.assert_allclose((low, high), expected)


def naive_pairs(network, baseline, label, kind, threshold):
    """A row an example that counts: position, both scores, whether the network is wrong, how far off it is."""
    rows = []
    close = np.nanmedian(np.abs(baseline - label)) if kind == "regression" else None
    for i in range(len(label)):
        if np.isnan(label[i]) or np.isnan(network[i]).any():
            continue
        if kind == "multiclass":
            true = int(label[i])
            rows.append((i, network[i, true], baseline[i, true], network[i].argmax() != true, 1 - network[i, true]))
        elif kind == "binary":
            rows.append((i, network[i], baseline[i], (network[i] >= threshold) != label[i], abs(network[i] - label[i])))
        else:
            miss = abs(network[i] - label[i])
            rows.append((i, network[i], baseline[i], miss > close, miss))
    return np.array(rows, dtype=float).T


@pytest.mark.parametrize("kind", ["binary", "multiclass", "regression"])
def test_pairs_are_what_both_say_of_each_example(kind):
    rng = np.random.default_rng(5)
    label = rng.integers(0, 2 if kind == "binary" else 3, 40).astype(float)
    if kind == "multiclass":
        network, baseline = rng.dirichlet(np.ones(3), (2, 40))
    else:
        network, baseline = rng.random((2, 40)) * (1 if kind == "binary" else 3)
    label[3], network[7] = NAN, NAN
    found = compare(network, baseline, label, kind, threshold=0.7 if kind == "binary" else 0.5)
    counted = baseline if kind != "regression" else np.where(np.isnan(network), NAN, baseline)
    expected = naive_pairs(network, counted, label, kind, 0.7)
    pairs = found.pairs
    for mine, theirs in zip(
        (pairs.examples, pairs.network, pairs.baseline, pairs.wrong, pairs.miss), expected, strict=True
    ):
        np.testing.assert_allclose(mine, theirs)
    assert found.correlation == pytest.approx(np.corrcoef(pairs.network, pairs.baseline)[0, 1])
    rows = np.arange(40) % 2 == 0
    assert pairs.among(rows).examples.tolist() == [i for i in pairs.examples if i % 2 == 0]
