import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn import metrics as sk

from nbdebug.errors import NbdebugError
from nbdebug.measure.curves import binary_confusion, calibration, confusion, precision_recall, residuals, roc_curve
from nbdebug.measure.curves.thin import thin

RNG = np.random.default_rng(0)
NAN = np.nan


def binary(n=20_009):
    label = (RNG.random(n) < 0.3).astype(float)
    score = RNG.beta(2 + 2 * label, 4 - label)
    label[:5], score[5:9] = NAN, NAN
    return label, score, RNG.integers(0, 3, n).astype(float)


def pixels(x, y):
    """The lowest and the highest point in each pixel column."""
    column = np.minimum(x * 600, 599).astype(int)
    return {c: (y[column == c].min(), y[column == c].max()) for c in np.unique(column).tolist()}


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=80), st.integers(1, 7), st.booleans())
def test_thinning_keeps_the_ends_and_extremes_of_each_pixel_column(points, pixels, falling):
    points = sorted(points, reverse=falling)
    x, y = np.array(points).T
    kept = thin(x, y, pixels)
    column = np.minimum((x * pixels).astype(int), pixels - 1)
    assert (np.diff(kept) > 0).all()
    for c in np.unique(column):
        inside, left = np.flatnonzero(column == c), kept[column[kept] == c]
        assert len(left) <= 4
        assert {left[0], left[-1]} == {inside[0], inside[-1]}
        assert (y[left].min(), y[left].max()) == (y[inside].min(), y[inside].max())


def test_the_roc_curve_is_scikit_learns_as_far_as_a_picture_shows():
    label, score, weights = binary()
    kept = ~np.isnan(label + score) & (weights > 0)
    false, true, thresholds = sk.roc_curve(label[kept], score[kept], sample_weight=weights[kept])
    found = roc_curve(label, score, weights)
    assert len(found.threshold) <= 2400 < len(thresholds)
    assert (found.false_positive_share[[0, -1]].tolist(), found.n) == ([0, 1], kept.sum())
    assert pixels(found.false_positive_share, found.true_positive_share) == pixels(false, true)
    at = len(found.threshold) // 2
    called = score[kept] >= found.threshold[at]
    assert found.true_positive_share[at] == pytest.approx(
        sk.recall_score(label[kept], called, sample_weight=weights[kept])
    )
    area = np.trapezoid(found.true_positive_share, found.false_positive_share)
    assert area == pytest.approx(sk.roc_auc_score(label[kept], score[kept], sample_weight=weights[kept]), abs=1e-4)


def test_precision_over_recall_is_scikit_learns_as_far_as_a_picture_shows():
    label, score, _ = binary()
    kept = ~np.isnan(label + score)
    precision, recall, thresholds = sk.precision_recall_curve(label[kept], score[kept])
    found = precision_recall(label, score)
    assert len(found.threshold) <= 2400 < len(thresholds)
    assert pixels(found.recall, found.precision) == pixels(recall, precision)
    called = score[kept] >= found.threshold[100]
    assert found.precision[100] == pytest.approx(sk.precision_score(label[kept], called))
    assert found.positive_share == pytest.approx(label[kept].mean())
    assert np.isinf(found.threshold[-1])


def test_calibration_has_bins_of_equal_count_and_wilson_intervals():
    label, score, _ = binary()
    found = calibration(label, score)
    kept = np.flatnonzero(~np.isnan(label + score))
    order = kept[np.argsort(score[kept])]
    parts = np.array_split(order, 10)
    assert found.n.tolist() == [len(part) for part in parts]
    np.testing.assert_allclose(found.predicted, [score[part].mean() for part in parts])
    np.testing.assert_allclose(found.observed, [label[part].mean() for part in parts])
    expected = [stats.binomtest(int(label[part].sum()), len(part)).proportion_ci(method="wilson") for part in parts]
    np.testing.assert_allclose(np.column_stack([found.low, found.high]), expected, atol=1e-9)


