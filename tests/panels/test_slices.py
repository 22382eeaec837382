"""The Slices panel, and the Predictions panel that follows it."""

import re

import keras
import numpy as np
import pandas as pd
import pytest
from scipy import stats

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
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid", name="risk")])
    model.compile("sgd", "binary_crossentropy")
    model.set_weights([np.array([[4.0], [0.0]], "float32"), np.zeros(1, "float32")])
    metadata = pd.DataFrame({"device": device, "age": rng.integers(20, 80, N)})
    made = Session(model, x, y, metadata=metadata, outputs="ill", batch_size=300)
    yield made
    made.close()


@pytest.fixture
def panels(people):
    shared = Shared.alone(people)
    made = [kind(people, shared) for kind in (SlicesPanel, PredictionsPanel)]
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
    people.compared = ()


def settled(panel):
    assert panel.bench.jobs.wait(60)
    assert panel.working._error.value == ""


def test_the_worst_slice_comes_first_with_its_numbers(panels, people):
    slices, _ = panels
    first = slices._found._rows.rows[0]
    assert first["key"] == GEN1
    share = 100 * (people.metadata["device"] == "gen1").mean()
    assert f"{share:.3g} % of examples" in first["cells"][1]
    assert "% of loss" in first["cells"][1]
    assert 0 <= first["range"]["low"] < first["range"]["value"] < first["range"]["high"] <= 1
    assert GEN1 in slices._found._headline.value
    assert re.search(r"searched on 4\d\d examples", slices._found._note.value)


def test_a_click_selects_it_for_all_and_another_click_lets_go(panels, people):
    slices, predictions = panels
    slices._picked(GEN1)
    settled(predictions)
    assert people.selection.slice == GEN1
    assert slices._found._rows.selected == GEN1
    inside = np.flatnonzero(people.metadata["device"] == "gen1")
    assert {int(made["key"]) for made in predictions._listing._worst._rows.rows} <= set(inside.tolist())
    assert predictions._metrics._line.value.startswith(f"Of the slice {GEN1}: AUROC")
    assert f"n = {len(inside):,}" in predictions._metrics._line.value
    text = predictions.call(people.selection)
    listed = eval(text, {"session": people})["example"].astype(str).tolist()
    assert listed == [made["key"] for made in predictions._listing._worst._rows.rows]
    slices._picked(GEN1)
    settled(predictions)
    assert people.selection.slice is None
    assert not predictions._metrics._line.value.startswith("Of the slice")


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


def test_the_comparison_belongs_to_the_session_and_leaves_out_what_an_output_has_not(people):
    shared = Shared.alone(people)
    people.compared = (GEN1, "age > 60", "residual > 1")
    slices = SlicesPanel(people, shared)
    slices.open()
    settled(slices)
    compared = slices._own._compared
    assert [made["key"] for made in compared._rows.rows] == [GEN1, "age > 60"]
    assert "residual > 1 is left out: There is no column of that name." in compared._caption.value
    slices._own._ways._query.value = "age < 30"
    settled(slices)
    assert people.compared == (GEN1, "age > 60", "residual > 1", "age < 30")
    slices.renew()
    settled(slices)
    assert [made["key"] for made in compared._rows.rows] == [GEN1, "age > 60", "age < 30"]
    compared._clear.click()
    settled(slices)
    assert people.compared == ()
    assert "nbdebug-hidden" in compared._table._dom_classes
    slices.release()
    people.store.update(slice=None)


def test_the_mean_of_a_layer_over_a_slice_by_outcome_follows_the_threshold(people):
    where = 'outcome == "false_negative"'
    panel = ActivationsPanel(people, Shared.alone(people))
    stop = people.store.observe(panel.selected)
    panel.open()
    panel._of.value = "mean of all"
    people.select(slice=where, output="ill")
    settled(panel)
    table = people.predictions("ill")
    counts = []
    for threshold in (0.5, 0.8, 0.3):
        panel.shared.threshold.pick(threshold)
        settled(panel)
        missed = np.flatnonzero((table["label"] == 1) & (table["prediction"] < threshold))
        assert panel._found.examples == tuple(missed.tolist())
        assert f"mean over {len(missed):,} examples of the slice {where}" in panel._caption.value
        assert eval(panel._copy.text, {"session": people}).examples == panel._found.examples
        counts.append(len(missed))
    assert counts[2] < counts[0] < counts[1]
    people.select(slice=None)
    settled(panel)
    stop()
    panel.release()


def test_a_slice_of_your_own(panels, people):
    slices, predictions = panels
    slices._own._ways._query.value = "age > 60 and label == 1"
    settled(slices)
    assert people.selection.slice == "age > 60 and label == 1"
    inside = ((people.metadata["age"] > 60) & (people.predictions("ill")["label"] == 1).to_numpy()).sum()
    assert slices._own._compared._rows.rows[0]["cells"][3] == f"{inside:,}"
    slices._own._ways._query.value = "age.max() > 3"
    assert people.jobs.wait(60)
    assert "Try:" in slices.working._error.value
    slices._own._ways._query.value = "age > 1000"
    settled(slices)
    settled(predictions)
    assert "no example" in predictions._metrics._line.value


def test_a_slice_for_each_value_of_a_column(panels):
    slices, _ = panels
    slices._own._ways._columns.value = "device"
    settled(slices)
    assert {made["key"] for made in slices._own._compared._rows.rows} == {f'device == "gen{i}"' for i in (1, 2, 3)}


