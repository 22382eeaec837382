"""What became of each fault that a checkup has found: still there, mended, or no longer to be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nbdebug.records.finding import SEVERITIES, Finding
from nbdebug.records.report import Report, Verdict, VerdictKind

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
        carried: whether it was found in a session that this one replaced, and not been looked for since.
    """

    finding: Finding
    mended: bool = False
    unsure: str = ""
    carried: bool = False


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
            fault, verdict = fault_of(entry.finding), latest.get(entry.finding.check)
            if verdict is None:
                kept.append(entry)
            elif fault in known:
                kept += [] if all_anew else [Entry(finding) for finding in found.pop(fault, [])]
            elif not (entry.carried and verdict.kind == "found"):  # else it is the same fault under a new name
                kept.append(_without(entry, verdict))
        new = [Entry(finding) for findings in found.values() for finding in findings]
        verdicts = {verdict.check: verdict for verdict in self.verdicts} | latest
        entries = (*new, *kept) if all_anew else _among(kept, new)
        return Faults(tuple(entries), tuple(verdicts.values()))

    def unchecked(self) -> Faults:
        """The open ones, for a session that has not looked yet."""
        return Faults(tuple(Entry(e.finding, carried=True) for e in self.entries if not e.mended))

    def is_mended(self, finding: Finding) -> bool:
        """Whether its check looked again and no longer finds it."""
        return any(entry.mended and entry.finding == finding for entry in self.entries)

    def without(self, finding: Finding) -> Faults:
        """All others."""
        return replace(self, entries=tuple(entry for entry in self.entries if entry.finding != finding))

    def split(self, dismissed: Iterable[Fault]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """The entries to show, and those that the user has dismissed."""
        gone = set(dismissed)
        looked = [entry for entry in self.entries if not entry.carried]
        shown = tuple(entry for entry in looked if fault_of(entry.finding) not in gone)
        return shown, tuple(e for e in looked if fault_of(e.finding) in gone and not e.mended)

    def of_kind(self, kind: VerdictKind) -> tuple[str, ...]:
        """The checks that came to this verdict."""
        return tuple(verdict.check for verdict in self.verdicts if verdict.kind == kind)

    def unjudged(self) -> list[tuple[VerdictKind, str, tuple[str, ...]]]:
        """Why checks could not judge or broke, the commonest reason first, and which checks those are."""
        reasons: dict[tuple[VerdictKind, str], list[str]] = {}
        for verdict in self.verdicts:
            if verdict.kind in ("unfit", "broke"):
                reasons.setdefault((verdict.kind, verdict.why or "no reason given"), []).append(verdict.check)
        ordered = sorted(reasons.items(), key=lambda reason: -len(reason[1]))
        return [(kind, why, tuple(checks)) for (kind, why), checks in ordered]

    def judged(self) -> str:
        """How many checks could judge: "31 checks clear, 4 could not judge: there is no validation data"."""
        kinds = Counter(verdict.kind for verdict in self.verdicts)
        text = f"{kinds['clear']} check{'s' * (kinds['clear'] != 1)} clear"
        left = ((kinds["unfit"], "could not judge"), (kinds["broke"], "broke"))
        text += "".join(f", {n} {what}" for n, what in left if n)
        whys = [why for _, why, _ in self.unjudged()]
        others = f" and {len(whys) - 1} more reason{'s' * (len(whys) > 2)}" if len(whys) > 1 else ""
        return f"{text}: {whys[0]}{others}" if whys else text


def asked_with(finding: Finding) -> list[str]:
    """The checks to ask whether a finding is mended: its own, and those whose findings it explained until now."""
    return list(dict.fromkeys([finding.check, *(symptom.check for symptom in finding.symptoms)]))


def _among(kept: Sequence[Entry], new: Sequence[Entry]) -> list[Entry]:
    """Each new one before what is less severe; what was there stays in its order."""
    entries = list(kept)
    for entry in new:
        rank = SEVERITIES.index(entry.finding.severity)
        after = (i for i, other in enumerate(entries) if SEVERITIES.index(other.finding.severity) > rank)
        entries.insert(next(after, len(entries)), entry)
    return entries


def counts(entries: Sequence[Entry], between: str = " ") -> str:
    """How many open ones there are: "2 errors 1 note", "" without any."""
    severities: Counter[str] = Counter(entry.finding.severity for entry in entries if not entry.mended)
    return between.join(f"{severities[s]} {s}{'s' * (severities[s] > 1)}" for s in SEVERITIES if severities[s])


def _without(entry: Entry, verdict: Verdict) -> Entry:
    """An entry whose check no longer finds it."""
    if entry.mended or verdict.kind in ("clear", "found"):
        return Entry(entry.finding, mended=True)
    what = "the check broke" if verdict.kind == "broke" else "the check could not judge"
    return Entry(entry.finding, unsure=f"{what}: {verdict.why}" if verdict.why else what)
