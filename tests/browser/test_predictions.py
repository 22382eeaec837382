"""Predictions against the metadata, and slices, over outputs of every kind, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browser.lab import PATIENCE, Lab
from browser.server import Server
from browser.showing import HOSTILE, Shown
from browser.test_panels_look import fit, look
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
    context = browser.new_context(viewport={"width": 1400, "height": 3000})
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


def test_a_point_is_an_example(lab: Shown) -> None:
    plot = lab.panel("predictions").locator(".nbdebug-scatter .plotarea_events").first
    before = lab.view.locator(".nbdebug-selection").text_content()
    lab.page.mouse.click(*places(plot, [(0.98, 0.02)])[0])
    expect(lab.view.locator(".nbdebug-selection")).not_to_have_text(before or "", timeout=PATIENCE)
    lab.close("example")


ROUND = [(0.55, 0.05), (0.9, 0.02), (1.02, 0.2), (0.95, 0.5), (0.8, 0.3), (0.6, 0.45)]
"""A line with a bay, in shares of the plot from its left and its top; beyond the right edge for a part of the way."""

DRAW = """
few = network(1, "sigmoid", "binary_crossentropy")
session = nbdebug.debug(few, x, ((x + noise)[:, 0] > 0).astype("float32"), metadata=metadata, outputs="ill",
                        batch_size=500)
"""

HELD = f"""
line = {ROUND!r}
found = session.baseline()
def inside(px, py):
    odd = False
    for (ax, ay), (bx, by) in zip(line, line[1:] + line[:1]):
        odd ^= (ay > py) != (by > py) and px < ax + (py - ay) / (by - ay) * (bx - ax)
    return odd
