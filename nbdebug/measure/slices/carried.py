"""Slices of one session that still mean something in another."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.columns import columns_of
from nbdebug.measure.slices.named import Where
from nbdebug.measure.slices.query import holds


def lost(where: Where, metadata: pd.DataFrame | None, own: Collection[str], n_examples: int, same_x: bool) -> str:
    """Why a slice means nothing on other data, "" where it does.

    A query does where its columns are there and hold what it compares them with. Of what is predicted nothing is asked,
    since that may take a pass over all examples. A set of examples does where the examples are the same ones.

    Args:
        where: a query, or one true or false an example.
        metadata: of the other data.
        own: which columns there are beside it: of label, prediction, loss, outcome, residual.
        n_examples: how many the other data has.
        same_x: whether both are of the same examples.
    """
    if isinstance(where, np.ndarray):
        return "" if same_x and where.shape == (n_examples,) else "it is a set of examples, and x is another"
    anything = pd.Series(np.resize(np.array([0, ""], dtype=object), n_examples))
    try:
        holds(where, columns_of(pd.DataFrame(dict.fromkeys(own, anything)), metadata))
    except NbdebugError as error:
        return f"{error.what[:1].lower()}{error.what[1:].rstrip('.')} ({error.got})"
    return ""


def same_arrays(one: Mapping[str, np.ndarray], other: Mapping[str, np.ndarray]) -> bool:
    """Whether two sets of inputs are the same by name, memory or content."""
    return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    places = ("data", "strides")
    if all(one.__array_interface__[place] == other.__array_interface__[place] for place in places):
        return True
    return np.array_equal(one, other, equal_nan=one.dtype.kind in "fc")
