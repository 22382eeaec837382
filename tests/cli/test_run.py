"""`nbdebug run`: scripts as people write them, in the real command."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from cli.scripts import ENDLESS, ROOT, command, environment, left_behind, nbdebug, report, script

from nbdebug.cli.commands.run import own_words, summary
from nbdebug.cli.main import main
from nbdebug.cli.running.notes import read_notes
from nbdebug.cli.running.parent import exit_status, report_of

TRAIN = """
import os, sys
import numpy as np
import keras

keras.utils.set_random_seed(3)
x = np.load("x.npy")
y = (x[:, 0] > 0).astype("int32")
model = keras.Sequential([
    keras.layers.Dense(4, activation="relu"), keras.layers.Dropout(0.3),
    keras.layers.Dense(1, activation=sys.argv[2]),
])
model.compile("adam", "binary_crossentropy")
model.fit(x, y, epochs=2, validation_split=0.2, verbose=0)
if __name__ == "__main__":
    np.savez(sys.argv[1], *model.get_weights(), after=np.random.random())
    print("name", model.name, "path", sys.path[0], "file", __file__, "argv", sys.argv)
"""

SLOW = """
import numpy as np
import keras

keras.utils.set_random_seed(3)
x = np.random.normal(size=(640, 5)).astype("float32")
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(1.2e-5), "binary_crossentropy")
model.fit(x, (x.sum(axis=1) > 0).astype("int32"), epochs=50, verbose=0)
"""

RAISES = """
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, LSTM
from tensorflow.keras.optimizers import Adam
import numpy as np

def train():
    model = Sequential()
    model.add(LSTM(3))
    model.add(Dense(1, activation="sigmoid"))
    model.compile(optimizer=Adam(learning_rate=0.01), loss="binary_crossentropy", metrics=["acc"])
    model.fit(np.random.rand(20, 4), np.random.randint(0, 2, 20), epochs=2, verbose=0)

train()
"""

OLD = """
import keras
model = keras.Sequential([keras.layers.Dense(2, input_dim=3, activation="softmax")])
model.compile(loss="mse", optimizer=keras.optimizers.SGD(lr=0.1))
"""


def test_a_script_trains_as_without_and_its_fault_is_found(tmp_path):
    import numpy as np

    np.save(tmp_path / "x.npy", np.random.default_rng(0).normal(size=(80, 5)).astype("float32"))
    folder = tmp_path / "code"
    folder.mkdir()
    script(folder, TRAIN)
    bare = [sys.executable, "code/train.py", "bare.npz", "softmax"]
    plain = subprocess.run(bare, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True)
    words = ("run", "code/train.py", "watched.npz", "softmax", "--report", "report.json", "--limit", "200")
    done = nbdebug(*words, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert done.stdout == plain.stdout.replace("bare.npz", "watched.npz")
    one, other = np.load(tmp_path / "bare.npz"), np.load(tmp_path / "watched.npz")
    assert [name for name in one if not np.array_equal(one[name], other[name])] == []
    found = report(tmp_path)
    assert (found["schema"], found["script"], found["outcome"], found["error"]) == (1, "code/train.py", "ok", None)
    (fit,) = found["fits"]
    assert fit["model"] == "sequential"
    assert fit["findings"][0]["check"] == "softmax_on_one_unit"
    assert {v["kind"] for v in fit["verdicts"]} <= {"clear", "found", "unfit"}
    assert "sigmoid" in done.stderr
    assert left_behind(tmp_path, "x.npy", "code", "bare.npz", "watched.npz", "report.json") == []


def test_copies_that_are_trained_to_confirm_an_alarm_are_no_fits_of_the_script(tmp_path):
    script(tmp_path, SLOW)
    assert nbdebug("run", "train.py", "--report", "report.json", "--limit", "300", cwd=tmp_path).returncode == 0
    (fit,) = report(tmp_path)["fits"]
    assert [finding["check"] for finding in fit["findings"]] == ["learning_rate_too_low"]


def test_what_keras_throws_is_explained(tmp_path):
    script(tmp_path, RAISES)
    done = nbdebug("run", "train.py", "--report", "report.json", cwd=tmp_path)
    assert done.returncode == 3
    found = report(tmp_path)
    assert found["outcome"] == "raised"
    error = found["error"]
    assert (error["type"], error["cause"], error["line"]) == ("ValueError", "shape", 12)
    assert "'lstm' takes (example, time, channel)" in error["explanation"]
    assert "ndim=3" in error["message"]
    (fit,) = found["fits"]
    assert fit["findings"][0]["cause"] == "shape"
    assert "Traceback (most recent call last)" in done.stderr
    assert "/nbdebug/" not in done.stderr.split("Traceback")[1]


def test_a_check_of_another_package_that_raises_is_told_and_the_others_go_on(tmp_path):
    info = tmp_path / "plugins" / "broken-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[nbdebug.checks]\nbroken_check = broken_plugin:CHECK\n")
    (tmp_path / "plugins" / "broken_plugin.py").write_text(
        "from nbdebug.checks.check import Check\n"
        "CHECK = Check(judge=lambda case: 1 / 0, cause='loss', severity='error', source='none', family='contract')\n"
    )
    script(tmp_path, ENDLESS.replace("10**6", "1"))
    environ = environment() | {"PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path / 'plugins'}"}
    done = subprocess.run(
        command("run", "train.py", "--report", "report.json"),
        cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    (fit,) = report(tmp_path)["fits"]
    verdicts = {verdict["check"]: (verdict["kind"], verdict["why"]) for verdict in fit["verdicts"]}
    assert verdicts["broken_check"] == ("broke", "ZeroDivisionError: division by zero")
    assert verdicts["softmax_on_one_unit"][0] == "found"


def test_an_old_idiom_is_told_with_the_new_one(tmp_path):
    script(tmp_path, OLD)
    done = nbdebug("run", "train.py", "--report", "report.json", cwd=tmp_path)
    assert done.returncode == 3
    found = report(tmp_path)
    assert found["error"]["cause"] == "api"
    assert "learning_rate" in found["error"]["explanation"]
    assert found["fits"] == []


LOOP = """
import keras, numpy as np, tensorflow as tf
keras.utils.set_random_seed(1)
x = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
y = (x[:, :1] > 0).astype("float32")
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, activation="softmax")])
optimizer = keras.optimizers.Adam(0.1)

