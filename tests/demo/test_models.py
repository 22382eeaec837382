"""The shipped models have the faults, and the cures, that the demo says they have."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import nbdebug.demo
from nbdebug.demo import deepheart, load
from nbdebug.demo.people import LABELS
from nbdebug.errors import NbdebugError
from nbdebug.session import Session

FOLDER = Path(nbdebug.demo.__file__).parent / "models"
IN_THE_HEART = ("diabetes", "sleep_apnea")


@pytest.fixture(scope="module")
def data():
    return deepheart(256, seed=99)


@pytest.fixture(scope="module")
def examined(data):
    from nbdebug.demo.examine import examine

    return {name: examine(load(name), data, n_gradients=16) for name in nbdebug.demo.MODELS}


@pytest.fixture(scope="module")
def measured():
    return json.loads((FOLDER / "measured.json").read_text())["models"]


@pytest.mark.parametrize("name", nbdebug.demo.MODELS)
def test_loads_in_a_fresh_process_without_our_code(name):
    code = (
        "import sys, numpy, keras\n"
        f"model = keras.models.load_model({str(FOLDER / f'{name}.keras')!r})\n"
        "x = {'heart': numpy.zeros((2, 4096, 2)), 'metadata': numpy.zeros((2, 3))}\n"
        "out = model.predict(x, verbose=0)\n"
        f"assert sorted(out) == {sorted(LABELS)!r} and all(p.shape == (2, 1) for p in out.values())\n"
        "assert set(model.loss.values()) == {'binary_crossentropy'}\n"
        "assert 'nbdebug' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("name", "first"), [("faulty", "dead_layer"), ("mended", None)])
def test_the_checkup_names_the_fault_of_the_faulty_one_alone(data, name, first):
    session = Session(load(name), data.inputs, data.y, metadata=data.metadata)
    report = session.check(["contract", "architecture", "data", "initialisation", "dead_layer", "not_finite"])
    session.close()
    assert [finding.check for finding in report if finding.severity != "note"] == ([first] if first else [])


def test_files_are_small():
    assert sum(path.stat().st_size for path in FOLDER.glob("*.keras")) < 4_000_000


def test_unknown_model():
    with pytest.raises(NbdebugError, match="'faulty'"):
        load("fautly")


def test_a_convolution_of_the_faulty_model_is_dead_and_none_of_the_mended(examined):
    assert examined["faulty"]["dead_units"]["conv_2"] == [128, 128]
    assert all(dead == 0 for dead, _ in examined["mended"]["dead_units"].values())


@pytest.mark.parametrize("label", IN_THE_HEART)
def test_the_mended_model_is_better_where_the_heart_tells(examined, label):
    assert examined["mended"]["auroc"][label] > examined["faulty"]["auroc"][label] + 0.05


@pytest.mark.parametrize("label", IN_THE_HEART)
def test_the_faulty_model_leans_on_metadata(examined, label):
    """Giving it somebody else's heart rate costs it less than it costs the mended model."""

    def cost(name):
        return examined[name]["auroc"][label] - examined[name]["auroc_heart_swapped"][label]

    assert cost("mended") > cost("faulty") + 0.1


def test_the_faulty_memory_is_short(examined):
    faulty, mended = examined["faulty"], examined["mended"]
    assert max(faulty["reach"].values()) < 450
    for label in IN_THE_HEART:
        assert mended["reach"][label] > 3 * faulty["reach"][label]
    assert max(faulty["gradient_450_times_away"].values()) < 1e-3


@pytest.mark.parametrize("name", nbdebug.demo.MODELS)
def test_what_is_written_down_is_what_is_measured(examined, measured, name):
    assert examined[name]["dead_units"] == measured[name]["dead_units"]
    for label in LABELS:
        assert examined[name]["auroc"][label] == pytest.approx(measured[name]["auroc"][label], abs=0.12)


def test_old_watches_carry_loss(data):
    predictions = load("mended").predict(data.inputs, verbose=0)
    old = (data.metadata["device"] == "gen1").to_numpy()
    excess = []
    for label in IN_THE_HEART:
        truth, share = data.conditions[label].to_numpy(float), np.clip(predictions[label][:, 0], 1e-6, 1 - 1e-6)
        loss = -(truth * np.log(share) + (1 - truth) * np.log(1 - share))
        excess.append(loss[old].mean() - loss[~old].mean())
    assert np.mean(excess) > 0.03
