"""One slice a value of a column."""

from typing import Any

import numpy as np
import pandas as pd

from nbdebug.errors import NbdebugError, unknown_name
from nbdebug.measure.slices.coded import codings_of
from nbdebug.measure.slices.columns import columns_of
from nbdebug.measure.slices.define import define, together
from nbdebug.measure.slices.summary import Summary
from nbdebug.records.slice import Slice


def slices_by(
    column: str,
    table: pd.DataFrame,
    metadata: pd.DataFrame | None = None,
    metric: str = "loss",
    weights: np.ndarray | None = None,
    top: int = 20,
    bins: int = 10,
) -> tuple[tuple[Slice, ...], str]:
    """A slice for each value of a column, or each bin where they are many, p corrected over them.

    Args:
        column: of the metadata, or label, prediction, loss, outcome, residual.
        table, metadata, metric, weights: see `define`.
        top: values at most, the others taken together.
        bins: of numbers and times with more than `top` values.

    Returns:
        The slices, and what has to be said of them ("" if nothing).

    Raises:
        NbdebugError: an unknown column, or one whose values cannot be told apart.
    """
    columns: dict[str, Any] = columns_of(table, metadata)
    if column not in columns:
        raise unknown_name("column", column, columns)
    summary = Summary.of(columns[column].rename(column), top, np.ones(len(table), bool))
    codings, notes = codings_of([summary], bins)
    if not codings:
        raise NbdebugError("There is no slice by this column.", got="; ".join(notes), fix="another column, or a query")
    slices = [define(text, table, metadata, metric, weights) for text in codings[0].texts]
    return together(slices), "; ".join(notes)
