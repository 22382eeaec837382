"""What a session takes over from the one that it replaces."""

import keras
import numpy as np
import pandas as pd
import pytest

from nbdebug.lab import debug as lab
from nbdebug.lab.host import Host
from nbdebug.session import Session

N = 60


def network(n=3):
    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(1, "sigmoid")], name="one")
    model.compile("sgd", "binary_crossentropy")
    return model


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(N, 3)).astype("float32")
    return x, (x[:, 0] > 0).astype("float32"), pd.DataFrame({"age": rng.integers(20, 80, N), "city": list("ab") * 30})


@pytest.fixture
def again(data, monkeypatch):
    """`nbdebug.debug` for the same name again, without a page."""
    monkeypatch.setattr(lab, "host", Host())
    x, y, metadata = data
    opened = []

    def run(x=x, y=y, metadata=metadata, model=None):
        made = lab.open_session(model or network(), x, y, present=lambda _: None, metadata=metadata, name="one")
        opened.append(made)
        return made

    yield run
    for session in opened:
        session.close()


def named(session):
    inside = np.arange(N) % 3 == 0
    session.define_slice("age > 60", "the old")
    session.define_slice('outcome == "false_negative"', "missed", threshold=0.9)
    session.define_slice(inside, "lasso 1 (20 examples)", note="a lasso")
    session.select(slice="lasso 1 (20 examples)")
    session.compared = ("the old", 'city == "a"', "lasso 1 (20 examples)")
    return inside


def test_the_same_line_again_keeps_slices_selection_and_comparison(again, data):
    inside = named(again())
    second = again(x=data[0].copy())
    assert second.slices == ("the old", "missed", "lasso 1 (20 examples)")
    assert second.selection.slice == "lasso 1 (20 examples)"
    assert second.compared == ("the old", 'city == "a"', "lasso 1 (20 examples)")
    np.testing.assert_array_equal(second.slice_rows("lasso 1 (20 examples)"), inside)
    np.testing.assert_array_equal(second.slice_rows("the old"), data[2]["age"] > 60)
    assert [each.note for each in second.compare_slices(second.compared)] == ["", "", "a lasso"]
    assert not [note for note in second.notes if "dropped" in note]


def test_a_set_of_examples_goes_with_its_examples_and_a_query_with_its_column(again, data):
    x, y, metadata = data
    named(again())
    turned = again(x=x[::-1])
    assert turned.slices == ("the old", "missed")
    assert turned.selection.slice is None
    assert turned.compared == ("the old", 'city == "a"')
    dropped = [note for note in turned.notes if "dropped" in note]
    assert dropped == [
        "The slice 'lasso 1 (20 examples)' from before is dropped: it is a set of examples, and x is another."
    ]
    without = again(x=x[:50], y=y[:50], metadata=metadata[["city"]][:50])
    assert without.slices == ("missed",)
    assert without.compared == ('city == "a"',)
    (dropped,) = [note for note in without.notes if "dropped" in note]
    assert dropped == "The slice 'the old' from before is dropped: there is no column of that name ('age')."
    assert len(without.slice_rows("missed", threshold=0.9)) == 50


def test_nothing_is_predicted_to_find_out(again, monkeypatch):
    first = again()
    named(first)
    first.select(slice=None)
    monkeypatch.setattr(Session, "_table", None)
    assert again().slices == first.slices
