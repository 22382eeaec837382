"""How the report of a fit grows: what was looked at before, what training showed, what it raised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from nbdebug.adapters.keras.watching.budget import Budget
from nbdebug.checks.check import Check
from nbdebug.checks.examine import examine, rank, root_of
from nbdebug.checks.walk import all_checks
from nbdebug.records.case import Case
from nbdebug.records.explanation import Explanation
from nbdebug.records.finding import Finding
from nbdebug.records.report import Report, Verdict

PREFLIGHT, RAISED = "preflight", "raised"
"""Names, among those of checks, under which a report says that nothing could be looked at, or what training raised."""

LEFT_OUT = "left out, so that training need not wait"
"""Why a check had to wait for the end of training."""
COPIES = "it trains copies of the network, which is done when you ask: %nbdebug check model x y"
"""Why a check was not run at all."""

QUICK = ("contract", "architecture")
"""Families that every fit can afford."""
_DATA, _DYNAMICS = "data", "dynamics"
_ABOUT_HEADS = {"labels", "loss", "output_units", "output_activation"}


def nothing(model: Any, why: str) -> Report:
    """The report of a fit that could not be looked at."""
    return Report(str(getattr(model, "name", type(model).__name__)), (), (Verdict(PREFLIGHT, "unfit", why),))


def before_training(case: Case, families: Sequence[str], budget: Budget) -> Report:
    """What can be judged without training anything; checks whose turn comes too late are left out.

    The data comes last: it may take time, and it will be the same after training.
    """

    def leave_out(check: Check) -> str:
        quick = check.family != _DATA and not check.slow
        return "" if quick or budget.left(case) else LEFT_OUT

    first = _names(families, lambda check: check.family not in (_DATA, _DYNAMICS) and not check.trains)
    data = _names(families, lambda check: check.family == _DATA and not check.trains)
    return _joined(examine(case, first, leave_out=leave_out), examine(case, data, leave_out=leave_out))


def left_out(report: Report) -> list[str]:
    """Names of the checks that there was no time for."""
    return [verdict.check for verdict in report.verdicts if verdict.why == LEFT_OUT]


def after_training(report: Report, case: Case, families: Sequence[str], confirm: bool) -> Report:
    """Add what the watched fit showed, the checks of data that had to wait and, where `confirm`, what copies show."""
    waited = left_out(report)
    now = _names(families, lambda check: check.name in waited and check.family == _DATA)
    now += _names(families, lambda check: check.family == _DYNAMICS and not check.trains)
    report = _joined(report, examine(case, now), trained=True)
    untried = {check.name: _why_untried(check, report, confirm) for check in all_checks() if check.trains}
    trains = _names(families, lambda check: check.trains)
    return _joined(report, examine(case, trains, leave_out=lambda check: untried[check.name]), trained=True)


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


def _why_untried(check: Check, report: Report, confirm: bool) -> str:
    """Why copies are not trained for a check, "" where they are."""
    checks = {other.name: other for other in all_checks()}
    root = root_of(check, [(checks[f.check], f) for f in report if f.check in checks], trained=True)
    if root is not None:
        return f"copies are not trained before {root.check} is mended"
    return "" if confirm else COPIES


def _names(families: Sequence[str], wanted: Callable[[Check], bool]) -> list[str]:
    return [check.name for check in all_checks() if check.family in families and wanted(check)]


def _joined(report: Report, later: Report, trained: bool = False) -> Report:
    """Both, ranked anew; of two verdicts of one check the later one stands."""
    checks = {check.name: check for check in all_checks()}
    found = [inner for finding in (*report, *later) for inner in _unfolded(finding)]
    verdicts = {v.check: v for v in (*report.verdicts, *later.verdicts)}
    return Report(report.model, rank([(checks[f.check], f) for f in found], trained), tuple(verdicts.values()))


def _unfolded(finding: Finding) -> list[Finding]:
    inner = [f for symptom in finding.symptoms for f in _unfolded(symptom)]
    return [replace(finding, symptoms=()), *inner]
