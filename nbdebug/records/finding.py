"""What a check found, and how a mend is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Severity = Literal["error", "warning", "note"]
Cause = Literal[
    "output_activation",
    "loss",
    "output_units",
    "hidden_activation",
    "learning_rate",
    "epochs",
    "batch_size",
    "input_scaling",
    "target_scaling",
    "labels",
    "layers",
    "optimizer",
    "metric",
    "initialization",
    "dropout",
    "batch_norm",
    "regularization",
    "shape",
    "split",
    "data",
    "usage",
    "api",
]
SEVERITIES: tuple[str, ...] = get_args(Severity)
CAUSES: tuple[str, ...] = get_args(Cause)


@dataclass(frozen=True)
class Finding:
    """One fault with its evidence.

    Args:
        check: name of the check.
        cause: what has to be changed, one of `CAUSES`.
        severity: "error" cannot be intended, "warning" is likely wrong, "note" is worth knowing.
        why: what is wrong, in plain words.
        fix: the mend, as code to paste where that is possible.
        layer: name of the layer it is about.
        output: name of the output it is about.
        measured: the number that was measured, None where the fault is not a number.
        threshold: its limit.
        measured_in: what the number is, with its unit.
        examples: positions of examples that show it.
        evidence: further facts by name, plain numbers and texts.
        source: where the rule comes from.
        symptoms: what else was found that this explains.
    """

    check: str
    cause: Cause
    severity: Severity
    why: str
    fix: str
    layer: str | None = None
    output: str | None = None
    measured: float | None = None
    threshold: float | None = None
    measured_in: str = ""
    examples: tuple[int, ...] = ()
    evidence: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    symptoms: tuple[Finding, ...] = ()
