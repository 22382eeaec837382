"""One finding: what is wrong, how much, the mend to copy, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as w

from nbdebug.panels.parts.copy_button import CopyButton
from nbdebug.panels.parts.faults import Entry
from nbdebug.panels.parts.fold import Fold
from nbdebug.panels.words import counted, number
from nbdebug.records.finding import Finding
from nbdebug.render.plain import Button, HBox, Label, VBox


@dataclass(frozen=True)
class Answers:
    """What the buttons of a card do; each is called with the card's finding.

    Args:
        picked: shows the evidence.
        again: looks whether it is still there.
        dismissed: puts it away, or brings it back where it has been put away.
    """

    picked: Callable[[Finding], None]
    again: Callable[[Finding], None]
    dismissed: Callable[[Finding], None]


class FindingCard:
    """A card whose sentence is a button that leads to the evidence.

    Args:
        finding: the first that it shows; later ones have the same check.
        answers: what its buttons do.
    """

    def __init__(self, finding: Finding, answers: Answers) -> None:
        self._finding = finding
        self._tag = Label(css="nbdebug-finding-tag")
        self._where = Label(css="nbdebug-finding-where")
        self._why = Button(
            "",
            lambda _button: answers.picked(self._finding),
            css=f"nbdebug-finding nbdebug-finding-{finding.check}",
            tooltip="Show the evidence",
        )
        self._measured = Label(css="nbdebug-caption nbdebug-finding-measured")
        self._unsure = Label(css="nbdebug-caption nbdebug-finding-unsure")
        self._fix = Label(css="nbdebug-code")
        self._copy = CopyButton(what="the mend")
        self._mend = HBox([self._fix, self._copy], css="nbdebug-mend")
        self._also = Fold("nbdebug-finding-also")
        self._source = Label(css="nbdebug-caption nbdebug-finding-source")
        self._again = Button("Check again", lambda _button: answers.again(self._finding), css="nbdebug-check-again")
        self._dismiss = Button("", lambda _button: answers.dismissed(self._finding), css="nbdebug-dismiss")
        self._tools = HBox([self._again, self._dismiss], css="nbdebug-card-tools")
        self._head = HBox([self._tag, self._where], css="nbdebug-finding-head")
        self.widget: w.Widget = VBox(css="nbdebug-card")

    def show(self, entry: Entry, *, where: str, root: bool, dismissed: bool, about_selected: bool) -> None:
        """Show what is known of the finding now.

        Args:
            entry: the finding, and what a later look came to.
            where: its layer and output, in the words of the session.
            root: whether to say that it is the root cause of what is below.
            dismissed: whether it has been put away.
            about_selected: whether it is about the layer that is selected.
        """
        self._finding = finding = entry.finding
        self._tag.value = "mended" if entry.mended else finding.severity + (", the root cause" if root else "")
        self._where.value = where
        self._why.description = finding.why
        self._measured.value = measured_text(finding)
        self._unsure.value = f"Checked again: {entry.unsure}" if entry.unsure else ""
        self._fix.value = self._copy.text = finding.fix
        self._also.show(f"also: {counted(len(finding.symptoms), 'symptom')}", [s.why for s in finding.symptoms])
        self._source.value = f"{finding.check.replace('_', ' ')}: {finding.source}"
        self._dismiss.description = "Bring back" if dismissed else "Dismiss"
        open_parts = [
            *[self._measured] * bool(self._measured.value),
            *[self._unsure] * bool(self._unsure.value),
            *[self._mend] * bool(finding.fix),
            *[self._also.widget] * bool(finding.symptoms),
            self._source,
        ]
        self.widget.children = (self._head, self._why, *([] if entry.mended else open_parts), self._tools)
        self._tools.children = (self._again,) if entry.mended else (self._again, self._dismiss)
        state = "mended" if entry.mended else "dismissed" if dismissed else finding.severity
        self.widget._dom_classes = [
            "nbdebug-card",
            f"nbdebug-card-{state}",
            *["nbdebug-card-selected"] * about_selected,
        ]


def measured_text(finding: Finding) -> str:
    """What was measured against its limit: "share of labels that are NaN: 0.04, limit 0"; "" without a number."""
    if finding.measured is None:
        return ""
    limit = "" if finding.threshold is None else f", limit {number(finding.threshold)}"
    return f"{finding.measured_in or 'measured'}: {number(finding.measured)}{limit}"
