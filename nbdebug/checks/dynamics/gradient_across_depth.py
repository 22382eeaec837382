"""A gradient that dies away, or grows out of bounds, on its way through the layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._copies import gradients
from nbdebug.checks.dynamics._curves import Trial
from nbdebug.checks.dynamics._trial import curves_as_it_is, trial
from nbdebug.checks.graph import Graph, dense_or_convolution, graph_of
from nbdebug.records.case import Case, Node
from nbdebug.records.finding import Cause
from nbdebug.records.mend import Mend

_FEWEST = 4


def judge(
    case: Case, *, ratio: float = 1e-3, learns: float = 0.05, least: float = 0.2, patience: int = 4
) -> Iterator[Found]:
    """In the first step the gradient of the first of four or more layers is `ratio` times that of the last one or less,
    or as many times larger. Rectifiers under Glorot's weights halve its square a layer, sigmoids leave a sixteenth.
    Reported where copies get rid of less than `learns` of their loss and, with He's weights, or rectifiers and He's
    weights, end at least `least` lower in every seed, after `patience` times the usual steps: depth takes time.
    """
    layers = _in_order(graph_of(case))
    if len(layers) < _FEWEST:
        return
    sizes = gradients(case)
    first, last = (sizes.get(layers[i].name, 0.0) for i in (0, -1))
    found = first / last if last > 0 else 1.0
    if ratio < found < 1 / ratio or curves_as_it_is(case, patience).learned >= learns:
        return
    helped = _helping(case, layers, least, patience)
    if helped is None:
        return
    cause, fix, tried = helped
    way = "dies away" if found < 1 else "grows out of bounds"
    yield Found(
        why=f"The gradient {way} on its way back: in the first step that of {layers[0].name} is {found:.0e} times that "
        f"of {layers[-1].name}. Copies lose {max(0.0, tried.learned):.0%} of their loss in {tried.steps} steps, with "
        f"the mend {tried.learned_mended:.0%}.",
        fix=fix,
        cause=cause,
        layer=layers[0].name,
        measured=found,
        threshold=ratio if found < 1 else 1 / ratio,
        measured_in="gradient of the first layer over that of the last",
        evidence={"gradients": sizes, "curves": tried.curves()},
    )


def _in_order(graph: Graph) -> list[Node]:
    """The trainable dense and convolutional layers, where they stand in one line."""
    layers = [node for node in graph if dense_or_convolution(node) and node.trainable]
    return layers if all(graph.passes_all(node) for node in layers) else []


def _helping(case: Case, layers: list[Node], least: float, patience: int) -> tuple[Cause, str, Trial] | None:
    hidden = [node for node in layers if node.name not in {end.node for end in case.ends}]
    begun: Mapping[str, object] = {"kernel_initializer": "he_uniform"}
    bent: Mapping[str, object] = {**begun, "activation": "relu"}
    tries: list[tuple[Cause, str, Mapping[str, object]]] = [
        ("initialization", 'kernel_initializer="he_uniform"', begun),
        ("hidden_activation", 'activation="relu", kernel_initializer="he_uniform"', bent),
    ]
    for cause, fix, change in tries:
        known = {n.name: {k: v for k, v in change.items() if k in n.config} for n in hidden}
        tried = trial(case, Mend(layers=known), patience=patience)
        if tried.helps(least):
            return cause, f"{fix}  # in {', '.join(known)}, and make the model anew", tried
    return None


CHECK = Check(
    judge=judge,
    cause="initialization",
    severity="warning",
    source="Hochreiter 1991; Glorot and Bengio 2010; He et al. 2015, Delving deep into rectifiers, 2.2; confirmed on "
    "copies of the network",
    rank=29,
    explains=("dynamics",),
    trains=True,
)
