"""Each check of data: the fault it is for, and data beside it that is sound."""

from dataclasses import dataclass, field

import keras
import numpy as np
import pytest
from keras import layers

from nbdebug.checkup import check

N = 200


def rng(seed=0):
    return np.random.default_rng(seed)


@dataclass
class Given:
    """What a check is shown: a table of two classes unless something else is given."""

    x: object = field(default_factory=lambda: rng().normal(size=(N, 5)).astype("float32"))
    y: object = field(default_factory=lambda: np.arange(N) % 2)
    first: tuple = ()
    head: tuple = (1, "sigmoid", "binary_crossentropy")
    fit: dict = field(default_factory=dict)
    validation: object = None

    def findings(self, name):
        keras.utils.set_random_seed(0)
        units, activation, loss = self.head
        hidden = [*self.first, layers.Flatten(), layers.Dense(8, activation="relu")]
        model = keras.Sequential([keras.Input(self.x.shape[1:]), *hidden, layers.Dense(units, activation, name="out")])
        model.compile("adam", loss)
        fit = {"epochs": 10, "batch_size": 32} | self.fit
        report = check(model, self.x, self.y, validation=self.validation, only=[name], **fit)
        assert report.verdicts[0].kind in ("clear", "found"), report.verdicts
        return report.findings


def table(n=N, seed=0):
    return rng(seed).normal(size=(n, 5)).astype("float32")


def holes(share=0.01):
    x = table()
    x[rng(1).random(x.shape) < share] = np.nan
    return x


