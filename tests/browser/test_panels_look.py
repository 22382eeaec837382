"""Every panel at both widths in both themes, for people to look at; what a machine can see is asserted here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import product
from time import monotonic

import pytest
from browser.lab import PATIENCE, Lab
from browser.picture import flat_figures
from browser.server import Server
from browser.showing import HEART, HOSTILE, OPEN, PEOPLE, PICTURES, Shown
from playwright.sync_api import Browser, Locator, TimeoutError, expect

PANELS = ("checkup", "model", "activations", "gradients", "predictions", "example", "slices")
PAINTED = 10
"""Seconds in which what is in the page is painted, also on a busy machine."""

LOOKS = list(product((320, 480), (False, True)))

_TOO_WIDE = """root => [root, ...root.querySelectorAll('.nbdebug-panel, .nbdebug-body, .nbdebug-options')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && e.scrollWidth > e.clientWidth + 1)
  .map(e => {
    const end = e.getBoundingClientRect().right + 1;
    const over = Array.from(e.querySelectorAll('*')).filter(d => d.getBoundingClientRect().right > end);
    const culprits = over.filter(d => !over.some(o => d !== o && d.contains(o))).map(d => d.outerHTML.slice(0, 120));
    return `${e.className}: ${e.scrollWidth} in ${e.clientWidth}, for ${culprits.slice(0, 3)}`;
  })"""

_CUT_OFF = """root => Array.from(root.querySelectorAll('*'))
  .filter(e => e.checkVisibility({visibilityProperty: true}) && e.childElementCount === 0 && e.textContent.trim())
  .map(e => [e, getComputedStyle(e)])
  .filter(([e, style]) => style.overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1
    && (style.textOverflow !== 'ellipsis' || style.display.includes('flex')))
  .map(([e]) => `${e.className}: ${e.textContent}`)"""
"""Text that ends in the middle of a letter, without an ellipsis."""

_MISFITS = """root => Array.from(root.querySelectorAll('.nbdebug-figure'))
  .filter(e => e.checkVisibility({visibilityProperty: true}))
  .map(e => [e, e.querySelector('.plotarea_events')?.getBoundingClientRect(), e.getBoundingClientRect()])
  .filter(([e, plot, room]) => !(plot?.width > 0 && plot.right <= room.right + 1 && plot.left >= room.left - 1
    && (plot.right >= room.right - 20 || e.matches('.nbdebug-maps'))))
  .map(([e, plot, room]) => `${e.className}: ${plot?.left} to ${plot?.right} in ${room.left} to ${room.right}`)"""

_OVERLAPPING = """root => {
  const looked = 'button, select, input, .nbdebug-time-text, .nbdebug-words, .nbdebug-figure';
  const boxes = Array.from(root.querySelectorAll(looked))
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.toolbar_div'))
    .map(e => ({ e, sticky: !!e.closest('.nbdebug-sticky'), box: e.getBoundingClientRect() }));
  const found = [];
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      const hidden = [a, b].some(x => x.e.closest('.nbdebug-rows-body'));
      const nested = a.e.contains(b.e) || b.e.contains(a.e);
      if (across > 1 && down > 1 && !nested && !hidden && a.sticky === b.sticky) {
        found.push(`${a.e.className || a.e.tagName} over ${b.e.className || b.e.tagName}`);
      }
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def gallery(browser: Browser, server: Server) -> Iterator[Shown]:
    context = browser.new_context(viewport={"width": 1400, "height": 3000})
    shown = Shown(Lab(context.new_page(), server), "gallery")
    shown.do(HEART)
    yield shown
    assert shown.dialogs == []
    assert shown.complaints == []
    context.close()
    server.shut_down_kernels()


def open_all(shown: Shown) -> None:
    """Open every panel and wait until each shows something of its own."""
    for name in PANELS:
        shown.panel(name)
    expect(shown.panel("checkup").locator(".nbdebug-verdict")).to_be_visible(timeout=PATIENCE)
    expect(shown.panel("model").locator(".nbdebug-layer-row .nbdebug-mark").first).to_be_visible(timeout=PATIENCE)
    expect(shown.panel("gradients").locator(".nbdebug-words")).to_contain_text("|d ", timeout=PATIENCE)
    expect(shown.panel("predictions").locator(".nbdebug-example-row").first).to_be_visible(timeout=PATIENCE)
    expect(shown.panel("example").locator(".nbdebug-words")).to_contain_text("predicted", timeout=PATIENCE)
    expect(shown.panel("slices").locator(".nbdebug-slices .nbdebug-words")).to_contain_text(
        re.compile("No slice of the metadata|no metadata|worse than the rest"), timeout=PATIENCE
    )
    expect(shown.view.locator(".nbdebug-progress")).to_have_count(0, timeout=PATIENCE)
    expect(shown.view.locator(".nbdebug-error")).to_have_count(0)


def fit(shown: Shown, name: str, where: str) -> None:
    """Bring a panel into view and wait until its figures have drawn themselves anew in the room they have.

    bqplot lays a figure out once it is in view.
    """
    panel = shown.panel(name)
    for figure in panel.locator(".nbdebug-figure").all():
        figure.scroll_into_view_if_needed()
    none_of(shown, _MISFITS, panel, where)


def none_of(shown: Shown, wrong: str, within: Locator, where: str) -> None:
    """Wait until a function in the page that lists what is wrong finds nothing."""
    with suppress(TimeoutError):
        shown.page.wait_for_function(f"root => ({wrong})(root).length === 0", arg=within.element_handle())
    assert within.evaluate(wrong) == [], where


def look(shown: Shown, named: str, panels: Sequence[str] = PANELS) -> None:
    """Save every panel in every look; nothing is too wide, nothing lies over anything."""
    for width, dark in LOOKS:
        shown.lab.theme(dark)
        shown.lab.width(width)
        for name in panels:
            fit(shown, name, f"{named}, {name} at {width} px")
        none_of(shown, _TOO_WIDE, shown.view, f"{named} at {width} px")
        assert shown.lab.host.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), f"{named} at {width} px"
        none_of(shown, _OVERLAPPING, shown.view, f"{named} at {width} px")
        none_of(shown, _CUT_OFF, shown.view, f"{named} at {width} px")
        theme = "dark" if dark else "light"
        shown.lab.screenshot(f"{named}_top_{width}_{theme}", shown.lab.sidebar)
        for name in panels:
            picture(shown, f"{named}_{name}_{width}_{theme}", shown.panel(name))