def test_slices_side_by_side(panels, people):
    slices, _ = panels
    compared = slices._own._compared
    assert compared._button.disabled
    slices._picked(GEN1)
    compared._button.click()  # and at once another: none is lost
    slices._own._ways._query.value = "age > 60"
    settled(slices)
    assert [made["key"] for made in compared._rows.rows] == [GEN1, "age > 60"]
    expected = people.compare_slices([GEN1, "age > 60"], output="ill")
    loss = people.predictions("ill")["loss"].to_numpy()
    gen1 = (people.metadata["device"] == "gen1").to_numpy()
    p = [stats.ttest_ind(loss[mask], loss[~mask], equal_var=False).pvalue for mask in (each.mask for each in expected)]
    np.testing.assert_allclose([each.corrected_p for each in expected], stats.false_discovery_control(p))
    name, inside, difference, n, share = compared._rows.rows[0]["cells"]
    assert (name, n) == (GEN1, str(gen1.sum()))
    assert float(inside) == pytest.approx(loss[gen1].mean(), rel=0.02)
    assert difference.startswith(f"{loss[gen1].mean() - loss[~gen1].mean():+.2g} (")
    assert share == f"{100 * loss[gen1].sum() / loss.sum():.3g} %"
    assert compared._rows.rows[1]["cells"][2] == "not significant"
    assert compared._button.description == "Remove from comparison"
    compared._button.click()
    settled(slices)
    assert [made["key"] for made in compared._rows.rows] == [GEN1]
    compared._clear.click()
    settled(slices)
    assert compared._rows.rows == []


def test_a_slice_made_elsewhere_is_compared_once_it_is_selected(panels, people):
    slices, _ = panels
    people.define_slice(np.arange(N) % 2 == 0, "every other", output="ill")
    people.select(slice="every other")
    settled(slices)
    assert [made["key"] for made in slices._own._compared._rows.rows] == ["every other"]


def test_slices_follow_the_threshold_once_it_rests(panels, people):
    slices, predictions = panels
    slices._metric.value = "accuracy"
    settled(slices)
    slices._own._ways._query.value = 'outcome == "false_positive"'
    settled(slices)
    before = slices._found._headline.value
    predictions._scores._slider.value = 0.95
    assert slices._found._headline.value == before
    predictions._rest.now()
    settled(slices)
    settled(predictions)
    table = people.predictions("ill", threshold=0.95)
    n = (table["outcome"] == "false_positive").sum()
    assert slices._own._compared._rows.rows[0]["cells"][3] == str(n)
    assert f"n = {n:,}" in predictions._metrics._line.value or f"{n} " in predictions._metrics._line.value
    found = people.find_slices(metric="accuracy", output="ill", threshold=0.95)
    assert f"{found['inside'][0]:.2f} inside" in slices._found._headline.value
    assert slices._found._headline.value != before
    assert eval(slices.call(people.selection), {"session": people}).equals(found)
    sides = [button.description for button in slices._own._ways._sides]
    assert sides == ["prediction >= 0.95", "prediction < 0.95"]
    slices._own._ways._sides[0].click()
    settled(slices)
    assert people.selection.slice == "prediction >= 0.95"
    assert slices._own._compared._rows.rows[-1]["cells"][3] == str((table["prediction"] >= 0.95).sum())


def test_units_that_differ_are_listed_on_asking_and_a_click_selects_them(panels, people):
    slices, _ = panels
    units = slices._units._shown
    assert units._button.disabled
    people.select(slice="prediction > 0.5")
    assert not units._button.disabled
    assert units._rows.rows == []
    units._button.click()
    settled(slices)
    found = people.slice_units("prediction > 0.5", output="ill")
    first = units._rows.rows[0]["cells"]
    assert first[0] == f"{found['layer'][0]} {found['unit'][0]}"
    assert first[1] == f"{found['effect'][0]:+.2f}"
    slices._units._go(units._places["0"])
    assert people.selection.layer == "risk"
    assert slices.shared.unit.of("risk") == 0
    people.select(slice=GEN1)
    assert "nbdebug-hidden" in units._list._dom_classes


def test_the_network_is_held_against_the_metadata(panels, people):
    _, predictions = panels
    assert predictions._comparing._shown._sentence.value == ""
    predictions._comparing._compare()
    settled(predictions)
    assert predictions._comparing._shown._sentence.value.startswith("The network adds")
    assert "device and age alone" in predictions._comparing._shown._sentence.value
    assert "left out" not in predictions._comparing._shown._note.value
    predictions._listing._worst._which.value = "only network right"
    only = people.baseline(output="ill").comparison.only_network[:50].tolist()
    assert [int(made["key"]) for made in predictions._listing._worst._rows.rows] == only


def test_without_metadata_it_says_what_to_do(monkeypatch, people):
    monkeypatch.setattr(people, "metadata", None)
    panel = SlicesPanel(people, Shared.alone(people))
    panel.open()
    assert people.jobs.wait(60)
    assert "metadata=frame" in panel._found._headline.value
    panel.release()


def test_a_slice_of_ones_own_can_be_named_but_not_as_another_one_is(panels, people):
    slices, _ = panels
    ways = slices._own._ways
    ways._name.value, ways._query.value = "the old", "age > 60"
    settled(slices)
    assert people.selection.slice == "the old"
    assert people.compared == ("the old",)
    assert ways._name.value == ""
    ways._name.value, ways._query.value = "the old", "age > 70"
    assert people.jobs.wait(60)
    assert "Another slice has this name" in slices.working._error.value
    assert ways._name.value == "the old"
    assert np.array_equal(people.slice_rows("the old"), people.metadata["age"] > 60)
    ways._name.value, ways._query.value = "the older", "age > 71"
    settled(slices)
    assert people.compared == ("the old", "the older")
