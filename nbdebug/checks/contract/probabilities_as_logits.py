"""The output is squashed already, and the loss squashes it once more."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import CROSS_ENTROPIES, judged
from nbdebug.checks.contract._mend import compile_code
from nbdebug.checks.contract._reach import ONE_EACH, activation_of, leaves_zero_one, sums_to_one
from nbdebug.records.case import Case, End


def judge(case: Case, *, examples: int = 2) -> Iterator[Found]:
    """
    Args:
        examples: from how many examples on predictions that all sum to 1 are no accident.
    """
    for end, loss in judged(case, *CROSS_ENTROPIES):
        if not loss.from_logits or not _shares(case, end, examples):
            continue
        mended = activation_of(case, end) in ("sigmoid", "softmax") and not _wrapped(case, end)
        squash = "softmax" if end.activation == "linear" else end.activation
        yield Found(
            why=f"Output {end.name} has been through a {squash} already, and {loss.name} was told from_logits=True"
            + (
                ": Keras sees that and leaves the second squashing out, other code does not."
                if mended
                else ": it squashes them once more, so that no share can come near 0 or 1."
            ),
            fix=f"{compile_code(loss.name)}  # without from_logits=True",
            severity="warning" if mended else "error",
            output=end.name,
            layer=end.node,
        )


def _shares(case: Case, end: End, examples: int) -> bool:
    if activation_of(case, end) in ("softmax", *ONE_EACH):
        return True
    if end.activation == "sigmoid":
        return not leaves_zero_one(end) and not end.certain
    return end.units > 1 and len(end.values) >= examples and sums_to_one(end, 1e-3)


def _wrapped(case: Case, end: End) -> bool:
    """Whether the logits are out of reach for Keras, which looks at the last operation."""
    node = case.node(end.node)
    return node is not None and node.type in ("TimeDistributed", "Bidirectional", "LSTM", "GRU", "SimpleRNN")


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Keras 3 (_get_logits): a sigmoid or softmax that is the last operation is undone, with a warning; "
    "measured: behind a Reshape or in TimeDistributed it is not",
    rank=40,
    explains=("initialisation", "dynamics"),
)
