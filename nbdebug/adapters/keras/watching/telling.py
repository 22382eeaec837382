"""Saying what was found in a watched fit, each thing once."""

from __future__ import annotations

from collections.abc import Callable

from nbdebug.adapters.keras.watching.preflight import Watched
from nbdebug.records.finding import Finding


class Teller:
    """Says what is new about a fit whenever its report has changed.

    Args:
        say: prints a text.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._number, self._begun = -1, False
        self._said: set[str] = set()

    def __call__(self, fit: Watched) -> None:
        """Tell of the fit as it is now."""
        if fit.report is None:
            return
        if fit.number != self._number:
            self._number, self._begun = fit.number, False
            # The same fit once more, as in a loop around it, has its old findings told already.
            self._said = self._said if fit.again else set()
        title = f"nbdebug, fit {fit.number + 1} ({fit.report.model})"
        new = [line for finding in fit.report for line in self._news(finding)]
        if new or not (self._begun or fit.again):
            self._say("\n".join([_headed(title, fit, "" if self._begun else " ".join(fit.notes)), *new]))
        elif fit.over and fit.steps and not fit.again:
            self._say(f"{title}: nothing {'more ' if self._said else ''}found in {fit.steps:,} steps.")
        self._begun = True

    def _news(self, finding: Finding) -> list[str]:
        """What has not been said of a finding and of what follows from it."""
        known = finding.why in self._said
        symptoms = [symptom.why for symptom in finding.symptoms if symptom.why not in self._said]
        self._said |= {finding.why, *symptoms}
        if known and symptoms:
            return [f"  follows from {finding.check}: {why}" for why in symptoms]
        return [] if known else [_lines(finding), *(f"  also: {why}" for why in symptoms)]


def _headed(title: str, fit: Watched, notes: str) -> str:
    when = "in its first step" if fit.over else "before its first step"
    if fit.steps:
        when = f"after {fit.steps:,} step{'s' * (fit.steps > 1)}"
    summary = fit.report.summary() if fit.report is not None else ""
    return f"{title}, {when}: {summary}. {notes}".rstrip()


def _lines(finding: Finding) -> str:
    mend = finding.fix.replace("\n", "\n        ")
    return f"  {finding.severity}: {finding.why}\n  mend: {mend}"
