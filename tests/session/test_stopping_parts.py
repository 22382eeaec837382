"""Progress over partitions, and what is left of the work once it is interrupted or cancelled: nothing."""

import os
import signal
import threading
import time

import keras
import numpy as np
import pandas as pd
import pytest

from nbdebug.adapters.in_parts import worker
from nbdebug.errors import Cancelled
from nbdebug.session import Session

da = pytest.importorskip("dask.array")
dd = pytest.importorskip("dask.dataframe")

N, N_PARTS = 800, 16


@pytest.fixture(scope="module")
def session():
    rng = np.random.default_rng(0)
    metadata = pd.DataFrame({"device": rng.choice(["a", "b"], N), "age": rng.integers(20, 80, N)})
    x = rng.normal(size=(N, 3)).astype("float32")
    y = (x[:, 0] + (metadata["device"] == "a").to_numpy() * rng.normal(size=N) > 0).astype("float32")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, "sigmoid")])
    model.compile("sgd", "binary_crossentropy")
    made = Session(model, x, y, metadata=metadata)
    yield made
    made.close()


@pytest.fixture(params=["threads", "workers"])
def place(request):
    """Where the work is done: threads of this process, or workers."""
    if request.param == "threads":
        yield None
        return
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture
def parts(session, place):
    assert place is None or place.status == "running"
    data, n = session._open_data, N // N_PARTS
    x, y = (da.from_array(next(iter(values.values())), chunks=n) for values in (data.x, data.y))
    return session.in_parts(x, y, metadata=dd.from_pandas(session.metadata, npartitions=N_PARTS))


@pytest.fixture
def slow(monkeypatch):
    """Each partition takes ten batches of a tenth of a second; when each batch was is noted."""
    batches, tables = [], worker.output_tables

    def output_tables(probe, outputs, readings, data, progress=None):
        for batch in range(10):
            batches.append(time.monotonic())
            time.sleep(0.1)
            progress(batch + 1, 10)
        return tables(probe, outputs, readings, data, progress)

    monkeypatch.setattr(worker, "output_tables", output_tables)
    return batches


class Told(list):
    def __call__(self, done, total):
        assert threading.current_thread() is threading.main_thread()
        self.append((done, total))


def test_predictions_are_told_partition_by_partition(session, parts):
    told = Told()
    found = parts.predictions(progress=told)
    assert told == [(k + 1, N_PARTS) for k in range(N_PARTS)]
    np.testing.assert_allclose(found.compute()["loss"], session.predictions()["loss"], rtol=1e-5)


@pytest.mark.parametrize("depth", [1, 3])
def test_a_search_tells_all_its_passes_and_ends_at_the_end(session, parts, depth):
    told = Told()
    found = parts.find_slices(depth=depth, progress=told)
    pd.testing.assert_frame_equal(found, session.find_slices(depth=depth), rtol=1e-6)
    done, totals = zip(*told, strict=True)
    assert list(done) == sorted(set(done))
    assert list(totals) == sorted(totals)
    assert done[:N_PARTS] == tuple(range(1, N_PARTS + 1))
    assert done[-1] == totals[-1]
    assert all(some <= total for some, total in told)
    assert min(some / total for some, total in told[N_PARTS:]) < 0.3


def settle(batches):
    """A worker ends the batch that it is at."""
    n = -1
    while n != len(batches):
        n = len(batches)
        time.sleep(0.3)


def nothing_goes_on(session, place, batches):
    """A second later no batch has run that had not begun, no task waits, and the session answers."""
    ended, n = time.monotonic(), len(batches)
    time.sleep(1.2)
    assert len(batches) == n, "batches went on"
    assert len(batches) < 10 * N_PARTS / 2
    assert place is None or not any(place.processing().values())
    assert len(session.predictions()) == N
    assert all(begun <= ended for begun in batches)


@pytest.fixture
def interruptible():
    """As a kernel has it; what is started in the background of a shell begins deaf to interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupt_after(batches, n):
    while len(batches) < n:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("call", ["predictions", "find_slices"])
def test_an_interrupt_leaves_nothing_running(session, parts, place, slow, call):
    threading.Thread(target=interrupt_after, args=(slow, 12), daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        getattr(parts, call)(progress=Told())
    settle(slow)
    nothing_goes_on(session, place, slow)


def test_cancel_leaves_nothing_running_and_the_question_can_be_asked_again(session, parts, place, slow, monkeypatch):
    def cancel(done, _total):
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        parts.find_slices(progress=cancel)
    settle(slow)
    nothing_goes_on(session, place, slow)
    monkeypatch.undo()
    pd.testing.assert_frame_equal(parts.find_slices(), session.find_slices(), rtol=1e-6)


@pytest.mark.usefixtures("slow")
def test_a_partition_that_fails_ends_the_others(parts, monkeypatch):
    judge, seen = worker._judge, []

    def failing(held, question, data):
        seen.append(len(seen))
        if len(seen) == 3:
            raise ValueError("broken")
        return judge(held, question, data)

    monkeypatch.setattr(worker, "_judge", failing)
    with pytest.raises(ValueError, match="broken"):
        parts.find_slices()
    n = len(seen)
    time.sleep(1.2)
    assert len(seen) <= n + 1
    assert len(seen) < N_PARTS
