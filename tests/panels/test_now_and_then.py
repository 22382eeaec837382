"""News of a computation."""

from threading import RLock, Thread

import pytest

from nbdebug.panels.now_and_then import NowAndThen


def test_what_comes_too_soon_is_left_out():
    told = []
    often, seldom = NowAndThen(RLock(), apart=0), NowAndThen(RLock(), apart=3_600)
    for news in range(3):
        often(lambda news=news: told.append(("often", news)))
        seldom(lambda news=news: told.append(("seldom", news)))
    assert told == [("often", 0), ("seldom", 0), ("often", 1), ("often", 2)]


def test_nobody_waits_for_a_click():
    lock, told = RLock(), []
    now_and_then = NowAndThen(lock, apart=0)
    with lock:
        worker = Thread(target=now_and_then, args=(lambda: told.append("held"),))
        worker.start()
        worker.join(10)
        assert not worker.is_alive()
    now_and_then(lambda: told.append("free"))
    assert told == ["free"]


def test_the_lock_is_given_back_where_telling_fails():
    lock = RLock()
    with pytest.raises(ZeroDivisionError):
        NowAndThen(lock)(lambda: 1 / 0)
    taken = []
    worker = Thread(target=lambda: taken.append(lock.acquire(blocking=False)))
    worker.start()
    worker.join(10)
    assert taken == [True]
