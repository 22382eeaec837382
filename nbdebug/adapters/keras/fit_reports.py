"""How the report of a fit grows: what was looked at before, what training showed, what it raised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nbdebug.checks.check import Check
from nbdebug.checks.examine import examine, rank
from nbdebug.checks.walk import all_checks
from nbdebug.records.case import Case
from nbdebug.records.explanation import Explanation
from nbdebug.records.finding import Finding
from nbdebug.records.report import Report, Verdict

PREFLIGHT, RAISED = "preflight", "raised"
"""Names, among those of checks, under which a report says that nothing could be looked at, or what training raised."""

_NEEDS_FIT = "no fit was watched"
_ABOUT_HEADS = {"labels", "loss", "output_units", "output_activation"}


def nothing(model: Any, why: str) -> Report:
    """The report of a fit that could not be looked at."""
    return Report(str(getattr(model, "name", type(model).__name__)), (), (Verdict(PREFLIGHT, "unfit", why),))


def before_training(case: Case, families: Sequence[str]) -> Report:
    """What can be judged without training anything."""
    return examine(case, [check.name for check in all_checks() if check.family in families and not check.trains])


def after_training(report: Report, case: Case, families: Sequence[str], confirm: bool) -> Report:
    """Add what the watched fit showed and, where `confirm`, what copies of the network show."""
    names = [v.check for v in report.verdicts if v.kind == "unfit" and _NEEDS_FIT in v.why]
    trains = [check for check in all_checks() if check.trains and check.family in families] if confirm else []
    left = {check.name: root for check in trains if (root := _root_of(check, report)) is not None}
    names += [check.name for check in trains if check.name not in left]
    later = examine(case, names) if names else Report(report.model, (), ())
    untried = [Verdict(n, "unfit", f"copies are not trained before {root.check} is mended") for n, root in left.items()]
    checks = {check.name: check for check in all_checks()}
    found = [inner for finding in (*report, *later) for inner in _unfolded(finding)]
    verdicts = {v.check: v for v in (*report.verdicts, *later.verdicts, *untried)}
    return Report(report.model, rank([(checks[f.check], f) for f in found]), tuple(verdicts.values()))


def with_error(report: Report, explanation: Explanation | None) -> Report:
    """The error that ended training comes first, unless a finding about the same head already says what is wrong."""
    if explanation is None:
        return report
    raised = Finding(
        check=RAISED,
        cause=explanation.cause,
        severity="error",
        why=explanation.why,
        fix=explanation.fix,
        layer=explanation.layer,
        source="the error that Keras or TensorFlow raised",
    )
    first, *others = report.findings or (None,)
    verdicts = (*report.verdicts, Verdict(RAISED, "found"))
    if first and first.severity == "error" and {first.cause, raised.cause} <= _ABOUT_HEADS:
        folded = replace(first, symptoms=(*first.symptoms, raised))
        return Report(report.model, (folded, *(f for f in others if f)), verdicts)
    return Report(report.model, (raised, *report.findings), verdicts)


def root_of_error(report: Report, explanation: Explanation | None) -> Explanation | None:
    """What to say of an error: the finding that explains it, where there is one, else its explanation."""
    root = next((f for f in report if any(s.check == RAISED for s in f.symptoms)), None)
    return explanation if root is None else Explanation(root.cause, root.why, root.fix, root.layer)


def _root_of(check: Check, report: Report) -> Finding | None:
    checks = {other.name: other for other in all_checks()}
    errors = [finding for finding in report if finding.severity == "error" and finding.check in checks]
    return next((f for f in errors if {check.name, check.family} & set(checks[f.check].explains)), None)


def _unfolded(finding: Finding) -> list[Finding]:
    inner = [f for symptom in finding.symptoms for f in _unfolded(symptom)]
    return [replace(finding, symptoms=()), *inner]