@decorate
def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(keras.losses.binary_crossentropy(y, model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))

for _ in range(3):
    step(x, y)
print(int(optimizer.iterations))
"""


@pytest.mark.parametrize("decorated", ["tf.function", ""], ids=["compiled", "eager"])
def test_a_loop_of_its_own_is_told_from_no_training(tmp_path, decorated):
    script(tmp_path, LOOP.replace("@decorate", f"@{decorated}" if decorated else ""))
    done = nbdebug("run", "train.py", "--report", "report.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "3\n")
    note = report(tmp_path)["note"]
    assert "GradientTape" in note
    assert "nbdebug.check(model, x, y)" in note
    assert note in done.stderr


def test_what_a_loop_of_its_own_is_told_to_try_works(tmp_path):
    tried = "import nbdebug\nmodel.compile(optimizer, 'binary_crossentropy')\nprint(nbdebug.check(model, x, y))\n"
    script(tmp_path, LOOP.replace("@decorate", "") + tried)
    done = nbdebug("run", "train.py", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "softmax" in done.stdout


def test_training_batch_by_batch_is_a_fit(tmp_path):
    by_batch = TRAIN.replace("fit(x, y, epochs=2, validation_split=0.2, verbose=0)", "train_on_batch(x, y)")
    np.save(tmp_path / "x.npy", np.random.default_rng(0).normal(size=(40, 3)).astype("float32"))
    script(tmp_path, by_batch)
    done = nbdebug("run", "train.py", "w.npz", "softmax", "--report", "report.json", cwd=tmp_path)
    found = report(tmp_path)
    assert done.returncode == 1, done.stderr
    assert "note" not in found
    assert found["fits"][0]["findings"][0]["check"] == "softmax_on_one_unit"


def test_standard_input_passes_through(tmp_path):
    script(tmp_path, "print(input()[::-1])")
    assert nbdebug("run", "train.py", cwd=tmp_path, input="abc\n").stdout == "cba\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere.py",), "no such script"),
        ((".",), "folder"),
        (("a.ipynb",), "notebook"),
        (("train.py", "--limit", "0"), "limit"),
        (("train.py", "--limit", "nan"), "limit"),
        (("train.py", "--limit", "soon"), "cannot be read"),
        (("train.py", "--report"), "cannot be read"),
        (("train.py", "--report", "no/such/folder/r.json"), "report cannot be written"),
        (("train.py", "--report", "."), "report cannot be written"),
    ],
)
def test_bad_usage_is_told_before_anything_runs(words, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    script(tmp_path, "open('ran', 'w')")
    script(tmp_path, "{}", "a.ipynb")
    assert main(["run", *words]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "\nGot: " in told
    assert "\nTry: " in told
    assert left_behind(tmp_path, "train.py", "a.ipynb") == []


def test_a_report_that_was_there_stays_whole_until_the_new_one_is(tmp_path):
    script(tmp_path, "print(open('report.json').read())")
    (tmp_path / "report.json").write_text("old")
    done = nbdebug("run", "train.py", "--report", "report.json", cwd=tmp_path)
    assert done.stdout == "old\n"
    assert report(tmp_path)["outcome"] == "ok"


def test_words_behind_the_script_are_its_own_but_for_two():
    assert own_words(["a", "--report", "r.json", "-x", "--limit=3"], None, None) == (["a", "-x"], Path("r.json"), 3.0)
    assert own_words(["--", "--report", "r"], None, 2.0) == (["--report", "r"], None, 2.0)
    assert own_words(["--epochs", "3", "--rep", "x"], Path("a"), None) == (
        ["--epochs", "3", "--rep", "x"],
        Path("a"),
        None,
    )


def test_notes_that_end_in_the_middle_are_read_up_to_there(tmp_path):
    (tmp_path / "notes").write_text('{"kind": "fit", "number": 0, "fit": {"findings": []}}\n{"kind": "fi')
    notes = read_notes(tmp_path / "notes")
    assert [note["kind"] for note in notes] == ["fit"]
    found = report_of("a.py", notes, -11, False)
    assert (found["outcome"], found["error"]["type"], len(found["fits"])) == ("raised", "SIGSEGV", 1)
    assert read_notes(tmp_path / "none") == []


@pytest.mark.parametrize(
    ("outcome", "severity", "status"),
    [("ok", "warning", 0), ("ok", "error", 1), ("raised", "error", 3), ("limit", "error", 4)],
)
def test_the_exit_status_says_how_it_went(outcome, severity, status):
    found = {"outcome": outcome, "fits": [{"findings": [{"severity": severity}]}], "error": None}
    assert exit_status(found) == status
    assert f"1 {severity}" in summary(found)
