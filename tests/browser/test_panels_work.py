"""What the panels do, on one network in one page: each test starts from whatever the one before left selected."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browser.lab import PATIENCE, Lab
from browser.server import Server
from browser.showing import HEART, HOSTILE, OPEN, Shown
from playwright.sync_api import Browser, Locator, expect

REST = 0.35
"""Seconds between two presses after which the scrubber may have come to rest."""

PRESSES = 8
SPY = """
from collections import Counter
from functools import wraps
from nbdebug.session import Session
asked = Counter()
def count(name):
    call = getattr(Session, name)
    @wraps(call)
    def counted(*given, **named):
        asked[name] += 1
        return call(*given, **named)
    setattr(Session, name, counted)
for name in ("predictions", "sensitivity"):
    count(name)
"""
BYTES = re.compile(r"^(blob|data):")
CURVE = re.compile(r"^M.+L.+")


@pytest.fixture(scope="module")
def heart(browser: Browser, server: Server) -> Iterator[Shown]:
    context = browser.new_context(viewport={"width": 1400, "height": 1200})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown = Shown(Lab(context.new_page(), server), "heart")
    shown.do(HEART)
    shown.do(SPY)
    shown.do(OPEN)
    shown.lab.expect_state("ready", "heart")
    yield shown
    assert shown.dialogs == []
    assert shown.complaints == []
    context.close()
    server.shut_down_kernels()


def path(figure: Locator, nth: int) -> str:
    """How the nth curve of a figure runs."""
    return figure.locator("path.line").nth(nth).get_attribute("d") or ""


def paths(figure: Locator) -> list[str]:
    """How all curves of a figure run."""
    return [path(figure, nth) for nth in range(figure.locator("path.line").count())]


def drawn(picture: Locator) -> str:
    """Wait until a picture is drawn; returns where its bytes are."""
    expect(picture).to_have_attribute("href", BYTES, timeout=PATIENCE)
    return picture.get_attribute("href") or ""


def test_nothing_is_computed_before_its_panel_is_open(heart: Shown) -> None:
    expect(heart.panel("activations").locator("image").first).to_have_attribute("href", BYTES)
    before = heart.do("asked['predictions'], asked['sensitivity']")
    expect(before).to_contain_text("(0, 0)")
    heart.panel("gradients")
    expect(heart.panel("gradients").locator(".nbdebug-words")).to_contain_text("90 %", timeout=PATIENCE)
    expect(heart.do("asked['predictions'], asked['sensitivity'] > 0")).to_contain_text("(0, True)")


def test_the_model_panel_marks_layers_and_a_click_selects_one(heart: Shown) -> None:
    model = heart.panel("model")
    row = model.locator(".nbdebug-layer-row", has_text="conv_dead")
    expect(row.locator(".nbdebug-mark-dead")).to_be_visible(timeout=PATIENCE)
    expect(row).to_contain_text("all dead")
    expect(row).to_contain_text("Conv1D, relu · 64 × 6 · 42 parameters")
    row.click()
    heart.expect_selection("conv_dead")
    expect(heart.panel("activations").locator(".nbdebug-summary")).to_contain_text("conv_dead · 6 of 6 units dead")
    expect(row).to_have_attribute("aria-pressed", "true")
    model.locator("select").select_option("dead")
    expect(model.locator(".nbdebug-layer-row")).to_have_count(3)
    model.locator("select").select_option("all layers")
    heart.close("model")


def test_the_heat_map_is_a_picture_of_the_example_and_of_the_mean(heart: Shown) -> None:
    heart.do("session.select(layer='conv_1', example=2)")
    activations = heart.panel("activations")
    expect(activations).to_contain_text("example 2 (user 2)")
    one = drawn(activations.locator("image").first)
    activations.locator("select").first.select_option("mean of all")
    expect(activations).to_contain_text("mean over 40 examples", timeout=PATIENCE)
    assert drawn(activations.locator("image").first) != one
    activations.locator("select").first.select_option("this example")
    expect(activations).to_contain_text("example 2 (user 2)", timeout=PATIENCE)


def test_a_click_on_the_heat_map_selects_the_time(heart: Shown) -> None:
    heart.do("session.select(layer='conv_1', time=5)")
    picture = heart.panel("activations").locator(".nbdebug-heat-map image").first
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box is not None
    picture.click(position={"x": box["width"] * 40.5 / 64, "y": 20})
    heart.expect_selection("t 40 (")


def test_scrubbing_beside_a_running_cell_sends_nothing(heart: Shown) -> None:
    heart.do("session.select(layer='conv_1', time=20)")
    activations = heart.panel("activations")
    heat, profile = activations.locator(".nbdebug-figure").nth(0), activations.locator(".nbdebug-figure").nth(1)
    heart.expect_selection("t 20 (")
    expect(activations).to_contain_text("at 00:20 h")
    units = heat.locator(".axis").nth(1)
    expect(units).to_have_text("01234unit")
    activations.locator("select").nth(1).select_option("clustered")
    expect(units).not_to_have_text("01234unit", timeout=PATIENCE)
    order = units.text_content() or ""
    running = heart.do("import time; time.sleep(60)", wait=False)
    heart.lab.wait_until_running(heart.last_cell)
    time = heart.view.locator(".nbdebug-time")
    before = paths(profile), paths(heat)
    try:
        time.focus()
        for press in range(1, PRESSES + 1):
            sent = len(heart.sent)
            heart.page.evaluate("() => { window.pressed = performance.now(); }")
            heart.page.keyboard.press("ArrowRight")
            expect(activations).to_contain_text(f"at 00:{20 + press} h", timeout=PATIENCE)
            took = heart.page.evaluate("(performance.now() - window.pressed) / 1000")
            assert len(heart.sent) == sent or took > REST, f"press {press} sent {len(heart.sent) - sent} messages"
        sent = len(heart.sent)
        heart.expect_selection(f"t {20 + PRESSES} (")
        assert len(heart.sent) - sent <= 1, "one message once it rests"
        assert heart.lab.is_running(heart.last_cell), "all that beside a running cell"
    finally:
        heart.lab.interrupt()
        expect(running).to_contain_text("KeyboardInterrupt", timeout=PATIENCE)
        heart.page.wait_for_function("window.ran")  # what is asked before that is dropped with the interrupted cell
    assert paths(profile) != before[0], "the profile follows"
    assert paths(heat) != before[1], "the cursor follows"
    assert units.text_content() == order, "clustered once"
    activations.locator("select").nth(1).select_option("by index")


def test_gradients_say_their_reach_and_at_follows_the_cursor(heart: Shown) -> None:
    heart.do("session.select(output=HOSTILE, time=30, layer='conv_1')")
    gradients = heart.panel("gradients")
    words = gradients.locator(".nbdebug-words")
    expect(words).to_contain_text(f"|d logit of {HOSTILE}[00:30 h] / d series[t]|", timeout=PATIENCE)
    expect(words).to_contain_text("90 % of the gradient lies within")
    expect(words).to_contain_text("of 64 times")
    heart.view.locator(".nbdebug-time").focus()
    heart.page.keyboard.press("ArrowLeft")
    expect(words).to_contain_text(f"|d logit of {HOSTILE}[00:29 h] / d series[t]|", timeout=PATIENCE)
    expect(gradients.locator(".nbdebug-legend")).to_contain_text("exactly zero")


def test_a_pooled_layer_snaps_the_cursor(heart: Shown) -> None:
    heart.do("session.select(layer='conv_1', time=30, output='illness')")
    heart.expect_selection("conv_1", "t 30 (")
    heart.view.locator(".nbdebug-layer select").select_option("pool")
    heart.expect_selection("pool", "t 28 (")
    expect(heart.view.locator(".nbdebug-time")).to_have_value("28")
    expect(heart.panel("activations")).to_contain_text("a position covers 4 times", timeout=PATIENCE)


def test_layers_switched_faster_than_they_are_drawn_take_turns(heart: Shown) -> None:
    """The browser's console would say so if a picture were taken away while it is drawn: nobody may hear of it."""
    layers = [layer for _ in range(3) for layer in ("ill", "conv_1", "memory", "alarm")]
    heart.panel("gradients")
    with heart.slow():
        heart.do("import time\nfor layer in " + repr(layers) + ":\n    session.select(layer=layer); time.sleep(0.05)")
        shown = heart.panel("activations").locator(".nbdebug-figure:visible")
        expect(heart.panel("activations").locator(".nbdebug-summary")).to_contain_text("alarm ·", timeout=PATIENCE)
        expect(shown.first).to_be_visible(timeout=PATIENCE)
    heart.close("gradients")


