import numpy as np
import pandas as pd
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.named import NamedSlices

METADATA = pd.DataFrame(
    {"age": [30, 70, 65, np.nan], "device": [1, 1, 2, 2], "body mass": [20, 30, 31, 33.0], "sex": list("fmfm")},
    index=list("abcd"),
)

TABLE = pd.DataFrame({"label": [0, 1, 1, 0], "loss": [0.1, 2.0, 0.3, 0.4]}, index=list("abcd"))


def rows_where(where, metadata=METADATA, named=()):
    slices = NamedSlices()
    for name, meant in dict(named).items():
        slices.keep(name, meant)
    return slices.rows(where, TABLE.iloc[: len(metadata)], metadata)


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
    assert rows_where(where).tolist() == [bool(r) for r in rows]


def test_a_missing_entry_holds_no_condition():
    nullable = pd.DataFrame({"age": pd.array([30, None, 70], dtype="Int64")})
    assert rows_where("age > 20", nullable).tolist() == [True, False, True]


def test_none_means_all():
    assert rows_where(None) is None


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
        rows_where(query)
    assert error.value.what
    assert error.value.got
    assert error.value.fix


@pytest.mark.parametrize(
    ("where", "got"),
    [
        ("aeg > 60", "'aeg'"),
        ("age + 1", "age + 1"),
        ("sex > 3", "3"),
        (np.array([1, 0, 0, 1]), "int64"),
        (np.array([True]), "(1,)"),
    ],
)
def test_what_is_no_condition_says_what_it_is(where, got):
    with pytest.raises(NbdebugError) as error:
        rows_where(where)
    assert got in error.value.got


def test_a_slip_is_mended_at_a_glance():
    with pytest.raises(NbdebugError, match="did you mean 'age'"):
        rows_where("agee > 60")


def test_without_metadata_predictions_can_be_asked():
    slices = NamedSlices()
    assert slices.rows("label == 1 and loss > 1", TABLE, None).tolist() == [False, True, False, False]
    with pytest.raises(NbdebugError, match="'age'"):
        slices.rows("age > 1", TABLE, None)


def test_a_name_stands_for_what_was_kept():
    old = np.array([False, True, True, False])
    assert rows_where("the old", named={"the old": old}).tolist() == old.tolist()
    assert rows_where("ill", named={"ill": "label == 1"}).tolist() == [False, True, True, False]
    kept = NamedSlices()
    kept.keep("the old", old)
    old[:] = True
    assert kept.rows("the old", TABLE, None).tolist() == [False, True, True, False]
