"""What `import nbdebug` costs beyond an empty interpreter."""

from __future__ import annotations

import subprocess
import sys

from row import Row, interleaved


def rows():
    def run(code: str):
        return lambda: subprocess.run([sys.executable, "-c", code], check=True)

    seconds = interleaved({"empty": run("pass"), "nbdebug": run("import nbdebug")}, pairs=15)
    loaded = subprocess.run(
        [sys.executable, "-c", "import nbdebug, sys; print('tensorflow' in sys.modules)"],
        capture_output=True,
        text=True,
    ).stdout.strip()
    beyond = 1000 * (seconds["nbdebug"] - seconds["empty"])
    yield Row("`import nbdebug` beyond an empty interpreter", beyond, "ms", 100, f"TensorFlow loaded: {loaded}")