def picture(shown: Shown, named: str, of: Locator) -> None:
    """Save a picture of what is drawn: Chromium may take one before it has painted what came into view."""
    deadline = monotonic() + PAINTED
    while flat := flat_figures(of, shown.lab.screenshot(named, of).read_bytes()):
        assert monotonic() < deadline, f"{named}: {flat}"


def test_a_network_over_time(gallery: Shown) -> None:
    gallery.do(OPEN)
    gallery.do("session.select(example=9, output=HOSTILE)")
    open_all(gallery)
    look(gallery, "heart")


def test_a_network_over_images(gallery: Shown) -> None:
    gallery.do(PICTURES)
    gallery.lab.expect_state("ready", "pictures")
    open_all(gallery)
    gallery.do("pictures.select(layer='conv_2d', example=2)")
    activations = gallery.panel("activations")
    expect(activations).to_contain_text("4 maps of 6 × 6", timeout=PATIENCE)
    expect(activations.locator("image").first).to_have_attribute("href", re.compile("^(blob|data):"))
    predictions, example = gallery.panel("predictions"), gallery.panel("example")
    expect(predictions).to_contain_text("predicted share of the true class")
    expect(predictions.locator(".nbdebug-worst")).to_contain_text(HOSTILE)
    expect(example.locator(".nbdebug-words")).to_contain_text(f"label {HOSTILE}", timeout=PATIENCE)
    expect(example.locator(".nbdebug-input img").first).to_be_visible()
    expect(gallery.page.locator("img[src=x]")).to_have_count(0)
    look(gallery, "pictures")


def test_a_network_over_a_table(gallery: Shown) -> None:
    gallery.do(PEOPLE)
    gallery.lab.expect_state("ready", "people")
    open_all(gallery)
    expect(gallery.panel("predictions")).to_contain_text("largest residual")
    expect(gallery.panel("example").locator(".nbdebug-input")).to_contain_text(HOSTILE)
    expect(gallery.panel("gradients")).to_contain_text(HOSTILE)
    expect(gallery.page.locator("img[src=x]")).to_have_count(0)
    expect(gallery.view.locator(".nbdebug-time")).to_be_hidden()
    look(gallery, "people")


FAULTS = """
unscaled = np.random.default_rng(0).normal(size=(200, 4)).astype("float32") * 3_000
named = (unscaled[:, 0] > 0).astype("float32")
ill = keras.Sequential([keras.Input((4,), name="table"), keras.layers.Dense(16, name="first"),
                        keras.layers.Dense(8, name="a_layer_with_a_long_name"),
                        keras.layers.Dense(1, activation="sigmoid", name="risk")], name="ill")
ill.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["mse"])
faulty = nbdebug.debug(ill, unscaled, named, outputs="an output whose name is longer than a sidebar is wide " + HOSTILE)
"""


def test_a_network_with_faults(gallery: Shown) -> None:
    gallery.do(FAULTS)
    expect(gallery.view.locator(".nbdebug-title")).to_have_text("ill", timeout=PATIENCE)
    gallery.close(*PANELS)
    panel = gallery.panel("checkup")
    expect(panel.locator(".nbdebug-card").first).to_be_visible(timeout=PATIENCE)
    expect(gallery.view.locator(".nbdebug-progress")).to_have_count(0, timeout=PATIENCE)
    for fold in panel.locator(".nbdebug-fold-button:visible").all():
        fold.click()
    expect(panel.locator(".nbdebug-verdicts table")).to_be_visible(timeout=PATIENCE)
    look(gallery, "faults", ("checkup",))
    gallery.do("ill.compile('adam', 'categorical_crossentropy')")
    with gallery.slow():  # to take away what is still being drawn is an error in the console
        panel.locator(".nbdebug-check-all").click()
        expect(panel.locator(".nbdebug-finding-categorical_on_one_unit")).to_be_visible(timeout=PATIENCE)
        panel.locator(".nbdebug-card .nbdebug-dismiss").first.click()
        panel.locator(".nbdebug-dismissed").click()
        expect(panel.locator(".nbdebug-card-dismissed")).to_have_count(1, timeout=PATIENCE)
    look(gallery, "mended", ("checkup",))
