"""The two suites, found by walking their folders."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from programs.program import Program

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    """One file of a suite.

    Args:
        name: of the file, without ".py".
        suite: "faulty" or "healthy".
        folder: that holds both suites.
    """

    name: str
    suite: str
    folder: Path = HERE

    @cached_property
    def _file(self) -> Any:
        path = self.folder / self.suite / f"{self.name}.py"
        spec = importlib.util.spec_from_file_location(f"{self.suite}_{self.name}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        return module

    @property
    def causes(self) -> tuple[str, ...]:
        """Accepted causes, the root cause first; () of a healthy program."""
        return getattr(self._file, "CAUSES", ())

    @property
    def raises(self) -> bool:
        """Whether Keras raises at the first batch, which is the case then."""
        return getattr(self._file, "RAISES", False)

    @property
    def told(self) -> str:
        """The case in words."""
        return self._file.__doc__ or ""

    @property
    def states(self) -> tuple[bool, ...]:
        """Whether mended: both for a faulty program, True for a healthy one."""
        return (False, True) if self.suite == "faulty" else (True,)

    def make(self, seed: int, mended: bool = True) -> Program:
        """Build it; a healthy program has nothing to mend."""
        return self._file.make(seed, mended) if self.suite == "faulty" else self._file.make(seed)


def entries(*parts: str, folder: Path = HERE) -> Iterator[Entry]:
    """The programs whose "suite/name" contains one of `parts` (all without), the faulty ones first."""
    for suite in ("faulty", "healthy"):
        for path in sorted((folder / suite).glob("*.py")):
            if not parts or any(part in f"{suite}/{path.stem}" for part in parts):
                yield Entry(path.stem, suite, folder)
