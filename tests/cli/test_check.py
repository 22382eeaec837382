"""`nbdebug check`."""

import json

import keras
import numpy as np
import pytest

from nbdebug.cli.main import main

X = np.random.default_rng(0).normal(size=(60, 4)).astype("float32")
Y = (X[:, 0] > 0).astype("int32")


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    """Without training copies, which is tested elsewhere and takes long."""
    from nbdebug.checks import examine

    known = tuple(check for check in examine.all_checks() if not check.trains)
    monkeypatch.setattr(examine, "all_checks", lambda: known)


def saved(path, activation="sigmoid", *more):
    model = keras.Sequential([keras.Input((4,)), *more, keras.layers.Dense(1, activation=activation)])
    model.compile("adam", "binary_crossentropy")
    model.save(path)
    return str(path)


def data(path, **arrays):
    np.savez(path, **(arrays or {"x": X, "y": Y}))
    return str(path)


def test_a_fault_is_told_written_and_in_the_status(tmp_path, capsys):
    words = [saved(tmp_path / "m.keras", "softmax"), data(tmp_path / "d.npz"), "--report", str(tmp_path / "r.json")]
    assert main(["check", *words]) == 1
    assert "sigmoid" in capsys.readouterr().out
    found = json.loads((tmp_path / "r.json").read_text())
    assert {name: found[name] for name in ("schema", "outcome", "error")} == {
        "schema": 1,
        "outcome": "ok",
        "error": None,
    }
    (fit,) = found["fits"]
    assert fit["findings"][0]["check"] == "softmax_on_one_unit"
    assert set(fit) == {"model", "findings", "verdicts"}


def test_nothing_wrong_is_status_0(tmp_path, capsys):
    arrays = data(tmp_path / "d.npz", x=X, y=Y, x_val=X[:9] + 1, y_val=Y[:9])
    assert main(["check", saved(tmp_path / "m.keras"), arrays, "--epochs", "50", "--batch-size", "8"]) == 0
    assert "checks clear" in capsys.readouterr().out


def test_arrays_may_have_the_names_of_the_model(tmp_path):
    one, other = keras.Input((4,), name="one"), keras.Input((4,), name="other")
    both = keras.layers.Concatenate()([one, other])
    heads = [keras.layers.Dense(1, activation="sigmoid", name=name)(both) for name in ("p", "q")]
    model = keras.Model([one, other], heads)
    model.compile("adam", ["binary_crossentropy", "binary_crossentropy"])
    model.save(tmp_path / "m.keras")
    whole = data(tmp_path / "d.npz", one=X, other=X[::-1], p=Y, q=1 - Y)
    assert main(["check", str(tmp_path / "m.keras"), whole]) == 0
    part = data(tmp_path / "e.npz", one=X, p=Y)
    assert main(["check", str(tmp_path / "m.keras"), part]) == 2


@keras.saving.register_keras_serializable("test_check")
class Own(keras.layers.Layer):
    def call(self, x):
        return x * 2


def test_layers_of_your_own_are_asked_for(tmp_path, capsys):
    model, arrays = saved(tmp_path / "m.keras", "sigmoid", Own()), data(tmp_path / "d.npz")
    registered = keras.saving.get_custom_objects()
    kept = dict(registered)
    registered.clear()
    try:
        assert main(["check", model, arrays]) == 2
        told = capsys.readouterr().err
        assert "--import" in told
        assert "register_keras_serializable" in told
        code = tmp_path / "own_layers.py"
        code.write_text(
            "import keras\n@keras.saving.register_keras_serializable('test_check')\nclass Own(keras.layers.Layer):\n"
            "    def call(self, x):\n        return x * 2\n"
        )
        assert main(["check", model, arrays, "--import", str(code)]) == 0
        assert main(["check", model, arrays, "--import", str(tmp_path / "none.py")]) == 2
    finally:
        registered.update(kept)


def test_code_in_the_file_runs_only_when_trusted(tmp_path, capsys):
    model = saved(tmp_path / "m.keras", "sigmoid", keras.layers.Lambda(lambda x: x * 2, output_shape=(4,)))
    assert main(["check", model, data(tmp_path / "d.npz")]) == 2
    assert "--trust" in capsys.readouterr().err
    assert main(["check", model, data(tmp_path / "d.npz"), "--trust"]) == 0


def pickled(path):
    np.savez(path, x=X, y=np.array([None, "a"] * 30, object))


BAD = {
    "no model": (("none.keras", "d.npz"), "no such model"),
    "a folder": ((".", "d.npz"), "not a file that Keras saves"),
    "no data": (("m.keras", "none.npz"), "no such data"),
    "a model that is none": (("bad.keras", "d.npz"), "model cannot be read"),
    "data that is none": (("m.keras", "bad.npz"), "data cannot be read"),
    "an unknown array": (("m.keras", "unknown.npz"), "'labels'"),
    "no inputs": (("m.keras", "labels_only.npz"), "no inputs"),
    "an empty file": (("m.keras", "empty.npz"), "no array"),
    "objects": (("m.keras", "objects.npz"), "Python objects"),
    "another shape": (("m.keras", "shape.npz"), "does not have the shape"),
    "no epochs": (("m.keras", "d.npz", "--epochs", "0"), "too small"),
    "a report in no folder": (("m.keras", "d.npz", "--report", "no/r.json"), "report cannot be written"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_usage_is_told(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    saved(tmp_path / "m.keras")
    data(tmp_path / "d.npz")
    data(tmp_path / "unknown.npz", x=X, labels=Y)
    data(tmp_path / "labels_only.npz", y=Y)
    data(tmp_path / "shape.npz", x=X[:, :3], y=Y)
    np.savez(tmp_path / "empty.npz")
    pickled(tmp_path / "objects.npz")
    for bad in ("bad.keras", "bad.npz"):
        (tmp_path / bad).write_text("nothing of the kind")
    words, said = BAD[name]
    assert main(["check", *words]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "\nGot: " in told
    assert "\nTry: " in told
