"""Hidden sigmoids that let so little gradient through that the network does not learn, where rectifiers do."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._curves import Trial
from nbdebug.checks.dynamics._trial import curves_as_it_is, trial
from nbdebug.records.case import Case, Node
from nbdebug.records.mend import Mend

_SQUASHING = ("sigmoid", "hard_sigmoid", "softmax", "tanh", "hard_tanh", "softsign")
_RELU = {"activation": "relu"}
_RECTIFIED = {**_RELU, "kernel_initializer": "he_uniform"}


def judge(case: Case, *, learns: float = 0.05, least: float = 0.2) -> Iterator[Found]:
    """Copies that get rid of less than `learns` of their loss, where the same copies with relu instead end at least
    `least` lower in every seed. Where neither of them learns, both get more and adapted steps.
    """
    hidden = [node for node in case.nodes if _squashes(node) and node.name not in {end.node for end in case.ends}]
    if not hidden or curves_as_it_is(case).learned >= learns:
        return
    tried = _helping(case, hidden, learns, least)
    if tried is None:
        return
    names = ", ".join(node.name for node in hidden[:4])
    yield Found(
        why=f"The {hidden[0].activation} of {names} lets too little gradient through: the network does not learn; "
        "copies with relu do.",
        fix='activation="relu"  # in ' + names,
        layer=hidden[0].name,
        measured=tried.learned,
        threshold=tried.learned_mended,
        measured_in="share of the loss that training gets rid of",
        evidence={"curves": tried.curves(), "layers": [node.name for node in hidden]},
    )


def _helping(case: Case, hidden: list[Node], learns: float, least: float) -> Trial | None:
    """Where neither learns in so few of these steps, there are more of them, and adapted ones."""
    rectified = {node.name: _RECTIFIED if "kernel_initializer" in node.config else _RELU for node in hidden}
    tried = trial(case, Mend(layers=rectified))
    if tried.helps(least):
        return tried
    if tried.learned_mended >= learns:
        return None
    longer = trial(case, Mend(layers=rectified, optimizer="adam"), Mend(optimizer="adam"), patience=10)
    return longer if longer.learned < learns and longer.helps(least) else None


def _squashes(node: Node) -> bool:
    # The squashing of recurrent layers is what holds their state in bounds.
    return node.activation in _SQUASHING and node.type in ("Dense", "Conv1D", "Conv2D", "Conv3D", "Activation")


CHECK = Check(
    judge=judge,
    cause="hidden_activation",
    severity="warning",
    source="Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks; "
    "confirmed on copies of the network",
    rank=30,
    explains=("dynamics",),
    trains=True,
)