def test_a_layer_without_time_has_bars(heart: Shown) -> None:
    heart.do("session.select(layer='ill')")
    activations = heart.panel("activations")
    expect(activations.locator(".nbdebug-summary")).to_contain_text("ill ·", timeout=PATIENCE)
    expect(activations.locator(".nbdebug-heat-map:visible")).to_have_count(0)
    assert "L" in path(activations.locator(".nbdebug-figure:visible").first, 0)
    heart.do("session.select(layer='conv_1')")


def test_the_worst_false_negative_is_one_click_from_its_input(heart: Shown) -> None:
    heart.close("example")
    heart.do("session.select(output='illness', example=0)")
    predictions = heart.panel("predictions")
    predictions.locator(".nbdebug-worst select").select_option("false negatives")
    row = predictions.locator(".nbdebug-worst .nbdebug-example-row").first
    expect(row).to_be_visible(timeout=PATIENCE)
    (number,) = [
        css for css in (row.get_attribute("class") or "").split() if css.removeprefix("nbdebug-example-").isdigit()
    ]
    example = number.removeprefix("nbdebug-example-")
    row.click()
    heart.expect_selection(f"example {example}")
    shown = heart.view.locator(".nbdebug-panel-example")
    expect(shown.locator(".nbdebug-input path.line").first).to_have_attribute("d", CURVE, timeout=PATIENCE)
    expect(shown).to_contain_text(f"example {example}")
    expect(shown).to_contain_text("false negative: illness predicted", timeout=PATIENCE)
    expect(shown).to_contain_text("Orange: |d illness / d input|", timeout=PATIENCE)
    worst = f"int(session.worst('false_negative', output='illness').example.iloc[0]) == {example}"
    expect(heart.do(f"session.selection.example == {example} and {worst}")).to_contain_text("True")
    expect(row).to_have_attribute("aria-pressed", "true")


