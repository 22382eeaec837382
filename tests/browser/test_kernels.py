"""The sidebar on a kernel without the rule that `nbdebug.lab.comms` leaves out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from browser.lab import MODEL, Lab
from browser.server import Server
from playwright.sync_api import Page, expect

OLDER = "ipykernel==7.3.*"

_NUDGES = """setInterval(async () => {
  for (const kernel of await (await fetch('/api/kernels')).json()) {
    const socket = new WebSocket(`ws://${location.host}/api/kernels/${kernel.id}/channels`);
    setTimeout(() => socket.close(), 2000);
  }
}, 5000);"""
"""Before 7.4 a kernel may leave a request unread until somebody else connects: it happened to one in about 60 that were
started, before nbdebug was imported. https://github.com/ipython/ipykernel/issues/1554, mended by its pull request 1529.
"""


@pytest.fixture
def older(page: Page, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    overlay = tmp_path_factory.mktemp("overlay")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(overlay), OLDER], check=True
    )
    server = Server(tmp_path_factory.mktemp("older"), overlay=overlay)
    page.add_init_script(_NUDGES)
    yield Lab(page, server)
    server.stop()


def test_a_click_is_answered_while_a_cell_runs(older: Lab) -> None:
    version = "import ipykernel; print(ipykernel.__version__)"
    older.open("older", [version, MODEL, "session = nbdebug.debug(model, x, y)", "import time; time.sleep(60)"])
    older.run(0, 1, 2)
    expect(older.output(0)).to_contain_text("7.3.")
    older.expect_state("ready", "tiny")
    older.run(3, wait=False)
    older.wait_until_running(3)
    older.host.locator(".nbdebug-panel-model .nbdebug-heading").click()
    expect(older.host.locator(".nbdebug-panel-model .nbdebug-body")).to_contain_text("conv_2", timeout=30_000)
    assert older.is_running(3)
    older.interrupt()
