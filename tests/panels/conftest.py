"""One session a kind of network for the whole run: building networks is what takes the time."""

import pytest
from panels.panel_networks import KINDS, make_session

from nbdebug.panels.parts.book import Book

_made = {}


@pytest.fixture
def session(request):
    """The shared session of the kind that the test names by indirect parametrisation; "sequence" without."""
    kind = getattr(request, "param", "sequence")
    if kind not in _made:
        _made[kind] = make_session(kind)
    made = _made[kind]
    before = made.selection
    yield made
    assert made.jobs.wait(60)
    made.store.update(**vars(before))
    made.book = Book()


every_kind = pytest.mark.parametrize("session", KINDS, indirect=True)
