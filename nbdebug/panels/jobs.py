"""Work that takes time, off the thread that answers clicks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition, RLock, Thread, current_thread
from typing import Any

from nbdebug.errors import Cancelled
from nbdebug.records.progress import Progress


@dataclass(eq=False)
class Job:
    """One computation: `work(progress)` runs on the worker, its result goes to `done`, its exception to `failed`.

    Args:
        key: a later job of the same key takes this one's place.
        work: what to compute.
        done: called with the result.
        failed: called with the exception; `Cancelled` where the job was cancelled.
        progressed: called as (done, total) while the work goes on.
    """

    key: str
    work: Callable[[Progress], Any]
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    progressed: Progress = field(default=lambda _done, _total: None)
    cancelled: bool = False

    def cancel(self) -> None:
        """Ask for the end; the work stops at its next batch."""
        self.cancelled = True

    def progress(self, done: int, total: int) -> None:
        if self.cancelled:
            raise Cancelled
        self.progressed(done, total)


class Jobs:
    """A queue with one worker: the model is used by one computation at a time, and the latest click wins.

    `background` jobs (prefetching) wait until nothing else does.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self._wake = Condition()
        self._queues: tuple[OrderedDict[str, Job], OrderedDict[str, Job]] = (OrderedDict(), OrderedDict())
        self._running: Job | None = None
        self._worker: Thread | None = None
        self._closed = False

    def submit(self, job: Job, *, background: bool = False) -> Job:
        """Queue `job`; one of the same key that waits or runs is cancelled."""
        with self._wake:
            self.cancel(job.key)
            if self._closed:
                job.cancelled = True
                return job
            if self._running is not None and self._running.key.startswith("prefetch") and not background:
                self._running.cancel()
            self._queues[background][job.key] = job
            if self._worker is None:
                self._worker = Thread(target=self._run, name="nbdebug-jobs", daemon=True)
                self._worker.start()
            self._wake.notify_all()
        return job

    def cancel(self, key: str) -> None:
        """Cancel the job of that key, waiting or running; no such job is no error."""
        with self._wake:
            for queue in self._queues:
                waiting = queue.pop(key, None)
                if waiting is not None:
                    waiting.cancel()
            if self._running is not None and self._running.key == key:
                self._running.cancel()

    def wait(self, timeout: float | None = None) -> bool:
        """Block until nothing is queued or running; False where `timeout` seconds ran out first."""
        if current_thread() is self._worker:
            return True
        with self._wake:
            return self._wake.wait_for(lambda: self._running is None and not any(self._queues), timeout)

    def close(self) -> None:
        """Cancel everything and let the worker end."""
        with self._wake:
            self._closed = True
            for queue in self._queues:
                queue.clear()
            if self._running is not None:
                self._running.cancel()
            self._wake.notify_all()

    def _next(self) -> Job | None:
        with self._wake:
            self._running = None
            self._wake.notify_all()
            self._wake.wait_for(lambda: self._closed or any(self._queues))
            if self._closed:
                return None
            _, self._running = next(queue for queue in self._queues if queue).popitem(last=False)
            return self._running

    def _run(self) -> None:
        while (job := self._next()) is not None:
            try:
                result = job.work(job.progress)
            except BaseException as error:  # the worker must outlive any job: the error is shown where the work was asked for
                self._tell(job.failed, error)
            else:
                self._tell(job.failed, Cancelled()) if job.cancelled else self._tell(job.done, result, job.failed)

    def _tell(
        self, receiver: Callable[[Any], None], news: Any, otherwise: Callable[[BaseException], None] | None = None
    ) -> None:
        try:
            with self.lock:
                receiver(news)
        except Exception as error:
            if otherwise is not None:
                self._tell(otherwise, error)
