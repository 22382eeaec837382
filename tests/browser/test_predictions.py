"""Predictions against the metadata, and slices, over outputs of every kind, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser.lab import PATIENCE, Lab
from browser.server import Server
from browser.showing import HOSTILE, Shown
from browser.test_panels_look import look
from playwright.sync_api import Browser, Locator, expect

DATA = f"""
import keras, numpy as np, pandas as pd, nbdebug
HOSTILE = {HOSTILE!r}
rng = np.random.default_rng(0)
n = 3000
device = rng.choice(["gen1", "gen2", "gen3", HOSTILE], n)
x = rng.normal(size=(n, 3)).astype("float32")
noise = np.where(device == "gen1", 3.0, 0.5)[:, None] * rng.normal(size=(n, 3))
metadata = pd.DataFrame({{"device": device, "age": 50 + 9 * x[:, 0] + 5 * rng.normal(size=n),
                         "weight in kg": rng.normal(70, 9, n)}})
def network(units, activation, loss):
    made = keras.Sequential([keras.Input((3,)), keras.layers.Dense(units, activation, name="out")], name=loss)
    made.compile("sgd", loss)
    made.set_weights([np.eye(3, dtype="float32")[:, :units] * 2, np.zeros(units, "float32")])
    return made
"""
OPEN = {
    "classes": """
classes = network(3, "softmax", "sparse_categorical_crossentropy")
session = nbdebug.debug(classes, x, (x + noise).argmax(1), metadata=metadata, outputs="kind", batch_size=500,
                        classes=["sinus rhythm", "atrial fibrillation", HOSTILE])
""",
    "number": """
number = network(1, None, "mse")
session = nbdebug.debug(number, x, 2 * x[:, 0] + noise[:, 0], metadata=metadata, outputs="heart age",
                        batch_size=500)
""",
    "many": """
binary = network(1, "sigmoid", "binary_crossentropy")
more = np.repeat(np.arange(n), 3)
session = nbdebug.debug(binary, x[more], ((x + noise)[more, 0] > 0).astype("float32"),
                        metadata=metadata.iloc[more].reset_index(drop=True), outputs="ill", batch_size=500)
