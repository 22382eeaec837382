"""Each check fires on a stack of layers that cannot be meant, and keeps silent about those that only look like it."""

from dataclasses import replace

import pytest
from checks.architecture import bending, norms, training, widths  # noqa: F401 - what they plant is registered
from checks.architecture.stacks import PLANTS, TRAPS

from nbdebug.checks.examine import examine


def architecture(case):
    report = examine(case, only=["architecture"])
    assert [v for v in report.verdicts if v.kind == "broke"] == []
    assert sum(v.seconds for v in report.verdicts) < 1
    return report


@pytest.mark.parametrize("name", PLANTS)
def test_plants_are_found(name):
    make, check, severity, cause = PLANTS[name]
    found = {finding.check: finding for finding in architecture(make())}
    assert found[check].severity == severity
    assert found[check].cause == cause
    assert found[check].why.endswith(".")
    assert found[check].fix


@pytest.mark.parametrize("name", PLANTS)
def test_a_plant_is_all_that_is_found(name):
    make, check, *_ = PLANTS[name]
    others = [f for f in architecture(make()) if f.check != check and f.severity != "note"]
    assert others == []


@pytest.mark.parametrize("name", TRAPS)
def test_sound_stacks_are_left_alone(name):
    assert [(f.check, f.why) for f in architecture(TRAPS[name]())] == []


def test_without_a_graph_checks_say_that_they_cannot_judge():
    case = replace(bending.dense_upon_dense(), nodes=(), unreadable="it is code")
    kinds = {v.check: (v.kind, v.why) for v in architecture(case).verdicts}
    assert kinds["linear_stack"] == ("unfit", "the graph of the model could not be read: it is code")
    assert kinds["learning_rate_sign"][0] == "clear"
