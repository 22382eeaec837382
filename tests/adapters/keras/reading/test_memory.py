import os

import pytest

from nbdebug.adapters.keras.reading import memory
from nbdebug.adapters.keras.reading.memory import fitting_batch


@pytest.mark.parametrize(("free", "fitting"), [(None, 32), (8_000, 32), (2_000, 8), (150, 1), (10, 1)])
def test_a_batch_takes_at_most_half_of_what_can_be_had(monkeypatch, free, fitting):
    said = []
    monkeypatch.setattr(memory, "available_bytes", lambda: free)
    assert fitting_batch(32, 100, said.append) == fitting
    assert len(said) == (fitting < 32)


def test_it_says_how_much_there_is(monkeypatch):
    said = []
    monkeypatch.setattr(memory, "available_bytes", lambda: 3e9)
    fitting_batch(32, 200_000_000, said.append)
    assert said == ["batches of 32 would take about 6.4 GB of 3 GB free: going on with batches of 4"]


def test_the_page_cache_is_no_reason_for_small_batches(monkeypatch):
    """Pages of files are given back when asked for; the system does not count them as free."""
    real = os.sysconf
    monkeypatch.setattr(os, "sysconf", lambda name: 0 if name == "SC_AVPHYS_PAGES" else real(name))
    said = []
    assert fitting_batch(32, 1000, said.append) == 32
    assert said == []
