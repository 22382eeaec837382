import numpy as np
import pytest

from nbdebug.measure.health import RULES, layer_health
from nbdebug.records import Histogram, UnitStatistics


def statistics(*, not_finite=(0, 0, 0, 0), dead=(0, 0, 0, 0), constant=(0, 0, 0, 0), saturated=(0, 0, 0, 0)):
    n = 4
    zeros = np.zeros(n)
    return UnitStatistics(
        layer="conv",
        n_examples=2,
        n_values=np.full(n, 10),
        mean=zeros,
        std=zeros,
        minimum=zeros,
        maximum=zeros,
        zero_share=zeros,
        saturated_share=np.array(saturated, float),
        not_finite=np.array(not_finite),
        histogram=Histogram(np.array([0.0, 1.0]), np.zeros((n, 1), int), 1),
        dead=np.array(dead, bool),
        constant=np.array(constant, bool),
        complete=True,
        fingerprint="",
    )


def test_the_worst_state_that_holds_names_the_unit():
    health = layer_health(statistics(not_finite=(3, 0, 0, 0), dead=(1, 1, 0, 0), constant=(1, 1, 1, 0)))
    assert health.units == ("not finite", "dead", "constant", "healthy")
    assert health.mark == "not finite"
    assert health.text == "1 of 4 units not finite, 1 dead, 1 constant"
    assert health.rule == f"not finite: {RULES['not finite']}"


@pytest.mark.parametrize(("share", "state"), [(0.9, "saturated"), (0.89, "healthy")])
def test_saturated_from_nine_values_in_ten(share, state):
    assert layer_health(statistics(saturated=(share, 0, 0, 0))).units[0] == state


def test_a_sound_layer_is_healthy():
    health = layer_health(statistics())
    assert (health.mark, health.text) == ("healthy", "4 units healthy")
    assert sum(health.counts.values()) == 4
