"""Waiting until a slider rests."""

import threading
import time

from nbdebug.panels.parts.rest import Rest


def waited(after=0.2):
    rested = []
    return Rest(lambda: rested.append(time.monotonic()), after), rested


def test_many_moves_rest_once_after_the_last():
    rest, rested = waited()
    for _ in range(8):
        rest.moved()
        last = time.monotonic()
        time.sleep(0.05)
    time.sleep(0.5)
    (when,) = rested
    assert when - last >= 0.2
    rest.moved()
    time.sleep(0.4)
    assert len(rested) == 2


def test_moves_start_no_thread_each():
    rest, _ = waited(5)
    rest.moved()
    n = threading.active_count()
    for _ in range(50):
        rest.moved()
    assert threading.active_count() == n
    rest.stop()


def test_now_waits_no_longer_and_once_only():
    rest, rested = waited()
    rest.now()
    assert rested == []
    rest.moved()
    rest.now()
    assert len(rested) == 1
    time.sleep(0.4)
    assert len(rested) == 1


def test_nothing_comes_after_stop():
    rest, rested = waited()
    rest.moved()
    rest.stop()
    time.sleep(0.4)
    assert rested == []
