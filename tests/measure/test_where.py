import numpy as np
import pandas as pd
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.where import rows_where

METADATA = pd.DataFrame(
    {"age": [30, 70, 65, np.nan], "device": [1, 1, 2, 2], "body mass": [20, 30, 31, 33.0], "sex": list("fmfm")},
    index=list("abcd"),
)


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ("age > 60", [0, 1, 1, 0]),
        ("age > 60 and device == 1", [0, 1, 0, 0]),
        ("`body mass` >= 31 or sex == 'm'", [0, 1, 1, 1]),
        ("not (device == 1)", [0, 0, 1, 1]),
        ("sex in ['f']", [1, 0, 1, 0]),
        ("(age > 60) & (device == 2)", [0, 0, 1, 0]),
        ("index == 'd'", [0, 0, 0, 1]),
        (np.array([True, False, False, True]), [1, 0, 0, 1]),
        (pd.Series([True, False, False, True]), [1, 0, 0, 1]),
    ],
)
def test_conditions_pick_rows(where, rows):
    assert rows_where(where, METADATA, 4).tolist() == [bool(r) for r in rows]


def test_a_missing_entry_holds_no_condition():
    nullable = pd.DataFrame({"age": pd.array([30, None, 70], dtype="Int64")})
    assert rows_where("age > 20", nullable, 3).tolist() == [True, False, True]


def test_none_means_all():
    assert rows_where(None, None, 4) is None


@pytest.mark.parametrize(
    "query",
    [
        "@__import__('os').system('true')",
        "age.__class__",
        "print(age)",
        "[x for x in age]",
        "age > (lambda: 1)()",
        "age[0] > 1",
        "__import__ == 1",
        "age =",
        "age = 3",
        "age > 1; age > 2",
        "`__class__` > 1",
    ],
)
def test_anything_but_comparisons_is_refused(query):
    with pytest.raises(NbdebugError) as error:
        rows_where(query, METADATA, 4)
    assert error.value.what
    assert error.value.got
    assert error.value.fix


@pytest.mark.parametrize(
    ("where", "got"),
    [
        ("aeg > 60", "'aeg'"),
        ("age + 1", "float64"),
        ("sex > 3", "sex > 3"),
        (np.array([1, 0, 0, 1]), "int64"),
        (np.array([True]), "(1,)"),
    ],
)
def test_what_is_no_condition_says_what_it_is(where, got):
    with pytest.raises(NbdebugError) as error:
        rows_where(where, METADATA, 4)
    assert got in error.value.got


def test_a_slip_is_mended_at_a_glance():
    with pytest.raises(NbdebugError, match="did you mean 'age'"):
        rows_where("agee > 60", METADATA, 4)


def test_a_query_needs_metadata():
    with pytest.raises(NbdebugError, match="no metadata"):
        rows_where("age > 1", None, 4)
