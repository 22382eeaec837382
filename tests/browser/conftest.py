"""One Jupyter server and one Chromium for all browser tests; a fresh page for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser.lab import Lab
from browser.server import Server
from playwright.sync_api import Browser, Page, sync_playwright
from tools import chromium

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"))
    yield server
    server.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def lab(page: Page, server: Server) -> Iterator[Lab]:
    yield Lab(page, server)
    server.shut_down_kernels()
