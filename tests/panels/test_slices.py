"""The Slices panel, and the Predictions panel that follows it."""

import re

import keras
import numpy as np
import pandas as pd
import pytest

from nbdebug.panels.activations import ActivationsPanel
from nbdebug.panels.panel import Shared
from nbdebug.panels.predictions import PredictionsPanel
from nbdebug.panels.slices import SlicesPanel
from nbdebug.session import Session

N = 900
GEN1 = 'device == "gen1"'


@pytest.fixture(scope="module")
def people():
    """A network that is right but on one device, where labels are chance."""
    rng = np.random.default_rng(0)
    device = rng.choice(["gen1", "gen2", "gen3"], N)
    x = rng.normal(size=(N, 2)).astype("float32")
    y = (x[:, 0] > 0).astype("float32")
    y[device == "gen1"] = rng.integers(0, 2, (device == "gen1").sum())
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
    model.compile("sgd", "binary_crossentropy")
    model.set_weights([np.array([[4.0], [0.0]], "float32"), np.zeros(1, "float32")])
    metadata = pd.DataFrame({"device": device, "age": rng.integers(20, 80, N)})
    made = Session(model, x, y, metadata=metadata, outputs="ill", batch_size=300)
    yield made
    made.close()


@pytest.fixture
def panels(people):
    made = [kind(people, Shared.alone(people)) for kind in (SlicesPanel, PredictionsPanel)]
    stops = [people.store.observe(panel.selected) for panel in made]
    for panel in made:
        panel.open()
    assert people.jobs.wait(60)
    yield made
    for stop in stops:
        stop()
    for panel in made:
        panel.release()
    people.store.update(slice=None, output="ill")


def settled(panel):
    assert panel.bench.jobs.wait(60)
    assert panel.working._error.value == ""


def test_the_worst_slice_comes_first_with_its_numbers(panels, people):
    slices, _ = panels
    first = slices._found.rows[0]
    assert first["key"] == GEN1
    share = 100 * (people.metadata["device"] == "gen1").mean()
    assert f"{share:.3g} % of examples" in first["cells"][1]
    assert "% of loss" in first["cells"][1]
    assert 0 <= first["range"]["low"] < first["range"]["value"] < first["range"]["high"] <= 1
    assert GEN1 in slices._headline.value
    assert re.search(r"searched on 4\d\d examples", slices._note.value)


def test_a_click_selects_it_for_all_and_another_click_lets_go(panels, people):
    slices, predictions = panels
    slices._picked(GEN1)
    settled(predictions)
    assert people.selection.slice == GEN1
    assert slices._found.selected == GEN1
    inside = np.flatnonzero(people.metadata["device"] == "gen1")
    assert {int(made["key"]) for made in predictions._rows.rows} <= set(inside.tolist())
    assert predictions._line.value.startswith(f"Of the slice {GEN1}: AUROC")
    assert f"n = {len(inside):,}" in predictions._line.value
    text = predictions.call(people.selection)
    listed = eval(text, {"session": people})["example"].astype(str).tolist()
    assert listed == [made["key"] for made in predictions._rows.rows]
    slices._picked(GEN1)
    settled(predictions)
    assert people.selection.slice is None
    assert not predictions._line.value.startswith("Of the slice")


def test_the_mean_of_a_layer_follows_the_slice(people):
    panel = ActivationsPanel(people, Shared.alone(people))
    stop = people.store.observe(panel.selected)
    panel.open()
    panel._of.value = "mean of all"
    settled(panel)
    assert "mean over 900 examples" in panel._caption.value
    people.select(slice=GEN1)
    settled(panel)
    inside = (people.metadata["device"] == "gen1").sum()
    assert f"mean over {inside} examples of the slice {GEN1}" in panel._caption.value
    assert panel.call(people.selection) == f"session.mean_activations({people.selection.layer!r}, {GEN1!r})"
    people.select(slice=None)
    settled(panel)
    stop()
    panel.release()


def test_a_slice_of_your_own(panels, people):
    slices, predictions = panels
    slices._query.value = "age > 60 and label == 1"
    settled(slices)
    assert people.selection.slice == "age > 60 and label == 1"
    assert "not significant" in slices._mine.rows[0]["cells"][1] or "loss" in slices._mine.rows[0]["cells"][1]
    slices._query.value = "age.max() > 3"
    assert people.jobs.wait(60)
    assert "Try:" in slices.working._error.value
    slices._query.value = "age > 1000"
    settled(slices)
    settled(predictions)
    assert "no example" in predictions._line.value


def test_a_slice_for_each_value_of_a_column(panels):
    slices, _ = panels
    slices._columns.value = "device"
    settled(slices)
    assert {made["key"] for made in slices._mine.rows} == {f'device == "gen{i}"' for i in (1, 2, 3)}


def test_the_network_is_held_against_the_metadata(panels, people):
    _, predictions = panels
    assert predictions._held._sentence.value == ""
    predictions._hold()
    settled(predictions)
    assert predictions._held._sentence.value.startswith("The network adds")
    assert "device and age alone" in predictions._held._sentence.value
    assert "left out" not in predictions._held._note.value
    predictions._which.value = "only network right"
    only = people.baseline(output="ill").comparison.only_network[:50].tolist()
    assert [int(made["key"]) for made in predictions._rows.rows] == only


def test_without_metadata_it_says_what_to_do(monkeypatch, people):
    monkeypatch.setattr(people, "metadata", None)
    panel = SlicesPanel(people, Shared.alone(people))
    panel.open()
    assert people.jobs.wait(60)
    assert "metadata=frame" in panel._headline.value
    panel.release()
