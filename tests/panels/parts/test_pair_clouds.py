"""Which colour a label has, and what is said of the picture."""

import numpy as np
import pytest

from nbdebug.panels.parts.pair_clouds import OTHER, coloured, said
from nbdebug.records.baseline import Baseline, Pairs
from nbdebug.render.figure import SERIES


def pairs(label):
    n = len(label)
    rng = np.random.default_rng(0)
    return Pairs(np.arange(n), rng.random(n), rng.random(n), np.asarray(label), rng.random(n) < 0.3, rng.random(n))


def baseline(kind, classes=()):
    return Baseline(kind, "linear", np.zeros(3), ("age",), {}, classes, 5, 0, 3)


def test_labels_of_two_kinds():
    drawn = coloured(pairs([0.0, 1.0, 1.0]), baseline("binary", (0, 1)))
    assert drawn.names == ("label 0", "label 1")
    assert drawn.cloud.colours.tolist() == [SERIES[0], SERIES[1], SERIES[1]]
    soft = coloured(pairs([0.2, 1.0, 0.5]), baseline("binary", (0, 1)))
    assert soft.names == ("label < 0.5", "label >= 0.5")
    assert soft.cloud.colours.tolist() == [SERIES[0], SERIES[1], SERIES[1]]


def test_of_many_classes_the_rarest_are_one():
    classes = tuple("abcdefgh")
    label = [0, 1, 1, 2, 2, 3, 3, 4, 4, 6, 6, 7.0]
    drawn = coloured(pairs(label), baseline("multiclass", classes))
    assert drawn.names == ("b", "c", "d", "e", "g", OTHER)
    by_name = {classes[int(place)]: colour for place, colour in zip(label, drawn.cloud.colours, strict=True)}
    assert by_name["b"] == SERIES[0]
    assert by_name["g"] == SERIES[4]
    assert by_name["a"] == by_name["h"] == SERIES[5]


def test_numbers_have_a_scale_and_no_names():
    drawn = coloured(pairs([3.0, 9.0, 5.0]), baseline("regression"))
    assert (drawn.scale.low, drawn.scale.high) == (3, 9)
    assert drawn.names == ()
    assert drawn.cloud.bounds is None


@pytest.mark.parametrize(("correlation", "words"), [(0.42, "correlation of both 0.42"), (np.nan, "unknown")])
def test_what_is_said(correlation, words):
    cloud = coloured(pairs([0.0] * 40), baseline("binary", (0, 1))).cloud
    text = said(cloud, correlation, "the class", "age > 3")
    assert words in text
    assert "40 examples of the slice age > 3" in text
    assert f"wrong ({cloud.marked.sum()}; right is the class)" in text
    assert "density" not in text
