"""What a checkup says: a verdict a check, and few findings, the root cause first."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Literal

import pandas as pd

from nbdebug.errors import FaultsFound
from nbdebug.records.finding import Finding
from nbdebug.records.series import Series

VerdictKind = Literal["clear", "found", "unfit", "broke"]
SCHEMA = 1
_ABOUT = ("check", "cause", "severity", "layer", "output")
_TOLD = (*_ABOUT, "measured", "threshold", "measured_in", "why", "fix", "source")


@dataclass(frozen=True)
class Verdict:
    """What one check came to.

    Args:
        check: its name.
        kind: "clear", "found", "unfit" (it could not judge) or "broke" (it raised).
        why: why it could not judge, or the error; "" else.
        seconds: how long it took.
    """

    check: str
    kind: VerdictKind
    why: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Report:
    """All verdicts, and the findings that are no mere symptoms of others, ranked: the first is the root cause."""

    model: str
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def of_severity(self, severity: str) -> tuple[Finding, ...]:
        """The findings of one severity, ranked."""
        return tuple(f for f in self.findings if f.severity == severity)

    def count(self, kind: VerdictKind) -> int:
        """How many checks came to a verdict of this kind."""
        return sum(v.kind == kind for v in self.verdicts)

    def raise_for_errors(self) -> None:
        """Raise `FaultsFound` where a finding is an error."""
        errors = self.of_severity("error")
        if errors:
            raise FaultsFound(
                f"{len(errors)} error{'s' * (len(errors) > 1)} in model {self.model!r}.",
                got="; ".join(f.why for f in errors),
                fix=errors[0].fix,
            )

    def summary(self) -> str:
        """One line: what was found, or that nothing was, and how many checks could judge."""
        counts = [(s, len(self.of_severity(s))) for s in ("error", "warning", "note")]
        found = ", ".join(f"{n} {severity}{'s' * (n > 1)}" for severity, n in counts if n)
        judged = f"{self.count('clear')} checks clear"
        left = [(self.count("unfit"), "could not judge"), (self.count("broke"), "broke")]
        rest = "".join(f", {n} {what}" for n, what in left if n)
        return f"{found or 'no fault found'} ({judged}{rest})"

    def to_frame(self) -> pd.DataFrame:
        """A row a finding, ranked."""
        return pd.DataFrame([{name: getattr(f, name) for name in _TOLD} for f in self.findings], columns=list(_TOLD))

    def to_dict(self) -> dict[str, Any]:
        """As the "fits" part of the JSON report holds it; not-finite numbers are text."""
        return {
            "model": self.model,
            "findings": [{name: _strict(getattr(f, name)) for name in _TOLD} for f in self.findings],
            "verdicts": [{f.name: _strict(getattr(v, f.name)) for f in fields(v)} for v in self.verdicts],
        }

    def to_json(self) -> str:
        """Strict JSON of `to_dict`, with the number of its schema."""
        return json.dumps({"schema": SCHEMA, **self.to_dict()}, allow_nan=False, indent=2)

    def to_text(self) -> str:
        """For the console: the summary, then each finding with its mend, then why the others could not judge."""
        lines = [f"{self.model}: {self.summary()}"]
        for place, finding in enumerate(self.findings, 1):
            lines += ["", f"{place}. {finding.severity}: {finding.why}", *_indented("mend", finding.fix)]
            lines += [f"   also: {symptom.why}" for symptom in finding.symptoms]
        unsure: dict[str, list[str]] = {}
        for verdict in self.verdicts:
            if verdict.kind in _SAYS:
                unsure.setdefault(f"{_SAYS[verdict.kind]}: {verdict.why}", []).append(verdict.check)
        lines += [""] * bool(unsure) + [f"{why} ({', '.join(checks)})" for why, checks in unsure.items()]
        return "\n".join(lines)

    __str__ = to_text

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(self.to_text())


@dataclass(frozen=True)
class SoFar:
    """What is known of a fit without asking its model.

    Args:
        series: what a Monitor has noted.
        findings: what that alone shows; neither the model nor its data were asked.
        running: False once it has ended.
    """

    series: Series
    findings: tuple[Finding, ...]
    running: bool


_SAYS = {"unfit": "could not judge", "broke": "broke"}


def _indented(title: str, text: str) -> list[str]:
    first, *rest = text.splitlines() or [""]
    return [f"   {title}: {first}", *(" " * (len(title) + 5) + line for line in rest)]


def _strict(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
