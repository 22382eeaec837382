"""Losses of distances and likenesses that pull the wrong way, and those that pull the right one."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from nbdebug.checkup import check

RANDOM = np.random.default_rng(0)
KINDS = RANDOM.normal(size=(8, 6))
FIRST, MATCH = RANDOM.integers(0, 8, 300), RANDOM.integers(0, 2, 300)
SECOND = np.where(MATCH == 1, FIRST, (FIRST + RANDOM.integers(1, 8, 300)) % 8)
A, B = ((KINDS[of] + 0.5 * RANDOM.normal(size=(300, 6))).astype("float32") for of in (FIRST, SECOND))


def distance(a, b):
    return ops.sqrt(ops.sum(ops.square(a - b), axis=-1, keepdims=True) + 1e-8)


def likeness(a, b):
    return ops.sum(ops.normalize(a) * ops.normalize(b), axis=-1, keepdims=True)


def contrastive(near_is):
    def loss(y, gap):
        near = y if near_is else 1 - y
        return ops.mean(near * gap**2 + (1 - near) * ops.maximum(1 - gap, 0) ** 2, axis=-1)

    return loss


def embedding(near_is):
    return lambda y, cosine: ops.mean(ops.where(y == near_is, 1 - cosine, ops.maximum(cosine, 0.0)), axis=-1)


def found_in(head, loss, a=A, b=B, y=MATCH):
    keras.utils.set_random_seed(0)
    code = keras.Sequential([keras.Input((6,)), layers.Dense(16, "relu"), layers.Dense(4)])
    left, right = keras.Input((6,)), keras.Input((6,))
    model = keras.Model([left, right], head(code(left), code(right)))
    model.compile("adam", loss)
    report = check(model, [a, b], y[:, None].astype("float32"), only=["pairs_driven_apart"], epochs=2)
    assert [v.kind for v in report.verdicts] in (["clear"], ["found"]), report.verdicts
    return [(f.severity, f.cause) for f in report.findings]


@pytest.mark.parametrize(("head", "loss"), [(distance, contrastive(0)), (likeness, embedding(0))])
def test_matches_are_driven_apart(head, loss):
    assert found_in(head, loss) == [("error", "loss")]


@pytest.mark.parametrize(("head", "loss"), [(distance, contrastive(1)), (likeness, embedding(1))])
def test_matches_are_brought_together(head, loss):
    assert found_in(head, loss) == []


def test_labels_that_mark_mismatches():
    assert found_in(distance, contrastive(0), y=1 - MATCH) == []
    assert found_in(distance, contrastive(1), y=1 - MATCH) == [("error", "loss")]


def test_inputs_that_do_not_tell_a_match():
    assert found_in(distance, contrastive(0), b=RANDOM.permutation(B)) == []


def test_a_unit_behind_the_distance_takes_either_sign():
    head = lambda a, b: layers.Dense(1, "sigmoid")(distance(a, b))  # noqa: E731
    assert found_in(head, contrastive(0)) == []
