"""Running checks on a case, and ranking what they found: root causes first, symptoms under their cause."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from nbdebug.checks.check import Check, Unfit
from nbdebug.checks.walk import FAMILIES, all_checks
from nbdebug.errors import Cancelled, unknown_name
from nbdebug.records.case import Case
from nbdebug.records.finding import SEVERITIES, Finding
from nbdebug.records.report import Report, Verdict

OnVerdict = Callable[[Verdict, int], None]
LeaveOut = Callable[[Check], str]


def examine(
    case: Case,
    only: Sequence[str] | None = None,
    on_verdict: OnVerdict | None = None,
    leave_out: LeaveOut = lambda _check: "",
) -> Report:
    """Run checks on a case.

    Args:
        case: what to look at.
        only: names of checks or families; None for all.
        on_verdict: called after each check with its verdict and how many checks there are.
        leave_out: why a check is not to be run now, "" to run it; asked when its turn comes.

    Raises:
        NbdebugError: a name in `only` that no check or family has.
    """
    checks = chosen(only)
    found: list[tuple[Check, Finding]] = []
    verdicts = []
    for check in checks:
        root = _root_of(check, found) if check.trains else None
        why = leave_out(check) if root is None else f"copies are not trained before {root.check} is mended"
        verdict, findings = (Verdict(check.name, "unfit", why), []) if why else _run(check, case)
        verdicts.append(verdict)
        found += [(check, finding) for finding in findings]
        if on_verdict is not None:
            on_verdict(verdict, len(checks))
    return Report(case.model, rank(found), tuple(verdicts))


def chosen(only: Sequence[str] | None) -> tuple[Check, ...]:
    """The checks of these names or families."""
    known = all_checks()
    if only is None:
        return known
    names = [only] if isinstance(only, str) else list(only)
    for name in names:
        if name not in FAMILIES and all(check.name != name for check in known):
            raise unknown_name("check", name, [*FAMILIES, *(check.name for check in known)])
    return tuple(check for check in known if check.name in names or check.family in names)


def rank(found: Sequence[tuple[Check, Finding]]) -> tuple[Finding, ...]:
    """Findings ordered by severity, family and rank; what an earlier one explains becomes its symptom."""
    ordered = sorted(found, key=lambda pair: _order(*pair))
    roots: list[tuple[Check, Finding]] = []
    for check, finding in ordered:
        place = next((i for i, root in enumerate(roots) if _explains(root, check, finding)), None)
        if place is None:
            roots.append((check, finding))
        else:
            cause, root = roots[place]
            roots[place] = cause, replace(root, symptoms=(*root.symptoms, finding))
    return tuple(finding for _, finding in roots)


def _run(check: Check, case: Case) -> tuple[Verdict, list[Finding]]:
    begun = time.perf_counter()

    def verdict(kind: str, why: str = "") -> Verdict:
        return Verdict(check.name, kind, why, time.perf_counter() - begun)  # type: ignore[arg-type]

    try:
        findings = [
            Finding(
                check=check.name,
                cause=f.cause or check.cause,
                severity=f.severity or check.severity,
                why=f.why,
                fix=f.fix,
                layer=f.layer,
                output=f.output,
                measured=f.measured,
                threshold=f.threshold,
                measured_in=f.measured_in,
                examples=f.examples,
                evidence=f.evidence,
                source=check.source,
            )
            for f in check.judge(case)
        ]
    except Unfit as unfit:
        return verdict("unfit", str(unfit)), []
    except Cancelled:
        raise
    except Exception as error:  # one broken check must not silence the others
        return verdict("broke", f"{type(error).__name__}: {error}"), []
    return verdict("found" if findings else "clear"), findings


def _root_of(check: Check, found: Sequence[tuple[Check, Finding]]) -> Finding | None:
    """An error that has been found and explains whatever `check` would find."""
    errors = (pair for pair in found if pair[1].severity == "error")
    return next((f for cause, f in errors if check.name in cause.explains or check.family in cause.explains), None)


def _order(check: Check, finding: Finding) -> tuple[int, int, int, str]:
    return SEVERITIES.index(finding.severity), FAMILIES.index(check.family), check.rank, check.name


def _explains(root: tuple[Check, Finding], check: Check, finding: Finding) -> bool:
    cause, first = root
    if cause.family == check.family == "contract":
        # One mend of head, loss and labels mends all that is wrong with them.
        return first.output == finding.output
    return check.name in cause.explains or check.family in cause.explains
