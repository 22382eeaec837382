"""How the Checkup panel says what was found, where, and what was not judged."""

from __future__ import annotations

from collections.abc import Sequence

from nbdebug.panels.parts.faults import Entry, Faults, counts
from nbdebug.records import Output
from nbdebug.records.finding import Finding

_NAMED = 12


def headline(shown: Sequence[Entry], dismissed: Sequence[Entry], faults: Faults) -> str:
    """What the checkup came to: "no fault found (31 checks clear, 4 could not judge: no validation data)"."""
    some = "other " if dismissed else "more " if shown else ""
    return f"{counts(shown) or f'no {some}fault found'} ({faults.judged()})"


def place(finding: Finding, outputs: Sequence[Output]) -> str:
    """The layer and the output a finding is about; the output as the session calls it."""
    names = [o.name for o in outputs if finding.output in (o.name, o.head)]
    output = ", ".join(names) or finding.output
    parts = [finding.layer and f"layer {finding.layer}", output and f"output {output}"]
    return " · ".join(part for part in parts if part)


def unjudged_lines(unjudged: Sequence[tuple[str, tuple[str, ...]]]) -> list[str]:
    """A line a reason with the checks that gave it."""
    lines = []
    for why, checks in unjudged:
        named = ", ".join(check.replace("_", " ") for check in checks[:_NAMED])
        more = f" and {len(checks) - _NAMED} more" if len(checks) > _NAMED else ""
        lines.append(f"{why}: {named}{more}")
    return lines
