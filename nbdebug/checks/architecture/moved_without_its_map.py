"""Pictures that the network moves in training, while the maps they are held against stay."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of, outputs
from nbdebug.records.case import Case

_MOVING = ("Flip", "Rotation", "Translation", "Zoom", "Shear", "Perspective", "ElasticTransform", "Crop")
_LEAST = 4
"""Rows and columns from which on labels of three axes are a map."""


def judge(case: Case) -> Iterator[Found]:
    """A layer that flips, turns, shifts or stretches pictures at random leads to an output that is a map, and so are
    its labels: augmentation inside of the network reaches the inputs alone.
    """
    graph = graph_of(case)
    for end, tip in outputs(case, graph):
        labels = case.targets.get(end.name)
        if labels is None or len(end.shape) != 3 or labels.shape[1:3] != end.shape[:2] or min(end.shape[:2]) < _LEAST:
            continue
        moving = [node for node in graph.ancestors(tip) if node.type in [f"Random{what}" for what in _MOVING]]
        for node in moving[:1]:
            yield Found(
                why=f"{node.name} ({node.type}) moves the pictures in training, but not the maps that output "
                f"{end.name} is held against: labels lie beside what they are of.",
                fix=f"# leave {node.name} out of the network, and move pictures and maps together:\n"
                "both = augment(keras.ops.concatenate([x, y], axis=-1), training=True)",
                layer=node.name,
                output=end.name,
            )


CHECK = Check(
    judge=judge,
    cause="data",
    severity="error",
    source="Shorten and Khoshgoftaar 2019, A survey on image data augmentation: labels of places move with the picture",
    rank=8,
    explains=("dynamics",),
    program="own_moved_without_its_map",
)
