"""Run the checks, all or those that are named, and sum up: `python .ci/check.py [ruff mypy ...]`."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q"]
BOTH_CORES = ["--numprocesses", "2", "--dist", "worksteal"]
CHECKS = {
    "ruff": [["ruff", "check", "."]],
    "mypy": [["mypy"]],
    "arrows": [["lint-imports"]],
    "typescript": [["jlpm", "lint"], ["jlpm", "test"]],
    "python": [[*PYTEST, "tests", "--ignore=tests/browser", "--ignore=tests/notebooks", *BOTH_CORES]],
    "browser": [[sys.executable, "tests/tools/chromium.py"], [*PYTEST, "tests/browser"]],
    "notebooks": [[*PYTEST, "tests/notebooks"]],
}


def main(names: list[str]) -> int:
    lines, bad = [], 0
    for name in names or CHECKS:
        started = time.monotonic()
        fine = all(run(command) for command in CHECKS[name])
        bad += not fine
        lines.append(f"{name:<12}{'ok' if fine else 'FAILED':<8}{time.monotonic() - started:6.0f} s")
    print(
        "\n" + "\n".join(lines) + f"\n{'everything is fine' if not bad else f'{bad} of {len(lines)} failed'}",
        flush=True,
    )
    return int(bad > 0)


def run(command: list[str]) -> bool:
    print(f"\n$ {' '.join(command)}", flush=True)
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "2", "CUDA_VISIBLE_DEVICES": "-1", "PYTHONDONTWRITEBYTECODE": "1"}
    where = ROOT / "js" if command[0] == "jlpm" else ROOT
    return subprocess.run(command, cwd=where, env=os.environ | quiet).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
