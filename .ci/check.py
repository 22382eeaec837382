"""Run the checks, all or those that are named, and sum up: `python .ci/check.py [ruff mypy ...]`."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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


BESIDE = ("browser", "notebooks")
"""Checks that wait for a browser or a kernel half of the time, and so run beside the others."""


def main(names: list[str]) -> int:
    wanted = names or list(CHECKS)
    lanes = [[name for name in wanted if (name in BESIDE) == beside] for beside in (False, True)]
    with ThreadPoolExecutor(len(lanes)) as pool:
        done = [result for lane in pool.map(run_all, lanes) for result in lane]
    bad = sum(not fine for _, fine, _ in done)
    lines = [f"{name:<12}{'ok' if fine else 'FAILED':<8}{seconds:6.0f} s" for name, fine, seconds in done]
    print(
        "\n" + "\n".join(lines) + f"\n{'everything is fine' if not bad else f'{bad} of {len(lines)} failed'}",
        flush=True,
    )
    return int(bad > 0)


def run_all(names: Sequence[str]) -> list[tuple[str, bool, float]]:
    """Each check of a lane: its name, whether it is fine, and how long it took."""
    done = []
    for name in names:
        started = time.monotonic()
        fine = all(run(command) for command in CHECKS[name])
        done.append((name, fine, time.monotonic() - started))
    return done


def run(command: list[str]) -> bool:
    """Run a command; what it says is printed in one piece when it has ended, since others say something meanwhile."""
    said = " ".join(command)
    print(f"begins: {said}", flush=True)
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "2", "CUDA_VISIBLE_DEVICES": "-1", "PYTHONDONTWRITEBYTECODE": "1"}
    where = ROOT / "js" if command[0] == "jlpm" else ROOT
    ended = subprocess.run(
        command, cwd=where, env=os.environ | quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    print(f"\n$ {said}\n{ended.stdout}", flush=True)
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
