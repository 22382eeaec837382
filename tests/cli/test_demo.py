"""`nbdebug demo`."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from nbdebug.cli import notebooks
from nbdebug.cli.commands import demo
from nbdebug.cli.main import command_modules, main
from nbdebug.errors import NbdebugError


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "01_deepheart.ipynb").write_text("first")
    (folder / "02_digits.ipynb").write_text("second")
    monkeypatch.setattr(notebooks, "shipped", lambda: folder)
    return folder


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    commands: list[list[str]] = []

    def serve(command: list[str]) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(demo, "serve", serve)
    return commands


@pytest.mark.usefixtures("shipped")
def test_it_opens_jupyterlab_on_a_copy(tmp_path: Path, started: list[list[str]], capsys: pytest.CaptureFixture) -> None:
    folder = tmp_path / "work"
    assert main(["demo", "--folder", str(folder), "--no-browser", "--port", "8899"]) == 0
    (command,) = started
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert str(folder / "notebooks" / "01_deepheart.ipynb") in command
    assert {"--no-browser", "--ServerApp.port=8899"} <= set(command)
    assert "--LabApp.default_url=/lab/tree/notebooks/01_deepheart.ipynb" in command
    assert (folder / "notebooks" / "02_digits.ipynb").read_text() == "second"
    assert "address" in capsys.readouterr().out


@pytest.mark.usefixtures("shipped")
def test_edits_are_never_written_over(tmp_path: Path) -> None:
    folder = notebooks.working_copy(tmp_path / "work")
    (folder / "notebooks" / "01_deepheart.ipynb").write_text("mine")
    (folder / "notebooks" / "02_digits.ipynb").unlink()
    assert notebooks.working_copy(folder) == folder
    assert (folder / "notebooks" / "01_deepheart.ipynb").read_text() == "mine"
    assert (folder / "notebooks" / "02_digits.ipynb").read_text() == "second"
    fresh = notebooks.working_copy(folder, fresh=True)
    assert fresh != folder
    assert (fresh / "notebooks" / "01_deepheart.ipynb").read_text() == "first"
    assert (folder / "notebooks" / "01_deepheart.ipynb").read_text() == "mine"


@pytest.mark.usefixtures("shipped")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert main(["demo", "--folder", str(blocked), "--no-browser"]) == 2
    assert "--folder" in capsys.readouterr().err


def test_the_checkout_is_found() -> None:
    assert (notebooks.shipped() / "01_deepheart.ipynb").exists()


def test_no_display_prints_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not demo.has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert demo.has_display()


@pytest.mark.parametrize("name", sorted(command_modules()))
def test_every_command_keeps_the_promise(name: str, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as caught:
        main([name, "--help"])
    assert caught.value.code == 0
    assert (command_modules()[name].__doc__ or "").strip() in capsys.readouterr().out


def test_missing_notebooks_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(notebooks, "PACKAGE", tmp_path / "nbdebug")
    with pytest.raises(NbdebugError, match="missing"):
        notebooks.shipped()


def answer(url: str, patience: float = 60) -> bytes:
    """What a server says that tells its address before it listens."""
    deadline = time.monotonic() + patience
    while True:
        try:
            with urlopen(url, timeout=patience) as said:
                return said.read()
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def test_no_question_covers_the_sidebar(tmp_path: Path) -> None:
    """JupyterLab asks about news unless this setting has an answer."""
    home = {name: str(tmp_path / name.lower()) for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR")}
    start = "from nbdebug.cli.main import main; main(['demo', '--no-browser', '--folder', 'work'])"
    words = [sys.executable, "-c", start]
    lab = subprocess.Popen(words, cwd=tmp_path, env=os.environ | home, stderr=subprocess.PIPE, text=True)
    try:
        lines = (re.search(r"(http://127\S+)/lab/\S+token=(\w+)", line) for line in lab.stderr or ())
        address, token = next(found.groups() for found in lines if found)
        setting = "lab/api/settings/@jupyterlab/apputils-extension:notification"
        shown = json.loads(answer(f"{address}/{setting}?token={token}"))
    finally:
        lab.kill()
        lab.communicate()
    assert shown["schema"]["properties"]["fetchNews"]["default"] == "false"


@pytest.mark.skipif(os.name != "posix", reason="a process can become another on POSIX only")
def test_a_kill_leaves_no_server_behind(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    wait = f"import os, time; open({str(ready)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    start = f"from nbdebug.cli.commands.demo import serve; serve([{sys.executable!r}, '-c', {wait!r}])"
    with subprocess.Popen([sys.executable, "-c", start]) as begun:
        deadline = time.monotonic() + 60
        while not (ready.exists() and ready.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        begun.terminate()
        assert begun.wait(10) == -signal.SIGTERM
    assert int(ready.read_text()) == begun.pid
