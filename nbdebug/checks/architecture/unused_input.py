"""An input that no output is computed from."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.architecture._probe import PROBED, changed, predicted
from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of
from nbdebug.records.case import Case


def judge(case: Case) -> Iterator[Found]:
    """Of models with several inputs: no layer that leads to an output takes this one, nor do operations outside of
    layers: predictions stay the same when other examples lend it their values.
    """
    graph = graph_of(case)
    used = {source for node in graph for source in node.sources}
    unused = [name for name in case.inputs if name not in used]
    if len(case.inputs) < 2 or len(unused) == len(case.inputs):
        return
    for name in unused:
        if _matters(case, name):
            continue
        yield Found(
            why=f"No output depends on input {name}: whatever it holds, the predictions are the same.",
            fix="keras.ops.concatenate([a, b], axis=-1)  # is its branch joined with the others?",
            evidence={"input": name},
        )


def _matters(case: Case, name: str) -> bool:
    values = case.inputs[name][:PROBED]
    was, now = (predicted(case, name, given) for given in (values, values[::-1]))
    return any(changed(was[head], now[head]) for head in was)


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="error",
    source="Keras guide to the functional API: a model is what lies between its inputs and its outputs",
    rank=6,
)
