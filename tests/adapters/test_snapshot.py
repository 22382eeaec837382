from threading import Thread

import numpy as np
import pytest

from nbdebug.adapters.snapshot import Snapshot
from nbdebug.errors import Cancelled, NbdebugError


class Weights:
    def __init__(self):
        self.state = 0

    def fingerprint(self):
        return f"{self.state:08x}"


@pytest.fixture
def weights():
    return Weights()


@pytest.fixture
def snapshot(weights):
    return Snapshot(weights)


def never():
    raise AssertionError("computed again")


def test_a_result_is_computed_once(snapshot):
    first = snapshot.run("a", lambda: np.ones(3))
    assert snapshot.run("a", never) is first


def test_kept_results_cannot_be_spoiled_by_whoever_got_them(snapshot):
    result = snapshot.run("a", lambda: {"x": np.ones(3)})
    with pytest.raises(ValueError, match="read-only"):
        result["x"][0] = 7


def test_new_weights_are_asked_anew_and_views_are_told(snapshot, weights, monkeypatch):
    monkeypatch.setattr("nbdebug.adapters.snapshot._GLANCE", 0)
    snapshot.run("a", lambda: 1)
    weights.state = 1
    assert snapshot.run("a", lambda: 2) == 2
    assert snapshot.run("a", never) == 2
    assert snapshot.is_stale()
    snapshot.refresh()
    assert not snapshot.is_stale()


def test_weights_that_change_during_the_work_mix_nothing(snapshot, weights):
    def training_goes_on():
        weights.state += 1
        return 1

    with pytest.raises(NbdebugError, match="changed while"):
        snapshot.run("a", training_goes_on)
    assert snapshot.run("a", lambda: "clean") == "clean"


@pytest.mark.parametrize("error", [KeyboardInterrupt, Cancelled, ValueError])
def test_an_end_halfway_leaves_it_usable(snapshot, error):
    def stop():
        raise error

    with pytest.raises(error):
        snapshot.run("a", stop)
    done = []
    other = Thread(target=lambda: done.append(snapshot.run("a", lambda: 5)))
    other.start()
    other.join(5)
    assert done == [5]


def test_one_at_a_time(snapshot):
    inside, most = [], []

    def work():
        inside.append(1)
        most.append(len(inside))
        for _ in range(1000):
            pass
        inside.pop()
        return 1

    threads = [Thread(target=lambda i=i: snapshot.run(i, work)) for i in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1
    assert len(most) == 20


def test_staleness_is_seen(snapshot, weights, monkeypatch):
    assert not snapshot.is_stale()
    weights.state = 1
    monkeypatch.setattr("nbdebug.adapters.snapshot._GLANCE", 0)
    assert snapshot.is_stale()
    snapshot.refresh()
    assert not snapshot.is_stale()


def test_a_look_anew_misses_nothing_that_a_glance_would(snapshot, weights, monkeypatch):
    monkeypatch.setattr("nbdebug.adapters.snapshot._GLANCE", 3600)
    assert not snapshot.is_stale()
    weights.state = 1
    assert not snapshot.is_stale(), "somebody has just looked"
    assert snapshot.is_stale(anew=True)
    assert snapshot.is_stale(), "what was seen is known from now on"


def test_closed_says_so(snapshot):
    snapshot.run("a", lambda: 1)
    snapshot.close()
    with pytest.raises(NbdebugError, match="closed"):
        snapshot.run("a", never)
