import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.intake.channels import name_channels
from nbdebug.records import Input

HEART = Input("heart", "sequence", (8, 2), ("channel 0", "channel 1"))
PERSON = Input("person", "tabular", (3,), ("channel 0", "channel 1", "channel 2"))


@pytest.mark.parametrize(
    ("channels", "heart"),
    [(None, ("channel 0", "channel 1")), (["bpm", "steps"], ("bpm", "steps")), ({"heart": ["a", 1]}, ("a", "1"))],
)
def test_names_go_to_the_input_they_fit(channels, heart):
    named = name_channels([HEART, PERSON], channels)
    assert named[0].channels == heart
    assert named[1] == PERSON


@pytest.mark.parametrize(
    ("inputs", "channels", "got"),
    [
        ([HEART], ["bpm"], "1 names"),
        ([HEART, PERSON], ["a", "b", "c", "d"], "4 names"),
        ([HEART], {"hart": ["a", "b"]}, "'hart'"),
    ],
)
def test_names_that_fit_nothing(inputs, channels, got):
    with pytest.raises(NbdebugError) as error:
        name_channels(inputs, channels)
    assert got in error.value.got
