"""The worker: latest wins, cancel within a batch, clicks between batches, no deadlock."""

import random
from threading import Event, Thread

import pytest

from nbdebug.errors import Cancelled
from nbdebug.panels.jobs import Job, Jobs


@pytest.fixture
def jobs():
    made = Jobs()
    yield made
    made.close()


class Gate:
    """Work that says when it has begun and goes on when let."""

    def __init__(self, result="done", batches=1):
        self.begun, self.let = Event(), Event()
        self.result, self.batches, self.ran = result, batches, 0

    def __call__(self, progress):
        self.begun.set()
        assert self.let.wait(10)
        for i in range(self.batches):
            progress(i, self.batches)
            self.ran += 1
        return self.result


def test_result_goes_to_done_and_exception_to_failed(jobs):
    told = []
    jobs.submit(Job("a", lambda _progress: 3, done=told.append))
    jobs.submit(Job("b", lambda _progress: 1 / 0, done=told.append, failed=lambda error: told.append(type(error))))
    assert jobs.wait(10)
    assert told == [3, ZeroDivisionError]


def test_the_latest_of_one_key_wins(jobs):
    gate, told = Gate(batches=5), []
    first = jobs.submit(Job("k", gate, done=told.append, failed=lambda error: told.append(type(error))))
    assert gate.begun.wait(10)
    waiting = jobs.submit(Job("k", lambda _progress: "second", done=told.append))
    jobs.submit(Job("k", lambda _progress: "third", done=told.append))
    gate.let.set()
    assert jobs.wait(10)
    assert told == [Cancelled, "third"]
    assert first.cancelled
    assert waiting.cancelled
    assert gate.ran == 0


def test_cancel_ends_the_work_within_a_batch(jobs):
    entered, go_on, told = Event(), Event(), []

    def work(progress):
        for i in range(100):
            progress(i, 100)
            if i == 2:
                entered.set()
                go_on.wait(10)

    counted = []
    job = Job("k", work, done=told.append, failed=lambda error: told.append(type(error)))
    job.progressed = lambda i, _n: counted.append(i)
    jobs.submit(job)
    assert entered.wait(10)
    jobs.cancel("k")
    go_on.set()
    assert jobs.wait(10)
    assert told == [Cancelled]
    assert counted == [0, 1, 2]


def test_done_is_not_told_of_work_cancelled_after_its_last_batch(jobs):
    gate, told = Gate(batches=0), []
    jobs.submit(Job("k", gate, done=told.append))
    assert gate.begun.wait(10)
    jobs.cancel("k")
    gate.let.set()
    assert jobs.wait(10)
    assert told == []


def test_in_order_of_asking_and_background_last(jobs):
    gate, told = Gate(), []
    jobs.submit(Job("gate", gate))
    assert gate.begun.wait(10)
    jobs.submit(Job("ahead", lambda _progress: "ahead", done=told.append, haste="background"))
    jobs.submit(Job("pass", lambda _progress: "pass", done=told.append, haste="patient"))
    jobs.submit(Job("a", lambda _progress: "a", done=told.append))
    jobs.submit(Job("b", lambda _progress: "b", done=told.append))
    gate.let.set()
    assert jobs.wait(10)
    assert told == ["a", "b", "pass", "ahead"]


def test_a_click_is_answered_between_two_batches_of_a_pass(jobs):
    gate, told = Gate("pass", batches=3), []
    jobs.submit(Job("pass", gate, done=told.append, progressed=lambda i, _n: told.append(i), haste="patient"))
    assert gate.begun.wait(10)
    jobs.submit(Job("click", lambda _progress: "click", done=told.append))
    jobs.submit(Job("other pass", lambda _progress: "other pass", done=told.append, haste="patient"))
    gate.let.set()
    assert jobs.wait(10)
    assert told == ["click", 0, 1, 2, "pass", "other pass"]


def test_fetching_ahead_gives_up_when_somebody_waits(jobs):
    gate, told = Gate(batches=3), []
    jobs.submit(Job("ahead", gate, done=told.append, haste="background"))
    assert gate.begun.wait(10)
    jobs.submit(Job("click", lambda _progress: "click", done=told.append))
    gate.let.set()
    assert jobs.wait(10)
    assert told == ["click"]
    assert gate.ran == 0


def test_an_exception_of_the_receiver_does_not_stop_the_worker(jobs, caplog):
    told = []
    jobs.submit(Job("a", lambda _progress: 0, done=lambda zero: 1 / zero))
    jobs.submit(Job("b", lambda _progress: "b", done=told.append))
    assert jobs.wait(10)
    assert told == ["b"]
    assert "division by zero" in caplog.text


def test_a_closed_queue_takes_no_work():
    jobs, gate, told = Jobs(), Gate(batches=1), []
    jobs.submit(Job("running", gate, done=told.append))
    assert gate.begun.wait(10)
    jobs.close()
    gate.let.set()
    assert jobs.submit(Job("late", lambda _progress: "late", done=told.append)).cancelled
    assert jobs.wait(10)
    assert told == []


def test_no_deadlock_under_hammering(jobs):
    """Clicks hold the lock and submit; the worker tells under the lock; passes let clicks go first."""
    ended = []

    def hammer(seed):
        choose = random.Random(seed)
        for i in range(200):
            haste = choose.choice(["now", "patient", "background"])
            with jobs.lock:
                jobs.submit(
                    Job(
                        f"{choose.randrange(5)}",
                        lambda progress: [progress(j, 3) for j in range(3)],
                        done=lambda _result: ended.append(jobs.submit(Job("follow", lambda _progress: 0))),
                        haste=haste,
                    )
                )
            if i % 7 == 0:
                jobs.cancel(f"{choose.randrange(5)}")

    threads = [Thread(target=hammer, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    assert jobs.wait(30)
    assert ended
