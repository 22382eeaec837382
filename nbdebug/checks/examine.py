"""Running checks on a case, and ranking what they found: root causes first, symptoms under their cause."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
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
        root = root_of(check, found, trained=not case.untouched) if check.trains else None
        why = leave_out(check) if root is None else f"copies are not trained before {root.check} is mended"
        verdict, findings = (Verdict(check.name, "unfit", why), []) if why else _run(check, case)
        verdicts.append(verdict)
        found += [(check, finding) for finding in findings]
        if on_verdict is not None:
            on_verdict(verdict, len(checks))
    return Report(case.model, rank(found, trained=not case.untouched), tuple(verdicts))


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


def rank(found: Sequence[tuple[Check, Finding]], trained: bool = False) -> tuple[Finding, ...]:
    """Findings ordered by severity, family and rank; what an earlier one explains becomes its symptom.

    Where the network has been `trained`, what copies confirm comes before the outcome that it explains.
    """
    confirmed = [check for check, _ in found if check.trains] if trained else []
    led_to = {check.name for check, _ in found if check.outcome and any(_covers(c, check) for c in confirmed)}
    ordered = sorted(found, key=lambda pair: (pair[0].name in led_to, *_order(*pair)))
    roots: list[tuple[list[Check], Finding]] = []
    for check, finding in ordered:
        place = next((i for i, (causes, root) in enumerate(roots) if _explain(causes, root, check, finding)), None)
        if place is None:
            roots.append(([check], finding))
        else:
            causes, root = roots[place]
            roots[place] = [*causes, check], replace(root, symptoms=(*root.symptoms, finding))
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


def root_of(check: Check, found: Iterable[tuple[Check, Finding]], trained: bool) -> Finding | None:
    """An error that has been found and explains whatever `check` would find; not what training has led to."""
    errors = (pair for pair in found if pair[1].severity == "error" and not (trained and pair[0].outcome))
    return next((finding for cause, finding in errors if _covers(cause, check)), None)


def _order(check: Check, finding: Finding) -> tuple[int, int, int, str]:
    return SEVERITIES.index(finding.severity), FAMILIES.index(check.family), check.rank, check.name


def _explain(causes: Sequence[Check], root: Finding, check: Check, finding: Finding) -> bool:
    """Whether a root and what has been folded under it, which explains on, account for a finding."""
    if causes[0].family == check.family == "contract":
        # One mend of head, loss and labels mends all that is wrong with them.
        return root.output == finding.output
    return any(_covers(cause, check) for cause in causes)


def _covers(cause: Check, check: Check) -> bool:
    return check.name in cause.explains or check.family in cause.explains
