"""Open JupyterLab on the demo notebook."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from nbdebug.cli.notebooks import PACKAGE, working_copy

FIRST = Path("notebooks") / "01_deepheart.ipynb"
SETTINGS = PACKAGE / "demo" / "jupyter"
"""Defaults of JupyterLab's settings in the demo: its question about news would cover the foot of the sidebar."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-browser", action="store_true", help="print the address instead of opening a browser")
    parser.add_argument("--port", type=int, help="the port to serve at")
    parser.add_argument("--folder", type=Path, help="where to work; by default nbdebug-demo in your home folder")
    parser.add_argument("--fresh", action="store_true", help="start over in a new folder")


def run(given: argparse.Namespace) -> int:
    folder = working_copy((given.folder or Path.home() / "nbdebug-demo").absolute(), fresh=given.fresh)
    quiet = given.no_browser or not has_display()
    print(f"The notebooks are in {folder}; what you change there stays (--fresh starts over beside it).", flush=True)
    if quiet:
        print("Open the address that JupyterLab prints below in a browser.", flush=True)
    return serve(command(folder, given.port, quiet))


def serve(words: list[str]) -> int:
    """Become JupyterLab: Ctrl-C asks and ends it as it always does, and a kill leaves no server behind."""
    known = os.environ.get("JUPYTER_CONFIG_PATH")
    settings = os.environ | {"JUPYTER_CONFIG_PATH": os.pathsep.join([str(SETTINGS), *([known] if known else [])])}
    if os.name == "posix":
        os.execve(words[0], words, settings)
    return subprocess.run(words, env=settings).returncode


def command(folder: Path, port: int | None, quiet: bool) -> list[str]:
    """What starts JupyterLab on the first notebook of `folder`."""
    words = [sys.executable, "-m", "jupyterlab", str(folder / FIRST), "--ServerApp.root_dir", str(folder)]
    # The printed address is this one; without it, it would lead to the launcher and not to the notebook.
    words += [f"--LabApp.default_url=/lab/tree/{FIRST.as_posix()}"]
    words += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    words += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"] if port else []
    words += ["--no-browser"] if quiet else []
    return words + (["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])


def has_display() -> bool:
    """Whether a browser has a screen to appear on."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
