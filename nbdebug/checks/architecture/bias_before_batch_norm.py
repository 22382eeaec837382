"""A bias right before batch normalisation is taken away again: it does nothing."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import dense_or_convolution, graph_of, named
from nbdebug.records.case import Case


def judge(case: Case) -> Iterator[Found]:
    graph = graph_of(case)
    found = [
        node
        for node in graph
        if dense_or_convolution(node)
        and node.config.get("use_bias") is True
        and node.activation in (None, "linear")
        and (following := graph.next(node)) is not None
        and following.type == "BatchNormalization"
        and following.config.get("center") is True
    ]
    if found:
        yield Found(
            why=f"Batch normalisation takes away the bias of {named(found)} and adds its own.",
            fix="use_bias=False  # in " + named(found),
            layer=found[0].name,
            evidence={"layers": [node.name for node in found]},
        )


CHECK = Check(
    judge=judge,
    cause="batch_norm",
    severity="note",
    source="Ioffe and Szegedy 2015, Batch normalization, 3.2: the bias can be ignored",
    rank=90,
)
