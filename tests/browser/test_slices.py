"""Slices in a real browser: found, selected everywhere, made by hand; the network held against its metadata."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser.lab import PATIENCE, Lab
from browser.server import Server
from browser.showing import HOSTILE, Shown
from browser.test_panels_look import fit
from playwright.sync_api import Browser, expect

PEOPLE = f"""
import keras, numpy as np, pandas as pd, nbdebug
rng = np.random.default_rng(0)
n = 3000
device = rng.choice(["gen1", "gen2", "gen3", {HOSTILE!r}], n)
x = rng.normal(size=(n, 2)).astype("float32")
y = (x[:, 0] > 0).astype("float32")
y[device == "gen1"] = rng.integers(0, 2, (device == "gen1").sum())
metadata = pd.DataFrame({{"device": device, "age": rng.integers(20, 80, n), "weight in kg": rng.normal(70, 9, n)}})
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid", name="risk")], name="people")
model.compile("sgd", "binary_crossentropy")
model.set_weights([np.array([[4.0], [0.0]], "float32"), np.zeros(1, "float32")])
session = nbdebug.debug(model, x, y, metadata=metadata, outputs="ill", batch_size=500)
"""


@pytest.fixture(scope="module")
def lab(browser: Browser, server: Server) -> Iterator[Shown]:
    context = browser.new_context(viewport={"width": 1400, "height": 3000})
    shown = Shown(Lab(context.new_page(), server), "slices")
    shown.do(PEOPLE)
    shown.lab.expect_state("ready", "people")
    shown.close("activations")
    yield shown
    assert shown.dialogs == []
    assert shown.complaints == []
    context.close()
    server.shut_down_kernels()


def test_a_found_slice_is_selected_everywhere(lab: Shown) -> None:
    slices = lab.panel("slices")
    expect(slices.locator(".nbdebug-slices .nbdebug-words")).to_contain_text('device == "gen1"', timeout=PATIENCE)
    first = slices.locator(".nbdebug-slice-row").first
    expect(first).to_contain_text("% of loss")
    bar = first.locator(".nbdebug-range-bar").bounding_box()
    assert bar is not None
    assert bar["width"] > 50
    predictions = lab.panel("predictions")
    expect(predictions.locator(".nbdebug-example-row").first).to_be_visible(timeout=PATIENCE)
    first.click()
    lab.expect_selection('slice device == "gen1"')
    expect(first).to_have_attribute("aria-pressed", "true")
    line = predictions.locator(".nbdebug-words").first
    expect(line).to_contain_text('Of the slice device == "gen1"', timeout=PATIENCE)
    for width, dark in ((320, False), (480, True)):
        lab.lab.theme(dark)
        lab.lab.width(width)
        for name in ("slices", "predictions"):
            panel = lab.panel(name)
            assert panel.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), (name, width)
            lab.lab.screenshot(f"{name}_of_a_slice_{width}", panel)
    slices.locator(".nbdebug-slice-none").click()
    expect(line).not_to_contain_text("Of the slice", timeout=PATIENCE)


def test_a_slice_of_your_own_and_one_that_is_refused(lab: Shown) -> None:
    slices = lab.panel("slices")
    query = slices.locator(".nbdebug-query input")
    query.fill('age > 60 and device == "gen1"')
    query.press("Enter")
    lab.expect_selection('slice age > 60 and device == "gen1"')
    expect(slices.locator(".nbdebug-slice-row", has_text="age > 60").first).to_be_visible()
    query.fill("age.max() > 3")
    query.press("Enter")
    expect(slices.locator(".nbdebug-error")).to_contain_text("Try:", timeout=PATIENCE)
    slices.locator("select").nth(2).select_option("device")
    expect(slices.locator(".nbdebug-slice-row", has_text=HOSTILE).last).to_be_visible(timeout=PATIENCE)
    expect(lab.page.locator("img[src=x]")).to_have_count(0)


def test_a_slice_with_a_name_that_no_other_one_can_take(lab: Shown) -> None:
    slices = lab.panel("slices")
    name, query = slices.locator(".nbdebug-slice-name input"), slices.locator(".nbdebug-query input")

    def define(called: str, where: str) -> None:
        for box, text in ((name, called), (query, where)):
            box.fill(text)
            box.press("Enter")

    define(f"old {HOSTILE}", "age > 64")
    lab.expect_selection(f"slice old {HOSTILE}")
    expect(slices.locator(".nbdebug-slice-row", has_text=f"old {HOSTILE}")).to_be_visible()
    expect(name).to_have_value("")
    define(f"old {HOSTILE}", "age > 66")
    expect(slices.locator(".nbdebug-error")).to_contain_text("Another slice has this name", timeout=PATIENCE)
    expect(name).to_have_value(f"old {HOSTILE}")
    define("older", "age > 65")
    lab.expect_selection("slice older")
    expect(slices.locator(".nbdebug-error")).to_have_count(0)
    expect(lab.page.locator("img[src=x]")).to_have_count(0)


def test_costs_and_curves(lab: Shown) -> None:
    slices, predictions = lab.panel("slices"), lab.panel("predictions")
    if slices.locator(".nbdebug-slice-none").is_enabled():
        slices.locator(".nbdebug-slice-none").click()
    expect(predictions.locator(".nbdebug-words").first).not_to_contain_text("Of the slice", timeout=PATIENCE)
    dear = predictions.locator(".nbdebug-cost input").first
    dear.fill("10")
    dear.press("Enter")
    predictions.locator(".nbdebug-cheapest").click()
    expect(predictions.get_by_text("cost")).not_to_have_count(0)
    expect(predictions.locator(".nbdebug-caption", has_text="At 0.")).not_to_contain_text("At 0.5:", timeout=PATIENCE)
    for name in ("calibration", "precision and recall", "ROC"):
        predictions.locator(".nbdebug-metric-view select").select_option(name)
        curve = predictions.locator(".nbdebug-figure").last
        curve.scroll_into_view_if_needed()
        expect(curve.locator("path.line").nth(3)).to_be_visible(timeout=20_000)
        for width, dark in ((320, True), (480, False)):
            lab.lab.theme(dark)
            lab.lab.width(width)
            fit(lab, "predictions", f"{name} at {width} px")
            assert predictions.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), (name, width)
            lab.lab.screenshot(f"predictions_{name.replace(' ', '_')}_{width}", predictions)


def test_the_network_is_held_against_the_metadata(lab: Shown) -> None:
    predictions = lab.panel("predictions")
    predictions.locator(".nbdebug-ask-baseline").click()
    answer = predictions.locator(".nbdebug-baseline")
    expect(answer).to_contain_text("The network adds", timeout=PATIENCE)
    expect(answer).to_contain_text("alone")
    lab.lab.theme(False)
    lab.lab.width(320)
    assert predictions.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    lab.lab.screenshot("predictions_against_metadata_320", predictions)
    worst = predictions.locator(".nbdebug-worst select")
    worst.select_option("only metadata right")
    expect(predictions.locator(".nbdebug-worst")).to_be_visible()
