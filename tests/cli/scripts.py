"""Scripts in the real command, and what they leave behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

ENDLESS = """
import keras, numpy as np
x = np.random.rand(64, 4)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="softmax")])
model.compile("adam", "binary_crossentropy")
try:
    model.fit(x, (x[:, 0] > 0.5).astype("int32"), epochs=10**6, verbose=0)
except Exception:
    print("caught")
finally:
    print("cleaned up", flush=True)
"""


def command(*words):
    return [sys.executable, "-m", "nbdebug.cli", *map(str, words)]


def environment():
    return {**os.environ, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "2", "CUDA_VISIBLE_DEVICES": "-1"}


def nbdebug(*words, cwd, **more):
    return subprocess.run(
        command(*words), cwd=cwd, env=environment(), capture_output=True, text=True, timeout=300, **more
    )


def script(folder, text, name="train.py"):
    (folder / name).write_text(text)
    return name


def report(folder, name="report.json"):
    """The report, read as strictly as JSON can be."""

    def refuse(word):
        raise AssertionError(word)

    found = json.loads((folder / name).read_text(), parse_constant=refuse)
    assert set(found) - {"note"} == {"schema", "script", "outcome", "error", "fits"}
    return found


def left_behind(folder, *known):
    return sorted(set(os.listdir(folder)) - set(known))
