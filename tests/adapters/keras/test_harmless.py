"""Looking changes nothing: the guarantees, over the whole zoo."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from zoo.models import ZOO

_TESTS = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def report():
    path = os.pathsep.join([str(_TESTS), str(_TESTS.parent)])
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("harmless_run.py"))],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return json.loads(run.stdout)


@pytest.mark.parametrize("name", ZOO)
def test_nothing_is_changed_by_any_call(report, name):
    assert report["changes"][name] == []


@pytest.mark.parametrize(
    "name", ["sequential", "subclassed", "stateful_rnn", "batch_norm_dropout", "custom_layer", "custom_train_step"]
)
def test_training_afterwards_is_bit_identical(report, name):
    without, after = report["fits"][name]
    assert without == after
