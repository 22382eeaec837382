"""Sound programs that a naive checker mistakes for faulty ones."""

import keras
import numpy as np
import pytest
from checks.contract.heads import BCE, CCE, LABELS, SCCE, SEQUENCES, TIMES, N, X, contract_of
from keras import layers

from nbdebug.adapters.keras.cases import make_case
from nbdebug.checks.examine import examine

RANDOM = np.random.default_rng(1)
PICTURES = RANDOM.random((N, 6, 6, 1)).astype("float32")
TRAPS = {}
OTHERS = {"softmax_on_one_unit", "text_labels", "loss_without_floor", "loss_upside_down", "weightless_output"} | {
    "as_many_labels", "labels_of_other_output", "loss_against_labels", "loss_sees_the_sign", "pairs_driven_apart",
    "own_loss_of_shares", "own_loss_of_logits", "loss_by_place", "loss_breaks_at_certainty", "loss_breaks_at_labels",
    "spread_without_floor",
    "collapse_is_best",
}  # fmt: skip
"""Checks that need neither a loss of Keras' own nor labels."""


@keras.saving.register_keras_serializable(package="nbdebug-tests")
class OwnHead(layers.Layer):
    """Weights and a softmax of its own, invisible from outside."""

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 4), initializer="glorot_uniform")

    def call(self, x):
        return keras.ops.softmax(keras.ops.matmul(x, self.kernel))


