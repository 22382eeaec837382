import numpy as np
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.call_text import call_text, literal


class Thing:
    def ask(self, layer, examples=None, *, training=False, at=None, progress=None):
        assert progress is None
        return layer, examples, training, at


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"layer": "conv_2", "examples": 881}, "session.ask('conv_2', 881)"),
        ({"layer": "a'b", "examples": None, "at": [1, 2]}, 'session.ask("a\'b", at=[1, 2])'),
        ({"layer": "c", "training": True, "progress": print}, "session.ask('c', training=True)"),
        ({"layer": "c", "examples": tuple(range(5, 40)), "at": np.int64(3)}, "session.ask('c', range(5, 40), at=3)"),
        ({"layer": "c", "training": False, "at": None}, "session.ask('c')"),
    ],
)
def test_the_text_runs_and_means_the_same(arguments, text):
    written = call_text("session", Thing().ask, arguments)
    assert written == text
    layer, examples, training, at = eval(written, {"session": Thing()})
    assert layer == arguments["layer"]
    assert list(np.atleast_1d(at if at is not None else [])) == list(np.atleast_1d(arguments.get("at") or []))
    assert examples is None or list(np.atleast_1d(examples)) == list(np.atleast_1d(arguments["examples"]))
    assert training == arguments.get("training", False)


def test_an_argument_that_does_not_exist_is_refused():
    with pytest.raises(NbdebugError, match="takes no depth"):
        call_text("session", Thing().ask, {"depth": 2})


def test_arrays_are_written_as_lists():
    assert literal(np.array([3, 1])) == "[3, 1]"
