"""Dropout that leaves one unit in five or fewer: there is little to learn from."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import DROPPING, graph_of, named, number
from nbdebug.records.case import Case


def judge(case: Case, *, rate: float = 0.8) -> Iterator[Found]:
    """A hidden layer loses a share of `rate` or more of its units; Srivastava et al. found 0.4 to 0.8 *kept* to be good
    and errors to rise below. Keras' `rate` is what is dropped, what old TensorFlow called keep_prob is what is kept.
    """
    graph = graph_of(case)
    heavy = [
        node
        for node in graph
        if node.type in DROPPING and number(node, "rate") >= rate and not set(node.sources) & set(case.inputs)
    ]
    if heavy:
        most = max(number(node, "rate") for node in heavy)
        kept = 1 - most
        yield Found(
            why=f"{named(heavy)} drops {most:.0%} of the units in every step: only {kept:.0%} of them are there "
            "at a time.",
            fix="keras.layers.Dropout(0.2)  # the rate is the share that is dropped",
            layer=heavy[0].name,
            measured=most,
            threshold=rate,
            measured_in="share of units that is dropped",
        )


CHECK = Check(
    judge=judge,
    cause="dropout",
    severity="warning",
    source="Srivastava et al. 2014, Dropout, 7.3 (figure 9: effect of the retention rate)",
    rank=40,
    program="um_a",
)
