"""An input that no output is computed from."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of
from nbdebug.records.case import Case


def judge(case: Case) -> Iterator[Found]:
    """Of models with several inputs: no layer that leads to an output takes this one."""
    graph = graph_of(case)
    used = {source for node in graph for source in node.sources}
    unused = [name for name in case.inputs if name not in used]
    if len(case.inputs) < 2 or len(unused) == len(case.inputs):
        return
    for name in unused:
        yield Found(
            why=f"No output depends on input {name}: whatever it holds, the predictions are the same.",
            fix="look whether its branch is joined with the others: concatenate([a, b])",
            evidence={"input": name},
        )


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="error",
    source="Keras guide to the functional API: a model is what lies between its inputs and its outputs",
    rank=6,
)
