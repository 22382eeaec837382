from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.baseline.columns import read_columns

NAN = np.nan


def read(**columns):
    return read_columns(pd.DataFrame(columns))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3], [1, 2, 3]),
        ([1.5, NAN, np.inf], [1.5, NAN, NAN]),
        ([True, False, True], [1, 0, 1]),
        (pd.array([True, None, False], dtype="boolean"), [1, NAN, 0]),
        (pd.array([1, None, 3], dtype="Int64"), [1, NAN, 3]),
        ([Decimal("1.5"), None, Decimal(2)], [1.5, NAN, 2]),
        (pd.to_datetime(["1970-01-02 00:00", None, "1970-01-03 12:00"]), [1, NAN, 2.5]),
        (pd.to_datetime(["1970-01-02 00:00", "1970-01-02 12:00", None]).tz_localize("Etc/GMT-12"), [0.5, 1, NAN]),
        (
            [pd.Timestamp("1970-01-02", tz="UTC"), pd.Timestamp("1970-01-02", tz="Etc/GMT+12"), pd.NaT],
            [1, 1.5, NAN],
        ),
        ([date(1970, 1, 3), None, date(1970, 1, 1)], [2, NAN, 0]),
        ([date(1, 1, 1), None, date(9999, 1, 1)], [-719162, NAN, 2932532]),
        ([True, None, False], [1, NAN, 0]),
        (pd.to_timedelta(["1D", None, "36h"]), [1, NAN, 1.5]),
        (pd.PeriodIndex(["1970-01-02", "NaT", "1970-01-04"], freq="D"), [1, NAN, 3]),
    ],
)
def test_numbers_dates_and_spans_become_numbers(values, expected):
    found = read(column=values)
    np.testing.assert_allclose(found.numbers[:, 0], expected)
    assert found.categories.shape == (3, 0)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["a", "b", None, "a"], [0, 1, -1, 0]),
        ([1, "1", "b", NAN], [0, 0, 1, -1]),
        ([1.0, "x", 1.0, date(2020, 1, 1)], [0, 1, 0, 2]),
        (pd.Categorical([3, 7, 3, None]), [0, 1, 0, -1]),
        (["only", None, None, "only"], [0, -1, -1, 0]),
    ],
)
def test_everything_else_becomes_text(values, expected):
    found = read(column=values)
    assert found.categories[:, 0].tolist() == expected
    assert found.numbers.shape == (4, 0)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (["ann", "bob", "eve"], "text that differs for every example"),
        ([[1], [2], [1]], "cannot be told apart (list)"),
        ([{"a": 1}, None, {}], "cannot be told apart (dict)"),
        ([(1, [2]), None, (1, [2])], "cannot be told apart (tuple)"),
        ([None, None, None], "no values"),
        ([NAN, NAN, np.inf], "no values"),
        ([4, 4, 4], "the same for every example"),
        (["x", "x", "x"], "the same for every example"),
        (pd.to_datetime([None, None, None]), "no values"),
    ],
)
def test_what_cannot_help_is_left_out_and_said(values, why):
    found = read(age=[1, 2, 3], column=values)
    assert found.columns == ("age",)
    assert why in found.left_out["column"]


def test_numbers_that_all_differ_are_kept():
    assert read(age=[1.5, 2.5, 9]).columns == ("age",)


def test_very_many_categories_are_said():
    values = [str(i % 1000) for i in range(2001)]
    (note,) = read(zip=values).notes
    assert note.startswith("zip: of 1,000 values the 49 most frequent")


def test_columns_of_the_same_name_are_both_there():
    found = read_columns(pd.DataFrame([["a", 5, 1], ["b", 4, 2], ["a", 4, 3]], columns=["x", "y", "y"]))
    assert found.numbers.tolist() == [[5, 1], [4, 2], [4, 3]]
    assert found.columns == ("x", "y", "y")


def test_an_unknown_column_has_its_neighbours_listed():
    with pytest.raises(NbdebugError) as error:
        read_columns(pd.DataFrame({"age": [1, 2], "sex": ["m", "f"]}), ["aeg"])
    assert "'age'" in error.value.fix


def test_columns_are_chosen_by_name():
    table = pd.DataFrame({"age": [1, 2, 3], "bmi": [4, 5, 6], "sex": ["m", "f", "m"]})
    assert read_columns(table, ["sex", "age"]).columns == ("age", "sex")
    assert read_columns(table, "bmi").columns == ("bmi",)


def test_without_a_usable_column_there_is_no_baseline():
    with pytest.raises(NbdebugError, match="name: it is text that differs"):
        read(name=["ann", "bob"])
