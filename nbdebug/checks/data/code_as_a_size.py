"""The number of a category goes in as if it were a size."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._scaling import as_they_are
from nbdebug.checks.data._tables import columns_of
from nbdebug.checks.graph import graph_of
from nbdebug.measure.levels import Levels, evenly_spaced, levels
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case

_MOST, _COLUMNS = 5000, 50


def judge(
    case: Case, *, few: int = 12, each: int = 8, explains: float = 0.1, noise: float = 0.25, disorder: float = 1.4
) -> Iterator[Found]:
    """A column of at least `few` levels that are whole numbers, perhaps scaled, with `each` examples or more a level in
    the mean. The level explains at least `explains` of the labels, its means being known to a share of `noise`, but
    neighbouring levels differ like any two: von Neumann's ratio is above `disorder`, where no order has 2, with a
    standard error of 0.3 for 40 levels, and what is smooth has next to 0.
    """
    graph = graph_of(case)
    for name, values in case.inputs.items():
        if values.ndim > 2 or values.dtype.kind not in "fiu" or not as_they_are(graph, name):
            continue
        rows = spread(values, _MOST * max(1, values[0].size)).reshape(-1, max(1, values[0].size)).astype(np.float64)
        for end in case.ends:
            labels = columns_of(case.targets.get(end.name), end, _MOST)
            if labels is None or len(labels) != len(rows) or rows.shape[1] > _COLUMNS:
                continue
            for column in range(rows.shape[1]):
                found = _coded(rows[:, column], labels, few, each)
                if found and found.explained >= explains and found.noise <= noise and found.disorder > disorder:
                    yield _found(name, column, end.name, found, disorder)


def _coded(column: np.ndarray, labels: np.ndarray, few: int, each: int) -> Levels | None:
    """Of the column of labels that the levels explain best."""
    values = np.unique(column)
    if not few <= len(values) <= len(column) / each or not np.isfinite(labels).all() or not evenly_spaced(values):
        return None
    found = [levels(column, labels[:, i]) for i in range(labels.shape[1])]
    return max((one for one in found if one is not None), key=lambda one: one.explained, default=None)


def _found(name: str, column: int, output: str, found: Levels, limit: float) -> Found:
    return Found(
        why=f"Column {column} of input {name} takes whole steps, and which of its levels an example has explains "
        f"{found.explained:.0%} of {output}; but neighbouring levels are as unlike as any two. It looks like the "
        "number of a category, which a weight cannot multiply.",
        fix="keras.layers.Embedding(n_categories, 8)  # on an input of its own\n# or one column a category: "
        "keras.layers.CategoryEncoding(n_categories, output_mode='one_hot')",
        output=output,
        measured=found.disorder,
        threshold=limit,
        measured_in="squared difference of neighbouring levels over their variance",
        evidence={"input": name, "column": column},
    )


CHECK = Check(
    judge=judge,
    cause="data",
    severity="warning",
    source="Guo and Berkhahn 2016, Entity embeddings of categorical variables; von Neumann 1941",
    rank=29,
    program="own_shop_number_as_a_size",
)
