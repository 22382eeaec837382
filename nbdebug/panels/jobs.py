"""Work that takes time, off the thread that answers clicks."""

from __future__ import annotations

import atexit
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition, RLock, Thread, current_thread
from typing import Any, Literal

from nbdebug.errors import Cancelled
from nbdebug.records.progress import Progress

_LOG = logging.getLogger(__name__)

_LAST_BATCH = 10.0
"""Seconds that the running batch has to end when Python does."""

Haste = Literal["now", "patient", "background"]
"""How urgent a job is.

"now" answers a click; "patient" is a pass over all examples, and between two of its batches it lets what answers a
click go first; "background" is fetched ahead, and gives up as soon as anybody waits.
"""


@dataclass(eq=False)
class Job:
    """One computation: `work(progress)` runs on the worker, its result goes to `done`, its exception to `failed`.

    Args:
        key: a later job of the same key takes this one's place.
        work: what to compute.
        done: called with the result.
        failed: called with the exception; `Cancelled` where the job was cancelled.
        progressed: called as (done, total) while the work goes on.
        haste: see `Haste`.
    """

    key: str
    work: Callable[[Progress], Any]
    done: Callable[[Any], None] = field(default=lambda _result: None)
    failed: Callable[[BaseException], None] = field(default=lambda _error: None)
    progressed: Progress = field(default=lambda _done, _total: None)
    haste: Haste = "now"
    cancelled: bool = False

    def cancel(self) -> None:
        """Ask for the end; the work stops at its next batch."""
        self.cancelled = True


class Jobs:
    """A queue with one worker: the model is used by one computation at a time, and the latest click wins.

    Attributes:
        lock: held by whoever changes widgets: `done` and `failed` run under it, and so does every answer to a click.
            Never wait for the model while holding it, as the worker may hold the model and wait for it.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self._wake = Condition()
        self._queues: dict[Haste, OrderedDict[str, Job]] = {
            "now": OrderedDict(),
            "patient": OrderedDict(),
            "background": OrderedDict(),
        }
        self._running: list[Job] = []  # two where a patient job lets an urgent one go first
        self._worker: Thread | None = None
        self._closed = False
        self._observers: list[Callable[[], None]] = []

    def submit(self, job: Job) -> Job:
        """Queue `job`; one of the same key that waits or runs is cancelled."""
        with self._wake:
            self.cancel(job.key)
            if self._closed:
                job.cancel()
                return job
            if job.haste != "background":
                for running in self._running:
                    if running.haste == "background":
                        running.cancel()
            self._queues[job.haste][job.key] = job
            if self._worker is None:
                self._worker = Thread(target=self._run, name="nbdebug-jobs", daemon=True)
                self._worker.start()
                atexit.register(self._end)
            self._wake.notify_all()
        return job

    def on_end(self, observer: Callable[[], None]) -> Callable[[], None]:
        """Call `observer()`, under the lock, each time a job has ended; returns how to stop that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer) if observer in self._observers else None

    def cancel(self, key: str) -> None:
        """Cancel the job of that key, waiting or running; no such job is no error."""
        with self._wake:
            for queue in self._queues.values():
                waiting = queue.pop(key, None)
                if waiting is not None:
                    waiting.cancel()
            for running in self._running:
                if running.key == key:
                    running.cancel()

    def wait(self, timeout: float | None = None) -> bool:
        """Block until nothing is queued or running; False where `timeout` seconds ran out first."""
        if current_thread() is self._worker:
            return True
        with self._wake:
            return self._wake.wait_for(lambda: not self._running and not any(self._queues.values()), timeout)

    def close(self) -> None:
        """Cancel everything and let the worker end."""
        with self._wake:
            self._closed = True
            for queue in self._queues.values():
                queue.clear()
            for running in self._running:
                running.cancel()
            self._wake.notify_all()
        atexit.unregister(self._end)

    def _end(self) -> None:
        """Python is about to end: a worker killed inside the framework's own code would take the process down."""
        self.close()
        if self._worker is not None:
            self._worker.join(_LAST_BATCH)

    def _run(self) -> None:
        while not self._closed:
            with self._wake:
                self._wake.wait_for(lambda: self._closed or any(self._queues.values()))
            while (job := self._take("now", "patient", "background")) is not None:
                self._do(job)

    def _take(self, *hastes: Haste) -> Job | None:
        with self._wake:
            for haste in hastes:
                if self._queues[haste]:
                    self._running.append(self._queues[haste].popitem(last=False)[1])
                    return self._running[-1]
            return None

    def _do(self, job: Job) -> None:
        result, error = None, None
        try:
            result = job.work(lambda done, total: self._between(job, done, total))
        except BaseException as raised:  # the worker outlives any job; the error is shown where the work was asked for
            error = raised
        with self.lock:
            self._tell(job, result, Cancelled() if job.cancelled else error)
        with self._wake:
            self._running.remove(job)
            self._wake.notify_all()

    def _between(self, job: Job, done: int, total: int) -> None:
        yields = job.haste == "patient" and current_thread() is self._worker
        while yields and not job.cancelled and (urgent := self._take("now")) is not None:
            self._do(urgent)
        if job.cancelled:
            raise Cancelled
        job.progressed(done, total)

    def _tell(self, job: Job, result: Any, error: BaseException | None) -> None:
        try:
            if error is None:
                job.done(result)
            else:
                job.failed(error)
            for observer in list(self._observers):
                observer()
        except Exception:
            _LOG.exception("the end of %s could not be told", job.key)
