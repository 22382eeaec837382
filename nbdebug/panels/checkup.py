"""The Checkup panel: what is wrong with the model, its data and its training, the root cause first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipywidgets as w

from nbdebug.panels.bench import Bench
from nbdebug.panels.closing import close_tree, held_by
from nbdebug.panels.panel import Panel, Shared
from nbdebug.panels.parts.fault_words import headline, place, unjudged_lines
from nbdebug.panels.parts.faults import Entry, Fault, Faults, asked_with, counts, fault_of
from nbdebug.panels.parts.finding_card import Answers, FindingCard
from nbdebug.panels.parts.fold import Fold
from nbdebug.panels.words import counted
from nbdebug.panels.working import Task
from nbdebug.records import Selection
from nbdebug.records.finding import Finding
from nbdebug.records.progress import Progress
from nbdebug.records.report import Report, Verdict
from nbdebug.render.plain import Button, Label, VBox


class CheckupPanel(Panel):
    """Findings as cards; a click on one leads to its evidence.

    The checks run when the panel is first opened, when the weights are new, and when asked. A card stays until its
    check has looked again and no longer finds it; then it is struck.
    """

    name = "checkup"
    title = "Checkup"
    order = 10
    depends = frozenset({"layer"})

    def __init__(self, bench: Bench, shared: Shared) -> None:
        super().__init__(bench, shared)
        self._faults = Faults()
        self._cards: dict[tuple[Fault, int], FindingCard] = {}
        self._asked = self._current = False
        self._shows_dismissed = False

    def build(self) -> w.Widget:
        """What was found in one line, room for the cards, and what was not judged or not wanted."""
        self._headline = Label(css="nbdebug-words nbdebug-verdict")
        self._list = VBox(css="nbdebug-cards")
        self._unjudged = Fold("nbdebug-unjudged")
        self._put_away = Button("", self.guarded(lambda _button: self._toggle_dismissed()), css="nbdebug-dismissed")
        self._away = VBox(css="nbdebug-cards nbdebug-cards-dismissed")
        self._all_again = Button("Check all again", self.guarded(lambda _b: self._check()), css="nbdebug-check-all")
        answered = (self._show_evidence, self._check, self._dismiss)
        self._answers = Answers(*(self.guarded(answer) for answer in answered))
        self._stage = VBox()
        return self._stage

    def update(self, selection: Selection, _changed: frozenset[str]) -> None:
        """Mark the cards that are about the selected layer; check once."""
        if self._faults.verdicts:
            self._show(selection)
        if not self._asked:
            self._asked = True
            self._check()

    def call(self, _selection: Selection) -> str:
        """The checkup."""
        return self.bench.call_text("check")

    def refresh(self) -> None:
        """Check unless what is shown is of the present weights."""
        self._asked = self._current
        super().refresh()

    def renew(self) -> None:
        """Check again: the weights are new."""
        self._current = False
        super().renew()

    def _check(self, finding: Finding | None = None) -> None:
        """Let all checks look, or only those that bear upon one finding."""
        only = None if finding is None else asked_with(finding)
        if self.shared.stale():
            self.working.fail("The weights changed since: press Refresh to check the present ones.")
            return

        def work(progress: Progress) -> Report:
            return self.bench.check(only, on_verdict=_told(progress))

        def done(report: Report) -> None:
            self._current = self._current or only is None
            self._faults = self._faults.after(report, all_anew=only is None)
            self._show(self.bench.store.selection)

        doing = "checkup" if finding is None else f"check of {finding.check.replace('_', ' ')}"
        key = "" if finding is None else finding.check
        self.work(Task(work, done, doing, key, "patient", self._stage if finding is None else None))

    def _show(self, selection: Selection) -> None:
        shown, dismissed = self._faults.split(self.bench.dismissed)
        self.summary.value = counts(shown) or "no fault found"
        self._headline.value = headline(shown, dismissed, self._faults)
        (self._headline.remove_class if counts(shown) else self._headline.add_class)("nbdebug-all-clear")
        unjudged = self._faults.unjudged()
        n_unjudged = sum(len(checks) for _, checks in unjudged)
        self._unjudged.show(f"{counted(n_unjudged, 'check')} could not judge", unjudged_lines(unjudged))
        verb = "hide" if self._shows_dismissed else "show"
        self._put_away.description = f"{len(dismissed)} dismissed · {verb}"
        away = [self._put_away, *[self._away] * self._shows_dismissed] if dismissed else []
        self._deal(selection, shown, dismissed)
        self._stage.children = (
            self._headline,
            *[self._list] * bool(shown),
            *[self._unjudged.widget] * bool(unjudged),
            *away,
            self._all_again,
        )

    def _deal(self, selection: Selection, shown: Sequence[Entry], dismissed: Sequence[Entry]) -> None:
        """Lay out a card an entry; a card stays the same widget, so that the keyboard keeps its place."""
        old, self._cards = self._cards, {}
        first = next((entry for entry in shown if not entry.mended), None)
        several = sum(not entry.mended for entry in shown) > 1
        for box, entries in ((self._list, shown), (self._away, dismissed)):
            cards = []
            for entry in entries:
                finding = entry.finding
                key = _free(fault_of(finding), self._cards)
                card = self._cards[key] = old.pop(key, None) or FindingCard(finding, self._answers)
                card.show(
                    entry,
                    where=place(finding, self.bench.outputs),
                    root=several and entry is first,
                    dismissed=box is self._away,
                    about_selected=finding.layer is not None and finding.layer == selection.layer,
                )
                cards.append(card.widget)
            box.children = tuple(cards)
        close_tree(*held_by(list(old.values())))

    def _show_evidence(self, finding: Finding) -> None:
        """Select what the finding is about and open every panel that shows it."""
        fields, panels = self._evidence(finding)
        if fields:
            self.select(**fields)
        for name in panels:
            self.shared.opened(name)
        if panels:
            self.shared.revealed(panels[0])

    def _evidence(self, finding: Finding) -> tuple[dict[str, object], list[str]]:
        fields: dict[str, object] = {}
        panels = []
        if finding.examples and 0 <= finding.examples[0] < self.bench.n_examples:
            fields["example"] = int(finding.examples[0])
            panels.append("example")
        output = next((o.name for o in self.bench.outputs if finding.output in (o.name, o.head)), None)
        if output is not None:
            fields["output"] = output
            panels.append("predictions")
        if any(layer.name == finding.layer for layer in self.bench.layers):
            fields["layer"] = finding.layer
            panels.append("activations")
        return fields, panels

    def _dismiss(self, finding: Finding) -> None:
        """Put it away, or bring it back."""
        self.bench.dismissed.symmetric_difference_update({fault_of(finding)})
        self._show(self.bench.store.selection)

    def _toggle_dismissed(self) -> None:
        self._shows_dismissed = not self._shows_dismissed
        self._show(self.bench.store.selection)


def _told(progress: Progress) -> Callable[[Verdict, int], None]:
    """Progress by the verdict; it may raise `Cancelled`, which ends the checkup between two checks."""
    done = 0

    def verdict(_verdict: Verdict, total: int) -> None:
        nonlocal done
        done += 1
        progress(done, total)

    return verdict


def _free(fault: Fault, cards: dict[tuple[Fault, int], FindingCard]) -> tuple[Fault, int]:
    nth = 0
    while (fault, nth) in cards:
        nth += 1
    return fault, nth
