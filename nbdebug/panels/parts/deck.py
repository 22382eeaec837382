"""The cards of a checkup: those that are shown, and those that were put away."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from nbdebug.panels.closing import close_tree, held_by
from nbdebug.panels.parts.fault_words import place
from nbdebug.panels.parts.faults import Entry, Fault, fault_of
from nbdebug.panels.parts.finding_card import Answers, FindingCard, Standing
from nbdebug.records import Output
from nbdebug.render.plain import VBox


class Deck:
    """A card an entry; a card stays the same widget, so that the keyboard keeps its place.

    Args:
        answers: what the buttons of a card do.
        outputs: of the network, which say where a finding is.
    """

    def __init__(self, answers: Answers, outputs: Sequence[Output]) -> None:
        self.shown, self.away = VBox(css="nbdebug-cards"), VBox(css="nbdebug-cards nbdebug-cards-dismissed")
        self._answers, self._outputs = answers, outputs
        self._cards: dict[tuple[Fault, int], FindingCard] = {}

    def deal(self, shown: Sequence[Entry], dismissed: Sequence[Entry], layer: str | None) -> None:
        """Lay out the cards; those about the selected `layer` are marked."""
        old, self._cards = self._cards, {}
        unmended = [entry for entry in shown if not entry.mended]
        first, several = next(iter(unmended), None), len(unmended) > 1
        for box, entries in ((self.shown, shown), (self.away, dismissed)):
            widgets = []
            for entry in entries:
                key = self._free(fault_of(entry.finding))
                card = self._cards[key] = old.pop(key) if key in old else FindingCard(entry.finding, self._answers)
                finding = entry.finding
                standing = Standing(
                    where=place(finding, self._outputs),
                    root=entry is first and (several or bool(finding.symptoms)),
                    dismissed=box is self.away,
                    selected=finding.layer is not None and finding.layer == layer,
                )
                card.show(entry, standing)
                widgets.append(card.widget)
            if box.children != tuple(widgets):
                box.children = tuple(widgets)
        close_tree(*held_by(list(old.values())))

    def _free(self, fault: Fault) -> tuple[Fault, int]:
        return next((fault, nth) for nth in count() if (fault, nth) not in self._cards)
