"""What every check promises, whoever wrote it."""

import inspect
import re
from dataclasses import replace

import keras
import numpy as np
import pytest
from checks.contract.heads import LABELS, case_of
from checks.mends import is_code, written_mends
from keras import layers

from nbdebug.adapters.keras.cases import make_case
from nbdebug.checks.check import Unfit
from nbdebug.checks.examine import examine
from nbdebug.checks.walk import FAMILIES, all_checks
from nbdebug.records.finding import CAUSES, SEVERITIES

CHECKS = {check.name: check for check in all_checks()}
LONG = "an_output_with_a_name_of_the_users_own_that_is_far_too_long_to_show_in_one_line_of_a_sidebar"


def healthy():
    """Two clouds that a small network tells apart at its present learning rate."""
    keras.utils.set_random_seed(0)
    random = np.random.default_rng(0)
    y = np.arange(400) % 2
    x = (random.normal(size=(400, 6)) + 1.5 * (2 * y[:, None] - 1) * [1, -1, 1, 0, 0, 0]).astype("float32")
    hidden = [layers.Dense(16, "relu", kernel_initializer="he_normal"), layers.Dense(8, "relu")]
    model = keras.Sequential([keras.Input((6,)), *hidden, layers.Dense(1, "sigmoid")])
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    order = random.permutation(400)
    return model, x[order], y[order]


@pytest.fixture(scope="module")
def sound():
    model, x, y = healthy()
    return make_case(model, x, y, validation=None, fit={"epochs": 20, "batch_size": 32})


@pytest.fixture(scope="module")
def unlabelled():
    model, x, _ = healthy()
    return make_case(model, x)


@pytest.mark.parametrize("name", CHECKS)
def test_it_says_what_it_is_and_where_its_rule_comes_from(name):
    check = CHECKS[name]
    module = inspect.getmodule(check.judge)
    assert (module.__doc__ or "").strip().endswith("."), "a file states its fault in a sentence"
    assert check.source.strip()
    assert check.cause in CAUSES
    assert check.severity in SEVERITIES
    assert check.family in FAMILIES


@pytest.mark.parametrize("name", CHECKS)
def test_what_it_explains_exists(name):
    assert set(CHECKS[name].explains) <= {*FAMILIES, *CHECKS}
    assert name not in CHECKS[name].explains


@pytest.mark.parametrize("name", CHECKS)
def test_its_thresholds_are_keywords_with_a_stated_basis(name):
    case, *thresholds = inspect.signature(CHECKS[name].judge).parameters.values()
    assert case.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    told = inspect.getdoc(CHECKS[name].judge) or ""
    for threshold in thresholds:
        assert threshold.kind is inspect.Parameter.KEYWORD_ONLY
        assert threshold.default is not inspect.Parameter.empty
        assert re.search(rf"^ *{threshold.name}:|`{threshold.name}`", told, re.MULTILINE), (
            f"{threshold.name} has no stated basis"
        )


@pytest.mark.parametrize("name", CHECKS)
def test_its_mend_is_code_that_can_be_pasted(name):
    assert [mend for mend in written_mends(CHECKS[name]) if not is_code(mend)] == []


def test_words_are_no_code():
    assert not is_code("leave the layer out, or make it milder")
    assert is_code('activation="relu", kernel_initializer="he_uniform"  # in dense')


@pytest.mark.parametrize("name", CHECKS)
def test_it_is_silent_about_a_sound_network(name, sound):
    (verdict,) = examine(sound, only=[name]).verdicts
    assert verdict.kind in ("clear", "unfit"), verdict


@pytest.mark.parametrize("name", CHECKS)
def test_without_labels_it_says_that_it_cannot_judge_or_is_clear(name, unlabelled):
    (verdict,) = examine(unlabelled, only=[name]).verdicts
    assert verdict.kind in ("clear", "unfit"), verdict
    assert verdict.kind == "clear" or verdict.why


@pytest.mark.parametrize("name", [n for n, check in CHECKS.items() if check.family == "contract"])
def test_a_contract_check_needs_no_graph(name, sound):
    (verdict,) = examine(replace(sound, nodes=(), unreadable="it is code"), only=[name]).verdicts
    assert verdict.kind in ("clear", "unfit"), verdict


FAULTY = [
    ("softmax", 1, "mse", "prices"),
    ("sigmoid", 1, "binary_crossentropy", "classes"),
    ("sigmoid", 1, "binary_crossentropy", "text"),
    ("relu", 4, "categorical_crossentropy", "one-hot"),
    ("softmax", 4, "mse", "classes"),
    ("sigmoid", 4, "categorical_crossentropy", "multi-hot"),
    ("sigmoid", 1, "mae", "prices"),
    (None, 4, "sparse_categorical_crossentropy", "one-hot"),
    (None, 1, "poisson", "counts"),
    ("softmax", 2, "mae", "numbers column"),
    ("tanh", 4, "kl_divergence", "distribution"),
    ("sigmoid", 2, "binary_crossentropy", "one-hot 2"),
    (None, 1, "mape", "holes"),
]


@pytest.mark.parametrize(("activation", "units", "loss", "labels"), FAULTY)
def test_findings_say_what_why_and_how_in_full(activation, units, loss, labels):
    case = case_of(activation, units, loss, labels, ["accuracy"])
    (end,) = case.ends
    renamed = replace(case, ends=(replace(end, name=LONG),), targets={LONG: LABELS[labels]})
    report = examine(renamed, only=["contract"])
    assert [v.why for v in report.verdicts if v.kind == "broke"] == []
    (first,) = report
    for finding in (first, *first.symptoms):
        assert finding.why.endswith(".")
        assert LONG in finding.why
        assert finding.output == LONG
        assert is_code(finding.fix)
        assert finding.cause in CAUSES
        assert finding.severity in SEVERITIES
        assert finding.source
        assert (finding.measured is None) == (not finding.measured_in)
        assert finding.measured is None or finding.threshold is not None
        assert all(0 <= i < len(LABELS[labels]) for i in finding.examples)


def test_unfit_says_why():
    with pytest.raises(Unfit, match="no labels"):
        list(CHECKS["bounded_head"].judge(replace(case_of(None, 1, "mse", "numbers"), ends=_without_labels())))


def _without_labels():
    (end,) = case_of(None, 1, "mse", "numbers").ends
    return (replace(end, labels=type(end.labels)("none")),)
