"""Numbers with the decimals that their interval leaves sure."""

import pytest

from nbdebug.records.digits import told_within


@pytest.mark.parametrize(
    ("values", "most", "told"),
    [
        ((0.2, 0.19, 0.21), None, ("0.200", "0.190", "0.210")),
        ((0.2, 0.1, 0.3), None, ("0.20", "0.10", "0.30")),
        ((1234.5, 1100.0, 1300.0), None, ("1234", "1100", "1300")),
        ((-0.0004, -0.2, 0.2), None, ("0.0", "-0.2", "0.2")),
        ((0.123456, 0.1234, 0.1235), 3, ("0.123", "0.123", "0.123")),
        ((1.5e-7, 1.4e-7, 1.6e-7), None, ("1.5e-07", "1.4e-07", "1.6e-07")),
        ((2.0, 2.0, 2.0), None, ("2", "2", "2")),
    ],
)
def test_as_many_decimals_as_are_sure(values, most, told):
    assert told_within(values, *values[1:], most) == told
