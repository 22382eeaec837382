"""What the sidebar says when there is no session to show, and the one action that it offers."""

from __future__ import annotations

import pytest
from browser.lab import MODEL, PATIENCE, Lab
from playwright.sync_api import expect


def test_no_notebook(lab: Lab) -> None:
    lab.page.goto(f"{lab.server.url}/lab?reset")
    lab.page.wait_for_function("window.jupyterapp?.restored")
    lab.page.evaluate("window.jupyterapp.restored")
    lab.show_sidebar()
    lab.expect_state("empty", "No notebook is open")
    expect(lab.host.get_by_role("button", name="New notebook")).to_be_enabled()


def test_a_notebook_without_nbdebug_offers_the_line_and_runs_it(lab: Lab) -> None:
    lab.open("plain", ["1 + 1"])
    lab.show_sidebar()
    lab.expect_state("empty", "%load_ext nbdebug")
    assert (lab.sidebar.bounding_box() or {})["width"] >= 320
    lab.screenshot("empty")
    lab.host.get_by_role("button").click()
    lab.expect_state("ready", "No Keras model is in this notebook yet")
    assert lab.sources() == ["1 + 1", "%load_ext nbdebug"]


def test_a_restarted_kernel(lab: Lab) -> None:
    lab.open("restarted", [MODEL, "session = nbdebug.debug(model, x, y)"])
    lab.run()
    lab.expect_state("ready", "tiny")
    lab.restart()
    lab.expect_state("empty", "The kernel was restarted")
    expect(lab.page.get_by_text("tiny was open in the nbdebug sidebar. Run the cell to open it again.")).to_be_visible()
    lab.run()
    lab.expect_state("ready", "tiny")


def test_a_kernel_that_dies(lab: Lab) -> None:
    lab.open("died", [MODEL, "session = nbdebug.debug(model, x, y)", "import os; os._exit(1)"])
    lab.run(0, 1)
    lab.expect_state("ready", "tiny")
    lab.run(2, wait=False)
    lab.expect_state("empty", "The kernel died")


@pytest.mark.parametrize("how", ["session.close()", "%nbdebug close", None])
def test_closing_the_session(lab: Lab, how: str | None) -> None:
    lab.open("closing", ["%load_ext nbdebug", MODEL, "session = nbdebug.debug(model, x, y)", how or "pass"])
    lab.run(0, 1, 2)
    lab.expect_state("ready", "tiny")
    if how:
        lab.run(3)
    else:
        lab.host.locator(".nbdebug-close").click()
    lab.expect_state("empty", "The session is closed")
    lab.host.get_by_role("button").click()
    lab.expect_state("ready", "model · x")


def test_what_takes_long_says_so(lab: Lab) -> None:
    slow = "import time\nclass Slow:\n    name = 'slow one'\n    @property\n    def built(self): time.sleep(3)"
    lab.open("slow", ["import nbdebug", slow, "nbdebug.debug(Slow(), [1])"])
    lab.run(0, 1)
    lab.show_sidebar()
    lab.run(2, wait=False)
    lab.expect_state("waiting", "Reading slow one")
    expect(lab.sidebar.locator(".nbdebug-host.nbdebug-empty")).to_be_visible(timeout=PATIENCE)
