"""Which slices of one data set still mean something on another."""

import numpy as np
import pandas as pd
import pytest

from nbdebug.measure.slices.carried import lost, same_arrays

METADATA = pd.DataFrame({"age": [30, 70, 65.0], "device": ["a", "b", "a"]})
OWN = ("label", "prediction", "loss", "outcome")


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("age > 60", ""),
        ('device == "c"', ""),
        ("weight > 60", "there is no column of that name ('weight')"),
        ('age == "old"', "the column 'age' holds numbers ('old')"),
        ("device > 3", "the column 'device' holds texts (3)"),
        ('outcome == "false_negative" and age > 60', ""),
        ("label == 1 or prediction >= 0.3", ""),
        ('label == "ill"', ""),
        ("residual > 3", "there is no column of that name ('residual')"),
    ],
)
def test_a_query_is_kept_where_its_columns_hold_what_it_asks_for(where, why):
    assert lost(where, METADATA, OWN, 3, same_x=False) == why


def test_without_metadata_only_what_is_predicted_can_be_asked():
    assert lost("loss > 1", None, OWN, 3, same_x=False) == ""
    assert "no column" in lost("age > 1", None, OWN, 3, same_x=True)


def test_a_set_is_kept_where_the_examples_are_the_same():
    mask = np.array([True, False, True])
    assert lost(mask, METADATA, OWN, 3, same_x=True) == ""
    assert lost(mask, METADATA, OWN, 3, same_x=False) == "it is a set of examples, and x is another"
    assert lost(mask, METADATA, OWN, 4, same_x=True)


def test_arrays_are_the_same_by_memory_or_content():
    x = np.array([[1.0, np.nan], [2.0, 3.0]])
    assert same_arrays({"a": x}, {"a": x})
    assert same_arrays({"a": x}, {"a": x.copy()})
    assert same_arrays({"a": np.array(["b", "c"])}, {"a": np.array(["b", "c"])})
    for other in (x[::-1], x.T, x[:1], x.astype("float32"), x + 1):
        assert not same_arrays({"a": x}, {"a": other})
    assert not same_arrays({"a": x}, {"b": x})
    assert not same_arrays({"a": x}, {"a": x, "b": x})
