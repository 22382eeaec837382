"""JupyterLab as a test drives it. Everything waits for a state; nothing sleeps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from browser.server import Server
from playwright.sync_api import Locator, Page, expect

SCREENSHOTS = Path(__file__).parent / "screenshots"
PATIENCE = 90_000
"""Milliseconds that a state may take: a kernel that imports TensorFlow on a busy machine is slow."""

MODEL = """
import keras, numpy as np, pandas as pd, nbdebug
keras.utils.set_random_seed(1)
x = np.random.default_rng(0).normal(size=(24, 32, 2)).astype("float32")
y = (x[:, :, 0].mean(1) > 0).astype("float32")
meta = pd.DataFrame({"age": np.arange(24)})
def make(name):
    inputs = keras.Input((32, 2), name="series")
    hidden = keras.layers.Conv1D(4, 3, padding="same", activation="relu", name="conv_1")(inputs)
    hidden = keras.layers.Conv1D(4, 3, padding="same", activation="relu", name="conv_2")(hidden)
    risk = keras.layers.Dense(1, activation="sigmoid", name="risk")(keras.layers.GlobalAveragePooling1D()(hidden))
    made = keras.Model(inputs, risk, name=name)
    made.compile("sgd", "binary_crossentropy")
    return made
model = make("tiny")
"""
"""A cell that makes the smallest model with time, and data for it: `model`, `x`, `y`, `meta`."""

_PANEL = "window.jupyterapp.shell.currentWidget"

_UNTIL_LAYOUT_STORED = """async shown => {
  for (;;) {
    const answer = await fetch('/lab/api/workspaces/default');
    const right = (await answer.json()).data?.['layout-restorer:data']?.right;
    if (right && (right.current === 'nbdebug-sidebar' && !right.collapsed) === shown) {
      return;
    }
    await new Promise(later => setTimeout(later, 100));
  }
}"""
"""Polls by itself: Playwright takes the promise of an asynchronous condition for a yes."""

_RUN_CELL = """() => {
  window.ran = false;
  void window.jupyterapp.commands.execute('notebook:run-cell').then(() => { window.ran = true; });
}"""


class Lab:
    """One page with one JupyterLab (or Notebook 7) in it."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.server = page, server
        page.set_default_timeout(PATIENCE)
        self.sidebar = page.locator("#nbdebug-sidebar")
        self.host = self.sidebar.locator(".nbdebug-host")

    def write(self, name: str, cells: Sequence[str]) -> str:
        """Write a notebook of code cells; returns its path on the server."""
        path = self.server.root / f"{name}.ipynb"
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, path)
        return path.name

    def open(self, name: str, cells: Sequence[str] | None = None) -> None:
        """Load JupyterLab anew with this notebook in it, and wait for its kernel."""
        path = self.write(name, cells) if cells is not None else f"{name}.ipynb"
        self.page.goto(f"{self.server.url}/lab/tree/{path}?reset")
        self.wait_for_kernel()

    def open_classic(self, name: str, cells: Sequence[str]) -> None:
        """Load Notebook 7 with this notebook in it."""
        self.page.goto(f"{self.server.url}/notebooks/{self.write(name, cells)}")
        self.wait_for_kernel()

    def open_beside(self, name: str, cells: Sequence[str]) -> None:
        """Open another notebook in the same JupyterLab; it becomes the current one."""
        self.command("docmanager:open", path=self.write(name, cells))
        self.page.wait_for_function(f"name => {_PANEL}?.context?.path === name", arg=f"{name}.ipynb")
        self.wait_for_kernel()

    def switch_to(self, name: str) -> None:
        """Bring an open notebook to the front, by its tab."""
        self.page.get_by_role("tab", name=f"{name}.ipynb").click()
        self.page.wait_for_function(f"name => {_PANEL}?.context?.path === name", arg=f"{name}.ipynb")

    def reload(self) -> None:
        """Reload the page once JupyterLab has stored notebook and layout, as it does by itself; the kernel lives on."""
        self.save()
        self.page.evaluate(_UNTIL_LAYOUT_STORED, self.sidebar.is_visible())
        self.page.reload()
        self.wait_for_kernel()

    def save(self) -> None:
        """Save the current notebook."""
        self.page.evaluate(f"{_PANEL}.context.save()")

    def command(self, name: str, **arguments: Any) -> Any:
        """Run a command of the application."""
        return self.page.evaluate("([name, a]) => void window.jupyterapp.commands.execute(name, a)", [name, arguments])

    def wait_for_kernel(self) -> None:
        """Until the current notebook has a kernel that is idle."""
        self.page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.sessionContext !== undefined")
        self.page.wait_for_function(
            f"{_PANEL}.sessionContext.isReady && {_PANEL}.sessionContext.session?.kernel?.status === 'idle'"
        )

    def run(self, *cells: int, wait: bool = True) -> None:
        """Run these cells of the current notebook, all where none is named, and wait until they are done."""
        count = self.page.evaluate(f"{_PANEL}.content.widgets.length")
        for cell in cells or range(count):
            self.page.evaluate(f"cell => {{ {_PANEL}.content.activeCellIndex = cell; }}", cell)
            self.page.evaluate(_RUN_CELL)
            if wait:
                self.page.wait_for_function("window.ran")

    def interrupt(self) -> None:
        """Interrupt the kernel of the current notebook."""
        self.page.evaluate(f"{_PANEL}.sessionContext.session.kernel.interrupt()")

    def restart(self) -> None:
        """Restart the kernel of the current notebook."""
        self.page.evaluate(f"{_PANEL}.sessionContext.session.kernel.restart()")
        self.wait_for_kernel()

    def is_running(self, cell: int) -> bool:
        """Whether a cell runs; the kernel's own status also tells of what its subshells do."""
        return self.page.evaluate(f"cell => {_PANEL}.content.widgets[cell].model.executionState === 'running'", cell)

    def wait_until_running(self, cell: int) -> None:
        """Until the kernel has begun with a cell."""
        self.page.wait_for_function(
            f"cell => {_PANEL}.content.widgets[cell].model.executionState === 'running'", arg=cell
        )

    def sources(self) -> list[str]:
        """The text of the current notebook's cells."""
        return self.page.evaluate(f"{_PANEL}.content.widgets.map(cell => cell.model.sharedModel.getSource())")

    def output(self, cell: int) -> Locator:
        """What a cell put out."""
        return self.page.locator(".jp-Cell:visible").nth(cell).locator(".jp-Cell-outputArea, .jp-OutputArea").first

    def expect_state(self, state: str, text: str = "") -> None:
        """Wait until the sidebar is empty, waiting or ready, and shows `text`."""
        expect(self.sidebar.locator(f".nbdebug-host.nbdebug-{state}")).to_be_visible(timeout=PATIENCE)
        if text:
            expect(self.host).to_contain_text(text, timeout=PATIENCE)

    def show_sidebar(self) -> None:
        """Open the sidebar as the test's user would who finds it closed."""
        self.page.evaluate("window.jupyterapp.shell.activateById('nbdebug-sidebar')")
        expect(self.sidebar).to_be_visible()

    def theme(self, dark: bool) -> None:
        """Change the theme."""
        name = "JupyterLab Dark" if dark else "JupyterLab Light"
        self.command("apputils:change-theme", theme=name)
        expect(self.page.locator(f'body[data-jp-theme-name="{name}"]')).to_be_attached(timeout=PATIENCE)

    def width(self, pixels: int) -> None:
        """Drag the sidebar to this width."""
        for _ in range(4):
            box = self.sidebar.bounding_box()
            assert box is not None
            if abs(box["width"] - pixels) <= 1:
                self.page.evaluate("getSelection().removeAllRanges()")  # a drag that misses the handle selects text
                return
            x, y = box["x"] - 2, box["y"] + box["height"] / 2
            self.page.mouse.move(x, y)
            self.page.mouse.down()
            self.page.mouse.move(x + box["width"] - pixels, y, steps=4)
            self.page.mouse.up()
        raise AssertionError(f"the sidebar does not become {pixels} px wide, it stays at {box['width']}")

    def screenshot(self, name: str, of: Locator | None = None) -> Path:
        """Save a picture for people to look at."""
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        (of or self.page).screenshot(path=path)
        return path

    def focused_in_notebook(self) -> bool:
        """Whether the keyboard is with a cell of the current notebook."""
        return self.page.evaluate(f"{_PANEL}.content.node.contains(document.activeElement)")
