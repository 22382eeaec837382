"""Columns that are inputs of their own are shown as one table."""

import numpy as np
import pytest

from nbdebug.panels.parts.input_groups import input_groups
from nbdebug.records import Input, Sensitivity

AGE, CITY, PULSE = (
    Input("age", "tabular", (1,), ("age",)),
    Input("city", "tabular", (1,), ("city",)),
    Input("pulse", "sequence", (4, 2), ("a", "b")),
)


def gradient(values, name):
    values = np.array(values)
    return Sensitivity(values, -values, "risk", None, None, (0,), None, values == 0, name, "state")


def test_inputs_of_one_number_are_one_table_and_others_stay():
    table, alone = input_groups([AGE, PULSE, CITY])
    assert (table.given.name, table.given.shape, table.given.channels) == ("2 features", (2,), ("age", "city"))
    assert alone.given is PULSE


@pytest.mark.parametrize("inputs", [[AGE], [AGE, PULSE], [PULSE]])
def test_a_single_one_is_shown_as_it_is(inputs):
    assert [group.given for group in input_groups(inputs)] == inputs


def test_values_come_in_the_order_of_the_columns():
    table, alone = input_groups([AGE, PULSE, CITY])
    held = {"city": np.array([3]), "pulse": np.ones((4, 2)), "age": np.array([0.5])}
    assert table.values(held).tolist() == [0.5, 3]
    assert alone.values(held) is held["pulse"]


def test_the_dimensions_of_an_embedding_are_added_up_and_what_has_no_gradient_is_zero():
    table, alone = input_groups([AGE, PULSE, CITY])
    found = table.sensitivity({"city": gradient([[0.0, 2.0, 1.0]], "city")})
    assert found.values.tolist() == [0, 3]
    assert found.mean_signed.tolist() == [0, -3]
    assert found.underflow.tolist() == [False, True]
    assert found.input == "2 features"
    assert alone.sensitivity({}) is None
    assert table.sensitivity({}) is None
