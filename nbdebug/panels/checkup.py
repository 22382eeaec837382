"""The Checkup panel: what is wrong with the model, its data and its training, the root cause first."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import ipywidgets as w

from nbdebug.errors import NbdebugError
from nbdebug.panels.bench import Bench
from nbdebug.panels.panel import Panel, Shared
from nbdebug.panels.parts.deck import Deck
from nbdebug.panels.parts.evidence import place_of
from nbdebug.panels.parts.fault_words import headline, spoken
from nbdebug.panels.parts.faults import Entry, asked_with, counts
from nbdebug.panels.parts.finding_card import Answers
from nbdebug.panels.parts.live import Live
from nbdebug.panels.parts.ticker import Ticker
from nbdebug.panels.parts.verdicts import Verdicts
from nbdebug.panels.words import counted
from nbdebug.panels.working import Task, describe
from nbdebug.records import Selection
from nbdebug.records.finding import Finding
from nbdebug.records.progress import Progress
from nbdebug.records.report import Report, Verdict
from nbdebug.render.plain import Button, Label, VBox

_GLANCE = 0.2
_TRAINING = "A cell is training this model, and a checkup never runs inside of that. Check when the cell has ended."


class CheckupPanel(Panel):
    """Findings as cards; a click on one leads to its evidence.

    The checks run when the panel is first opened, when the weights are new, and when asked. A card stays until its
    check has looked again and no longer finds it; then it is struck. What a cell's `session.check()` finds is shown
    too.
    """

    name = "checkup"
    title = "Checkup"
    order = 10
    depends = frozenset({"layer"})

    def __init__(self, bench: Bench, shared: Shared) -> None:
        super().__init__(bench, shared)
        self._asked = self._shows_dismissed = self._watched = False
        self._first: Finding | None = None
        self._ticker = Ticker(self._look)
        self._stop_reading = bench.book.observe(self._entered)
        self._stop_following = bench.when_training_begins(self._training_begins)
        self._summarise()

    def build(self) -> w.Widget:
        """What was found in one line, room for the cards, what was not wanted, and what each check came to."""
        answers = Answers(self._picked, self._check_again, self.guarded(self._put_away))
        self._deck = Deck(answers, self.bench.outputs)
        self._headline = Label(css="nbdebug-words nbdebug-verdict")
        self._verdicts = Verdicts()
        self._dismissed = Button("", self.guarded(lambda _button: self._toggle_dismissed()), css="nbdebug-dismissed")
        self._all_again = Button("Check all again", lambda _button: self._check_again(None), css="nbdebug-check-all")
        self._live = Live(answers)
        self._waits = Label(css="nbdebug-words nbdebug-waits")
        self._said = VBox()
        self._stage = VBox(css="nbdebug-checked")
        self._all = VBox([self._live.widget, self._said, self._stage], css="nbdebug-checkup")
        return self._all

    def update(self, selection: Selection, _changed: frozenset[str]) -> None:
        """Mark the cards that are about the selected layer; check once."""
        self._show(selection)
        if not self.bench.is_checked and not self._asked:
            self._asked = True
            self._check()

    def call(self, _selection: Selection) -> str:
        """The checkup."""
        return self.bench.call_text("check", **self.bench.book.fit)

    def refresh(self) -> None:
        """Check unless what is shown is of the present weights; follow a fit that runs."""
        self._asked = False
        super().refresh()
        if not self._built and self.bench.stale():  # what is known of a fit that runs can be shown all the same
            self.body.children = (self.build(),)
            self._built = True
            self._show(self.bench.store.selection)
        if self._built:
            self._ticker.start()

    def renew(self) -> None:
        """Check again: the weights are new."""
        first, self._first = self._first, None
        if self._built:
            self._watched = False
            self._live.clear()
            self._summarise()
        if first is not None:
            self._check(first)
        if self.live:
            self.refresh()

    def close(self) -> None:
        """Follow no fit that nobody sees."""
        super().close()
        if not self.live:
            self._ticker.stop()

    def release(self) -> None:
        """Hear of nothing any more."""
        self._stop_reading()
        self._stop_following()
        self._ticker.stop()
        super().release()

    def _check(self, finding: Finding | None = None) -> None:
        """Let all checks look, or only those that bear upon one finding."""
        if self.bench.is_training:
            self._say(_TRAINING)
            return
        self._say("")
        only = None if finding is None else asked_with(finding)

        def work(progress: Progress) -> Report:
            pulse, verdict = _told(progress, self.bench)
            return self.bench.check(only, on_verdict=verdict, pulse=pulse, **self.bench.book.fit)

        doing = "checkup" if finding is None else f"check of {spoken(finding.check)}"
        key = "" if finding is None else finding.check
        stage = self._stage if finding is None else None
        self.work(Task(work, lambda _report: None, doing, key, "patient", stage, "report"))

    def _check_again(self, finding: Finding | None) -> None:
        """Look at the present model: where its weights are new, all panels take them; not under the lock."""
        try:
            if not self.bench.is_training and self.shared.stale():
                self._first = finding
                self.shared.refreshed()
                if finding is None or self._first is None:
                    return
        except Exception as error:
            self.working.fail(describe(error))
            return
        self._first = None
        self.guarded(lambda _: self._check(finding))(None)

    def _entered(self) -> None:
        """A checkup has ended, here or in a cell, or something was put away."""
        with self.bench.jobs.lock:
            self._summarise()
            if self._built:
                self._show(self.bench.store.selection)
                self.copy_text(self.bench.store.selection)

    def _summarise(self) -> None:
        book = self.bench.book
        shown, _ = book.faults.split(book.dismissed)
        self.summary.value = (counts(shown) or "no fault found") if book.faults.verdicts else ""

    def _say(self, why: str) -> None:
        """Why there is no checkup now; "" where there is no reason."""
        self._waits.value = why
        self._show(self.bench.store.selection)

    def _show(self, selection: Selection) -> None:
        book = self.bench.book
        waits = (self._waits,) if self._waits.value else ()
        self._said.children = waits
        if not book.faults.verdicts:
            self._stage.children = (self._all_again,) if waits else ()
            return
        shown, dismissed = book.faults.split(book.dismissed)
        self._headline.value = headline(shown, dismissed, book.faults)
        (self._headline.remove_class if counts(shown) else self._headline.add_class)("nbdebug-all-clear")
        self._verdicts.show(book.faults)
        verb = "hide" if self._shows_dismissed else "show"
        self._dismissed.description = f"{counted(len(dismissed), 'finding')} dismissed · {verb}"
        away = [self._dismissed, *[self._deck.away] * self._shows_dismissed] if dismissed else []
        self._deck.deal(shown, dismissed, selection.layer)
        cards = [self._deck.shown] if shown else []
        parts = (self._headline, *cards, *away, self._verdicts.widget, self._all_again)
        if self._stage.children != parts:
            self._stage.children = parts

    def _picked(self, finding: Finding) -> bool:
        """Select what the finding is about and open the panel that shows it."""
        found = place_of(finding, self.bench)

        def go(_: object) -> None:
            if found.fields:
                self.select(**found.fields)
            if found.panel is not None:
                self.shared.revealed(found.panel)

        self.guarded(go)(None)
        return found.panel is not None

    def _put_away(self, finding: Finding) -> None:
        self.bench.book.put_away(finding)

    def _toggle_dismissed(self) -> None:
        self._shows_dismissed = not self._shows_dismissed
        self._show(self.bench.store.selection)

    def _training_begins(self) -> None:
        """On the thread that trains: nothing but to wake the one that looks."""
        if self.live and self._built:
            self._watched = True
            self._ticker.start()

    def _look(self) -> bool:
        """Show what is known of the fit; returns whether there is more to come."""
        known = self.bench.so_far()
        if known is None or not (known.running or self._watched) or not self.live:
            return False
        with self.bench.jobs.lock:
            self._live.show(known)
            found = counts([Entry(finding) for finding in known.findings])
            self.summary.value = f"{found or 'no fault'} so far"
            (self._stage.add_class if known.running else self._stage.remove_class)("nbdebug-outdated")
        self._watched = known.running
        if not known.running:
            self.shared.stale()
        return known.running


def _told(progress: Progress, bench: Bench) -> tuple[Callable[[], None], Callable[[Verdict, int], None]]:
    """Pulse and progress of a checkup: Cancel ends it, and so does a cell that begins to train the model."""
    done, of, looked = 0, 1, monotonic()

    def pulse() -> None:
        nonlocal looked
        progress(done, of)
        if monotonic() - looked > _GLANCE:
            looked = monotonic()
            if bench.is_training:
                raise NbdebugError(
                    "The checkup was stopped, for it never runs inside your training.",
                    got="a cell that began to train this model",
                    fix="press Check all again when the cell has ended",
                )

    def verdict(_verdict: Verdict, total: int) -> None:
        nonlocal done, of
        done, of = done + 1, total
        progress(done, of)

    return pulse, verdict
