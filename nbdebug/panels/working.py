"""The line that says what is being computed, how far it is, how to stop it, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from threading import Timer
from typing import Any

import ipywidgets as w

from nbdebug.errors import Cancelled
from nbdebug.panels.jobs import Job, Jobs
from nbdebug.records.progress import Progress

PATIENCE = 0.5
"""Seconds of work after which progress is shown."""


class Working:
    """Runs work off the thread that answers clicks and shows its progress, its end or its error.

    Args:
        name: who works, unique within the view.
        jobs: the queue.
    """

    def __init__(self, name: str, jobs: Jobs) -> None:
        self._name, self._jobs = name, jobs
        self._running: dict[str, Job] = {}
        self._timer: Timer | None = None
        self._bar = w.IntProgress(min=0, max=1)
        self._doing = w.Label()
        self._cancel = w.Button(description="Cancel")
        self._cancel.on_click(lambda _button: self.cancel())
        self._progress = w.HBox([self._doing, self._bar, self._cancel])
        self._progress.add_class("nbdebug-progress")
        self._error = w.Label()
        self._error.add_class("nbdebug-error")
        self.widget = w.VBox()

    def run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        key: str = "",
        doing: str = "computing",
    ) -> None:
        """Compute `work(progress)` and hand its result to `done`; the latest of one `key` wins."""
        job = Job(f"{self._name}/{key}", work, done=lambda _: None, failed=lambda _: None, progressed=self._progressed)
        job.done = lambda result: self._ended(job, key, lambda: done(result))
        job.failed = lambda error: self._ended(job, key, lambda: self._failed(error))
        self._running[key] = job
        self._doing.value = doing
        self._bar.value, self._bar.max = 0, 1
        self.fail("")
        self._jobs.submit(job)
        if self._timer is None:
            self._timer = Timer(PATIENCE, self._patience_ended)
            self._timer.daemon = True
            self._timer.start()

    def cancel(self) -> None:
        """Stop all work; what was shown before stays."""
        for key in list(self._running):
            self._jobs.cancel(f"{self._name}/{key}")
        self._running.clear()
        self._rest()

    def fail(self, message: str) -> None:
        """Show `message` as this panel's error; "" clears it."""
        self._error.value = message
        self._arrange()

    def _ended(self, job: Job, key: str, tell: Callable[[], None]) -> None:
        if self._running.get(key) is not job:  # overtaken or cancelled: its news would mix states
            return
        del self._running[key]
        if not self._running:
            self._rest()
        tell()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self.fail(describe(error))

    def _progressed(self, done: int, total: int) -> None:
        if self._progress in self.widget.children:
            self._bar.max, self._bar.value = max(total, 1), done

    def _patience_ended(self) -> None:
        with self._jobs.lock:
            if self._running:
                self._arrange(busy=True)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._arrange()

    def _arrange(self, busy: bool = False) -> None:
        busy = busy or (bool(self._running) and self._progress in self.widget.children)
        shown = ([self._progress] if busy else []) + ([self._error] if self._error.value else [])
        if tuple(shown) != self.widget.children:
            self.widget.children = tuple(shown)


def describe(error: BaseException) -> str:
    """An exception as the sentence a panel shows."""
    text = str(error).strip()
    return text if type(error).__module__.startswith("nbdebug") and text else f"{type(error).__name__}: {text}"
