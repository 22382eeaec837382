"""A softmax within the network over an axis of length 1: every weight that it makes is 1."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case


def judge(case: Case) -> Iterator[Found]:
    """One number divided by itself is 1, whatever it is. Attention whose scores have a last axis of length 1 weighs
    every time alike, and nothing below the softmax learns.
    """
    for name in case.of_one:
        node = case.node(name)
        shape = node.output_shape if node is not None else ()
        yield Found(
            why=f"A softmax behind {name} runs over an axis of length 1 (shape {_told(shape)}): all that it puts out "
            "is 1, whatever the scores, and nothing that makes them learns.",
            fix="softmax(scores, axis=1)  # over the times, not over the last axis, which has one value"
            if len(shape) > 2
            else 'activation="sigmoid"  # a gate of its own, where one number is to be between 0 and 1',
            layer=name,
        )


def _told(shape: tuple[int | None, ...]) -> str:
    return " × ".join("examples" if size is None else str(size) for size in shape)


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="error",
    source="Bahdanau et al. 2015, Neural machine translation by jointly learning to align and translate, equation 6",
    rank=6,
    explains=("initialisation", "dynamics", "no_signal"),
    program="own_attention_over_one",
)
