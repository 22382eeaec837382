"""`nbdebug.debug` where nobody looks."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys, numpy as np, keras, nbdebug
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
session = nbdebug.debug(model, np.zeros((6, 4), "float32"), np.array([0, 1, 0, 1, 0, 1.0]), name="plain")
assert "IPython" not in sys.modules or sys.modules["IPython"].get_ipython() is None
print(len(session.predictions()), session.name)
session.close()
try:
    nbdebug.debug(model, np.zeros((6, 4), "float32"), show=True)
except nbdebug.NbdebugError as error:
    print(error.what)
"""


def test_a_plain_script_gets_a_session_and_shows_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["6 plain", "There is no notebook to show the session in."]


def test_sessions_that_are_not_shown_live_side_by_side() -> None:
    code = """
import keras, numpy as np, nbdebug
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, name="out")], name="one")
few, more = (nbdebug.debug(model, np.ones((n, 3), "float32")) for n in (2, 5))
print(len(few.predictions()), len(more.predictions()))
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["2", "5"]
