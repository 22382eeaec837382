"""A panel's work says how it is going, and what is shown once it was cancelled."""

from threading import Event

import ipywidgets as w
import pytest

from nbdebug.panels.jobs import Jobs
from nbdebug.panels.working import Task, Working

OUTDATED = "nbdebug-outdated"


@pytest.fixture
def jobs():
    jobs = Jobs()
    yield jobs
    jobs.close()


@pytest.fixture
def working(jobs):
    return Working("test", jobs)


def waiting_for(go, shown, stage=None):
    def work(progress):
        go.wait(10)
        progress(1, 2)
        return "picture"

    return Task(work, shown.append, "a picture", stage=stage)


def said(working):
    return [label.value for box in working.widget.children for label in getattr(box, "children", (box,))[:1]]


def test_the_picture_before_fades_until_the_next_is_there(working, jobs):
    go, shown, stage = Event(), [], w.VBox()
    working.run(waiting_for(go, shown, stage))
    assert OUTDATED in stage._dom_classes
    go.set()
    assert jobs.wait(10)
    assert OUTDATED not in stage._dom_classes
    assert shown == ["picture"]
    assert working.widget.children == ()


@pytest.mark.parametrize(
    ("drawn", "words"), [(False, "There is no picture yet."), (True, "The picture is the one before.")]
)
def test_what_was_cancelled_says_what_is_shown_and_is_computed_on_a_click(working, jobs, drawn, words):
    go, shown, stage = Event(), [], w.VBox([w.Label()] * drawn)
    working.run(waiting_for(go, shown, stage))
    working.stop()
    assert OUTDATED not in stage._dom_classes
    assert said(working) == [f"Cancelled: a picture. {words}"]
    go.set()
    assert jobs.wait(10)
    assert shown == []
    working.widget.children[0].children[1].click()
    assert working.widget.children == ()
    assert jobs.wait(10)
    assert shown == ["picture"]


def test_the_next_picture_takes_the_offer_away(working, jobs):
    go, shown = Event(), []
    working.run(waiting_for(go, shown))
    working.stop()
    assert said(working) == ["Cancelled: a picture."]
    go.set()
    working.run(waiting_for(go, shown))
    assert jobs.wait(10)
    assert working.widget.children == ()


def test_a_panel_that_closes_leaves_no_offer(working, jobs):
    go, stage = Event(), w.VBox()
    working.run(waiting_for(go, [], stage))
    working.cancel()
    go.set()
    assert jobs.wait(10)
    assert working.widget.children == ()
    assert OUTDATED not in stage._dom_classes


def test_after_an_error_the_picture_stays_faded_beside_its_reason(working, jobs):
    stage = w.VBox([w.Label()])

    def breaks(_progress):
        raise ValueError("no")

    working.run(Task(breaks, lambda _result: None, stage=stage))
    assert jobs.wait(10)
    assert working._error.value == "ValueError: no"
    assert OUTDATED in stage._dom_classes
