"""`%load_ext nbdebug` in an IPython without a kernel: nothing is shown, the magic is there."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_line_magic("load_ext", "nbdebug")
assert "nbdebug" in shell.magics_manager.magics["line"]
shell.run_cell("%nbdebug nothing x")
shell.run_line_magic("unload_ext", "nbdebug")
assert "nbdebug" not in shell.magics_manager.magics["line"]
shell.run_line_magic("load_ext", "nbdebug")
"""


def test_load_and_unload() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "There is no nothing in this notebook." in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
