"""A single layer of weights where the labels do not follow a plane."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._taught import taught
from nbdebug.checks.graph import graph_of, weighs
from nbdebug.checks.plane import share_of_plane
from nbdebug.records.case import Case
from nbdebug.records.mend import Mend

_WIDTH = 64


def judge(
    case: Case, *, learns: float = 0.05, mended: float = 0.15, patience: int = 4, explained: float = 0.95
) -> Iterator[Found]:
    """The only layer with a kernel is a dense head. Copies get rid of less than `learns` of the loss of examples that
    they do not train on, copies with two hidden layers before it of at least `mended`, and end lower in every seed.
    Linear and logistic regressions that are meant to be such get rid of most of what can be. Where a plane explains a
    share of `explained` or more of the numbers, more layers are not what is missing, however slowly one learns.
    All get `patience` times the usual steps, since a bend takes longer to learn than a plane.
    """
    layers = [node for node in graph_of(case) if weighs(node) or node.type == "Embedding"]
    ends = {end.node for end in case.ends if end.direct}
    if len(layers) != 1 or layers[0].type != "Dense" or layers[0].name not in ends:
        return
    if any(share_of_plane(case, end) >= explained for end in case.ends):
        return
    head = layers[0]
    mends = [(head, Mend(hidden={head.name: _WIDTH}))]
    found = taught(case, mends, learns=learns, mended=mended, patience=patience)
    if found is None:
        return
    _, tried = found
    yield Found(
        why=f"{head.name} is the only layer with weights between inputs and outputs, so the network is linear: copies "
        f"lose {max(0.0, tried.learned):.0%} of their loss in {tried.steps} steps, with two hidden layers "
        f"{tried.learned_mended:.0%}.",
        fix="x = layer(x)  # is every layer called on the one before it?\n"
        f'# or put keras.layers.Dense({_WIDTH}, activation="relu") before {head.name}',
        layer=head.name,
        measured=tried.learned,
        threshold=learns,
        measured_in="share of the loss that training gets rid of",
        evidence={"curves": tried.curves()},
    )


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="warning",
    source="Minsky and Papert 1969, Perceptrons; confirmed on copies of the network",
    rank=31,
    explains=("dynamics",),
    trains=True,
    program="own_each_layer_from_the_input",
)
