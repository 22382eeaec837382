"""An untrained network should guess; this one is sure, and wrong."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.data._scaling import as_they_are, size_of
from nbdebug.checks.graph import graph_of
from nbdebug.checks.initialisation._first_loss import first_loss, guessing
from nbdebug.records.case import Case


def judge(case: Case, *, factor: float = 3.0, more: float = 1.5, size: float = 3.0) -> Iterator[Found]:
    """The cross-entropy of the first examples is `factor` times that of guessing, ln(number of classes), and at least
    `more` above it. Glorot and He initialisation give logits of about 1, and at most half as much again as guessing.
    That holds for inputs up to about `size`; what larger ones do is not the fault of the initial weights, nor is what
    fresh averages of batch normalisation do in inference.
    """
    if not case.untouched:
        raise Unfit("the network has been trained before")
    if any(node.type == "BatchNormalization" for node in case.nodes):
        raise Unfit("batch normalisation starts from averages that are not the data's")
    graph = graph_of(case)
    sizes = [size_of(values) for name, values in case.inputs.items() if as_they_are(graph, name)]
    if any(found.largest > size for found in sizes if found is not None):
        raise Unfit("the inputs are not scaled")
    for end in case.ends:
        expected, found = guessing(end), first_loss(case, end)
        if expected is None or found is None or found <= max(factor * expected, expected + more):
            continue
        yield Found(
            why=f"Before any training the loss of {end.name} is {found:.1f}; guessing costs {expected:.2f}. The first "
            "steps are spent on taking back what the initial weights claim.",
            fix='kernel_initializer="glorot_uniform"  # Keras\' own default, with inputs of about 1',
            output=end.name,
            measured=found,
            threshold=factor * expected,
            measured_in="loss at the start",
        )


CHECK = Check(
    judge=judge,
    cause="initialization",
    severity="warning",
    source="Karpathy 2019, A recipe for training neural networks: verify loss at init",
    rank=20,
)
