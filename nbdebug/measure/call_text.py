"""The call behind a number, as text that runs."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from nbdebug.errors import NbdebugError

_NOT_SHOWN = frozenset({"self", "progress", "on_part", "on_verdict", "pulse"})


def call_text(of: str, call: Callable[..., Any], arguments: dict[str, Any]) -> str:
    """The call as Python code, such as `session.activations('conv_2', 881)`.

    Leading arguments stand by position, the others by name; what equals its default is left out.

    Args:
        of: the name of the variable that holds the session.
        call: the method.
        arguments: by name; of a method that takes any, those it does not name come last.

    Raises:
        NbdebugError: the method takes no such argument.
    """
    parameters = {n: p for n, p in inspect.signature(call).parameters.items() if n not in _NOT_SHOWN}
    free = next((name for name, p in parameters.items() if p.kind is inspect.Parameter.VAR_KEYWORD), None)
    for name in arguments if free is None else ():
        if name not in parameters and name not in _NOT_SHOWN:
            raise NbdebugError(f"{call.__name__} takes no {name}.", got=name, fix=f"one of: {', '.join(parameters)}")
    written = []
    by_position = True
    for name, parameter in parameters.items():
        if name == free:
            written += [f"{n}={literal(value)}" for n, value in arguments.items() if n not in parameters]
            continue
        given = name in arguments and not _same(arguments[name], parameter.default)
        by_position = by_position and given and parameter.kind is not inspect.Parameter.KEYWORD_ONLY
        if given:
            written.append(literal(arguments[name]) if by_position else f"{name}={literal(arguments[name])}")
    return f"{of}.{call.__name__}({', '.join(written)})"


def literal(value: Any) -> str:
    """A value as Python code; long runs of whole numbers as a range."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, range):
        return repr(value)
    if isinstance(value, tuple | list):
        whole = len(value) > 3 and all(isinstance(v, int | np.integer) and not isinstance(v, bool) for v in value)
        if whole and list(value) == list(range(int(value[0]), int(value[0]) + len(value))):
            return f"range({int(value[0])}, {int(value[0]) + len(value)})"
        return f"[{', '.join(literal(v) for v in value)}]"
    return repr(value)


def _same(value: Any, default: Any) -> bool:
    return value is default or (type(value) is type(default) and bool(value == default))
