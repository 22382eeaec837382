"""Measure everything that has a target and print the table; `python tests/bench [NAME ...]` measures some.

Each `bench_*.py` beside this file is one topic: a function `rows()` that yields `Row`s. A topic runs in a process of
its own, so that none warms caches or fills memory for the next.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from row import HEADER  # noqa: E402


def one(topic: str) -> None:
    for row in importlib.import_module(f"bench_{topic}").rows():
        print(row, flush=True)


def everything(topics: list[str]) -> int:
    print(HEADER, flush=True)
    known = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    return max(subprocess.run([sys.executable, str(HERE), "--one", topic]).returncode for topic in topics or known)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2])
    else:
        sys.exit(everything(sys.argv[1:]))