def test_equal_scores_share_a_bin_and_weights_count():
    label, score = np.array([0, 1, 1, 1, 0.0]), np.array([0.2, 0.2, 0.2, 0.9, 0.9])
    found = calibration(label, score, np.array([1, 1, 1, 3, 1.0]))
    assert found.predicted == pytest.approx([0.2, 0.9])
    assert found.observed == pytest.approx([2 / 3, 0.75])
    assert found.n.tolist() == [3, 2]
    assert calibration(label, np.full(5, 0.3)).n.tolist() == [5]


def test_confusion_is_scikit_learns():
    label, score, weights = binary(500)
    kept = ~np.isnan(label + score)
    found = binary_confusion(label, score, 0.4, weights)
    expected = sk.confusion_matrix(label[kept], score[kept] >= 0.4, sample_weight=weights[kept])
    assert found.counts.tolist() == expected.tolist()
    assert found.n == (kept & (weights > 0)).sum()
    classes = confusion(np.array([0, 1, 2, NAN, 2]), np.array([0, 2, 2, 1, NAN]), ("a", "b", "c", "never"))
    assert classes.counts.tolist() == [[1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 1, 0], [0, 0, 0, 0]]
    assert (classes.n, classes.note) == (3, "")


def test_of_many_classes_those_with_most_mistakes_are_shown():
    label = RNG.integers(0, 100, 5000)
    prediction = np.where((label < 30) & (RNG.random(5000) < 0.5), (label + 1) % 30, label)
    found = confusion(label, prediction, [f"c{i}" for i in range(100)])
    assert found.counts.shape == (40, 40)
    assert {f"c{i}" for i in range(30)} <= set(found.classes)
    assert found.classes[-1] == "61 others"
    assert "61 classes" in found.note
    assert found.counts.sum() == 5000
    assert found.counts[0, 1] == ((label == 0) & (prediction == 1)).sum()
    others = ~np.isin([f"c{i}" for i in label], found.classes)
    assert found.counts[-1].sum() == others.sum()


def test_residuals_are_summed_up_with_their_extremes():
    label = RNG.normal(size=2001)
    prediction = label + 0.2 + RNG.normal(size=2001) * (1 + np.abs(label))
    label[7], prediction[11] = NAN, -99.0
    found, missed = residuals(label, prediction), np.delete(prediction - label, 7)
    assert found.mean == pytest.approx(missed.mean())
    assert found.low < found.mean < found.high
    assert found.std == pytest.approx(missed.std())
    assert (found.counts.sum(), found.n) == (2000, 2000)
    counts, _ = np.histogram(missed, found.edges)
    assert counts.tolist() == found.counts.tolist()
    assert found.smallest[0] == missed.min()
    assert found.largest.max() == missed.max()
    order = np.argsort(np.delete(prediction, 7))
    for part, quantiles in zip(np.array_split(missed[order], 20), found.quantiles, strict=True):
        np.testing.assert_allclose(quantiles, np.quantile(part, [0.05, 0.25, 0.5, 0.75, 0.95], method="inverted_cdf"))


def test_residuals_of_weight_two_count_twice():
    label, prediction = np.zeros(6), np.array([1, 2, 3, 4, 5, 6.0])
    twice = np.array([0, 3])
    heavy = np.ones(6)
    heavy[twice] = 2
    found = residuals(label, prediction, heavy)
    copied = residuals(np.zeros(8), np.append(prediction, prediction[twice]))
    assert found.mean == pytest.approx(copied.mean)
    assert found.std == pytest.approx(copied.std)
    assert found.counts.tolist() == copied.counts.tolist()


@pytest.mark.parametrize("picture", [roc_curve, precision_recall, calibration, binary_confusion, residuals])
def test_without_labels_there_is_nothing_to_draw(picture):
    with pytest.raises(NbdebugError, match="nothing to draw"):
        picture(np.full(3, NAN), np.array([0.1, 0.2, 0.3]))


def test_a_curve_of_one_class_is_refused():
    for picture in (roc_curve, precision_recall):
        with pytest.raises(NbdebugError, match="every label is 0"):
            picture(np.zeros(3), np.array([0.1, 0.2, 0.3]))
