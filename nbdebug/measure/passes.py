"""Passes over data in partitions, with dask: how far they are, and that nothing of them runs on once they are ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from nbdebug.errors import NbdebugError
from nbdebug.records.progress import Progress, Pulse, still

_MERGED_AT_ONCE = 8


class Passes:
    """Passes that follow each other, on the dask client that is current or in threads of this process.

    An interrupt, and whatever `progress` raises, ends them: what waits is taken back, what runs is told to stop.

    Args:
        progress: called after each partition of a pass; of a pass whose results are merged on a client, after the pass.
        n: how many passes there will be, as far as is known.
        stop: tells tasks that run to stop.
    """

    def __init__(self, progress: Progress | None = None, n: int = 1, stop: Pulse = still) -> None:
        self._progress, self._n, self._stop = progress, n, stop
        self._done = self._total = 0

    def keep(self, tasks: Sequence[Any]) -> list[Any]:
        """Compute delayed values; each stays where it was made, and comes back as one that is known already."""
        dask, client = require_dask(), current_client()
        self._begin(len(tasks))
        try:
            if client is None:
                with self._counting(tasks):
                    return list(dask.persist(*tasks))
            kept = list(dask.persist(*tasks))
            self._follow(client, kept)
            return kept
        except BaseException:
            self._stop()
            raise

    def merged(self, tasks: Sequence[Any], merge: Callable[[list[Any]], Any]) -> Any:
        """The values of all tasks, merged a few at a time until one is left.

        Args:
            tasks: delayed values.
            merge: one value for a list of them.
        """
        client, results, merging = current_client(), list(tasks), require_dask().delayed(merge)
        self._begin(len(tasks))
        while len(results) > 1:
            results = [merging(results[at : at + _MERGED_AT_ONCE]) for at in range(0, len(results), _MERGED_AT_ONCE)]
        try:
            if client is None:
                with self._counting(tasks):
                    return results[0].compute()
            found = self._gathered(client, results[0])
            self._tick(len(tasks))
            return found
        except BaseException:
            self._stop()
            raise

    def end(self) -> None:
        """There are no more, even if more were foreseen."""
        if self._progress is not None and self._total and self._done < self._total:
            self._progress(self._total, self._total)

    def _begin(self, n_parts: int) -> None:
        self._total = max(self._total, n_parts * self._n, self._done + n_parts)

    def _tick(self, n: int = 1) -> None:
        self._done += n
        if self._progress is not None:
            self._progress(self._done, self._total)

    def _counting(self, tasks: Sequence[Any]) -> AbstractContextManager[Any]:
        """For dask's own schedulers, which tell of every task on the thread that waits for them."""
        from dask.callbacks import Callback

        keys = {task.key for task in tasks}

        def ended(key: Any, *_: Any) -> None:
            if key in keys:
                self._tick()

        return Callback(posttask=ended)

    def _follow(self, client: Any, kept: list[Any]) -> None:
        from distributed import as_completed, futures_of

        futures = futures_of(kept)
        try:
            for future in as_completed(futures):
                if future.status == "error":
                    future.result()
                self._tick()
        except BaseException:
            client.cancel(futures, force=True)
            raise

    def _gathered(self, client: Any, result: Any) -> Any:
        future = client.compute(result)
        try:
            return future.result()
        except BaseException:
            client.cancel([future], force=True)
            raise


def current_client() -> Any:
    """The dask client that is current; None where all work is done in this process."""
    try:
        from distributed import default_client

        return default_client()
    except (ImportError, ValueError):  # not installed, or none is current
        return None


def require_dask() -> Any:
    """The package, which is an extra.

    Raises:
        NbdebugError: it is not installed.
    """
    try:
        import dask.dataframe
    except ImportError as error:
        raise NbdebugError("dask is not installed.", got=str(error), fix='pip install "nbdebug[dask]"') from error
    return dask
