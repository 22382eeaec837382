"""The labels were handed over as the inputs: fit(y, y)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._rows import classifies
from nbdebug.checks.graph import Graph, graph_of, number, weighs, width
from nbdebug.records.case import Case, End


def judge(case: Case, *, examples: int = 10) -> Iterator[Found]:
    """Inputs that equal the labels, at least `examples` of them, in a network without anything that would make it an
    autoencoder: no layer narrower than the inputs, no noise, no dropout, no penalty, no pictures or series. Labels that
    come in beside other inputs are there for a loss that is taken within the network.
    """
    if len(case.inputs) > 1:
        return
    graph = graph_of(case)
    for end in case.ends:
        y = case.targets.get(end.name)
        if y is None or len(y) < examples or y.dtype.kind not in "fiub":
            continue
        for name, x in case.inputs.items():
            if x.dtype.kind in "fiub" and _same(x, y) and not _meant(graph, end, x):
                yield Found(
                    why=f"Input {name} is the labels of {end.name} themselves: the network learns to repeat them, and "
                    "never sees a feature.",
                    fix="model.fit(x, y)  # the features first, then the labels",
                    output=end.name,
                    measured=1.0,
                    threshold=1.0,
                    measured_in="share of labels that equal the input",
                    evidence={"input": name},
                )


def _same(x: np.ndarray, y: np.ndarray) -> bool:
    return x.size == y.size and len(x) == len(y) and bool(np.array_equal(x.reshape(-1), y.reshape(-1)))


def _meant(graph: Graph, end: End, x: np.ndarray) -> bool:
    size = x[0].size
    if size == 1 and classifies(end):
        return False
    narrower = any(w is not None and w < size for w in (width(n.output_shape) for n in graph if weighs(n)))
    noisy = any(n.type.endswith("Dropout") or n.type.startswith("Gaussian") or number(n, "rate") for n in graph)
    penalty = any(n.config.get("activity_regularizer") or n.config.get("kernel_regularizer") for n in graph)
    looked_up = any(n.type == "Embedding" for n in graph)
    return x.ndim > 2 or narrower or noisy or penalty or looked_up


CHECK = Check(
    judge=judge,
    cause="data",
    severity="warning",
    source="Vincent et al. 2010, Stacked denoising autoencoders, 2: without a bottleneck or noise the identity "
    "is learned",
    rank=15,
    program="dm_60831731",
)
