"""The Gradients panel over real sessions of every kind."""

import numpy as np
import pytest
from panels.conftest import every_kind
from render.seen import seen

from nbdebug.panels.gradients import GradientsPanel
from nbdebug.panels.panel import Shared
from nbdebug.records import Sensitivity


@pytest.fixture
def panel(session):
    made = GradientsPanel(session, Shared.alone(session))
    stop = session.store.observe(made.selected)
    yield made
    stop()
    made.close()


def opened(panel):
    panel.open()
    settled(panel)
    return panel


def settled(panel):
    assert panel.bench.jobs.wait(90)
    assert panel.working._error.value == ""


@every_kind
def test_every_kind_of_input_shows_a_picture_and_words(session, panel):
    opened(panel)
    assert len(seen(panel._stage)) == 1
    assert panel._words.value.startswith("|d ")
    for name in panel._input.options:
        panel._input.value = name
        assert panel._words.value
    again = eval(panel._copy.text, {"session": session})
    again = {again.input: again} if isinstance(again, Sensitivity) else again
    for name, found in again.items():
        assert np.array_equal(found.values, panel._found[name].values)


def test_a_unit_of_a_layer_follows_the_cursor_or_a_time_of_its_own(panel):
    opened(panel)
    panel.bench.store.update(layer="pool", time=9)
    panel._of.value = "unit of layer"
    panel._unit.value = 2
    settled(panel)
    (found,) = panel._found.values()
    assert (found.at, found.at_span) == (9, (8, 10))
    assert "unit 2 of pool" in found.of
    assert "of the gradient lies within" in panel._words.value or "exactly zero" in panel._words.value
    panel._when.value = "at fixed time"
    settled(panel)
    (found,) = panel._found.values()
    assert found.at == 12
    panel.bench.store.update(time=2)
    settled(panel)
    assert next(iter(panel._found.values())).at == 12
    panel._at.time = 20
    panel._at.committed = 20
    settled(panel)
    assert next(iter(panel._found.values())).at == 20


def test_all_examples_are_averaged_and_said(panel):
    opened(panel)
    panel._examples.value = "all examples"
    settled(panel)
    (found,) = panel._found.values()
    assert len(found.examples) == 12
    assert panel._caption.value == "mean over all 12 examples · mean of the absolute gradient"
    assert panel._examples.options == ("this example", "all examples")


def test_what_does_not_matter_is_not_computed_again(panel, monkeypatch):
    opened(panel)
    monkeypatch.setattr(panel, "work", lambda *_args, **_kw: pytest.fail("computed"))
    panel.bench.store.update(time=1)
    panel.bench.store.update(layer="pool")
    settled(panel)


def test_a_layer_without_units_says_why_and_stays_so(panel):
    opened(panel)
    layer = panel._layers["memory"]
    panel._layers["memory"] = type(layer)(**{**vars(layer), "unit_axis": None, "reason": "it is a scalar"})
    panel._of.value = "unit of layer"
    panel.bench.store.update(layer="memory")
    settled(panel)
    assert panel._words.value == "memory has no units to differentiate: it is a scalar"
    assert seen(panel._stage) == ()


@pytest.mark.parametrize("session", ["image"], indirect=True)
def test_the_class_of_a_multiclass_output_can_be_picked_and_stands_in_the_call(session, panel):
    opened(panel)
    assert panel._class in seen(panel._options)
    assert "unit=" not in panel._copy.text
    panel._class.index = 3
    settled(panel)
    assert "unit=2" in panel._copy.text
    (found,) = panel._found.values()
    asked = session.sensitivity(session.outputs[0].name, unit=2, examples=0)
    assert np.array_equal(found.values, asked.values)
    assert panel._class.options[3] == session.outputs[0].classes[2]
    panel._of.value = "unit of layer"
    assert panel._class not in seen(panel._options)


def test_a_single_number_has_no_class_to_pick(panel):
    opened(panel)
    assert panel._class not in seen(panel._options)


def test_the_unit_that_is_pointed_at_is_what_is_differentiated(panel):
    opened(panel)
    panel.bench.store.update(layer="pool")
    panel.shared.unit.pick("pool", 2)
    panel._of.value = "unit of layer"
    settled(panel)
    assert "unit 2 of pool" in next(iter(panel._found.values())).of
    panel.shared.unit.pick("pool", 1)
    settled(panel)
    assert "unit 1 of pool" in next(iter(panel._found.values())).of
    assert panel._unit.value == 1
    panel._unit.value = 3
    settled(panel)
    assert panel.shared.unit.of("pool") == 3
    assert panel.shared.unit.of("conv") is None
