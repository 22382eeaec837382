"""The language of queries: what it says, and what it refuses."""

import numpy as np
import pandas as pd
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.query import holds
from nbdebug.measure.slices.syntax import list_text, name_text, value_text

FRAME = pd.DataFrame(
    {
        "age": [30, 70, 65, np.nan],
        "device": ["gen1", "gen1", "gen2", None],
        "body mass": [20, 30, 31, 33],
        "smoker": pd.array([True, None, False, True], dtype="boolean"),
        "seen": pd.to_datetime(["2024-01-01", "2024-06-01 12:00", None, "2025-01-01"], format="ISO8601"),
        "seen_there": pd.to_datetime(["2024-01-01", "2024-06-01", None, "2025-01-01"]).tz_localize("Europe/Berlin"),
        "mixed": [1, "1", "b", None],
        "size": pd.Categorical(["small", "large", None, "medium"], ["small", "medium", "large"], ordered=True),
        "id": pd.array([2**60, 2**60 + 1, None, 3], dtype="Int64"),
        "took": pd.to_timedelta(["1h", "2h", None, "3 days"]),
        "label": [0, 1, 1, 0],
        "prediction": [0, 1, 0, 1],
    }
)
COLUMNS = {name: FRAME[name] for name in FRAME}


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("age > 60", [0, 1, 1, 0]),
        ("60 < age", [0, 1, 1, 0]),
        ("60 < age <= 65", [0, 0, 1, 0]),
        ("age != 30", [0, 1, 1, 0]),
        ("not age > 60", [1, 0, 0, 1]),
        ("age > -5 and age < 6.5e1", [1, 0, 0, 0]),
        ('device == "gen1" and age > 60', [0, 1, 0, 0]),
        ("device == 'gen1' or `body mass` >= 33", [1, 1, 0, 1]),
        ("age < 40 or age > 60 and `body mass` > 30", [1, 0, 1, 0]),
        ("(age < 40 or age > 60) and `body mass` > 30", [0, 0, 1, 0]),
        ("(age > 60) & ~(device == 'gen1')", [0, 0, 1, 0]),
        ("not not smoker", [1, 0, 0, 1]),
        ("smoker == False", [0, 0, 1, 0]),
        ("device in ('gen1', 'gen3')", [1, 1, 0, 0]),
        ("device in ['gen2', missing]", [0, 0, 1, 1]),
        ("device not in ('gen1',)", [0, 0, 1, 0]),
        ("device not in ()", [1, 1, 1, 0]),
        ("device is missing", [0, 0, 0, 1]),
        ("device is not missing", [1, 1, 1, 0]),
        ("age == None", [0, 0, 0, 1]),
        ("age != missing", [1, 1, 1, 0]),
        ('seen >= "2024-06-01"', [0, 1, 0, 1]),
        ('seen < "2024-06-01T13:00+02:00"', [1, 0, 0, 0]),
        ('seen_there == "2024-06-01"', [0, 1, 0, 0]),
        ('seen_there == "2024-05-31T22:00Z"', [0, 1, 0, 0]),
        ('took > "90 minutes"', [0, 1, 0, 1]),
        ("mixed == 1", [1, 1, 0, 0]),
        ('size > "small"', [0, 1, 0, 1]),
        ('size in ("small", "huge")', [1, 0, 0, 0]),
        (f"id == {2**60 + 1}", [0, 1, 0, 0]),
        ("label != prediction", [0, 0, 1, 1]),
    ],
)
def test_a_query_holds_examples(query, held):
    assert holds(query, COLUMNS)[0].tolist() == [bool(h) for h in held]


def test_a_mixed_column_is_said_to_be_compared_as_texts():
    assert "mixed holds values of several kinds, compared as texts" in holds("mixed == 1", COLUMNS)[1]
    assert holds("age == 1", COLUMNS)[1] == ""


@pytest.mark.parametrize(
    "query",
    [
        "age.__class__", "age.real > 1", "@age > 1", "f()", "age()", "age[0] > 1", "print(age)", "age > f(1)",
        "`__import__('os').system('x')`()", "[x for x in age]", "lambda: 1", "age = 3", "age > 1; age > 2", "age + 1",
        "age >", "", "   ", "(age > 1", "age > 1)", "age in age", "3 in (1, 2)", "3", "'a'", "age > missing", "1 < 2",
        "age > 1 age", "age is 3", "not", "age not 3", "age in (1 2)", "age > 1_0", "age > 0x10", "'unclosed",
        "(" * 60 + "age > 1" + ")" * 60, "not " * 60 + "smoker", "age > 1 or " * 2000, "age := 3", "age if 1 else 2",
        "f'{age}' == 'a'", "age ** 2 > 3", "{age}", "age\\x3e1", "\x00",
    ],
)  # fmt: skip
def test_anything_but_comparisons_is_refused_with_what_is_allowed(query):
    with pytest.raises(NbdebugError) as error:
        holds(query, COLUMNS)
    assert "in (..., ...)" in error.value.fix or "column" in error.value.what


@pytest.mark.parametrize("query", ["__class__ == 1", "`__class__` == 1", "`os.system('x')` == 1", "lambda_ > 1"])
def test_what_is_no_column_is_unknown(query):
    with pytest.raises(NbdebugError, match="no column of that name"):
        holds(query, COLUMNS)


def test_a_slip_is_mended_at_a_glance():
    with pytest.raises(NbdebugError, match="did you mean 'device'"):
        holds("devise == 'gen1'", COLUMNS)


@pytest.mark.parametrize(
    ("query", "got"),
    [
        ("age == 'old'", "holds numbers"),
        ("device > 3", "holds texts"),
        ("seen > 3", "holds dates"),
        ("seen > 'soon'", "holds dates"),
        ("took > 'long'", "holds spans"),
        ("age", "not true or false"),
        ("device", "not true or false"),
    ],
)
def test_a_value_unlike_the_column_is_told(query, got):
    with pytest.raises(NbdebugError) as error:
        holds(query, COLUMNS)
    assert got in error.value.what


@pytest.mark.parametrize(
    "value", ['a"b', "a'b", "a\\n", "line\nbreak", "ü☃", "", "</script>", 1.5, -3, 1e300, True, 0.1]
)
def test_a_value_that_is_written_is_read_back(value):
    columns = {"in": pd.Series([value, value], dtype=object if isinstance(value, str) else None)}
    assert holds(f"{name_text('in')} == {value_text(value)}", columns)[0].all()
    assert holds(f"`in` in {list_text([value])}", columns)[0].all()