class OwnModel(keras.Model):
    """Squashes in its own call."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(4)

    def call(self, x):
        return keras.ops.softmax(self.dense(x))


def trap(make):
    TRAPS[make.__name__] = make
    return make


def sequential(loss, *above, shape=(6,), **compiled):
    keras.utils.set_random_seed(5)
    model = keras.Sequential([keras.Input(shape), *above])
    model.compile("adam", loss, **compiled)
    return model


def functional(loss, make, shape=(6,)):
    keras.utils.set_random_seed(5)
    x = keras.Input(shape)
    model = keras.Model(x, make(x))
    model.compile("adam", loss)
    return model


@trap
def own_head():
    return sequential("categorical_crossentropy", layers.Dense(8, "relu"), OwnHead()), X, LABELS["one-hot"]


@trap
def own_model():
    model = OwnModel()
    model(X[:2])
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, X, LABELS["classes"]


@trap
def lambda_softmax():
    return (
        sequential("categorical_crossentropy", layers.Dense(4), layers.Lambda(keras.ops.softmax)),
        X,
        LABELS["one-hot"],
    )


@trap
def operation_after_the_head():
    made = functional("sparse_categorical_crossentropy", lambda x: keras.ops.softmax(layers.Dense(4)(x)))
    return made, X, LABELS["classes"]


@trap
def own_activation():
    head = layers.Dense(4, activation=lambda x: keras.ops.softmax(x))
    return sequential("categorical_crossentropy", head), X, LABELS["one-hot"]


@trap
def mean_of_sigmoids_over_time():
    head = (layers.Dense(1, "sigmoid"), layers.GlobalAveragePooling1D())
    return sequential("binary_crossentropy", *head, shape=(TIMES, 2)), SEQUENCES, LABELS["binary"]


@trap
def sigmoids_divided_by_their_sum():
    def make(x):
        shares = layers.Dense(4, "sigmoid")(x)
        return shares / keras.ops.sum(shares, axis=-1, keepdims=True)

    return functional("categorical_crossentropy", make), X, LABELS["one-hot"]


@trap
def tanh_moved_to_zero_one():
    made = functional("binary_crossentropy", lambda x: (layers.Dense(1, "tanh")(x) + 1) / 2)
    return made, X, LABELS["binary"]


@trap
def classes_at_every_time():
    head = layers.TimeDistributed(layers.Dense(4, "softmax"))
    y = RANDOM.integers(0, 4, (N, TIMES))
    return sequential("sparse_categorical_crossentropy", head, shape=(TIMES, 2)), SEQUENCES, y


@trap
def numbers_at_every_time_without_columns():
    return sequential("mse", layers.Dense(1), shape=(TIMES, 2)), SEQUENCES, RANDOM.normal(size=(N, TIMES))


@trap
def one_hot_at_every_time_with_padding():
    y = np.eye(4)[RANDOM.integers(0, 4, (N, TIMES))]
    y[:, 3:] = 0
    return sequential("categorical_crossentropy", layers.Dense(4, "softmax"), shape=(TIMES, 2)), SEQUENCES, y


@trap
def softmax_cast_to_float32():
    head = (layers.Dense(4, "softmax"), layers.Activation("linear", dtype="float32"))
    return sequential("categorical_crossentropy", *head), X, LABELS["one-hot"]


@trap
def softmax_behind_a_reshape():
    return (
        sequential("sparse_categorical_crossentropy", layers.Dense(4, "softmax"), layers.Reshape((4,))),
        X,
        LABELS["classes"],
    )


@trap
def two_unit_softmax():
    return sequential("sparse_categorical_crossentropy", layers.Dense(2, "softmax")), X, LABELS["binary column"]


@trap
def logits():
    return sequential(SCCE(from_logits=True), layers.Dense(4), metrics=["accuracy"]), X, LABELS["classes"]


@trap
def logarithms_of_shares_as_logits():
    return sequential(SCCE(from_logits=True), layers.Dense(4, "log_softmax")), X, LABELS["classes"]


@trap
def smoothed_labels():
    return sequential(CCE(label_smoothing=0.1), layers.Dense(4, "softmax")), X, LABELS["smoothed"]


@trap
def multi_label():
    return sequential("binary_crossentropy", layers.Dense(4, "sigmoid"), metrics=["accuracy"]), X, LABELS["multi-hot"]


@trap
def autoencoder_of_shares():
    head = (layers.Flatten(), layers.Dense(36, "sigmoid"), layers.Reshape((6, 6, 1)))
    return sequential("binary_crossentropy", *head, shape=(6, 6, 1)), PICTURES, PICTURES


@trap
def autoencoder_of_black_and_white():
    x = (PICTURES > 0.5).astype("float32")
    return (
        sequential("binary_crossentropy", layers.Conv2D(1, 3, padding="same", activation="sigmoid"), shape=(6, 6, 1)),
        x,
        x,
    )


@trap
def autoencoder_of_one_hot_rows():
    x = LABELS["one-hot"]
    return sequential("mse", layers.Dense(2), layers.Dense(4), shape=(4,)), x, x


@trap
def masks_without_a_channel():
    y = (PICTURES[..., 0] > 0.5).astype("float32")
    return sequential("binary_crossentropy", layers.Conv2D(1, 1, activation="sigmoid"), shape=(6, 6, 1)), PICTURES, y


@trap
def ignored_class():
    y = np.where(PICTURES[..., 0] > 0.9, 255, (PICTURES[..., 0] * 3).astype(int))
    head = layers.Conv2D(3, 1, activation="softmax")
    return sequential(SCCE(ignore_class=255), head, shape=(6, 6, 1)), PICTURES, y


@trap
def ignored_class_below_zero():
    return sequential(SCCE(ignore_class=-1), layers.Dense(4, "softmax")), X, LABELS["classes below zero"]


@trap
def counts():
    return sequential("poisson", layers.Dense(1, "exponential")), X, LABELS["counts"]


@trap
def counts_by_an_operation():
    return functional("poisson", lambda x: keras.ops.exp(layers.Dense(1)(x))), X, LABELS["counts"]


@trap
def counts_with_a_relu():
    return sequential("mse", layers.Dense(1, "relu")), X, LABELS["counts"]


@trap
def ordinal_classes_as_numbers():
    return sequential("mse", layers.Dense(1)), X, LABELS["classes"]


@trap
def prices():
    return sequential("huber", layers.Dense(1), metrics=["mae"]), X, LABELS["prices"]


@trap
def prices_by_a_scaled_sigmoid():
    head = (layers.Dense(1, "sigmoid"), layers.Rescaling(1e6))
    return sequential("mae", *head), X, LABELS["prices"]


@trap
def shares_by_a_sigmoid():
    return sequential("mse", layers.Dense(1, "sigmoid")), X, LABELS["shares"]


@trap
def many_shares():
    return sequential("mse", layers.Dense(4, "sigmoid")), X, LABELS["many shares"]


@trap
def support_vector():
    return sequential("hinge", layers.Dense(1, "tanh")), X, LABELS["plus minus"]


@trap
def plus_minus_by_tanh():
    return sequential("mse", layers.Dense(1, "tanh")), X, LABELS["plus minus"]


@trap
def distributions():
    return sequential("kl_divergence", layers.Dense(4, "softmax")), X, LABELS["distribution"]


@trap
def leaky_head_of_a_relu_layer():
    return sequential("mse", layers.Dense(1), layers.ReLU(negative_slope=0.2)), X, LABELS["numbers"]


@trap
def sum_of_both_directions():
    head = layers.Bidirectional(layers.GRU(1), merge_mode="sum")
    return sequential("mse", head, shape=(TIMES, 2)), SEQUENCES, 1.5 * np.tanh(LABELS["numbers"])


@trap
def head_without_columns():
    made = functional("mse", lambda x: keras.ops.squeeze(layers.Dense(1)(x), -1))
    return made, X, LABELS["numbers column"]


@trap
def two_towers():
    def make(x):
        left, right = layers.Dense(4, "relu")(x), layers.Dense(4)(x)
        return layers.Activation("sigmoid")(layers.Dot(-1)([left, right]))

    return functional("binary_crossentropy", make), X, LABELS["binary"]


@trap
def relu_of_distances_before_a_softmax():
    def make(x):
        return layers.Softmax()(-layers.Dense(4, "relu")(x))

    return functional("sparse_categorical_crossentropy", make), X, LABELS["classes"]


@trap
def a_first_slice_of_zeros():
    return sequential("sparse_categorical_crossentropy", layers.Dense(4, "softmax")), X[:8], np.zeros(8, int)


@trap
def a_first_slice_of_zeros_in_columns():
    return sequential("categorical_crossentropy", layers.Dense(4, "softmax")), X[:8], np.zeros((8, 4))


@trap
def least_squares_discriminator():
    return sequential("mse", layers.Dense(1)), X, LABELS["binary"]


@trap
def soft_labels_of_two_units():
    y = np.stack([LABELS["shares"], 1 - LABELS["shares"]], 1)
    return sequential("categorical_crossentropy", layers.Dense(2, "softmax")), X, y


@trap
def yes_or_no_as_booleans():
    return sequential(BCE(from_logits=True), layers.Dense(1)), X, LABELS["binary"] > 0


@pytest.mark.parametrize("name", TRAPS)
def test_sound_programs_are_left_alone(name):
    report = contract_of(*TRAPS[name]())
    assert [(f.check, f.severity, f.why) for f in report] == []


def test_outputs_are_judged_by_themselves():
    x = keras.Input((6,))
    out = {
        "kind": layers.Dense(4, "softmax", name="kind")(x),
        "price": layers.Dense(1, "sigmoid", name="price")(x),
        "risk": layers.Dense(1, "sigmoid", name="risk")(x),
    }
    model = keras.Model(x, out)
    losses = {"kind": "sparse_categorical_crossentropy", "price": "mse", "risk": "binary_crossentropy"}
    model.compile("adam", losses)
    y = {"kind": LABELS["classes"], "price": LABELS["prices"], "risk": LABELS["binary"]}
    (found,) = contract_of(model, X, y)
    assert (found.check, found.output) == ("bounded_head", "price")


@pytest.mark.parametrize(
    ("loss", "y", "why"),
    [
        (lambda y, p: keras.ops.mean(keras.ops.maximum(0.9 * (y - p), 0.1 * (p - y))), "numbers", "is not known"),
        ("cosine_similarity", "many numbers", "is not known"),
        ("mse", None, "no labels"),
    ],
)
def test_without_a_known_loss_or_labels_checks_say_that_they_cannot_judge(loss, y, why):
    model = sequential(loss, layers.Dense(4 if y == "many numbers" else 1))
    report = examine(make_case(model, X, None if y is None else LABELS[y]), only=["contract"])
    assert not len(report)
    kinds = {v.check: (v.kind, v.why) for v in report.verdicts}
    told = {name for name, (kind, _) in kinds.items() if kind == "unfit"}
    assert set(kinds) - told <= OTHERS
    assert why in kinds["bounded_head"][1]


def test_a_model_that_is_not_compiled_cannot_be_judged():
    model = keras.Sequential([keras.Input((6,)), layers.Dense(1)])
    report = contract_of(model, X, LABELS["numbers"])
    assert "not compiled" in next(v.why for v in report.verdicts if v.check == "bounded_head")
