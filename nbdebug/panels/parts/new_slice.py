"""A slice that the user makes in the sidebar."""

from __future__ import annotations

from typing import Any

import numpy as np

from nbdebug.errors import NbdebugError
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.panels.bench import Bench
from nbdebug.records.slice import Slice


def new_slice(
    bench: Bench,
    where: Any,
    name: str | None,
    *,
    output: str,
    metric: str = "loss",
    threshold: float = THRESHOLD,
    note: str = "",
) -> Slice:
    """Define a slice, but under no name that stands for other examples: what was named before is not lost.

    Args:
        bench: defines it.
        where: a query, or one true or false an example.
        name: of the slice, None for the query.
        output, metric, threshold, note: as for `Bench.define_slice`.

    Raises:
        NbdebugError: the name is that of another slice, or the query cannot be told.
    """

    def rows(of: Any) -> np.ndarray:
        return np.asarray(bench.slice_rows(of, output, threshold=threshold))

    if name in bench.slices and not np.array_equal(rows(name), rows(where)):
        raise NbdebugError(
            "Another slice has this name.",
            got=repr(name),
            fix="another name; session.define_slice(where, name) gives this one another meaning",
        )
    return bench.define_slice(where, name, output=output, metric=metric, threshold=threshold, note=note)
