"""Sigmoids that know nothing of each other feed a loss that asks for shares of one whole."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged
from nbdebug.checks.contract._mend import Head, compile_code, head_code, layer_code
from nbdebug.checks.contract._reach import ONE_EACH, activation_of
from nbdebug.records.case import Case


def judge(case: Case, *, several: float = 0.01) -> Iterator[Found]:
    """
    Args:
        several: share of examples with more than one label from which on they are meant; then the loss is wrong.
    """
    for end, loss in judged(case, "categorical", "sparse"):
        if end.units < 2 or end.labels.kind == "numbers" or activation_of(case, end) not in ONE_EACH:
            continue
        multi = end.labels.kind == "multi_hot" and end.labels.several > several
        yield Found(
            why=f"Output {end.name} is {end.units} separate sigmoids, but {loss.name} asks for shares that sum to 1"
            + (
                ", and several labels can be 1 at once."
                if multi
                else ": Keras trains it as a softmax at best, and what it predicts are no shares of one whole."
            ),
            fix=head_code(end) if multi else f"{layer_code(Head('softmax', end.units, ''))}\n{compile_code(loss.name)}",
            cause="loss" if multi else None,
            output=end.name,
            layer=end.node,
        )


CHECK = Check(
    judge=judge,
    cause="output_activation",
    severity="error",
    source="Bishop 2006, Pattern Recognition and Machine Learning, 4.3.4; Keras 3 (_get_logits) replaces the sigmoids "
    "by a softmax in the loss alone, where it sees them",
    rank=22,
)
