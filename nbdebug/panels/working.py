"""The line that says what is being computed, how far it is, how to stop it, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from threading import Timer
from time import monotonic
from typing import Any

import ipywidgets as w

from nbdebug.errors import Cancelled
from nbdebug.panels.jobs import Haste, Job, Jobs
from nbdebug.records.progress import Progress

PATIENCE = 0.5
"""Seconds of work after which progress is shown."""

_BETWEEN_REPORTS = 0.1


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
        self._reported = 0.0
        self._bar = w.IntProgress(min=0, max=1)
        self._doing = w.Label()
        self._cancel = w.Button(description="Cancel")
        self._cancel.on_click(lambda _button: self.cancel())
        self._progress = w.HBox([self._doing, self._bar, self._cancel])
        self._progress.add_class("nbdebug-progress")
        self._error = w.Label()
        self._error.add_class("nbdebug-error")
        self._shown: tuple[w.Widget, ...] = ()
        self.widget = w.VBox()
        self.widget.add_class("nbdebug-working")

    def run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        key: str = "",
        doing: str = "computing",
        haste: Haste = "now",
    ) -> None:
        """Compute `work(progress)` and hand its result to `done`; the latest of one `key` wins."""

        def progressed(done: int, total: int) -> None:
            self._progressed(doing, done, total)

        job = Job(f"{self._name}/{key}", work, progressed=progressed, haste=haste)
        job.done = lambda result: self._ended(job, key, lambda: done(result))
        job.failed = lambda error: self._ended(job, key, lambda: self._failed(error))
        with self._jobs.lock:
            self._running[key] = job
            self._doing.value = doing
            self._bar.value, self._bar.max = 0, 1
            self.fail("")
            if self._timer is None:
                self._timer = Timer(PATIENCE, self._show_progress)
                self._timer.daemon = True
                self._timer.start()
        self._jobs.submit(job)

    def cancel(self) -> None:
        """Stop all work; what was shown before stays."""
        with self._jobs.lock:
            for key in self._running:
                self._jobs.cancel(f"{self._name}/{key}")
            self._running.clear()
            self._rest()

    def fail(self, message: str) -> None:
        """Show `message` as this panel's error; "" clears it."""
        with self._jobs.lock:
            if message != self._error.value:
                self._error.value = message
                self._arrange(self._progress in self._shown)

    def _ended(self, job: Job, key: str, tell: Callable[[], None]) -> None:
        if self._running.get(key) is not job:  # overtaken or cancelled: its news would mix states
            return
        del self._running[key]
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
        if monotonic() - self._reported < _BETWEEN_REPORTS:
            return
        if not self._jobs.lock.acquire(blocking=False):  # the worker holds the model here, so it must not wait
            return
        try:
            self._reported = monotonic()
            if self._progress in self._shown:
                self._bar.max, self._bar.value = max(total, 1), done
                self._doing.value = f"{doing}, {done:,} of {total:,}"
        finally:
            self._jobs.lock.release()

    def _show_progress(self) -> None:
        with self._jobs.lock:
            self._arrange(bool(self._running))

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._arrange(False)

    def _arrange(self, busy: bool) -> None:
        shown = ((self._progress,) if busy else ()) + ((self._error,) if self._error.value else ())
        if shown != self._shown:
            self._shown = self.widget.children = shown


def describe(error: BaseException) -> str:
    """An exception as the sentence a panel shows."""
    text = str(error).strip()
    return text if type(error).__module__.startswith("nbdebug") and text else f"{type(error).__name__}: {text}"
