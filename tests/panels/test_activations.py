"""The Activations panel over real sessions of every kind."""

import zlib
from functools import wraps

import numpy as np
import pytest
from panels.conftest import every_kind
from panels.panel_networks import HOSTILE
from render.seen import seen

from nbdebug.panels.activations import ActivationsPanel
from nbdebug.panels.panel import Shared


@pytest.fixture
def panel(session):
    made = ActivationsPanel(session, Shared.alone(session))
    stop = session.store.observe(made.selected)
    yield made
    stop()
    made.close()


def opened(panel):
    panel.open()
    assert panel.bench.jobs.wait(60)
    assert panel.working._error.value == ""
    return panel


def broken(call, error):
    @wraps(call)
    def raising(*_args, **_kw):
        raise error

    return raising


def select(panel, **fields):
    panel.bench.store.update(**fields)
    assert panel.bench.jobs.wait(60)
    assert panel.working._error.value == ""


def test_nothing_is_computed_before_the_panel_is_open(panel, monkeypatch):
    monkeypatch.setattr(panel, "work", lambda *_args, **_kw: pytest.fail("computed"))
    panel.bench.store.update(layer="pool")


@every_kind
def test_every_layer_shows_a_picture_or_its_reason(session, panel):
    opened(panel)
    for layer in session.layers:
        select(panel, layer=layer.name)
        if layer.output_shape is None:
            assert layer.reason in panel._words.value
            assert seen(panel._stage) == (panel._words,)
        else:
            assert panel._view is not None
            assert seen(panel._stage) == (panel._view.widget,)
            assert panel._found.layer.name == layer.name
            assert panel._caption.value.startswith("example ")
            assert layer.name in panel._copy.text


def test_the_browser_holds_what_the_session_says(panel):
    opened(panel)
    select(panel, layer="conv", example=1, time=7)
    values = panel.bench.activations("conv", 1).values[0]
    follower = panel._view._follower
    codes = np.frombuffer(zlib.decompress(follower.codes), np.uint8).reshape(follower.shape[::-1]).T
    approximate = np.frombuffer(follower.offset, "<f4") + np.frombuffer(follower.scale, "<f4") * codes
    assert np.abs(approximate - values).max() <= np.ptp(values, axis=0).max() / 255
    assert follower.exact_at == 7
    assert np.frombuffer(follower.exact, "<f4") == pytest.approx(values[7])


def test_a_new_time_alone_computes_nothing_and_brings_exact_values(panel, monkeypatch):
    opened(panel)
    select(panel, layer="pool")
    monkeypatch.setattr(panel, "work", lambda *_args, **_kw: pytest.fail("computed"))
    select(panel, time=9)
    values = panel._found.values[0]
    assert panel._view._follower.exact_at == 4
    assert np.frombuffer(panel._view._follower.exact, "<f4") == pytest.approx(values[4])


def test_the_copied_call_reproduces_the_picture(panel):
    opened(panel)
    select(panel, layer="conv", example=2)
    again = eval(panel._copy.text, {"session": panel.bench})
    assert np.array_equal(again.values, panel._found.values)
    panel._of.value = "mean of all"
    assert panel.bench.jobs.wait(60)
    again = eval(panel._copy.text, {"session": panel.bench})
    assert np.array_equal(again.values, panel._found.values, equal_nan=True)
    assert "mean over 12 examples" in panel._caption.value


def test_order_stays_over_times_and_examples(panel):
    opened(panel)
    select(panel, layer="conv")
    panel._by.value = "clustered"
    first = panel._view._heat._order.tolist()
    select(panel, example=5, time=3)
    assert panel._view._heat._order.tolist() == first


def test_a_click_selects_time_and_unit_and_a_second_one_lets_the_unit_go(panel):
    opened(panel)
    select(panel, layer="conv")
    panel._picked(11, 2)
    assert panel.bench.store.selection.time == 11
    assert panel._facts._units.value == "unit 2"
    assert "unit 2 over 12 examples" in panel._facts._caption.value
    panel._picked(11, 2)
    assert panel._facts._units.value == "all units"
    panel._facts._units.value = "unit 1"
    assert panel._unit == 1


def test_a_filter_that_leaves_nothing_says_so(panel):
    opened(panel)
    select(panel, layer="memory")
    panel._only.value = "dead"
    assert panel._words.value == "No unit of memory is dead."
    panel._only.value = "all units"
    assert panel._view is not None


def test_an_exception_stands_in_the_panel(panel, monkeypatch):
    opened(panel)
    monkeypatch.setattr(panel.bench, "activations", broken(panel.bench.activations, RuntimeError(HOSTILE)))
    panel.bench.store.update(example=7)
    assert panel.bench.jobs.wait(30)
    assert panel.working._error.value == f"RuntimeError: {HOSTILE}"
    monkeypatch.undo()
    select(panel, example=8)
    assert panel._found.examples == (8,)


def test_statistics_say_what_was_counted(panel):
    opened(panel)
    select(panel, layer="conv")
    assert "over 12 examples" in panel._facts._caption.value
    assert "counted" in panel._facts._caption.value
    assert "unit" in panel._facts._words.value


@pytest.mark.parametrize("session", ["image"], indirect=True)
def test_a_click_on_a_map_enlarges_it_and_a_second_one_shows_all(panel):
    opened(panel)
    select(panel, layer=panel.bench.layers[0].name)
    assert panel._view._caption.value == "click a map to enlarge it"
    click(panel._view._maps._mark, 7.5, 8)
    assert panel._view._maps._order.tolist() == [1]
    assert "unit 1 over" in panel._facts._caption.value
    assert panel._view._caption.value == "unit 1 alone; click it to see all"
    click(panel._view._maps._mark, 2, 2)
    assert panel._view._maps._order.tolist() == [0, 1, 2]


@pytest.mark.parametrize("session", ["tabular"], indirect=True)
def test_a_click_on_a_unit_without_time_points_at_it_and_says_its_value(panel):
    opened(panel)
    select(panel, layer=panel.bench.layers[0].name, example=1)
    click(panel._view._profile._ground, 2.2, 0)
    assert panel._view._profile._unit_line.x.tolist() == [2, 2]
    assert panel._view._caption.value == f"unit 2: {panel._found.values[0, 2]:.4g}"
    assert "unit 2 over" in panel._facts._caption.value
    click(panel._view._profile._ground, 1.8, 0)
    assert panel._view._caption.value == "click a unit for its value and histogram"


def test_a_click_on_the_profile_points_at_the_unit_and_leaves_the_time(panel):
    opened(panel)
    select(panel, layer="conv", time=5)
    click(panel._view._profile._ground, 1, 0)
    assert panel.bench.store.selection.time == 5
    assert panel._view._heat._unit_line.y.tolist() == [1, 1]
    panel._pick_unit(None)


def click(mark, x, y):
    mark.mark._handle_custom_msgs(None, {"event": "element_click", "data": {"click_x": x, "click_y": y}})
