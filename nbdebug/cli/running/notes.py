"""What the process of the script tells the one that writes the report: a line of JSON for each thing."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


class Notes:
    """Appends to a file; silent in processes that the script forked.

    Args:
        path: of the file, made when the first line is written.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._owner = path, os.getpid()

    @property
    def ours(self) -> bool:
        """Whether this process is the one that the notes are of."""
        return os.getpid() == self._owner

    def add(self, kind: str, **facts: Any) -> None:
        """Note something."""
        if self.ours:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"kind": kind, **facts}, allow_nan=False) + "\n")


def read_notes(path: Path) -> list[dict[str, Any]]:
    """All notes; a line that was being written when the process ended is left out."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines[:-1]]