def test_previous_and_next_walk_the_list_and_the_data(heart: Shown) -> None:
    predictions, shown = heart.panel("predictions"), heart.panel("example")
    predictions.locator(".nbdebug-worst select").select_option("largest loss")
    rows = predictions.locator(".nbdebug-example-row")
    expect(rows).to_have_count(40)
    rows.first.click()
    expect(shown).to_contain_text("1 of 40 largest loss")
    expect(shown.locator(".nbdebug-walk-back")).to_be_disabled()
    shown.locator(".nbdebug-walk-on").click()
    expect(shown).to_contain_text("2 of 40 largest loss", timeout=PATIENCE)
    expect(rows.nth(1)).to_have_attribute("aria-pressed", "true")
    heart.do("session.select(example=6)")
    heart.view.locator(".nbdebug-next").click()
    heart.expect_selection("example 7")
    heart.view.locator(".nbdebug-previous").click()
    heart.expect_selection("example 6")


def test_a_selection_made_in_a_cell_drives_every_panel(heart: Shown) -> None:
    for name in ("model", "activations", "gradients", "predictions", "example"):
        heart.panel(name)
    heart.do("session.select(layer='memory', time=12, example=9, output=HOSTILE)")
    heart.expect_selection(HOSTILE, "memory", f"example 9 (user 9 {HOSTILE})", "t 12 (")
    chosen = heart.panel("model").locator(".nbdebug-layer-row[aria-pressed=true]")
    expect(chosen).to_contain_text("memory", timeout=PATIENCE)
    expect(heart.panel("activations").locator(".nbdebug-summary")).to_contain_text("memory", timeout=PATIENCE)
    expect(heart.panel("gradients").locator(".nbdebug-words")).to_contain_text(f"{HOSTILE}[00:12 h]", timeout=PATIENCE)
    expect(heart.panel("predictions")).to_contain_text(f"predicted share of {HOSTILE}", timeout=PATIENCE)
    expect(heart.panel("predictions")).to_contain_text("is predicted at every time")
    shown = heart.panel("example")
    expect(shown).to_contain_text(f"example 9 (user 9 {HOSTILE})", timeout=PATIENCE)
    expect(shown).to_contain_text("Green, dashed: the label.", timeout=PATIENCE)
    lines = shown.locator(".nbdebug-figure").last.locator("path.line")
    label = [lines.nth(i).get_attribute("d") or "" for i in range(lines.count())]
    assert max(len(d.split("L")) for d in label) > 32, "prediction and label have a value at every time"
    assert len([d for d in label if len(d.split("L")) > 32]) == 2


