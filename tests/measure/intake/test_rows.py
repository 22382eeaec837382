import numpy as np
import pandas as pd
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.intake.rows import check_metadata, check_weights


def test_a_frame_is_taken_as_it_is():
    frame = pd.DataFrame({"age": [1, 2]})
    assert check_metadata(frame, 2) is frame
    assert check_metadata({"age": [1, 2]}, 2)["age"].tolist() == [1, 2]
    assert check_metadata(None, 2) is None


@pytest.mark.parametrize(
    ("metadata", "got"),
    [
        (pd.DataFrame({"age": [1, 2, 3]}), "3 rows for 2 examples"),
        (pd.DataFrame({"age": [1, 2]}, index=["a", "a"]), "'a' more than once"),
        (7, "int"),
    ],
)
def test_metadata_that_does_not_fit(metadata, got):
    with pytest.raises(NbdebugError) as error:
        check_metadata(metadata, 2)
    assert got in error.value.got


@pytest.mark.parametrize("weights", [[1, 2, 3], [-1, 2], [np.nan, 1], [0, 0], [[1, 2], [3, 4]]])
def test_weights_that_cannot_be_used(weights):
    with pytest.raises(NbdebugError, match="sample_weight"):
        check_weights(weights, 2)


def test_weights_may_be_a_column():
    assert check_weights([[1.0], [2.0]], 2).tolist() == [1, 2]
