"""Without the extension the cell's output is the view itself."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from browser.lab import MODEL, PATIENCE, Lab
from browser.server import Server
from playwright.sync_api import Page, expect


@pytest.fixture
def bare(page: Page, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    server = Server(tmp_path_factory.mktemp("bare"), without=("nbdebug",))
    yield Lab(page, server)
    server.stop()


def test_the_view_shows_inline(bare: Lab) -> None:
    bare.open("inline", [MODEL, "session = nbdebug.debug(model, x, y)"])
    bare.run()
    expect(bare.sidebar).to_have_count(0)
    view = bare.page.locator(".jp-OutputArea-output .nbdebug-view")
    expect(view).to_contain_text("tiny", timeout=PATIENCE)
    view.locator(".nbdebug-panel-model .nbdebug-heading").click()
    expect(view.locator(".nbdebug-panel-model .nbdebug-body")).to_contain_text("conv_2")
    bare.screenshot("inline")


def test_the_chooser_works_inline(bare: Lab) -> None:
    bare.open("inline_chooser", [MODEL, "%load_ext nbdebug"])
    bare.run()
    bare.page.locator(".jp-OutputArea-output .nbdebug-suggestion").first.click()
    expect(bare.page.locator(".jp-OutputArea-output .nbdebug-view")).to_contain_text("24 examples", timeout=PATIENCE)


def test_a_saved_notebook_is_small_and_readable(lab: Lab) -> None:
    lab.open("saved", [MODEL, "session = nbdebug.debug(model, x, y)"])
    lab.run()
    lab.expect_state("ready", "tiny")
    lab.save()
    path = lab.server.root / "saved.ipynb"
    notebook = json.loads(path.read_text())
    (output,) = notebook["cells"][1]["outputs"]
    assert "".join(output["data"]["text/plain"]) == "tiny: shown in the nbdebug sidebar while its kernel is alive."
    assert path.stat().st_size < 10_000