def test_metadata_and_names_are_text_in_every_panel(heart: Shown) -> None:
    heart.do("session.select(example=3, output=HOSTILE)")
    shown = heart.panel("example")
    expect(shown.locator(".nbdebug-table").last).to_contain_text("age", timeout=PATIENCE)
    expect(shown.locator(".nbdebug-table").last.get_by_text(HOSTILE)).to_have_count(2)
    for name in ("model", "gradients", "predictions", "example"):
        expect(heart.panel(name)).to_contain_text(HOSTILE, timeout=PATIENCE)
    expect(heart.view.locator(".nbdebug-title")).to_have_text(f"heart {HOSTILE}")
    expect(heart.page.locator("img[src=x]")).to_have_count(0)
    assert heart.dialogs == []


def test_copied_calls_run_as_they_are(heart: Shown) -> None:
    for name, begins in (
        ("model", "session.unit_statistics("),
        ("activations", "session.activations("),
        ("gradients", "session.sensitivity("),
        ("predictions", "session.worst("),
        ("example", "session.sensitivity("),
    ):
        heart.panel(name).locator(".nbdebug-copy").click()
        expect(heart.panel(name).locator(".nbdebug-copy")).to_have_text("✓")
        call = heart.page.evaluate("navigator.clipboard.readText()")
        assert call.startswith(begins)
        expect(heart.do(f"print(type({call}).__name__)").last).to_contain_text(
            {"model": "dict", "activations": "Activations", "predictions": "DataFrame"}.get(name, "Sensitivity")
        )


def test_an_exception_stands_in_its_panel_and_the_others_go_on(heart: Shown) -> None:
    heart.do(
        "@wraps(Session.metrics)\ndef broken(*a, **k): raise ZeroDivisionError('no metrics ' + HOSTILE)\n"
        "session.metrics = broken"
    )
    heart.do("session.select(output='illness', layer='conv_1')")
    error = heart.panel("predictions").locator(".nbdebug-error")
    expect(error).to_have_text(f"ZeroDivisionError: no metrics {HOSTILE}", timeout=PATIENCE)
    expect(heart.panel("gradients").locator(".nbdebug-words")).to_contain_text("|d illness", timeout=PATIENCE)
    expect(heart.view.locator(".nbdebug-error")).to_have_count(1)
    heart.do("del session.metrics; session.select(output=HOSTILE)")
    expect(error).to_have_count(0, timeout=PATIENCE)
    expect(heart.panel("predictions")).to_contain_text(f"predicted share of {HOSTILE}", timeout=PATIENCE)


