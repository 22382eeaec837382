"""Batch normalisation along places instead of channels of a convolution."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import DROPPING, SQUASHES, Graph, dense_or_convolution, graph_of
from nbdebug.records.case import Case, Node

_KEEPING = (*DROPPING, *SQUASHES, "Identity")
_ALSO = ("MaxPooling", "AveragePooling", "Zero", "Cropping", "UpSampling", "BatchNormalization")


def judge(case: Case) -> Iterator[Found]:
    """The first such layer: all are mended alike."""
    graph = graph_of(case)
    for node in graph:
        convolution = _convolution(graph, node) if node.type == "BatchNormalization" else None
        if convolution is None:
            continue
        rank = len(node.output_shape)
        channel = 1 if convolution.config.get("data_format") == "channels_first" else rank - 1
        given = node.config.get("axis")
        if isinstance(given, tuple) and len(given) == 1:
            given = given[0]
        if isinstance(given, int) and given % rank != channel:
            yield Found(
                why=f"{node.name} normalises along axis {given}, which is a place in the picture or series; the "
                f"channels of {convolution.name} are axis {channel}.",
                fix=f"keras.layers.BatchNormalization(axis={channel if channel == 1 else -1})  # {node.name}",
                layer=node.name,
                measured=float(given),
                threshold=float(channel),
                measured_in="axis",
            )
            return


def _convolution(graph: Graph, node: Node) -> Node | None:
    before = graph.before(node)
    while before is not None and (before.type in _KEEPING or before.type.startswith(_ALSO)):
        before = graph.before(before)
    found = before is not None and dense_or_convolution(before) and "data_format" in before.config
    return before if found else None


CHECK = Check(
    judge=judge,
    cause="batch_norm",
    severity="error",
    source="Ioffe and Szegedy 2015, Batch normalization, 3.2: one mean and variance a channel of a convolution",
    rank=15,
    explains=("batch_norm_warm_up",),
    program="dm_57943425",
)
