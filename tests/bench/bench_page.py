"""What the hand feels: a real JupyterLab in a real Chromium, from the key or the click to the repaint."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from row import Row

sys.path.insert(0, str(Path(__file__).parent.parent))

PRESSES = 100
CLICKS = 20
BUDGET_MS = 33

WIDE = """
import numpy as np, keras, nbdebug
from keras import layers
keras.utils.set_random_seed(0)
model = keras.Sequential([
    layers.Input((4096, 2)),
    layers.Conv1D(128, 5, padding="same", activation="relu", name="conv_1"),
    layers.Conv1D(128, 5, padding="same", activation="tanh", name="conv_2"),
    layers.GlobalAveragePooling1D(name="pool"),
    layers.Dense(1, activation="sigmoid", name="risk"),
], name="wide")
model.compile("adam", "binary_crossentropy")
random = np.random.default_rng(0)
x, y = random.normal(size=(48, 4096, 2)).astype("float32"), random.integers(0, 2, 48)
session = nbdebug.debug(model, x, y)
"""
DEMO_LOAD = """
from nbdebug.demo import example_data, load
import nbdebug
%load_ext nbdebug
data, model = example_data(2048), load("mended")
model({name: values[:2] for name, values in data.inputs.items()})
"""
DEMO_LINE = "%nbdebug model data.inputs data.y --metadata data.metadata"

# A repaint is over when a message posted from inside its animation frame arrives. A change of the drawing that is made
# outside a frame is painted by the next one.
FRAMES = """() => {
  window.afterPaint = act => {
    const channel = new MessageChannel();
    channel.port1.onmessage = act;
    channel.port2.postMessage(0);
  };
  const loop = () => {
    window.inFrame = true;
    window.afterPaint(() => (window.inFrame = false));
    requestAnimationFrame(loop);
  };
  requestAnimationFrame(loop);
}"""
PRESSED = """([input, drawn]) => {
  window.taken = [];
  window.pressing?.abort();
  window.pressing = new AbortController();
  const { signal } = window.pressing;
  let pressed;
  const painted = () => window.afterPaint(() => {
    if (pressed !== undefined) window.taken.push(performance.now() - pressed);
    pressed = undefined;
  });
  const changed = () => (window.inFrame ? painted() : requestAnimationFrame(painted));
  document.querySelector(input).addEventListener('keydown', event => {
    pressed = event.timeStamp;
    if (!drawn) requestAnimationFrame(painted);
  }, { signal });
  const root = drawn && document.querySelector(drawn);
  if (!root) return;
  const seen = new MutationObserver(changed);
  seen.observe(root, { subtree: true, attributes: true, attributeFilter: ['d'] });
  signal.addEventListener('abort', () => seen.disconnect());
}"""
NOTHING = """() => {
  const input = document.createElement('input');
  Object.assign(input, { type: 'range', max: 4095, value: 2048, id: 'nothing' });
  Object.assign(input.style, { position: 'fixed', top: 0, left: 0, zIndex: 9999 });
  document.body.append(input);
}"""
CHANGED = """([root, part, name]) => {
  window.begun = performance.now();
  window.ended = new Promise(resolve => {
    const seen = new MutationObserver(changes => {
      const hit = changes.some(change =>
        [change.target, ...change.addedNodes].some(node => node.matches?.(part) && node.getAttribute(name)));
      if (!hit) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - window.begun)));
    });
    seen.observe(document.querySelector(root), { subtree: true, childList: true, attributes: true });
  });
}"""
SIZE = """async ([root, part, name]) => {
  const shown = document.querySelector(`${root} ${part}`).getAttribute(name);
  return (await (await fetch(shown)).arrayBuffer()).byteLength;
}"""
RUNNING = "window.jupyterapp.shell.currentWidget.content.widgets[1].model.executionState === 'running'"
DRAWN = "#nbdebug-sidebar .nbdebug-panel-activations"
HEAT_MAP = [".nbdebug-panel-activations", "image", "href"]
INPUT = [".nbdebug-panel-example .nbdebug-input", "path", "d"]
PANELS = ("Model", "Gradients", "Predictions", "Example")


class Traffic:
    """Bytes and messages over the page's websockets."""

    def __init__(self, page) -> None:
        self.sent, self.received = 0, 0
        page.on("websocket", self._listen)

    def _listen(self, socket) -> None:
        socket.on("framesent", lambda _payload: self._count("sent", 1))
        socket.on("framereceived", lambda payload: self._count("received", len(payload)))

    def _count(self, what: str, more: int) -> None:
        setattr(self, what, getattr(self, what) + more)


