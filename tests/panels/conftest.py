"""One session a kind of network for the whole run: building networks is what takes the time."""

from functools import wraps

import pytest
from panels.panel_networks import KINDS, make_session

from nbdebug.panels.parts.book import Book

QUICK = ("contract", "architecture", "data", "initialisation", "dead_layer", "not_finite")
"""What a checkup runs here; `tests/checks` lets those run that train copies."""

_made = {}


def _quick(check):
    """`check`, of the quick families unless some are named."""
    return wraps(check)(lambda only=None, **more: check(QUICK if only is None else only, **more))


@pytest.fixture
def session(request):
    """The shared session of the kind that the test names by indirect parametrisation; "sequence" without."""
    kind = getattr(request, "param", "sequence")
    if kind not in _made:
        _made[kind] = make_session(kind)
        _made[kind].check = _quick(_made[kind].check)
    made = _made[kind]
    before = made.selection
    yield made
    assert made.jobs.wait(60)
    made.store.update(**vars(before))
    made.book = Book()


every_kind = pytest.mark.parametrize("session", KINDS, indirect=True)
