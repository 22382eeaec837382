"""The states of a layer that reads backwards, beside others of another time."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import DROPPING, NORMS, RECURRENT, SQUASHES, dense_or_convolution, graph_of
from nbdebug.records.case import Case, Node

_MERGING = ("Concatenate", "Add", "Average", "Multiply", "Subtract", "Maximum", "Minimum")
_KEEPING = (*DROPPING, *NORMS, *SQUASHES, "Identity", "InputLayer", "GaussianNoise", "GaussianDropout", "Masking")


def judge(case: Case) -> Iterator[Found]:
    """A layer merges sequences of one length that have been read forwards and backwards an unlike number of times, as
    far as they come through layers that keep the order of times.
    """
    graph = graph_of(case)
    turned: dict[str, bool | None] = {}
    for node in graph:
        turned[node.name] = _turned(node, turned)
        if node.type not in _MERGING or not node.direct or len({shape[1:2] for shape in node.input_shapes}) != 1:
            continue
        sides = [turned.get(source, False) for source in node.sources]
        if len(node.output_shape) != 3 or not (True in sides and False in sides):
            continue
        back = node.sources[sides.index(True)]
        yield Found(
            why=f"{node.name} puts the states of {back} beside those of another time: a layer that goes backwards puts "
            "out its sequence from the last time to the first.",
            fix=f"keras.ops.flip({back}, axis=1)  # before {node.name}\n"
            "# or keras.layers.Bidirectional(layer), which does that by itself",
            layer=back,
        )


def _turned(node: Node, turned: dict[str, bool | None]) -> bool | None:
    """Whether its times run backwards; None where that is not known."""
    sources = [turned.get(source, False) for source in node.sources]
    if not node.direct or len(node.output_shape) != 3 or len(set(sources)) != 1 or sources[0] is None:
        return None
    if node.type in RECURRENT:
        return sources[0] != bool(node.config.get("go_backwards")) if node.config.get("return_sequences") else None
    known = node.type in (*_KEEPING, *_MERGING) or dense_or_convolution(node)
    return sources[0] if known else None


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="error",
    source="Keras documentation of recurrent layers: go_backwards=True returns the reversed sequence; Schuster and "
    "Paliwal 1997, Bidirectional recurrent neural networks",
    rank=8,
    explains=("dynamics",),
    program="own_backward_not_turned",
)
