"""Finds a Chromium for the browser tests, or installs one: `python tests/tools/chromium.py` prints its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "No Chromium for the browser tests: install Debian's package chromium (as root: apt-get install chromium), any "
    "other Chromium or Chrome, or name one in NBDEBUG_CHROMIUM."
)


def find() -> str | None:
    """The path of a Chromium that starts, None where there is none."""
    named = os.environ.get("NBDEBUG_CHROMIUM")
    paths = [named] if named else [path for name in NAMES if (path := shutil.which(name))]
    own = _of_playwright()
    return next((path for path in [*paths, *own] if _starts(path)), None)


def install() -> str | None:
    """Debian's package where that can be installed, else Playwright's own."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update", "-q")
        _run("apt-get", "install", "-qy", "--no-install-recommends", "chromium")
    if (path := find()) is not None:
        return path
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    return find()


def _of_playwright() -> list[str]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return []
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return [path] if Path(path).exists() else []


def _starts(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _run(*command: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, env=environment, stdout=sys.stderr, timeout=600)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{command[0]}: {error}", file=sys.stderr)


if __name__ == "__main__":
    found = find() or install()
    print(found or MISSING, file=sys.stdout if found else sys.stderr)
    raise SystemExit(0 if found else 1)
