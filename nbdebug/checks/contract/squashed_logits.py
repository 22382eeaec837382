"""Logits are squashed before they are squashed: a softmax of shares can never be far from even."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import CROSS_ENTROPIES, judged
from nbdebug.checks.contract._mend import Head, compile_code, layer_code
from nbdebug.checks.contract._reach import ONE_EACH, TWO_SIDED, certain, feeding
from nbdebug.records.case import Case, Node


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case, *CROSS_ENTROPIES):
        if end.activation not in ("sigmoid", "softmax") or not certain(case, end):
            continue
        node, direct = feeding(case, end)
        if node is not None and _squashes(node):
            yield Found(
                why=f"Output {end.name} is a {end.activation} of what layer {node.name} has already put through a "
                f"{node.activation}: its shares cannot come near 0 or 1.",
                fix=f"{layer_code(Head(end.activation, end.units, ''))}, without an activation before\n"
                f"{compile_code(loss.name)}",
                severity="error" if direct and node.activation not in TWO_SIDED else "warning",
                output=end.name,
                layer=node.name,
            )


def _squashes(node: Node) -> bool:
    # A recurrent layer squashes its states by design; a layer on top of them is what is missing there.
    recurrent = node.type in ("LSTM", "GRU", "SimpleRNN", "Bidirectional", "ConvLSTM2D")
    return node.activation in ("softmax", *ONE_EACH, *TWO_SIDED) and not recurrent


CHECK = Check(
    judge=judge,
    cause="output_activation",
    severity="error",
    source="Nikanjam et al. 2021 (NeuraLint), redundant stacked activations; a softmax of k shares is at most "
    "e / (e + k - 1)",
    rank=27,
)
