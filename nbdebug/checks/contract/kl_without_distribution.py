"""The divergence of two distributions is taken of what is no distribution: it is lowest where all units are 1."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged
from nbdebug.checks.contract._mend import Head, compile_code, head_code, layer_code
from nbdebug.checks.contract._reach import activation_of, leaves_zero_one, sums_to_one
from nbdebug.records.case import Case, End


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case, "kl"):
        if end.units == 1:
            yield Found(
                why=f"{loss.name} compares distributions over several units, and output {end.name} has one: it is "
                "lowest where every prediction is 1.",
                fix=head_code(end),
                cause="loss",
                output=end.name,
            )
        elif end.labels.kind == "numbers":
            yield Found(
                why=f"The labels of output {end.name} are numbers ({end.labels.minimum:.4g} to "
                f"{end.labels.maximum:.4g}), and {loss.name} takes shares that sum to 1.",
                fix=head_code(end),
                cause="loss",
                output=end.name,
            )
        elif _no_distribution(case, end):
            yield Found(
                why=f"The units of output {end.name} do not sum to 1, and {loss.name} is lowest where all are 1.",
                fix=f"{layer_code(Head('softmax', end.units, ''))}\n{compile_code(loss.name)}",
                output=end.name,
                layer=end.node,
            )


def _no_distribution(case: Case, end: End) -> bool:
    activation = activation_of(case, end)
    if activation is None:
        return leaves_zero_one(end)
    return activation not in ("softmax", "sparsemax") and not (activation != "linear" and sums_to_one(end))


CHECK = Check(
    judge=judge,
    cause="output_activation",
    severity="error",
    source="Kullback and Leibler 1951; Keras, kl_divergence: sum of label * log(label / prediction), predictions are "
    "not divided by their sum",
    rank=31,
    explains=("initialisation", "dynamics"),
)
