"""How the Checkup panel says what was found, where, and what was not judged."""

from __future__ import annotations

from collections.abc import Sequence

from nbdebug.panels.parts.faults import Entry, Faults, counts
from nbdebug.panels.words import counted, number
from nbdebug.records import Output
from nbdebug.records.finding import Finding
from nbdebug.records.report import SoFar, VerdictKind

_SAYS: dict[VerdictKind, str] = {
    "clear": "clear",
    "found": "found something",
    "unfit": "could not judge",
    "broke": "broke",
}


def headline(shown: Sequence[Entry], dismissed: Sequence[Entry], faults: Faults) -> str:
    """What the checkup came to: "no fault found (31 checks clear, 4 could not judge: no validation data)"."""
    found = counts(shown, ", ")
    if found:
        several = sum(not entry.mended for entry in shown) > 1
        return f"{found}. Mend the first one first." if several else f"{found}."
    some = "other " if dismissed else "more " if shown else ""
    return f"no {some}fault found ({faults.judged()})"


def place(finding: Finding, outputs: Sequence[Output]) -> str:
    """The layer and the output a finding is about; the output as the session calls it."""
    names = [o.name for o in outputs if finding.output in (o.name, o.head)]
    output = ", ".join(names) or finding.output
    parts = [finding.layer and f"layer {finding.layer}", output and f"output {output}"]
    return " · ".join(part for part in parts if part)


def verdict_title(faults: Faults) -> str:
    """How many checks there are, and what they came to: "55 checks: 44 clear, 2 found something, 9 could not judge"."""
    told = ((kind, len(faults.of_kind(kind))) for kind in _SAYS)
    return f"{counted(len(faults.verdicts), 'check')}: " + ", ".join(f"{n} {_SAYS[kind]}" for kind, n in told if n)


def verdict_rows(faults: Faults) -> list[list[str]]:
    """A row a verdict and reason, but for the clear ones: what it is, and the checks that came to it."""
    found = (_SAYS["found"], faults.of_kind("found"))
    why = [(f"{_SAYS[kind]}: {reason}", checks) for kind, reason, checks in faults.unjudged()]
    return [[text, ", ".join(map(spoken, checks))] for text, checks in (found, *why) if checks]


def spoken(check: str) -> str:
    """The name of a check as words."""
    return check.replace("_", " ")


def so_far_text(known: SoFar) -> str:
    """How far a watched fit is: "Training: step 1,204 · epoch 3 · loss 0.41"."""
    series = known.series
    epochs = max((len(values) for values in series.epochs.values()), default=0)
    logged = {name: values[-1] for name, values in series.epochs.items() if len(values)}
    last = series.loss.values[-1] if len(series.loss.values) else None
    parts = [f"step {series.n_steps:,}"]
    if epochs:
        parts.append(f"{counted(epochs, 'epoch')} done")
    if last is not None:
        parts.append(f"loss {number(float(last))}")
    if "val_loss" in logged:
        parts.append(f"validation loss {number(float(logged['val_loss']))}")
    return ("Training: " if known.running else "The fit has ended: ") + " · ".join(parts)
