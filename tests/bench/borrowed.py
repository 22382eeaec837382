"""Packages that are measured beside nbdebug, installed in a folder of their own for the time of the bench."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import cache

_KEPT: list[tempfile.TemporaryDirectory] = []


@cache
def borrowed(*packages: str) -> str:
    """The folder to put on the path; empty of packages where they cannot be had."""
    _KEPT.append(tempfile.TemporaryDirectory())
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", _KEPT[-1].name]
    subprocess.run([*pip, *packages], capture_output=True)
    return _KEPT[-1].name
