import pytest

from nbdebug.errors import NbdebugError
from nbdebug.measure.intake.heads import Reading
from nbdebug.measure.intake.outputs import make_outputs, names_by_head
from nbdebug.records.head import Head

RISK = Head("risk", (3,), "sigmoid", "binary_crossentropy", None)
DIGIT = Head("digit", (10,), "softmax", None, None)
PAIR = Head("pair", (2,), "softmax", None, None)
READINGS = {
    "risk": Reading("binary", False, False),
    "digit": Reading("multiclass", True, False),
    "pair": Reading("binary", True, False),
}


def made(heads, names=None, classes=None):
    return make_outputs(heads, READINGS, names_by_head(names, heads), classes)


@pytest.mark.parametrize(
    ("heads", "names", "expected"),
    [
        ([RISK], None, ["risk[0]", "risk[1]", "risk[2]"]),
        ([RISK], ["a", "b", "c"], ["a", "b", "c"]),
        ([RISK], "x", ["x[0]", "x[1]", "x[2]"]),
        ([DIGIT], "number", ["number"]),
        ([RISK, DIGIT], ["r", "d"], ["r[0]", "r[1]", "r[2]", "d"]),
        ([RISK, DIGIT], {"risk": ["a", "b", "<i>"]}, ["a", "b", "<i>", "digit"]),
    ],
)
def test_columns_and_heads_are_named(heads, names, expected):
    assert [o.name for o in made(heads, names)] == expected


def test_a_softmax_over_two_is_binary_with_column_one_as_the_score():
    (found,) = made([PAIR], None, ["no", "yes"])
    assert (found.kind, found.column, found.classes) == ("binary", 1, ("no", "yes"))


def test_losses_are_compiled_or_said_to_be_inferred():
    assert [(o.loss, o.loss_inferred) for o in made([RISK, DIGIT])][2:] == [
        ("binary_crossentropy", False),
        ("categorical_crossentropy", True),
    ]


@pytest.mark.parametrize(
    ("heads", "names", "classes", "got"),
    [
        ([RISK], ["a", "b"], None, "2 names"),
        ([RISK], ["a", "a", "b"], None, "'a'"),
        ([RISK], {"risk": ["a", "b"]}, None, "2 names"),
        ([RISK], {"risc": "a"}, None, "'risc'"),
        ([DIGIT], None, ["cat", "dog"], "2 names"),
        ([DIGIT], None, {"digits": ["cat"]}, "'digits'"),
        ([DIGIT], {"digit": ["a", "b"]}, None, "2 names"),
    ],
)
def test_names_that_do_not_fit(heads, names, classes, got):
    with pytest.raises(NbdebugError) as error:
        made(heads, names, classes)
    assert got in error.value.got