def rows() -> Iterator[Row]:
    with _lab() as lab:
        traffic = Traffic(lab.page)
        lab.open("wide", [WIDE, "import time; time.sleep(60)"])
        opened = traffic.received
        lab.run(0)
        lab.expect_state("ready")
        _settled(lab)
        sizes = {"Activations": traffic.received - opened}
        yield from _scrubbing(lab, traffic)
        yield _switching(lab)
        for title in PANELS:
            before = traffic.received
            lab.sidebar.get_by_role("button", name=title, exact=True).click()
            _settled(lab)
            sizes[title] = traffic.received - before
        largest = max(sizes, key=lambda title: sizes[title])
        beside = ", ".join(f"{title} {size / 1e6:.2f}" for title, size in sizes.items())
        yield Row(f"bytes received to open any view ({largest})", sizes[largest] / 1e6, "MB", 1.0, beside)
        yield _worst(lab)
    with _lab() as lab:
        yield _first_picture(lab)


@contextmanager
def _lab() -> Iterator:
    from browser.conftest import FLAGS
    from browser.lab import Lab
    from browser.server import Server
    from playwright.sync_api import sync_playwright
    from tools import chromium

    path = chromium.find()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # kernels find modules compiled, as pip leaves them
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield Lab(browser.new_page(viewport={"width": 1400, "height": 900}), server)
        finally:
            browser.close()
            server.stop()


def _settled(lab) -> None:
    """Until nothing has been received or drawn for a second: what a panel sends is counted whole."""
    lab.page.evaluate(
        """() => new Promise(resolve => {
             let timer = setTimeout(resolve, 1500);
             const sidebar = document.querySelector('#nbdebug-sidebar');
             new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(resolve, 1500); })
               .observe(sidebar, { subtree: true, childList: true, attributes: true });
           })"""
    )
    lab.page.wait_for_function("!document.querySelector('#nbdebug-sidebar .nbdebug-progress')")


def _presses(lab, selector: str, drawn: str | None = None) -> np.ndarray:
    lab.page.evaluate(PRESSED, [selector, drawn])
    lab.page.locator(selector).first.focus()
    for press in range(PRESSES):
        lab.page.keyboard.press("ArrowRight" if press < PRESSES // 2 else "ArrowLeft")
        lab.page.wait_for_function(f"window.taken.length === {press + 1}", polling=1)
    return np.array(lab.page.evaluate("window.taken"))


def _scrubbing(lab, traffic: Traffic) -> Iterator[Row]:
    lab.page.evaluate(FRAMES)
    lab.page.evaluate(NOTHING)
    empty = np.percentile(_presses(lab, "#nothing"), 95)
    lab.page.evaluate("document.getElementById('nothing').remove()")
    for state in ("idle", "a cell running"):
        if state != "idle":
            lab.run(1, wait=False)
            lab.page.wait_for_function(RUNNING)
        before = traffic.sent
        taken = _presses(lab, "#nbdebug-sidebar input.nbdebug-time", DRAWN)
        sent = traffic.sent - before
        yield Row(
            f"scrub one position, key press to repaint, 4,096 x 128, {state}, p95",
            float(np.percentile(taken, 95)),
            "ms",
            BUDGET_MS,
            f"empty frame: {empty:.0f} ms; median {np.median(taken):.0f} ms; messages while scrubbing: {sent}",
        )
    lab.interrupt()
    lab.wait_for_kernel()
    _settled(lab)


def _timed(lab, watched: list[str], act: Callable[[], None]) -> float:
    lab.page.evaluate(CHANGED, watched)
    act()
    return lab.page.evaluate("window.ended")


def _switching(lab) -> Row:
    picker = lab.sidebar.locator(".nbdebug-layer select")
    taken = [
        _timed(lab, HEAT_MAP, lambda name=name: picker.select_option(label=name))
        for name in ["conv_2", "conv_1"] * (CLICKS // 2)
    ][2:]
    return Row(
        "switch layer (example already traced), click to repaint, p95", float(np.percentile(taken, 95)), "ms", 300
    )


def _worst(lab) -> Row:
    listed = lab.sidebar.locator(".nbdebug-worst button.nbdebug-example-row")
    taken = []
    for place in range(min(10, listed.count())):
        taken.append(_timed(lab, INPUT, listed.nth(place).click))
        _settled(lab)
    p95 = float(np.percentile(taken, 95))
    return Row("click a worst false negative to its input drawn, p95", p95, "ms", 300, f"{len(taken)} clicks")


def _first_picture(lab) -> Row:
    lab.open("demo", [DEMO_LOAD, DEMO_LINE])
    lab.run(0)
    lab.page.evaluate(CHANGED, ["body", ".nbdebug-panel-activations image", "href"])
    lab.run(1, wait=False)
    seconds = lab.page.evaluate("window.ended") / 1000
    size = lab.page.evaluate(SIZE, HEAT_MAP)
    if size < 1000:
        raise AssertionError(f"the first picture is blank: {size} bytes")
    return Row("`%nbdebug` line on the demo (2,048 x 4,096) to the first true picture", seconds, "s", 2.0)
