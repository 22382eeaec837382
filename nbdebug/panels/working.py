"""What a panel is computing: how far it is, how to stop it, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from threading import Timer
from typing import Any

import ipywidgets as w

from nbdebug.errors import Cancelled
from nbdebug.panels.jobs import Haste, Job, Jobs
from nbdebug.panels.now_and_then import NowAndThen
from nbdebug.records.progress import Progress
from nbdebug.render.plain import Button, HBox, Label, VBox, show

PATIENCE = 0.5
"""Seconds of work after which progress is shown."""

_OUTDATED = "nbdebug-outdated"


@dataclass(frozen=True)
class Task:
    """Something that a panel wants computed.

    Args:
        work: computes it, off the thread that answers clicks.
        done: called with the result.
        doing: what it is, in words.
        key: the latest task of one key wins.
        haste: a pass over all examples is "patient": clicks are then answered between its batches.
        stage: what the result is drawn on; the picture before fades meanwhile.
        shows: what the result is, for the words that stand there once it was cancelled.
    """

    work: Callable[[Progress], Any]
    done: Callable[[Any], None]
    doing: str = "computing"
    key: str = ""
    haste: Haste = "now"
    stage: w.Box | None = None
    shows: str = "picture"


class Working:
    """Runs tasks and shows their progress, their end or their error.

    Args:
        name: who works, unique within the view.
        jobs: the queue.
    """

    def __init__(self, name: str, jobs: Jobs) -> None:
        self._name, self._jobs = name, jobs
        self._running: dict[str, tuple[Task, Job]] = {}
        self._stopped: dict[str, Task] = {}
        self._timer: Timer | None = None
        self._now_and_then = NowAndThen(jobs.lock, apart=0.1)
        self._busy = False
        self._error = Label(css="nbdebug-error")
        self.widget = VBox(css="nbdebug-working")

    def run(self, task: Task) -> None:
        """Compute it and hand the result to `task.done`."""

        def progressed(done: int, total: int) -> None:
            self._progressed(task.doing, done, total)

        job = Job(f"{self._name}/{task.key}", task.work, progressed=progressed, haste=task.haste)
        job.done = lambda result: self._ended(task, job, lambda: self._show(task, result))
        job.failed = lambda error: self._ended(task, job, lambda: self._failed(error))
        with self._jobs.lock:
            self._running[task.key] = (task, job)
            self._stopped.pop(task.key, None)
            if task.stage is not None:
                task.stage.add_class(_OUTDATED)
            self.fail("")
            if self._busy:
                self._line.begin(task.doing)
            if self._timer is None:
                self._timer = Timer(PATIENCE, self._show_progress)
                self._timer.daemon = True
                self._timer.start()
        self._jobs.submit(job)

    def cancel(self) -> None:
        """Stop all work; what was shown before stays."""
        with self._jobs.lock:
            for task, _ in self._running.values():
                self._jobs.cancel(f"{self._name}/{task.key}")
                if task.stage is not None:
                    task.stage.remove_class(_OUTDATED)
            self._running.clear()
            self._stopped.clear()
            self._rest()

    def stop(self) -> None:
        """Cancel as the user asks for it: say so, and offer to go on."""
        with self._jobs.lock:
            stopped = {key: task for key, (task, _) in self._running.items()}
            self.cancel()
            self._stopped = stopped
            self._arrange(False)

    def fail(self, message: str) -> None:
        """Show `message` as this panel's error; "" clears it."""
        with self._jobs.lock:
            self._error.value = message
            self._arrange(self._busy)

    @cached_property
    def _line(self) -> ProgressLine:
        return ProgressLine(self.stop)

    @cached_property
    def _offer(self) -> Offer:
        return Offer(self._again)

    def _again(self) -> None:
        with self._jobs.lock:
            for task in list(self._stopped.values()):
                self.run(task)

    def _show(self, task: Task, result: Any) -> None:
        if task.stage is not None:
            task.stage.remove_class(_OUTDATED)
        task.done(result)

    def _ended(self, task: Task, job: Job, tell: Callable[[], None]) -> None:
        if self._running.get(task.key) != (task, job):  # overtaken or cancelled: its news would mix states
            return
        del self._running[task.key]
        if not self._running:
            self._rest()
        try:
            tell()
        except Exception as error:
            self.fail(describe(error))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self.fail(describe(error))

    def _progressed(self, doing: str, done: int, total: int) -> None:
        def report() -> None:
            if self._busy:
                self._line.report(doing, done, total)

        self._now_and_then(report)

    def _show_progress(self) -> None:
        with self._jobs.lock:
            if self._running:
                task, _ = list(self._running.values())[-1]
                self._line.begin(task.doing)
            self._arrange(bool(self._running))

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._arrange(False)

    def _arrange(self, busy: bool) -> None:
        self._busy = busy
        shown: list[w.Widget] = []
        if busy or "_line" in vars(self):  # made when first needed
            self._line.show(busy)
            shown.append(self._line.widget)
        if self._stopped:
            self._offer.show(list(self._stopped.values()))
            shown.append(self._offer.widget)
        if self._error.value:
            shown.append(self._error)
        if tuple(shown) != self.widget.children:
            self.widget.children = tuple(shown)


class ProgressLine:
    """What is being computed, how far it is, and Cancel."""

    def __init__(self, stop: Callable[[], None]) -> None:
        self._doing = Label()
        self._bar = w.IntProgress(min=0, max=1)
        self.widget = HBox(
            [self._doing, self._bar, Button("Cancel", lambda _button: stop())],
            css="nbdebug-progress",
        )

    def show(self, busy: bool) -> None:
        """Show it while something is computed; only then it has its class, for whoever waits for the end."""
        show(self.widget, busy)
        (self.widget.add_class if busy else self.widget.remove_class)("nbdebug-progress")

    def begin(self, doing: str) -> None:
        """Nothing of it is done yet."""
        self._doing.value = doing
        self._bar.value, self._bar.max = 0, 1

    def report(self, doing: str, done: int, total: int) -> None:
        """So much of it is done."""
        self._bar.max, self._bar.value = max(total, 1), done
        self._doing.value = f"{doing}, {done:,} of {total:,}"


class Offer:
    """What was cancelled, what that means for what is shown, and a button to compute it after all."""

    def __init__(self, again: Callable[[], None]) -> None:
        self._said = Label()
        self.widget = HBox(
            [self._said, Button("Compute it", lambda _button: again())],
            css="nbdebug-banner nbdebug-cancelled",
        )

    def show(self, stopped: list[Task]) -> None:
        """Say that these were cancelled."""
        doing = ", ".join(task.doing for task in stopped)
        drawn = [(task.shows, bool(task.stage.children)) for task in stopped if task.stage is not None]
        before = next((shows for shows, is_drawn in drawn if is_drawn), None)
        left = f" The {before} is the one before." if before else f" There is no {drawn[0][0]} yet." if drawn else ""
        self._said.value = f"Cancelled: {doing}.{left}"


def describe(error: BaseException) -> str:
    """An exception as the sentence a panel shows."""
    text = str(error).strip()
    return text if type(error).__module__.startswith("nbdebug") and text else f"{type(error).__name__}: {text}"