def repeated():
    return np.tile(table(N // 4), (4, 1))


def telling(values):
    x = table()
    x[:, 2] = values
    return x


def last_are(of_last, n_last=50):
    return np.concatenate([np.arange(N - n_last) % 2, np.full(n_last, of_last)])


def pictures(top):
    return rng().integers(0, top, (N, 8, 8, 1)).astype("float32")


NUMBERS = (1, None, "mse")
MANY = (5, None, "mse")
ALTERNATING = np.arange(N) % 2
with np.errstate(divide="ignore"):
    LOGARITHMS = np.log(rng().integers(0, 9, (N, 1)))
RARE = (np.arange(N) % 10 == 0).astype(int)
TORN = np.where(np.arange(N) < N // 2, ALTERNATING, 1 - ALTERNATING)

FAULTS = {
    "class_weights_upside_down": Given(y=RARE, fit={"class_weight": {0: 1.8, 1: 0.2}}),
    "conflicting_labels": Given(x=np.tile(table(N // 2), (2, 1)), y=TORN),
    "constant_input": Given(x=np.ones((N, 5), "float32")),
    "different_preprocessing": Given(validation=(255 * table(40, 1), np.arange(40) % 2)),
    "duplicated_examples": Given(x=repeated()),
    "infinite_targets": Given(y=LOGARITHMS, head=NUMBERS),
    "inputs_not_finite": Given(x=holes()),
    "label_imbalance": Given(y=(np.arange(N) == 7).astype(int)),
    "leaking_feature": Given(x=telling(ALTERNATING)),
    "one_class_only": Given(y=np.ones(N, int)),
    "scaled_twice": Given(x=pictures(2), first=(layers.Rescaling(1 / 255),)),
    "sorted_split": Given(y=last_are(2), head=(3, "softmax", "sparse_categorical_crossentropy"),
                          fit={"validation_split": 0.25}),
    "targets_are_inputs": Given(y=table(), head=MANY),
    "tiny_split": Given(fit={"validation_split": 0.99}),
    "train_validation_overlap": Given(validation=(table()[:60], ALTERNATING[:60])),
    "unscaled_inputs": Given(x=1000 * table()),
    "unscaled_targets": Given(y=250_000 + 10_000 * rng().normal(size=(N, 1)), head=NUMBERS),
}  # fmt: skip

SOUND = {
    "class_weights_upside_down": [
        Given(y=RARE, fit={"class_weight": {0: 0.55, 1: 5.0}}),
        Given(y=ALTERNATING, fit={"class_weight": {0: 5.0, 1: 1.0}}),
    ],
    "conflicting_labels": [Given(), Given(x=repeated(), y=np.tile(ALTERNATING[: N // 4], 4))],
    "constant_input": [Given(), Given(x=telling(1.0))],
    "different_preprocessing": [Given(validation=(table(40, 1) * 1.5 + 1, np.arange(40) % 2))],
    "duplicated_examples": [Given(), Given(x=rng().integers(0, 2, (N, 5)).astype("float32"))],
    "infinite_targets": [
        Given(),
        Given(y=np.log1p(rng().integers(0, 9, (N, 1))), head=NUMBERS),
        Given(y=np.where(ALTERNATING == 1, np.nan, 1.0)[:, None], head=NUMBERS),
    ],
    "inputs_not_finite": [Given(), Given(x=1e30 * table())],
    "label_imbalance": [Given(y=RARE), Given(y=(np.arange(N) == 7).astype(int), fit={"class_weight": {0: 1, 1: 100}})],
    "leaking_feature": [Given(), Given(x=telling(ALTERNATING + rng().normal(size=N)))],
    "one_class_only": [Given(), Given(y=np.ones((N, 1)) * rng().normal(size=(N, 1)), head=NUMBERS)],
    "scaled_twice": [Given(x=pictures(256), first=(layers.Rescaling(1 / 255),)), Given(x=pictures(2))],
    "sorted_split": [Given(fit={"validation_split": 0.25}), Given(y=RARE, fit={"validation_split": 0.1})],
    "targets_are_inputs": [Given(y=table(seed=1), head=MANY), Given(y=table(), first=(layers.Dense(2),), head=MANY)],
    "tiny_split": [Given(fit={"validation_split": 0.5})],
    "train_validation_overlap": [Given(validation=(table(60, 1), ALTERNATING[:60]))],
    "unscaled_inputs": [Given(), Given(x=1000 * table(), first=(layers.BatchNormalization(),))],
    "unscaled_targets": [Given(y=rng().normal(size=(N, 1)), head=NUMBERS)],
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_found(name):
    (found,) = FAULTS[name].findings(name)
    assert found.why
    assert found.fix


@pytest.mark.parametrize(("name", "nth"), [(name, nth) for name, some in SOUND.items() for nth in range(len(some))])
def test_sound_data_is_not_blamed(name, nth):
    assert not SOUND[name][nth].findings(name)


def test_examples_are_named():
    (found,) = FAULTS["inputs_not_finite"].findings("inputs_not_finite")
    broken = np.flatnonzero(~np.isfinite(FAULTS["inputs_not_finite"].x).all(axis=1))
    assert set(found.examples) <= set(broken.tolist())
    assert found.examples


def swallowing(values):
    """A rectifier that makes 0 of NaN, as processors differ in."""
    return keras.ops.where(values > 0, values, 0.0)


@pytest.mark.parametrize("first", [(), (layers.Dropout(0.1), layers.Reshape((5, 1)), layers.Flatten())])
def test_a_rectifier_that_swallows_nan_does_not_save_the_weights(first):
    above = (*first, layers.Dense(4, activation=swallowing))
    (found,) = Given(x=holes(), first=above).findings("inputs_not_finite")
    assert found.severity == "error"


def test_gaps_that_the_network_fills_before_any_weight():
    filled = layers.Lambda(lambda values: keras.ops.where(keras.ops.isnan(values), 0.0, values))
    assert not Given(x=holes(), first=(filled,)).findings("inputs_not_finite")


def standardised(values):
    return ((values - values.mean(axis=0)) / values.std(axis=0)).astype("float32")


def from_zero_to_one(values):
    return ((values - values.min(axis=0)) / np.ptp(values, axis=0)).astype("float32")


@pytest.mark.parametrize("scaled", [standardised, from_zero_to_one])
def test_validation_data_scaled_by_itself(scaled):
    train, other = table(), 1.3 * table(60, 1) + 0.4
    (found,) = Given(x=scaled(train), validation=(scaled(other), ALTERNATING[:60])).findings("scaled_by_itself")
    assert (found.severity, found.cause, found.measured) == ("warning", "input_scaling", 5)


@pytest.mark.parametrize("scaled", [standardised, from_zero_to_one])
def test_validation_data_scaled_as_the_training_data(scaled):
    both = scaled(np.vstack([table(), table(60, 1)]))
    assert not Given(x=both[:N], validation=(both[N:], ALTERNATING[:60])).findings("scaled_by_itself")
    same = scaled(table())
    assert not Given(x=same, validation=(same, ALTERNATING)).findings("scaled_by_itself")


def test_bits_and_pictures_from_zero_to_one_are_no_scaling():
    bits = (table() > 0).astype("float32")
    assert not Given(x=bits, validation=(bits[:60][::-1], ALTERNATING[:60])).findings("scaled_by_itself")


@pytest.mark.parametrize(
    "natural",
    [
        lambda rows: np.round(np.random.default_rng(rows).uniform(0, 255, (rows, 12))) / 255,
        lambda rows: np.random.default_rng(rows).normal(0.5, 0.3, (rows, 12)).clip(0, 1),
        lambda rows: np.concatenate([np.zeros((1, 4, 4, 3)), np.random.default_rng(rows).random((rows - 2, 4, 4, 3)),
                                     np.ones((1, 4, 4, 3))]),
    ],
    ids=["bytes", "cut off", "pictures"],
)  # fmt: skip
def test_what_lies_between_zero_and_one_by_nature_is_not_scaled(natural):
    train, other = natural(N).astype("float32"), natural(60).astype("float32")
    for values in (train, other):
        values[0], values[1] = 0, 1
    assert not Given(x=train, validation=(other, ALTERNATING[:60])).findings("scaled_by_itself")


def prices():
    return (np.exp(rng(seed).normal(size=(n, 1))) for seed, n in ((0, 1500), (1, 700)))


@pytest.mark.parametrize("bend", [np.log, np.log1p, np.sqrt, np.square])
@pytest.mark.parametrize("of_training", [True, False])
def test_labels_of_one_side_were_bent(bend, of_training):
    price, held = prices()
    y, y_held = (bend(price), held) if of_training else (price, bend(held))
    given = Given(x=table(1500), y=y, head=NUMBERS, validation=(table(700, 1), y_held))
    (found,) = given.findings("targets_bent_apart")
    assert (found.severity, found.cause) == ("error", "target_scaling")
    inverse = {np.sqrt: np.square, np.square: np.sqrt}  # the square of one side is the root of the other
    sides = [(of_training, bend), (not of_training, inverse.get(bend, bend))]
    told = [
        f"The {'training' if side else 'validation'} labels of out are distributed as np.{how.__name__} of"
        for side, how in sides
    ]
    assert any(words in found.why for words in told[: 1 + (bend in inverse)])


@pytest.mark.parametrize("y_held", [1.0, 3.0, 0.01])
def test_labels_on_another_scale_were_not_bent(y_held):
    price, held = prices()
    given = Given(x=table(1500), y=price, head=NUMBERS, validation=(table(700, 1), y_held * held))
    assert not given.findings("targets_bent_apart")


def graded(order, x=None):
    x = table(400) if x is None else x
    grade = np.digitize(x[:, 0] + 0.2 * x[:, 1], [-1, -0.3, 0.3, 1])
    return Given(x=x, y=np.array(order)[grade].astype("float32")[:, None], head=NUMBERS)


@pytest.mark.parametrize("order", [[0, 4, 1, 2, 3], [3, 0, 4, 1, 2]])
def test_grades_numbered_out_of_order(order):
    (found,) = graded(order).findings("codes_out_of_order")
    assert (found.severity, found.cause) == ("warning", "labels")
    assert ", ".join(map(str, order)) in found.why or ", ".join(map(str, order[::-1])) in found.why


def test_grades_in_their_order_and_counts_that_bend():
    assert not graded([0, 1, 2, 3, 4]).findings("codes_out_of_order")
    assert not graded([4, 3, 2, 1, 0]).findings("codes_out_of_order")
    x = table(400)
    bent = np.minimum(np.round(2 * np.abs(x[:, 0])), 4).astype("float32")[:, None]
    assert not Given(x=x, y=bent, head=NUMBERS).findings("codes_out_of_order")
    noise = rng(3).integers(0, 5, (400, 1)).astype("float32")
    assert not Given(x=x, y=noise, head=NUMBERS).findings("codes_out_of_order")


def test_copies_of_rare_measurements_on_both_sides():
    x, y = table(), RARE
    again = np.flatnonzero(y == 1)
    many = np.concatenate([np.arange(N), *[again] * 6])
    order = rng().permutation(len(many))
    x, y = x[many][order], y[many][order]
    (found,) = Given(x=x[:250], y=y[:250], validation=(x[250:], y[250:])).findings("train_validation_overlap")
    assert found.cause == "split"


def test_a_label_left_in_the_table_weighs_more_than_a_telling_feature():
    (same,) = FAULTS["leaking_feature"].findings("leaking_feature")
    (other,) = Given(x=telling(3.0 * ALTERNATING + 7 + 0.1 * rng().random(N))).findings("leaking_feature")
    assert (same.severity, other.severity) == ("warning", "note")


def test_pairs_of_which_the_first_is_the_better_one_may_all_be_told_so():
    first, second = keras.Input((5,)), keras.Input((5,))
    score = layers.Dense(1, use_bias=False)
    model = keras.Model([first, second], layers.Subtract()([score(first), score(second)]))
    model.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True))
    assert not check(model, [table(), table(seed=1)], np.ones((N, 1)), only=["one_class_only"]).findings


def test_labels_beside_other_inputs_are_there_for_the_loss():
    features, label = keras.Input((5,)), keras.Input((1,))
    model = keras.Model([features, label], layers.Dense(1)(layers.Concatenate()([features, label])))
    model.compile("adam", "mse")
    y = table()[:, :1]
    assert not check(model, [table(seed=1), y], y, only=["targets_are_inputs"]).findings


@pytest.mark.parametrize(("later", "found"), [(np.ones(N), 0), (np.arange(N) % 2, 1)])
def test_labels_of_one_class_for_pairs_where_validation_has_both(later, found):
    first, second = keras.Input((3,)), keras.Input((3,))
    model = keras.Model([first, second], layers.Dense(1, "sigmoid")(layers.Concatenate()([first, second])))
    model.compile("adam", "binary_crossentropy")
    x = [rng().normal(size=(N, 3)) for _ in range(2)]
    report = check(model, x, np.ones(N), validation=(x, later), only=["one_class_only"])
    assert len(report.findings) == found
