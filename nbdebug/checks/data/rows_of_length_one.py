"""Each example was scaled by itself: how large it is, which may be what matters, is gone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._rows import examples
from nbdebug.checks.data._scaling import as_they_are
from nbdebug.checks.graph import graph_of
from nbdebug.records.case import Case


def judge(case: Case, *, columns: int = 4, most: int = 64, slack: float = 1e-4, empty: float = 0.5) -> Iterator[Found]:
    """Tables of `columns` to `most` columns (three are directions in space, many are embeddings) of which fewer than
    `empty` of the values are 0 (else they are counts of words), and whose rows all have the length 1 within `slack`.
    That may be meant: a note.
    """
    graph = graph_of(case)
    for name, values in case.inputs.items():
        if values.ndim != 2 or not columns <= values.shape[1] <= most or values.dtype.kind != "f":
            continue
        rows = examples(values, 200_000)
        lengths = np.sqrt((rows**2).sum(axis=1))
        if not (np.abs(lengths - 1) < slack).all() or (rows == 0).mean() >= empty or not as_they_are(graph, name):
            continue
        yield Found(
            why=f"Every row of input {name} has a length of 1: examples were scaled one by one, not the columns, and "
            "how large an example is can no longer be seen.",
            fix="x = sklearn.preprocessing.StandardScaler().fit(x_train).transform(x)  # of the table as measured",
            measured=float(np.abs(lengths - 1).max()),
            threshold=slack,
            measured_in="largest distance of a row's length from 1",
            evidence={"input": name},
        )


CHECK = Check(
    judge=judge,
    cause="input_scaling",
    severity="note",
    source="scikit-learn documentation of normalize: samples, not features, are scaled",
    rank=40,
    program="own_rows_normalised_not_columns",
)
