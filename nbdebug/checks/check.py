"""What a check is: a judgement over a `Case`, and where its rule comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from nbdebug.records.case import Case
from nbdebug.records.finding import Cause, Severity


class Unfit(Exception):
    """A check cannot judge this case; the text says why."""


@dataclass(frozen=True)
class Found:
    """What a judgement says; the runner adds the check's own name, cause, severity and source.

    Args:
        why: what is wrong, in plain words.
        fix: the mend, as code to paste where that is possible.
        cause: another cause than the check's own, where the case calls for it.
        severity: another severity than the check's own.
        layer, output, measured, threshold, measured_in, examples, evidence: see `Finding`.
    """

    why: str
    fix: str
    cause: Cause | None = None
    severity: Severity | None = None
    layer: str | None = None
    output: str | None = None
    measured: float | None = None
    threshold: float | None = None
    measured_in: str = ""
    examples: tuple[int, ...] = ()
    evidence: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """One fault.

    Args:
        judge: finds the fault in a case; raises `Unfit` where it cannot judge. Its thresholds are keywords.
        cause: what has to be changed.
        severity: "error" only for what cannot be intended.
        source: paper or page that the rule and its thresholds come from.
        rank: among findings of one severity and family, lower is nearer to the root.
        explains: names of checks, or of families, whose findings are symptoms of this one.
        trains: whether it trains copies of the network; such checks run last, and not at all where an error has been
            found that explains what they would find.
        slow: whether it may take a second, fitting plain learners or asking what all units do; such checks run after
            quick ones.
        outcome: whether it tells, of a network that has been trained, where training has led to; whatever copies of it
            confirm is then nearer to the root.
        program: name of the faulty program under `tests/programs` that plants this fault.
        name, family: of the file and its folder, filled in by the walk.
    """

    judge: Callable[[Case], Iterable[Found]]
    cause: Cause
    severity: Severity
    source: str
    rank: int = 50
    explains: tuple[str, ...] = ()
    trains: bool = False
    slow: bool = False
    outcome: bool = False
    program: str = ""
    name: str = ""
    family: str = ""