pairs, name = found.comparison.pairs, session.selection.slice
at = [(float(b), 1 - float(n)) for b, n in zip(pairs.baseline, pairs.network)]
def side(px, py):
    near = [abs((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / np.hypot(bx - ax, by - ay)
            for (ax, ay), (bx, by) in zip(line, line[1:] + line[:1])]
    return min(near) < 0.01  # a hand is not as exact as a number: within two pixels of the line either is right
clear = [not side(*each) for each in at]
expected = pairs.examples[[c and inside(*each) for c, each in zip(clear, at)]]
unsure = pairs.examples[[not c for c in clear]]
got = np.flatnonzero(session.slice_rows(name))
np.testing.assert_array_equal(np.setdiff1d(got, unsure), expected)
print("held", len(got), len(expected), name)
"""
"""A cell: which examples the line holds, found here point by point; what is told of the slice agrees."""


_LIES_OVER = """pairs => {
  const [drawn, figure] = ['.nbdebug-lasso-plot', '.plotarea_events']
    .map(name => pairs.querySelector(name).getBoundingClientRect());
  return ['left', 'top', 'right', 'bottom'].every(side => Math.abs(drawn[side] - figure[side]) < 1.5);
}"""
"""The lasso's plot is where the figure's is; bqplot lays a figure out a moment after its room has changed."""


def lasso(lab: Shown) -> Locator:
    """Draw the line by hand; returns the plot."""
    pairs = lab.panel("predictions").locator(".nbdebug-pairs")
    if not pairs.locator(".nbdebug-lasso").is_visible():
        pairs.locator(".nbdebug-ask-region").click()
    expect(pairs.locator(".nbdebug-lasso")).to_be_visible()
    plot = pairs.locator(".nbdebug-lasso-plot")
    plot.scroll_into_view_if_needed()
    lab.page.wait_for_function(_LIES_OVER, arg=pairs.element_handle())
    drawn = places(plot, ROUND)
    lab.page.mouse.move(*drawn[0])
    lab.page.mouse.down()
    for place in drawn[1:]:
        lab.page.mouse.move(*place, steps=5)
    lab.page.mouse.up()
    expect(pairs.locator(".nbdebug-save-slice")).to_be_visible(timeout=PATIENCE)
    return plot


@pytest.mark.parametrize("kind", ["many", "few"])
def test_a_lasso_is_a_slice_of_what_lies_inside(lab: Shown, kind: str) -> None:
    lab.do(OPEN["many"] if kind == "many" else DRAW)
    lab.lab.expect_state("ready")
    predictions, slices = lab.panel("predictions"), lab.panel("slices")
    predictions.locator(".nbdebug-ask-baseline").click()
    expect(predictions.locator(".nbdebug-pairs")).to_contain_text("correlation of both 0.", timeout=PATIENCE)
    for width, dark in ((480, False), (320, False), (320, True)):
        lab.lab.theme(dark)
        lab.lab.width(width)
        fit(lab, "predictions", f"lasso at {width} px")
        lasso(lab)
        lab.lab.screenshot(f"lasso_{kind}_{width}_{'dark' if dark else 'light'}", predictions.locator(".nbdebug-pairs"))
        if (width, dark) != (320, True):
            predictions.locator(".nbdebug-pairs .nbdebug-ask-region").click()
            expect(predictions.locator(".nbdebug-lasso")).to_be_hidden()
    predictions.locator(".nbdebug-pairs .nbdebug-save-slice").click()
    lab.expect_selection("slice lasso 1 (")
    said = lab.do(HELD)
    expect(said).to_contain_text("held")
    n = f"{int((said.text_content() or '').split()[1]):,}"
    lab.expect_selection(f"slice lasso 1 ({n} examples)")
    row = slices.locator(".nbdebug-compared-row", has_text="lasso 1")
    expect(row).to_contain_text(n, timeout=PATIENCE)
    expect(row).to_have_attribute("title", re.compile("a lasso over network .* to .*, metadata .* to "))
    expect(predictions.locator(".nbdebug-pairs")).to_contain_text("of the slice lasso 1", timeout=PATIENCE)
    expect(predictions.locator(".nbdebug-words").first).to_contain_text("Of the slice", timeout=PATIENCE)
    slices.locator(".nbdebug-slice-none").click()
    lab.lab.theme(False)
    lab.lab.width(480)


def test_a_lasso_by_keyboard_and_a_slice_whose_name_is_markup(lab: Shown) -> None:
    predictions, slices = lab.panel("predictions"), lab.panel("slices")
    pairs = predictions.locator(".nbdebug-pairs")
    expect(pairs).not_to_contain_text("of the slice", timeout=PATIENCE)
    pairs.locator(".nbdebug-ask-region").click()
    drawing = pairs.locator(".nbdebug-lasso")
    expect(drawing).to_be_focused()
    for key in ("ArrowUp", "Space", "Shift+ArrowRight", "Shift+ArrowRight", "Space", "Shift+ArrowDown", "Space"):
        drawing.press(key)
    expect(drawing.locator("output")).to_have_text("0.7, 0.42; corner 3")
    drawing.press("Enter")
    expect(pairs.locator(".nbdebug-save-slice")).to_be_visible(timeout=PATIENCE)
    drawing.press("Escape")
    expect(pairs.locator(".nbdebug-save-slice")).to_be_hidden(timeout=PATIENCE)
    lasso(lab)
    pairs.locator(".nbdebug-region-name input").fill(f"both sure {HOSTILE}")
    pairs.locator(".nbdebug-save-slice").click()
    lab.expect_selection(f"slice both sure {HOSTILE}")
    expect(slices.locator(".nbdebug-compared-row", has_text="both sure")).to_be_visible(timeout=PATIENCE)
    expect(lab.page.locator("img[src=x]")).to_have_count(0)
    slices.locator(".nbdebug-compare-slice").click()
    expect(slices.locator(".nbdebug-compared-row", has_text="both sure")).to_have_count(0, timeout=PATIENCE)
    slices.locator(".nbdebug-slice-none").click()


def test_a_finger_draws_a_lasso_and_does_not_scroll(lab: Shown) -> None:
    pairs = lab.panel("predictions").locator(".nbdebug-pairs")
    expect(pairs).not_to_contain_text("of the slice", timeout=PATIENCE)
    pairs.locator(".nbdebug-ask-region").click()
    plot = pairs.locator(".nbdebug-lasso-plot")
    drawn = places(plot, ROUND)
    before = plot.bounding_box()
    touch = lab.page.context.new_cdp_session(lab.page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        told = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    send("touchStart", drawn[0])
    for place in drawn[1:]:
        send("touchMove", place)
    send("touchEnd")
    expect(pairs.locator(".nbdebug-caption", has_text="inside: a lasso over network")).to_be_visible(timeout=PATIENCE)
    assert plot.bounding_box() == before
    pairs.locator(".nbdebug-ask-region").click()
    expect(pairs.locator(".nbdebug-lasso")).to_be_hidden()


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
    first, last = places(plot, [start, end])
    lab.page.mouse.move(*first)
    lab.page.mouse.down()
    lab.page.mouse.move(*last, steps=6)
    lab.page.mouse.up()


def places(plot: Locator, shares: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Where these shares of the width and height of a figure are on the page."""
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    return [(box["x"] + across * box["width"], box["y"] + down * box["height"]) for across, down in shares]


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
