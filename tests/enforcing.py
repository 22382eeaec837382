"""The run-time type checker of the tests."""

from collections.abc import Callable
from typing import Any

from beartype import BeartypeConf, beartype

_beartype = beartype(conf=BeartypeConf(is_pep484_tower=True))
"""An int is a float here, as it is for mypy."""


def enforced(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function`, checked; not one within another: that is made at each call, and to check it takes longer than to run.

    mypy reads those too; shapes are said of what is called from elsewhere.
    """
    return function if "<locals>" in function.__qualname__ else _beartype(function)
