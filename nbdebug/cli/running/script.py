"""Executing a file as `python FILE` does."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType


def compiled(path: Path) -> CodeType:
    """The code of a script.

    Raises:
        SyntaxError: it is not Python.
    """
    source = path.read_bytes()
    try:
        return compile(source, str(path.absolute()), "exec")
    except ValueError as error:  # a byte 0, before Python 3.12
        raise SyntaxError(str(error)) from None


def execute(path: Path, words: Sequence[str]) -> None:
    """Run a script in this process as its main program; what it raises comes through, SystemExit too.

    Args:
        path: as given on the command line.
        words: its arguments.
    """
    where = str(path.absolute())
    main = ModuleType("__main__")
    main.__dict__.update(
        __file__=where, __builtins__=__builtins__, __loader__=SourceFileLoader("__main__", where), __cached__=None
    )
    sys.argv[:] = [str(path), *words]
    if not sys.flags.safe_path:
        sys.path[0] = str(path.resolve().parent)
    sys.modules["__main__"] = main
    exec(compiled(path), main.__dict__)
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
