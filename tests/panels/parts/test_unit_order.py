"""Order and choice of units, and the words about them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbdebug.measure.health import STATES, Health
from nbdebug.panels.parts.unit_order import ALL, ORDERS, UnitOrder, health_words, listed


def health(*states):
    return Health("l", states, {state: states.count(state) for state in STATES}, True)


def values(seed=0, units=6):
    return np.random.default_rng(seed).normal(size=(40, units)).astype(np.float32)


@pytest.mark.parametrize("by", ORDERS)
def test_every_order_holds_each_unit_once(by):
    state = health("healthy", "dead", "healthy", "constant", "healthy", "dead")
    order = UnitOrder().order("l", "f", values(), state, by, ALL)
    assert sorted(order.tolist()) == list(range(6))


def test_the_clustered_order_of_a_layer_stays_whatever_is_shown():
    orders = UnitOrder()
    first = orders.order("l", "f", values(0), None, "clustered", ALL)
    assert orders.order("l", "f", values(1), None, "clustered", ALL).tolist() == first.tolist()
    fresh = UnitOrder().order("l", "f", values(1), None, "clustered", ALL)
    assert orders.order("l", "other weights", values(1), None, "clustered", ALL).tolist() == fresh.tolist()


def test_by_health_the_worst_come_first():
    state = health("healthy", "saturated", "dead", "not finite", "constant", "dead")
    assert UnitOrder().order("l", "f", values(), state, "by health", ALL).tolist() == [3, 2, 5, 4, 1, 0]


def test_a_filter_leaves_the_others_out_in_any_order():
    state = health("healthy", "dead", "healthy", "dead", "healthy", "healthy")
    assert UnitOrder().order("l", "f", values(), state, "by index", "dead").tolist() == [1, 3]
    assert UnitOrder().order("l", "f", values(), state, "by index", "constant").tolist() == []
    assert set(UnitOrder().order("l", "f", values(), state, "clustered", "dead").tolist()) == {1, 3}


def test_places_beside_units_share_their_health():
    state = health("healthy", "dead")
    assert UnitOrder().order("l", "f", values(units=6), state, "by index", "dead").tolist() == [1, 3, 5]


@given(st.sets(st.integers(0, 60)))
def test_listed_units_are_all_named_or_counted(units):
    text = listed(sorted(units))
    rest = int(text.rsplit(" and ", 1)[1].split()[0]) if " more" in text else 0
    named = text.rsplit(" and ", 1)[0] if rest else text
    found = set()
    for part in filter(None, named.split(", ")):
        low, *high = part.split(" to ")
        found |= set(range(int(low), int(high[0] if high else low) + 1))
    assert found <= units
    assert len(found) + rest == len(units)


def test_words_name_the_ill():
    assert listed([0, 1, 2, 5, 7, 8]) == "0 to 2, 5, 7, 8"
    assert health_words(health("healthy", "healthy")) == "2 units healthy"
    assert health_words(health("dead", "dead")) == "2 of 2 dead: all units"
    words = health_words(health("dead", "healthy", "constant", "dead"))
    assert words.splitlines() == ["2 of 4 dead: units 0, 3", "1 of 4 constant: unit 2"]