def test_cancel_stops_a_long_computation(heart: Shown) -> None:
    slow = """
import time
reached = []
@wraps(Session.sensitivity)
def slowly(*a, progress=None, **k):
    for i in range(3000):
        time.sleep(0.02); reached.append(i); progress(i, 3000)
session.sensitivity = slowly
session.select(output='illness')"""
    heart.close("predictions", "example")  # what they fetch ahead would be as slow
    heart.do("session.select(output=HOSTILE)")
    heart.panel("gradients")
    heart.do(slow)
    progress = heart.panel("gradients").locator(".nbdebug-progress")
    expect(progress).to_contain_text("gradient of illness", timeout=PATIENCE)
    expect(progress).to_contain_text("of 3,000")
    progress.get_by_role("button", name="Cancel").click()
    expect(progress).to_have_count(0)
    cancelled = heart.panel("gradients").locator(".nbdebug-cancelled")
    expect(cancelled).to_contain_text("Cancelled: gradient of illness. The picture is the one before.")
    expect(heart.panel("gradients").locator(".nbdebug-outdated")).to_have_count(0)
    ended = "session.jobs.wait(20) and len(reached) < 2999"
    expect(heart.do(ended)).to_contain_text("True")
    heart.do("del session.sensitivity")
    cancelled.get_by_role("button", name="Compute it").click()
    expect(heart.panel("gradients").locator(".nbdebug-words")).to_contain_text("illness", timeout=PATIENCE)
    expect(cancelled).to_have_count(0)


def test_by_keyboard_alone(heart: Shown) -> None:
    heart.do("session.select(layer='conv_1', time=10)")
    heart.close("model", "activations", "gradients", "predictions", "example")
    heart.expect_selection("conv_1", "t 10 (")
    keys = heart.page.keyboard
    heart.view.locator(".nbdebug-refresh").focus()

    def focused() -> str:
        return heart.page.evaluate("document.activeElement.className + ' ' + document.activeElement.textContent")

    def tab_to(what: str) -> None:
        for _ in range(30):
            keys.press("Tab")
            if what in focused():
                return
        raise AssertionError(f"Tab does not reach {what}, but {focused()}")

    tab_to("nbdebug-time")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    heart.expect_selection("t 12 (")
    tab_to("Model")
    keys.press("Enter")
    rows = heart.view.locator(".nbdebug-layer-row")
    expect(rows.first).to_be_visible(timeout=PATIENCE)
    tab_to("nbdebug-layer-row")
    keys.press("ArrowDown")
    assert "conv_dead" in focused()
    keys.press("Enter")
    heart.expect_selection("conv_dead")
    tab_to("Activations")
    keys.press("Space")
    expect(heart.view.locator(".nbdebug-panel-activations .nbdebug-body")).to_be_visible(timeout=PATIENCE)
    keys.press("Space")
    expect(heart.view.locator(".nbdebug-panel-activations .nbdebug-body")).to_have_count(0)


def test_training_greys_what_is_shown_until_refresh(heart: Shown) -> None:
    heart.do("session.select(layer='conv_1', output='illness')")
    activations = heart.panel("activations")
    before = drawn(activations.locator("image").first)
    heart.do("model.fit(x, [ill[:, None], ringing[..., None]], epochs=1, verbose=0);")
    expect(heart.view.locator(".nbdebug-banner")).to_contain_text("Weights changed since (step 0 -> 2)")
    expect(activations.locator(".nbdebug-body")).to_have_css("opacity", "0.5")
    heart.do("session.select(example=11)")
    heart.expect_selection("example 11")
    assert drawn(activations.locator("image").first) == before, "the picture stays that of the old weights"
    heart.view.locator(".nbdebug-refresh-stale").click()
    expect(heart.view.locator(".nbdebug-banner")).to_have_count(0, timeout=PATIENCE)
    expect(activations.locator(".nbdebug-body")).to_have_css("opacity", "1")
    expect(activations).to_contain_text("example 11", timeout=PATIENCE)
    assert drawn(activations.locator("image").first) != before


def test_closing_leaves_an_empty_state(heart: Shown) -> None:
    heart.do("session.close()")
    heart.lab.expect_state("empty", "The session is closed")
    expect(heart.view).to_have_count(0)