""",
}


@pytest.fixture(scope="module")
def lab(browser: Browser, server: Server) -> Iterator[Shown]:
    context = browser.new_context(viewport={"width": 1400, "height": 1400})
    shown = Shown(Lab(context.new_page(), server), "kinds")
    shown.do(DATA)
    yield shown
    assert shown.dialogs == []
    assert shown.complaints == []
    context.close()
    server.shut_down_kernels()


@pytest.mark.parametrize("kind", list(OPEN))
def test_the_metadata_and_slices_of_each_kind_of_output(lab: Shown, kind: str) -> None:
    lab.do(OPEN[kind])
    lab.lab.expect_state("ready")
    lab.close("activations")
    predictions = lab.panel("predictions")
    expect(predictions.locator(".nbdebug-example-row").first).to_be_visible(timeout=PATIENCE)
    predictions.locator(".nbdebug-ask-baseline").click()
    expect(predictions.locator(".nbdebug-baseline")).to_contain_text("The network", timeout=PATIENCE)
    expect(predictions.locator(".nbdebug-pairs")).to_contain_text("correlation of both 0.", timeout=PATIENCE)
    predictions.locator(".nbdebug-which-columns button").click()
    expect(predictions.locator(".nbdebug-baseline-columns option")).to_have_count(3, timeout=PATIENCE)
    predictions.locator(".nbdebug-gain-by select").select_option("device")
    expect(predictions.locator(".nbdebug-gain-row").nth(3)).to_be_visible(timeout=PATIENCE)
    assert ("a density image" in (predictions.text_content() or "")) == (kind == "many")
    slices = lab.panel("slices")
    found = slices.locator(".nbdebug-slices .nbdebug-slice-row").first
    expect(found).to_contain_text("gen1", timeout=PATIENCE)
    found.click()
    lab.expect_selection('slice device == "gen1"')
    slices.locator(".nbdebug-compare-slice").click()
    query = slices.locator(".nbdebug-query input")
    query.fill("age > 55")
    query.press("Enter")
    expect(slices.locator(".nbdebug-compared-row")).to_have_count(2, timeout=PATIENCE)
    slices.locator(".nbdebug-ask-units").click()
    expect(slices.locator(".nbdebug-unit-row").first).to_be_visible(timeout=PATIENCE)
    slices.locator(".nbdebug-slice-none").click()
    expect(predictions.locator(".nbdebug-words").first).not_to_contain_text("Of the slice", timeout=PATIENCE)
    expect(lab.page.locator("img[src=x]")).to_have_count(0)
    look(lab, kind, ("predictions", "slices"))


def test_a_point_is_an_example_and_a_region_a_slice(lab: Shown) -> None:
    predictions, slices = lab.panel("predictions"), lab.panel("slices")
    plot = predictions.locator(".nbdebug-scatter .plotarea_events").first
    plot.scroll_into_view_if_needed()
    before = lab.view.locator(".nbdebug-selection").text_content()
    box = plot.bounding_box()
    assert box is not None
    corner = box["x"] + 0.98 * box["width"], box["y"] + 0.02 * box["height"]
    lab.page.mouse.click(*corner)
    expect(lab.view.locator(".nbdebug-selection")).not_to_have_text(before or "", timeout=PATIENCE)
    lab.close("example")
    pairs = predictions.locator(".nbdebug-pairs")
    pairs.locator(".nbdebug-ask-region").click()
    drag(lab, plot, (0.6, 0.05), (0.98, 0.4))
    expect(pairs.locator(".nbdebug-save-slice")).to_be_visible(timeout=PATIENCE)
    pairs.locator(".nbdebug-region-name input").fill(f"both sure {HOSTILE}")
    lab.lab.screenshot("predictions_region", predictions)
    pairs.locator(".nbdebug-save-slice").click()
    lab.expect_selection(f"slice both sure {HOSTILE}")
    expect(slices.locator(".nbdebug-compared-row", has_text="both sure")).to_be_visible(timeout=PATIENCE)
    expect(lab.page.locator("img[src=x]")).to_have_count(0)
    slices.locator(".nbdebug-compare-slice").click()
    expect(slices.locator(".nbdebug-compared-row", has_text="both sure")).to_have_count(0, timeout=PATIENCE)
    slices.locator(".nbdebug-slice-none").click()


def test_an_interval_of_the_scores_is_a_slice(lab: Shown) -> None:
    predictions, slices = lab.panel("predictions"), lab.panel("slices")
    expect(predictions.locator(".nbdebug-words").first).not_to_contain_text("Of the slice", timeout=PATIENCE)
    predictions.locator(".nbdebug-ask-region").last.click()
    histogram = predictions.locator(".nbdebug-figure:not(.nbdebug-scatter) .plotarea_events").first
    drag(lab, histogram, (0.3, 0.5), (0.6, 0.5))
    expect(predictions.locator(".nbdebug-save-slice").last).to_be_visible(timeout=PATIENCE)
    lab.lab.screenshot("predictions_interval", predictions)
    predictions.locator(".nbdebug-save-slice").last.click()
    lab.expect_selection("slice predicted share of ill 0.")
    row = slices.locator(".nbdebug-compared-row", has_text="predicted share of ill")
    expect(row).to_be_visible(timeout=PATIENCE)


def drag(lab: Shown, plot: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag over a figure, from and to these shares of its width and height."""
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    places = [(box["x"] + across * box["width"], box["y"] + down * box["height"]) for across, down in (start, end)]
    lab.page.mouse.move(*places[0])
    lab.page.mouse.down()
    lab.page.mouse.move(*places[1], steps=6)
    lab.page.mouse.up()


def test_metrics_and_slices_follow_the_threshold_once_it_rests(lab: Shown) -> None:
    predictions, slices = lab.panel("predictions"), lab.panel("slices")
    handle = predictions.locator(".nbdebug-threshold .noUi-handle")
    handle.focus()
    for _ in range(3):
        handle.press("ArrowRight")
    outcomes = predictions.locator(".nbdebug-caption", has_text="true positives")
    expect(outcomes).to_contain_text("At 0.503:", timeout=PATIENCE)
    expect(predictions.get_by_text("1 is predicted from 0.503 on", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(slices.locator(".nbdebug-side").first).to_have_text("prediction >= 0.503", timeout=PATIENCE)
