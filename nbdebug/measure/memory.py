"""How many bytes are there, and how many a result holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd


def available_bytes() -> int | None:
    """Memory that can be had without swapping, a container's limit included; None where the system does not say."""
    found = [n for n in (_of_machine(), _of_container()) if n is not None]
    return min(found) if found else None


def as_text(n_bytes: float) -> str:
    """Bytes as people read them: "1.4 GB"."""
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if n_bytes >= size:
            return f"{n_bytes / size:.3g} {unit}"
    return f"{n_bytes:.0f} bytes"


def size_of(result: Any) -> int:
    """Bytes of the arrays and tables inside a result, found through records, mappings and sequences."""
    return sum(_size(held) for held in _held(result))


def make_read_only(result: Any) -> None:
    """Let nobody write into the arrays inside a result that is kept for others."""
    for held in _held(result):
        if isinstance(held, np.ndarray):
            held.flags.writeable = False


def _size(held: np.ndarray | pd.DataFrame) -> int:
    return held.nbytes if isinstance(held, np.ndarray) else int(held.memory_usage(deep=True).sum())


def _held(result: Any) -> Iterator[np.ndarray | pd.DataFrame]:
    if isinstance(result, np.ndarray | pd.DataFrame):
        yield result
    elif isinstance(result, Mapping):
        yield from _held(list(result.values()))
    elif isinstance(result, list | tuple):
        for each in result if result and not isinstance(result[0], int | str) else ():
            yield from _held(each)
    elif is_dataclass(result) and not isinstance(result, type):
        yield from _held([getattr(result, f.name) for f in fields(result)])


def _of_machine() -> int | None:
    try:
        found = re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text())
    except OSError:
        return None
    return int(found[1]) * 1024 if found else None


def _of_container(folder: Path = Path("/sys/fs/cgroup")) -> int | None:
    """What the limit of a control group leaves; the kernel drops pages of files before it kills."""
    try:
        limit, used = (folder / "memory.max").read_text(), (folder / "memory.current").read_text()
        stat = (folder / "memory.stat").read_text()
        files = re.findall(r"^(?:in)?active_file (\d+)", stat, re.MULTILINE)
        return int(limit) - int(used) + sum(map(int, files))
    except (OSError, ValueError):
        return None
