"""What became of each fault that a checkup has found: still there, mended, or no longer to be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nbdebug.records.finding import SEVERITIES, Finding
from nbdebug.records.report import Report, Verdict

Fault = tuple[str, str | None, str | None]
"""Check, layer and output: what stays the same of a finding when it is looked for again."""


def fault_of(finding: Finding) -> Fault:
    """What to know a finding by."""
    return finding.check, finding.layer, finding.output


@dataclass(frozen=True)
class Entry:
    """A finding and what a later look at it came to.

    Args:
        finding: as it was found last.
        mended: whether its check looked again and no longer finds it.
        unsure: why its check could not judge when it looked again, "" where it could.
    """

    finding: Finding
    mended: bool = False
    unsure: str = ""


@dataclass(frozen=True)
class Faults:
    """All that has been found, and the latest verdict of each check.

    Args:
        entries: open and mended ones, in the order in which they are shown.
        verdicts: by name of the check.
    """

    entries: tuple[Entry, ...] = ()
    verdicts: tuple[Verdict, ...] = ()

    def after(self, report: Report, *, all_anew: bool) -> Faults:
        """What is known once these checks have looked (again).

        Args:
            report: what they say.
            all_anew: whether every check was asked, so that their ranking is the order to show; else each stays in
                its place.
        """
        latest = {verdict.check: verdict for verdict in report.verdicts}
        found: dict[Fault, list[Finding]] = {}
        for finding in report.findings:
            found.setdefault(fault_of(finding), []).append(finding)
        known = {*found, *(fault_of(symptom) for finding in report.findings for symptom in finding.symptoms)}
        kept: list[Entry] = []
        for entry in self.entries:
            fault = fault_of(entry.finding)
            if entry.finding.check not in latest:
                kept.append(entry)
            elif fault not in known:
                kept.append(_without(entry, latest[entry.finding.check]))
            elif not all_anew:
                kept += [Entry(finding) for finding in found.pop(fault, [])]
        new = [Entry(finding) for findings in found.values() for finding in findings]
        verdicts = {verdict.check: verdict for verdict in self.verdicts} | latest
        return Faults((*new, *kept) if all_anew else (*kept, *new), tuple(verdicts.values()))

    def split(self, dismissed: Iterable[Fault]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """The entries to show, and those that the user has dismissed."""
        gone = set(dismissed)
        shown = tuple(entry for entry in self.entries if fault_of(entry.finding) not in gone)
        return shown, tuple(e for e in self.entries if fault_of(e.finding) in gone and not e.mended)

    def unjudged(self) -> list[tuple[str, tuple[str, ...]]]:
        """Why checks could not judge or broke, the commonest reason first, and which checks those are."""
        reasons: dict[str, list[str]] = {}
        for verdict in self.verdicts:
            if verdict.kind in ("unfit", "broke"):
                why = verdict.why or "no reason given"
                reasons.setdefault(f"broke: {why}" if verdict.kind == "broke" else why, []).append(verdict.check)
        ordered = sorted(reasons.items(), key=lambda reason: -len(reason[1]))
        return [(why, tuple(checks)) for why, checks in ordered]

    def judged(self) -> str:
        """How many checks could judge: "31 checks clear, 4 could not judge: there is no validation data"."""
        kinds = Counter(verdict.kind for verdict in self.verdicts)
        text = f"{kinds['clear']} check{'s' * (kinds['clear'] != 1)} clear"
        left = ((kinds["unfit"], "could not judge"), (kinds["broke"], "broke"))
        text += "".join(f", {n} {what}" for n, what in left if n)
        whys = [why for why, _ in self.unjudged()]
        others = f" and {len(whys) - 1} more reason{'s' * (len(whys) > 2)}" if len(whys) > 1 else ""
        return f"{text}: {whys[0]}{others}" if whys else text


def asked_with(finding: Finding) -> list[str]:
    """The checks to ask whether a finding is mended: its own, and those whose findings it explained until now."""
    return list(dict.fromkeys([finding.check, *(symptom.check for symptom in finding.symptoms)]))


def counts(entries: Sequence[Entry]) -> str:
    """How many open ones there are: "2 errors 1 note", "" without any."""
    severities = Counter(entry.finding.severity for entry in entries if not entry.mended)
    return " ".join(f"{severities[s]} {s}{'s' * (severities[s] > 1)}" for s in SEVERITIES if severities[s])


def _without(entry: Entry, verdict: Verdict) -> Entry:
    """An entry whose check no longer finds it."""
    if entry.mended or verdict.kind in ("clear", "found"):
        return Entry(entry.finding, mended=True)
    what = "broke" if verdict.kind == "broke" else "could not judge"
    return Entry(entry.finding, unsure=f"{what}: {verdict.why}" if verdict.why else what)
