import numpy as np
import pandas as pd
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.intake.arrays import as_array, named


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([1, 2], [1, 2]),
        (pd.Series([1.5, None]), [1.5, np.nan]),
        (pd.Series([1, None], dtype="Int64"), [1, np.nan]),
        (np.array([1, None, 0], dtype=object), [1, np.nan, 0]),
        (pd.DataFrame({"a": [1, 2], "b": [3.5, 4]}), [[1, 3.5], [2, 4]]),
        (np.array([True, False]), [True, False]),
    ],
)
def test_numbers_in_any_container(value, expected):
    np.testing.assert_array_equal(as_array(value, "y"), expected)


def test_an_array_is_not_copied():
    x = np.zeros((3, 4, 2), np.float32)
    assert as_array(x, "x") is x
    frame = pd.DataFrame(np.zeros((3, 4)))
    assert np.shares_memory(as_array(frame, "x"), frame.to_numpy())


class Torch:
    def __array__(self, *_args, **_kwargs):
        raise RuntimeError("can't convert cuda:0 device type tensor to numpy")


@pytest.mark.parametrize(
    ("value", "got", "fix"),
    [
        (["cat", "dog"], "'cat'", "return_inverse"),
        (np.array(["cat", 1], dtype=object), "'cat'", "return_inverse"),
        (pd.Series(["cat", "dog"]), "'cat'", "return_inverse"),
        ("data.npz", "data.npz", "numpy arrays"),
        (None, "None", "numpy arrays"),
        ([[1, 2], [3]], "list", "numpy"),
        (np.array([[1, 2], [3]], dtype=object), "list", "pad"),
        (3, "3", "array"),
        (Torch(), "can't convert cuda", "detach().cpu().numpy()"),
        (np.array(["2020-01-01"], "M8[D]"), "datetime64", "numbers"),
        (np.array([1j]), "complex", "numbers"),
        (object(), "object", "array"),
    ],
)
def test_what_is_no_array_of_numbers_is_refused_in_three_parts(value, got, fix):
    with pytest.raises(NbdebugError) as error:
        as_array(value, "y")
    assert "y" in error.value.what
    assert got in error.value.got
    assert fix in error.value.fix


A, B = np.zeros((4, 3)), np.ones((4, 2))


@pytest.mark.parametrize(
    ("value", "names", "expected"),
    [
        (A, ["x1"], ["x1"]),
        (A, [], ["input"]),
        ([A, B], ["x1", "x2"], ["x1", "x2"]),
        ([A, B], [], ["input_0", "input_1"]),
        ({"x2": B, "x1": A}, ["x1", "x2"], ["x1", "x2"]),
        ({"anything": A}, ["x1"], ["x1"]),
        ([A], ["x1"], ["x1"]),
        (list(A), ["x1"], ["x1"]),
    ],
)
def test_names_come_from_the_model_in_its_order(value, names, expected):
    assert list(named(value, names, "x")) == expected


def test_a_list_of_rows_is_one_array():
    assert named(list(A), ["x1"], "x")["x1"].shape == A.shape


@pytest.mark.parametrize(
    ("value", "got"),
    [({"x1": A}, "'x1'"), ({"x1": A, "y": B}, "'y'"), ([A], "1 array"), (A, "1 array"), ({}, "{}")],
)
def test_arrays_that_do_not_fit_the_inputs_name_them(value, got):
    with pytest.raises(NbdebugError) as error:
        named(value, ["x1", "x2"], "x")
    assert got in error.value.got
