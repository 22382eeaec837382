"""One finding: what is wrong, how much, the mend to copy, its evidence, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

import ipywidgets as w

from nbdebug.panels.parts.copy_button import CopyButton
from nbdebug.panels.parts.evidence import curves, facts
from nbdebug.panels.parts.fault_words import spoken
from nbdebug.panels.parts.faults import Entry
from nbdebug.panels.parts.fold import Fold
from nbdebug.panels.words import counted, number
from nbdebug.records.finding import Finding
from nbdebug.render.curve_lines import CurveLines
from nbdebug.render.plain import Button, HBox, Label, VBox, show


@dataclass(frozen=True)
class Answers:
    """What the buttons of a card do; each is called with the card's finding.

    Args:
        picked: shows the evidence; False where the card itself is all there is.
        again: looks whether it is still there.
        put_away: dismisses it, brings it back, or lets go of a mended one.
    """

    picked: Callable[[Finding], bool]
    again: Callable[[Finding], None]
    put_away: Callable[[Finding], None]


@dataclass(frozen=True)
class Standing:
    """How a card stands among the others.

    Args:
        where: layer and output of the finding, in the words of the session.
        root: whether to say that it is the root cause of what is below.
        dismissed: whether it has been put away.
        selected: whether it is about the layer that is selected.
        live: whether it is of a fit that runs, so that nothing can be done about it yet.
    """

    where: str = ""
    root: bool = False
    dismissed: bool = False
    selected: bool = False
    live: bool = False


class FindingCard:
    """A card whose sentence is a button that leads to the evidence.

    Args:
        finding: the first that it shows; later ones have the same check.
        answers: what its buttons do.
    """

    def __init__(self, finding: Finding, answers: Answers) -> None:
        self._finding, self._answers = finding, answers
        self._tag = Label(css="nbdebug-finding-tag")
        self._where = Label(css="nbdebug-finding-where")
        css = f"nbdebug-finding nbdebug-finding-{finding.check}"
        self._why = Button("", lambda _button: self._pick(), css=css, tooltip="Show the evidence")
        self._measured = Label(css="nbdebug-caption nbdebug-finding-measured")
        self._unsure = Label(css="nbdebug-caption nbdebug-finding-unsure")
        self._fix = Label(css="nbdebug-code")
        self._copy = CopyButton(what="the mend")
        self._mend = HBox([self._fix, self._copy], css="nbdebug-mend")
        self._also = Fold("nbdebug-finding-also")
        self._evidence = Fold("nbdebug-finding-evidence", self._draw)
        self._curves: CurveLines | None = None
        self._source = Label(css="nbdebug-caption nbdebug-finding-source")
        self._again = Button("Check again", lambda _button: answers.again(self._finding), css="nbdebug-check-again")
        self._away = Button("", lambda _button: answers.put_away(self._finding), css="nbdebug-dismiss")
        self._tools = HBox([self._again, self._away], css="nbdebug-card-tools")
        self._head = HBox([self._tag, self._where], css="nbdebug-finding-head")
        told = (self._measured, self._unsure, self._mend, self._also.widget, self._evidence.widget, self._source)
        self.widget: w.Widget = VBox([self._head, self._why, *told, self._tools], css="nbdebug-card")

    def show(self, entry: Entry, standing: Standing) -> None:
        """Show what is known of the finding now."""
        self._finding = finding = entry.finding
        self._tag.value = _tag(entry, standing)
        self._where.value = standing.where
        self._why.description = finding.why
        self._measured.value = measured_text(finding)
        self._unsure.value = f"Checked again, but {entry.unsure}." if entry.unsure else ""
        self._fix.value = self._copy.text = finding.fix
        self._also.show(f"explains {counted(len(finding.symptoms), 'symptom')}", [s.why for s in finding.symptoms])
        told = facts(finding)
        self._evidence.show("evidence", told)
        self._draw_curves()
        self._source.value = f"{spoken(finding.check)} · {finding.source}"
        self._away.description = "Put away" if entry.mended else "Bring back" if standing.dismissed else "Dismiss"
        seen = {
            self._measured: bool(self._measured.value),
            self._unsure: bool(self._unsure.value),
            self._mend: bool(finding.fix),
            self._also.widget: bool(finding.symptoms),
            self._evidence.widget: bool(told) or curves(finding) is not None,
            self._source: True,
        }
        for part, is_there in seen.items():
            show(part, is_there and not entry.mended)
        show(self._tools, not standing.live)
        state = "mended" if entry.mended else "dismissed" if standing.dismissed else finding.severity
        marks = ["nbdebug-card-selected"] * standing.selected
        self.widget._dom_classes = ["nbdebug-card", f"nbdebug-card-{state}", *marks]

    def _pick(self) -> None:
        if not self._answers.picked(self._finding) and not self._evidence.is_open:
            self._evidence.toggle()

    def _draw(self) -> Sequence[w.Widget]:
        lines = curves(self._finding)
        if lines is None:
            return ()
        self._curves = CurveLines(list(lines.lines), lines.over)
        self._draw_curves()
        return (self._curves.widget,)

    def _draw_curves(self) -> None:
        lines = curves(self._finding)
        if self._curves is not None and lines is not None and tuple(lines.lines) == self._curves.names:
            self._curves.show(lines.lines, lines.at)


def measured_text(finding: Finding) -> str:
    """What was measured against its limit: "share of labels that are NaN: 0.04, limit 0"; "" without a number."""
    if finding.measured is None:
        return ""
    limit = "" if finding.threshold is None else f", limit {_exact(finding.threshold)}"
    return f"{finding.measured_in or 'measured'}: {_exact(finding.measured)}{limit}"


def _exact(value: float) -> str:
    """With as many digits as it takes to tell a number from a limit close by."""
    if not isfinite(value):
        return number(value)
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.4g}"


def _tag(entry: Entry, standing: Standing) -> str:
    if entry.mended:
        return "mended"
    more = " so far" if standing.live else ", the root cause" if standing.root else ", dismissed" * standing.dismissed
    return entry.finding.severity + more
