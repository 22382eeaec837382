"""What is known of a fit while it runs."""

from __future__ import annotations

import ipywidgets as w

from nbdebug.panels.closing import close_tree, held_by
from nbdebug.panels.parts.fault_words import so_far_text
from nbdebug.panels.parts.faults import Entry, Fault, fault_of
from nbdebug.panels.parts.finding_card import Answers, FindingCard, Standing
from nbdebug.records.report import SoFar
from nbdebug.render.plain import Label, VBox

_MEANWHILE = "From what the Monitor has noted alone: the checks look when the fit has ended, never inside of it."
_AFTER = "The checkup takes in all of it once the present weights are looked at."


class Live:
    """A line with the step and the loss, and what they show, renewed as the fit goes on.

    Args:
        answers: what the cards do.
    """

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._line = Label(css="nbdebug-words nbdebug-live-line")
        self._about = Label(css="nbdebug-caption")
        self._cards: dict[Fault, FindingCard] = {}
        self.widget: w.Widget = VBox(css="nbdebug-live")

    def show(self, known: SoFar) -> None:
        """Say what is known now."""
        self._line.value = so_far_text(known)
        self._about.value = _MEANWHILE if known.running else _AFTER
        old, self._cards = self._cards, {}
        for finding in known.findings:
            card = old.pop(fault_of(finding), None) or FindingCard(finding, self._answers)
            card.show(Entry(finding), Standing(live=True))
            self._cards[fault_of(finding)] = card
        children = (self._line, self._about, *(card.widget for card in self._cards.values()))
        if self.widget.children != children:
            self.widget.children = children
        close_tree(*held_by(list(old.values())))

    def clear(self) -> None:
        """No fit runs."""
        self.widget.children = ()
        close_tree(*held_by(list(self._cards.values())))
        self._cards = {}
