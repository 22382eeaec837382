"""Slices that the loss is higher on: searched on one half of the examples, confirmed on the other."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from jaxtyping import Num

from nbdebug.errors import NbdebugError, unknown_name
from nbdebug.measure.slices.asked import Asked
from nbdebug.measure.slices.in_memory import InMemory
from nbdebug.measure.slices.run import searched


def find(
    frame: pd.DataFrame,
    loss: Num[np.ndarray, "*axes"],
    weights: Num[np.ndarray, "*other_axes"] | None = None,
    columns: Sequence[str] | None = None,
    **asked: Any,
) -> pd.DataFrame:
    """The slices with the highest loss, strongest first.

    The search over all conjunctions is exact. It sees one half of the examples, drawn by `seed`; every number of the
    loss comes from the other half, and p is corrected after Benjamini and Hochberg over all that were taken there. A
    slice with more conditions than another one is shown only if it is significantly worse than the rest of that one.

    Args:
        frame: metadata, a row an example; missing is a value like others.
        loss: or any number that is larger where the model is worse; NaN counts nowhere.
        weights: of the examples; 0 counts nowhere.
        columns: which columns of the frame; None for all.
        asked: see `Asked`.

    Returns:
        A row a slice: `slice` is its query. n and share are of all examples; loss_share, inside, outside, difference
        (with its 95 % interval low to high), effect (Hedges' g, or Cohen's h where the loss is 0 or 1) and p of the
        confirmation half; parent is the slice it is part of, raised_by
        one of its own parts without which it is not significantly worse, same the queries that hold the very same
        examples (and have no row of their own). attrs["note"] says what was left out, attrs["summary"]
        what was done.

    Raises:
        NbdebugError: an unknown column, lengths that differ, a loss or an option that cannot be used.
    """
    chosen = Asked(**asked)
    return searched(InMemory.of(picked(frame, columns), loss, weights, chosen), chosen)


def picked(frame: pd.DataFrame, columns: Sequence[str] | None) -> pd.DataFrame:
    """The frame with these columns only.

    Raises:
        NbdebugError: there is no such column, or two have one name.
    """
    names = list(frame.columns) if columns is None else [columns] if isinstance(columns, str) else list(columns)
    for name in names:
        if name not in frame.columns:
            raise unknown_name("column", name, map(str, frame.columns))
    texts = [str(name) for name in frame.columns]
    twice = sorted({str(name) for name in names if texts.count(str(name)) > 1})
    if twice:
        raise NbdebugError(
            "Two columns have one name.", got=", ".join(twice), fix="rename one, or choose columns=[...]"
        )
    return frame[names]
