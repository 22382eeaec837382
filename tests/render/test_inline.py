"""Records in a notebook: a figure where there is a browser, a short line everywhere."""

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

from nbdebug.measure.histogram_edges import EDGES, N_BINS
from nbdebug.records import Activations, Grid, Histogram, Layer, Sensitivity, UnitStatistics
from nbdebug.render.display import RECORDS, register, unregister
from nbdebug.render.inline import RENDERERS, render, summary

VIEW = "application/vnd.jupyter.widget-view+json"


def activations(*shape, time=None, span=None):
    grid = None if span is None else Grid(shape[time], shape[time] * span, (span - 1) / 2, span)
    layer = Layer("conv", "conv", "Conv1D", "relu", (None, *shape[1:]), 1, True, time, grid, len(shape) - 1)
    values = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    return Activations(layer, tuple(range(shape[0])), values, None, False, "f")


def sensitivity(*shape, at=None, span=None):
    values = np.abs(np.random.default_rng(0).normal(size=shape))
    return Sensitivity(values, values, "logit of apnea", at, span, (3,), None, np.zeros(shape, bool), "x", "f")


def statistics(units=3):
    zero, count = np.zeros(units), np.zeros(units, int)
    histogram = Histogram(EDGES, np.ones((units, N_BINS), int), 16)
    dead, constant = np.array([True, False, False]), np.zeros(units, bool)
    return UnitStatistics(
        "conv", 2048, count + 9, zero, zero, zero, zero, zero, zero, count, histogram, dead, constant, True, "f"
    )


RECORDS_SHOWN = {
    "activations over time": (activations(2, 40, 4, time=1, span=2), "activations of conv, 2 examples: 40 × 4;"),
    "activations of units": (activations(1, 7), "activations of conv, example 0: 7"),
    "activations along positions": (activations(1, 5, 7), "activations of conv, example 0: 5 × 7"),
    "activations of maps": (activations(1, 5, 6, 7), "activations of conv, example 0: 5 × 6 × 7"),
    "sensitivity at a time": (sensitivity(40, 2, at=7, span=(7, 8)), "|d logit of apnea / d x|, example 3"),
    "sensitivity of anchors": (sensitivity(2, 40, 2, at=(3, 7), span=((3, 4), (7, 8))), "|d logit of apnea / d x|"),
    "sensitivity of features": (sensitivity(9), "|d logit of apnea / d x|, example 3"),
    "sensitivity of an image": (sensitivity(8, 8, 1), "|d logit of apnea / d x|, example 3"),
    "statistics": (statistics(), "conv over 2,048 examples: 1 of 3 units dead"),
}


@pytest.fixture
def shell():
    made = InteractiveShell.instance()
    register(made)
    yield made
    unregister(made)


@pytest.mark.parametrize("name", RECORDS_SHOWN)
def test_every_record_is_a_figure_and_a_short_line(shell, name):
    record, line = RECORDS_SHOWN[name]
    data, _ = shell.display_formatter.format(record)
    assert VIEW in data
    assert data["text/plain"] == summary(record)
    assert data["text/plain"].startswith(line)
    assert len(data["text/plain"]) < 200


def test_without_registration_a_record_is_any_object(shell):
    unregister(shell)
    data, _ = shell.display_formatter.format(statistics())
    assert VIEW not in data


def test_all_records_have_a_renderer():
    assert set(RECORDS) == set(RENDERERS)


def test_a_figure_brings_its_style():
    assert any(type(child).__name__ == "Look" for child in render(statistics()).children)
