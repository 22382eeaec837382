"""One selection, told in order, without deadlock."""

from threading import Thread

import pytest

from nbdebug.panels.store import SelectionStore
from nbdebug.records import Selection


def test_tells_what_changed_and_only_then():
    store = SelectionStore(Selection(layer="a", time=3))
    told = []
    stop = store.observe(lambda selection, changed: told.append((selection.layer, selection.time, changed)))
    store.update(layer="b", time=3)
    store.update(layer="b")
    stop()
    store.update(layer="c")
    assert told == [("b", 3, frozenset({"layer"}))]
    assert store.selection == Selection(layer="c", time=3)


def test_a_change_made_by_an_observer_is_told_after_the_first_to_all():
    store = SelectionStore(Selection())
    told = []

    def snaps(selection, _changed):
        told.append(("first", selection.layer, selection.time))
        if selection.time == 5:
            store.update(time=4)

    store.observe(snaps)
    store.observe(lambda selection, _changed: told.append(("second", selection.layer, selection.time)))
    store.update(layer="a", time=5)
    assert told == [("first", "a", 5), ("second", "a", 5), ("first", "a", 4), ("second", "a", 4)]


def test_an_unknown_field_is_refused():
    with pytest.raises(KeyError):
        SelectionStore(Selection()).update(colour="red")


def test_an_observer_that_raises_does_not_silence_the_store():
    store = SelectionStore(Selection())
    told = []

    def breaks(selection, _changed):
        if selection.time == 1:
            raise ZeroDivisionError

    store.observe(breaks)
    store.observe(lambda selection, _changed: told.append(selection.time))
    with pytest.raises(ZeroDivisionError):
        store.update(time=1)
    store.update(time=2)
    assert told == [2]


def test_many_threads_lose_no_change_and_keep_the_order():
    store = SelectionStore(Selection())
    told = []
    store.observe(lambda selection, _changed: told.append(selection))

    def hammer(field):
        for i in range(300):
            store.update(**{field: i})

    threads = [Thread(target=hammer, args=(field,)) for field in ("example", "time")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    assert len(told) == 600
    assert told[-1] == store.selection == Selection(example=299, time=299)
    for field in ("example", "time"):
        seen = [getattr(selection, field) for selection in told if getattr(selection, field) is not None]
        assert seen == sorted(seen)
