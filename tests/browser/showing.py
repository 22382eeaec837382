"""What the tests of the panels show: networks with markup in every name a user can give, and words for what is seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from browser.lab import PATIENCE, Lab
from playwright.sync_api import ConsoleMessage, Locator, expect

HOSTILE = "<img src=x onerror=alert(1)>"

BEFORE_SCALES = "Error setting state: Cannot read properties of undefined (reading 'x')"
"""What bqplot says, now and then, when a mark changes before its view has scales; it draws once they are there."""

HEART = f"""
import keras, numpy as np, pandas as pd, nbdebug
HOSTILE = {HOSTILE!r}
keras.utils.set_random_seed(1)
rng = np.random.default_rng(0)
n, times = 40, 64
x = rng.normal(size=(n, times, 2)).astype("float32").cumsum(1) / 8
ill = (x[:, :, 0].mean(1) > 0).astype("float32")
ringing = (x[:, :, 1] > 0).astype("float32")
meta = pd.DataFrame({{"age": rng.integers(20, 80, n), HOSTILE: [HOSTILE] * n}},
                    index=[f"user {{i}} {{HOSTILE}}" if i % 2 else f"user {{i}}" for i in range(n)])
L = keras.layers
inputs = keras.Input((times, 2), name="series")
conv = L.Conv1D(5, 3, padding="same", activation="relu", name="conv_1")(inputs)
dead = L.Conv1D(6, 3, padding="same", activation="relu", name="conv_dead",
                bias_initializer=keras.initializers.Constant(-99))(inputs)
pooled = L.MaxPooling1D(4, name="pool")(L.Concatenate(name="both")([conv, dead]))
memory = L.GRU(3, return_sequences=True, name="memory")(pooled)
odd = type(HOSTILE, (L.Activation,), {{}})("linear", name="odd>i")(memory)  # TensorFlow lets no more into a name
raw = L.Dense(1, "sigmoid", name="raw_output")(odd)
ill_head = L.GlobalAveragePooling1D(name="ill")(raw)
alarm = L.Dense(1, "sigmoid", name="alarm")(conv)
model = keras.Model(inputs, [ill_head, alarm], name="heart")
model.compile("sgd", ["binary_crossentropy", "binary_crossentropy"])
"""
"""A cell: a convolution beside a dead one, pooled, a recurrent layer whose mean is an output, an output over time."""

OPEN = """
session = nbdebug.debug(model, x, {"ill": ill[:, None], "alarm": ringing[..., None]}, metadata=meta,
                        outputs={"ill": "illness", "alarm": HOSTILE}, channels=["pulse", HOSTILE],
                        time_step="1min", name="heart " + HOSTILE)
"""

PICTURES = f"""
import keras, numpy as np, nbdebug
HOSTILE = {HOSTILE!r}
images = np.random.default_rng(0).random((30, 8, 8, 1)).astype("float32")
shown = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(4, 3, activation="relu", name="conv_2d"),
                          keras.layers.Flatten(name="flat"),
                          keras.layers.Dense(3, activation="softmax", name="which")], name="pictures")
shown.compile("sgd", "sparse_categorical_crossentropy")
pictures = nbdebug.debug(shown, images, np.arange(30) % 3, classes=["cat", "dog", HOSTILE])
"""
"""A cell: a network over images with three classes, opened."""

PEOPLE = """
table = np.random.default_rng(0).normal(size=(30, 4)).astype("float32")
risk = keras.Sequential([keras.Input((4,)), keras.layers.Dense(5, activation="tanh", name="hidden"),
                         keras.layers.Dense(1, name="score")], name="people")
risk.compile("sgd", "mse")
people = nbdebug.debug(risk, table, table.sum(1), channels=["a", "b", "c", HOSTILE])
"""
"""A cell: a network over a table, opened."""


class Shown:
    """One JupyterLab with one notebook, as the tests of one file share it; everything it hears is kept."""

    def __init__(self, lab: Lab, name: str) -> None:
        self.lab, self.page, self.view = lab, lab.page, lab.host.locator(".nbdebug-view")
        self.dialogs: list[str] = []
        self.complaints: list[str] = []
        self.sent: list[int] = []
        self._cells = 1
        lab.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        lab.page.on("pageerror", lambda error: self.complaints.append(f"{error}\n{error.stack}"))
        lab.page.on("console", self._complain)
        lab.page.on("websocket", self._listen)
        lab.open(name, ["1"])

    def _complain(self, said: ConsoleMessage) -> None:
        if said.type == "error" and BEFORE_SCALES not in said.text:
            self.complaints.append(said.text)

    @contextmanager
    def slow(self, times: float = 12) -> Iterator[None]:
        """A browser that takes so many times as long for everything."""
        throttle = self.page.context.new_cdp_session(self.page)
        throttle.send("Emulation.setCPUThrottlingRate", {"rate": times})
        yield
        throttle.send("Emulation.setCPUThrottlingRate", {"rate": 1})

    def do(self, source: str, wait: bool = True) -> Locator:
        """Run `source` in a cell of its own at the end; returns what it put out."""
        panel = "window.jupyterapp.shell.currentWidget"
        self.page.evaluate(
            f"source => {panel}.content.model.sharedModel.addCell({{cell_type: 'code', source}})", source
        )
        self.lab.run(self._cells, wait=wait)
        self._cells += 1
        return self.page.locator(".jp-Cell:visible").nth(self._cells - 1).locator(".jp-OutputArea").first

    @property
    def last_cell(self) -> int:
        """The cell that ran last."""
        return self._cells - 1

    def panel(self, name: str) -> Locator:
        """A panel of the view, open."""
        found = self.view.locator(f".nbdebug-panel-{name}")
        heading = found.locator(".nbdebug-heading")
        expect(heading).to_be_visible(timeout=PATIENCE)
        if "nbdebug-open" not in (heading.get_attribute("class") or ""):
            heading.click()
            expect(found.locator(".nbdebug-body")).to_be_visible(timeout=PATIENCE)
        return found

    def close(self, *names: str) -> None:
        """Close these panels."""
        for name in names:
            found = self.view.locator(f".nbdebug-panel-{name}")
            if found.locator(".nbdebug-body").count():
                found.locator(".nbdebug-heading").click()
                expect(found.locator(".nbdebug-body")).to_have_count(0)

    def expect_selection(self, *parts: str) -> None:
        """Wait until the selection bar says each of these."""
        for part in parts:
            expect(self.view.locator(".nbdebug-selection")).to_contain_text(part, timeout=PATIENCE)

    def _listen(self, socket: Any) -> None:
        if "/channels" in socket.url:
            socket.on("framesent", lambda payload: self.sent.append(len(payload)))
