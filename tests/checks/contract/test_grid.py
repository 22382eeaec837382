"""Last activation x loss x width x format of the labels: sound ones are silent, the others have one finding."""

import pytest
from checks.contract.heads import BCE, CCE, SCCE, case_of, contract

ACTIVATIONS = (None, "sigmoid", "softmax", "tanh", "relu", "exponential")
LOSSES = {
    "binary": "binary_crossentropy",
    "binary logits": BCE(from_logits=True),
    "categorical": "categorical_crossentropy",
    "categorical logits": CCE(from_logits=True),
    "sparse": "sparse_categorical_crossentropy",
    "sparse logits": SCCE(from_logits=True),
    "squared": "mse",
    "absolute": "mae",
    "poisson": "poisson",
    "divergence": "kl_divergence",
    "hinge": "hinge",
}
YES = ("zeros", "binary", "binary column")
WITHIN = ("shares", "scaled classes")
COUNTS = ("classes", "classes column", "classes from one", "counts", "one and two")
ANY = (*YES, *WITHIN, *COUNTS, "plus minus", "classes below zero", "numbers", "numbers column", "prices")
SEVERAL = ("smoothed", "multi-hot", "multi-hot by chance", "many shares", "distribution")
ONE_OF = ("smoothed", "distribution", "multi-hot by chance")
NUMBERED = (*YES, "classes", "classes column", "one and two")
SOUND = {
    1: {
        ("sigmoid", "binary"): (*YES, *WITHIN),
        (None, "binary logits"): (*YES, *WITHIN),
        (None, "squared"): ANY,
        (None, "absolute"): ANY,
        (None, "hinge"): (*YES, "plus minus"),
        ("tanh", "hinge"): (*YES, "plus minus"),
        ("sigmoid", "squared"): (*YES, *WITHIN),
        ("tanh", "squared"): (*YES, *WITHIN, "plus minus"),
        ("relu", "squared"): (*YES, *WITHIN, *COUNTS, "prices"),
        ("relu", "absolute"): (*YES, *WITHIN, *COUNTS, "prices"),
        ("exponential", "poisson"): (*YES, *WITHIN, *COUNTS, "prices"),
        ("relu", "poisson"): (*YES, *WITHIN, *COUNTS, "prices"),
    },
    4: {
        ("softmax", "categorical"): ("one-hot", *ONE_OF),
        (None, "categorical logits"): ("one-hot", *ONE_OF),
        ("softmax", "sparse"): NUMBERED,
        (None, "sparse logits"): NUMBERED,
        ("sigmoid", "binary"): SEVERAL,
        (None, "binary logits"): SEVERAL,
        (None, "squared"): (*SEVERAL, "many numbers"),
        ("sigmoid", "squared"): SEVERAL,
        ("tanh", "squared"): SEVERAL,
        ("relu", "squared"): SEVERAL,
        ("softmax", "squared"): ONE_OF,
        ("softmax", "divergence"): ("one-hot", *ONE_OF),
    },
}
CAUSES = [
    # activation, units, loss, labels: what has to be changed, whatever else is wrong
    (ACTIVATIONS, (1, 4), ("binary", "sparse", "squared"), ("text", "objects"), {"labels", "output_activation"}),
    (("softmax",), (1,), ("binary", "categorical", "sparse", "squared"), (*ANY, "one-hot"), {"output_activation"}),
    (("sigmoid", None, "relu", "tanh"), (1,), ("binary",), ("classes", "classes column"), {"output_units"}),
    (("sigmoid", None), (1,), ("binary", "binary logits"), ("numbers", "prices"), {"loss"}),
    (("sigmoid",), (1, 4), ("squared", "absolute"), ("prices",), {"output_activation", "output_units"}),
    (("sigmoid",), (4,), ("categorical", "sparse"), ("one-hot", "classes"), {"output_activation", "loss"}),
    ((None, "relu", "tanh"), (1,), ("binary",), YES, {"output_activation"}),
    ((None, "relu", "tanh"), (4,), ("categorical",), ("one-hot", "smoothed"), {"output_activation"}),
    ((None, "relu", "tanh"), (4,), ("sparse",), ("classes",), {"output_activation"}),
    (("softmax", "sigmoid", None), (4,), ("categorical",), ("classes",), {"loss"}),
    (("softmax", None), (4,), ("sparse", "sparse logits"), ("one-hot",), {"loss"}),
    (("relu", "exponential"), (1,), ("squared", "absolute"), ("numbers", "numbers column"), {"output_activation"}),
    ((None, "tanh"), (1,), ("poisson",), ("zeros", "binary"), {"output_activation"}),
    (("sigmoid", "tanh", None), (4,), ("divergence",), ("one-hot", "distribution"), {"output_activation"}),
]


@pytest.mark.parametrize(("units", "activation", "loss"), [(u, a, k) for u, pairs in SOUND.items() for a, k in pairs])
def test_sound_ones_are_silent(units, activation, loss):
    for labels in SOUND[units][activation, loss]:
        report = contract(case_of(activation, units, LOSSES[loss], labels))
        assert [(labels, f.check, f.why) for f in report] == []


@pytest.mark.parametrize(("activations", "units", "losses", "labels", "causes"), CAUSES)
def test_unsound_ones_have_one_error_with_its_cause(activations, units, losses, labels, causes):
    for wide in units:
        for activation in activations:
            for loss in losses:
                for kind in labels:
                    (found,) = contract(case_of(activation, wide, LOSSES[loss], kind))
                    assert found.severity == "error", (activation, wide, loss, kind, found)
                    assert found.cause in causes, (activation, wide, loss, kind, found)


EACH_FORMAT = ("text", "binary", "plus minus", "classes", "one-hot", "multi-hot", "shares", "numbers", "many numbers")


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_one_output_never_has_two_findings(activation):
    for units in (1, 4):
        for name in ("binary", "categorical logits", "sparse", "absolute", "poisson", "hinge"):
            for labels in EACH_FORMAT:
                report = contract(case_of(activation, units, LOSSES[name], labels))
                assert len(report) <= 1, (activation, units, name, labels, report.findings)
