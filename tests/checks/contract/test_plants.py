"""Each contract check fires on the fault that it is for, and is told with the cause and severity that it has there."""

from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf
from checks.contract.heads import BCE, CCE, LABELS, SCCE, SEQUENCES, TIMES, N, X, case_of, contract, contract_of
from keras import layers

PLANTS = [
    # activation, units, loss, labels, check, cause, severity
    ("softmax", 1, "binary_crossentropy", "binary", "softmax_on_one_unit", "output_activation", "error"),
    ("softmax", 1, "mse", "prices", "softmax_on_one_unit", "output_activation", "error"),
    ("softmax", 1, "categorical_crossentropy", "one-hot 2", "softmax_on_one_unit", "output_activation", "error"),
    ("sigmoid", 1, "binary_crossentropy", "text", "text_labels", "labels", "error"),
    ("sigmoid", 1, "binary_crossentropy", "objects", "text_labels", "labels", "error"),
    (None, 1, "mse", "holes", "missing_labels", "data", "error"),
    ("softmax", 4, "sparse_categorical_crossentropy", "scaled classes", "fractional_classes", "labels", "error"),
    ("sigmoid", 1, "binary_crossentropy", "plus minus", "plus_minus_labels", "labels", "error"),
    ("sigmoid", 1, "mse", "plus minus", "plus_minus_labels", "labels", "error"),
    ("softmax", 2, "sparse_categorical_crossentropy", "plus minus", "plus_minus_labels", "labels", "error"),
    ("sigmoid", 1, "binary_crossentropy", "one and two", "two_labels_not_zero_one", "labels", "error"),
    ("sigmoid", 1, "binary_crossentropy", "prices", "cross_entropy_for_numbers", "loss", "error"),
    (None, 1, BCE(from_logits=True), "numbers", "cross_entropy_for_numbers", "loss", "error"),
    ("softmax", 4, "sparse_categorical_crossentropy", "numbers", "cross_entropy_for_numbers", "loss", "error"),
    (None, 1, "hinge", "prices", "hinge_labels", "loss", "error"),
    ("softmax", 3, "sparse_categorical_crossentropy", "classes", "labels_out_of_range", "output_units", "error"),
    ("softmax", 4, "sparse_categorical_crossentropy", "classes from one", "labels_out_of_range", "labels", "error"),
    ("softmax", 4, "sparse_categorical_crossentropy", "classes below zero", "labels_out_of_range", "labels", "error"),
    ("sigmoid", 1, "binary_crossentropy", "classes", "one_unit_for_many_classes", "output_units", "error"),
    ("sigmoid", 1, "binary_crossentropy", "classes below zero", "one_unit_for_many_classes", "output_units", "error"),
    ("sigmoid", 1, "categorical_crossentropy", "classes", "one_unit_for_many_classes", "output_units", "error"),
    ("sigmoid", 1, "sparse_categorical_crossentropy", "classes", "one_unit_for_many_classes", "output_units", "error"),
    ("sigmoid", 1, "categorical_crossentropy", "binary", "categorical_on_one_unit", "loss", "error"),
    ("sigmoid", 1, "sparse_categorical_crossentropy", "binary", "categorical_on_one_unit", "loss", "error"),
    ("softmax", 4, "sparse_categorical_crossentropy", "one-hot", "one_hot_for_sparse", "loss", "error"),
    ("softmax", 4, "categorical_crossentropy", "classes", "integer_labels_for_categorical", "loss", "error"),
    ("softmax", 4, "categorical_crossentropy", "classes column", "integer_labels_for_categorical", "loss", "error"),
    ("softmax", 2, "binary_crossentropy", "binary", "class_numbers_for_wide_head", "loss", "error"),
    ("softmax", 4, "mse", "classes", "class_numbers_for_wide_head", "loss", "error"),
    ("softmax", 4, "binary_crossentropy", "multi-hot", "softmax_for_multi_label", "output_activation", "error"),
    ("softmax", 4, "categorical_crossentropy", "multi-hot", "softmax_for_multi_label", "output_activation", "error"),
    ("softmax", 4, "mse", "multi-hot", "softmax_for_multi_label", "output_activation", "error"),
    ("softmax", 4, "mse", "many shares", "softmax_for_multi_label", "output_activation", "error"),
    (None, 4, CCE(from_logits=True), "multi-hot", "softmax_for_multi_label", "loss", "error"),
    ("sigmoid", 4, "categorical_crossentropy", "one-hot", "sigmoid_with_categorical", "output_activation", "error"),
    (
        "sigmoid",
        4,
        "sparse_categorical_crossentropy",
        "classes",
        "sigmoid_with_categorical",
        "output_activation",
        "error",
    ),
    ("sigmoid", 4, "categorical_crossentropy", "multi-hot", "sigmoid_with_categorical", "loss", "error"),
    ("softmax", 4, "mae", "numbers column", "softmax_for_one_number", "output_activation", "error"),
    ("softmax", 4, "mse", "prices", "softmax_for_one_number", "output_activation", "error"),
    (None, 2, "mse", "numbers column", "columns_of_labels", "output_units", "error"),
    (None, 4, "mse", "three numbers", "columns_of_labels", "output_units", "error"),
    ("sigmoid", 1, "binary_crossentropy", "one-hot 2", "columns_of_labels", "output_units", "error"),
    ("relu", 1, "binary_crossentropy", "binary", "relu_head", "output_activation", "error"),
    ("relu", 4, "categorical_crossentropy", "one-hot", "relu_head", "output_activation", "error"),
    ("relu", 4, SCCE(from_logits=True), "classes", "relu_head", "output_activation", "error"),
    ("relu", 1, "mse", "numbers", "relu_head", "output_activation", "error"),
    ("elu", 1, "mae", "numbers", "relu_head", "output_activation", "error"),
    ("softplus", 4, "categorical_crossentropy", "one-hot", "relu_head", "output_activation", "warning"),
    ("tanh", 1, "binary_crossentropy", "binary", "tanh_with_cross_entropy", "output_activation", "error"),
    (None, 1, "binary_crossentropy", "binary", "logits_without_from_logits", "output_activation", "error"),
    (None, 4, "sparse_categorical_crossentropy", "classes", "logits_without_from_logits", "output_activation", "error"),
    (
        "log_softmax",
        4,
        "categorical_crossentropy",
        "one-hot",
        "logits_without_from_logits",
        "output_activation",
        "error",
    ),
    ("sigmoid", 1, "mse", "prices", "bounded_head", "output_activation", "error"),
    ("tanh", 1, "mse", "numbers", "bounded_head", "output_activation", "error"),
    ("softmax", 4, "mse", "many numbers", "bounded_head", "output_activation", "error"),
    ("sigmoid", 1, "poisson", "counts", "bounded_head", "output_activation", "error"),
    ("relu6", 1, "mse", "prices", "bounded_head", "output_activation", "error"),
    ("exponential", 1, "poisson", "numbers", "poisson_labels", "loss", "error"),
    ("softmax", 4, "poisson", "one-hot", "poisson_labels", "loss", "warning"),
    (None, 1, "poisson", "counts", "poisson_head", "output_activation", "error"),
    ("sigmoid", 4, "kl_divergence", "one-hot", "kl_without_distribution", "output_activation", "error"),
    ("sigmoid", 1, "kl_divergence", "shares", "kl_without_distribution", "loss", "error"),
    (None, 1, "msle", "numbers", "logarithm_of_negative", "loss", "error"),
    (None, 1, "mape", "counts", "percentage_of_zero", "loss", "warning"),
    ("softmax", 4, CCE(from_logits=True), "one-hot", "probabilities_as_logits", "loss", "warning"),
    ("sigmoid", 1, BCE(from_logits=True), "binary", "probabilities_as_logits", "loss", "warning"),
    ("softmax", 4, "binary_crossentropy", "one-hot", "binary_loss_for_exclusive_classes", "loss", "warning"),
    (
        "sigmoid",
        2,
        "binary_crossentropy",
        "one-hot 2",
        "binary_loss_for_exclusive_classes",
        "output_activation",
        "note",
    ),
    (None, 4, "mse", "one-hot", "regression_loss_for_classes", "loss", "warning"),
    ("softmax", 4, "mae", "one-hot", "regression_loss_for_classes", "loss", "warning"),
    ("softmax", 4, "mse", "one-hot", "regression_loss_for_classes", "loss", "note"),
]


@pytest.mark.parametrize(("activation", "units", "loss", "labels", "check", "cause", "severity"), PLANTS)
def test_the_fault_is_named_first_and_alone(activation, units, loss, labels, check, cause, severity):
    (found,) = contract(case_of(activation, units, loss, labels))
    assert (found.check, found.cause, found.severity, found.output) == (check, cause, severity, "head")


METRICS = [
    (None, 1, "mse", "numbers", ["accuracy"], "accuracy_on_regression", "note"),
    (None, 1, "mse", "binary", ["accuracy"], "regression_loss_for_classes", "note"),
    ("sigmoid", 1, "mse", "classes", ["accuracy"], "one_unit_for_many_classes", "error"),
    (
        "softmax",
        4,
        "categorical_crossentropy",
        "one-hot",
        ["sparse_categorical_accuracy"],
        "metric_for_other_labels",
        "error",
    ),
    (
        "softmax",
        4,
        "sparse_categorical_crossentropy",
        "classes",
        ["categorical_accuracy"],
        "metric_for_other_labels",
        "warning",
    ),
    (
        "softmax",
        4,
        "sparse_categorical_crossentropy",
        "classes",
        ["binary_accuracy"],
        "metric_for_other_labels",
        "error",
    ),
    (
        "sigmoid",
        1,
        "binary_crossentropy",
        "binary",
        ["sparse_categorical_accuracy"],
        "metric_for_other_labels",
        "warning",
    ),
]


@pytest.mark.parametrize(("activation", "units", "loss", "labels", "metrics", "check", "severity"), METRICS)
def test_metrics_that_are_of_other_labels(activation, units, loss, labels, metrics, check, severity):
    (found,) = contract(case_of(activation, units, loss, labels, metrics))
    assert (found.check, found.severity) == (check, severity)


def test_accuracy_is_never_first_where_something_else_is_wrong():
    (found,) = contract(case_of("sigmoid", 1, "mse", "prices", ["accuracy"]))
    assert found.check == "bounded_head"
    assert [s.check for s in found.symptoms] == ["accuracy_on_regression"]


def test_missing_labels_with_weights_are_a_warning():
    (found,) = contract(case_of(None, 1, "mse", "holes", class_weight=True))
    assert (found.check, found.severity) == ("missing_labels", "warning")
    assert found.measured == pytest.approx(13 / 128)


def test_missing_labels_of_a_network_that_has_learned_without_them_are_no_fault():
    assert not list(contract(case_of(None, 1, "mse", "holes", done=40)))
    (found,) = contract(case_of(None, 1, "mse", "holes", done=40, updates=8))
    assert found.check == "missing_labels"
    case = case_of(None, 1, "mse", "holes", done=40)
    (found,) = contract(replace(case, weights=lambda _node: {"kernel": np.full((1, 1), np.nan)}))
    assert found.check == "missing_labels"


def test_missing_labels_of_several_outputs_are_one_finding():
    inputs = keras.Input(X.shape[1:])
    model = keras.Model(inputs, [layers.Dense(1, name="one")(inputs), layers.Dense(1, name="two")(inputs)])
    model.compile("adam", "mse")
    holes = LABELS["holes"]
    (found,) = contract_of(model, X, [holes, np.where(np.arange(N) < N // 2, np.nan, holes)])
    assert "Up to 0.5" in found.why
    assert "one, two" in found.why


AXES = [
    (1, "sigmoid", "binary_crossentropy", LABELS["binary"], "layers"),
    (1, None, "mse", LABELS["numbers column"], "layers"),
    (4, "softmax", "sparse_categorical_crossentropy", LABELS["classes"], "layers"),
    (4, "softmax", "categorical_crossentropy", LABELS["one-hot"], "layers"),
    (1, None, "mse", np.zeros((N, 1, TIMES, 1)), "shape"),
]


@pytest.mark.parametrize(("units", "activation", "loss", "y", "cause"), AXES)
def test_an_axis_that_was_never_reduced(units, activation, loss, y, cause):
    (found,) = contract(case_of(activation, units, loss, y, times=True))
    assert (found.check, found.cause) == ("shape_of_labels", cause)


def test_an_axis_that_was_reduced_too_early():
    y = np.random.default_rng(0).integers(0, 4, (N, TIMES))
    (found,) = contract(case_of("softmax", 4, "sparse_categorical_crossentropy", y))
    assert found.check == "shape_of_labels"
    assert "return_sequences=True" in found.fix


def model_of(loss, *above, shape=(6,)):
    keras.utils.set_random_seed(2)
    model = keras.Sequential([keras.Input(shape), *above])
    model.compile("adam", loss)
    return model


def test_a_relu_before_the_softmax():
    model = model_of("categorical_crossentropy", layers.Dense(4, "relu", name="last"), layers.Softmax())
    (found,) = contract_of(model, X, LABELS["one-hot"])
    assert (found.check, found.cause, found.severity, found.layer) == (
        "relu_head",
        "output_activation",
        "error",
        "last",
    )


def test_a_relu_before_an_average_before_the_softmax_is_a_warning():
    above = (layers.Conv1D(4, 1, activation="relu"), layers.GlobalAveragePooling1D(), layers.Activation("softmax"))
    model = model_of("categorical_crossentropy", *above, shape=(TIMES, 2))
    (found,) = contract_of(model, SEQUENCES, LABELS["one-hot"])
    assert (found.check, found.severity) == ("relu_head", "warning")


@pytest.mark.parametrize(("before", "severity"), [("softmax", "error"), ("sigmoid", "error"), ("tanh", "warning")])
def test_logits_that_are_squashed_already(before, severity):
    model = model_of("categorical_crossentropy", layers.Dense(4, before), layers.Softmax())
    (found,) = contract_of(model, X, LABELS["one-hot"])
    assert (found.check, found.cause, found.severity) == ("squashed_logits", "output_activation", severity)


def test_a_softmax_that_keras_does_not_see_and_squashes_again():
    y = np.random.default_rng(0).integers(0, 4, (N, TIMES))
    wrapped = model_of(SCCE(from_logits=True), layers.TimeDistributed(layers.Dense(4, "softmax")), shape=(TIMES, 2))
    hidden = model_of(SCCE(from_logits=True), layers.Dense(4), layers.Lambda(keras.ops.softmax))
    for report in (contract_of(wrapped, SEQUENCES, y), contract_of(hidden, X, LABELS["classes"])):
        (found,) = report
        assert (found.check, found.cause, found.severity) == ("probabilities_as_logits", "loss", "error")


def test_unsquashed_values_behind_an_operation():
    model = model_of("binary_crossentropy", layers.Dense(1), layers.Lambda(lambda v: 5 * v))
    (found,) = contract_of(model, X, LABELS["binary"])
    assert found.check == "logits_without_from_logits"
    assert found.measured < 0


def test_pixels_that_were_not_scaled_are_the_cause_not_the_head():
    x = np.random.default_rng(0).integers(0, 256, (N, 6, 6, 1)).astype("float32")
    for loss in ("binary_crossentropy", "mse"):
        model = model_of(loss, layers.Conv2D(1, 3, padding="same", activation="sigmoid"), shape=(6, 6, 1))
        (same,) = contract_of(model, x, x)
        (other,) = contract_of(model, x, x[::-1])
        assert (same.cause, other.cause) == ("input_scaling", "target_scaling")
        assert "/ 255" in same.fix


def test_classes_at_every_time_for_one_unit():
    y = np.random.default_rng(0).integers(0, 4, (N, TIMES))
    (found,) = contract(case_of("sigmoid", 1, "binary_crossentropy", y, times=True))
    assert found.check == "one_unit_for_many_classes"


HARMS = [
    ("sigmoid", 1, "binary_crossentropy", "plus minus"),
    ("sigmoid", 1, "binary_crossentropy", "numbers"),
    ("exponential", 1, "poisson", "numbers"),
    (None, 1, "poisson", "counts"),
    (None, 1, "mse", "holes"),
    ("sigmoid", 1, "categorical_crossentropy", "binary"),
    ("softmax", 4, "categorical_crossentropy", "classes"),
    ("softmax", 4, "sparse_categorical_crossentropy", "one-hot"),
    ("softmax", 4, "sparse_categorical_crossentropy", "classes from one"),
    ("softmax", 2, "binary_crossentropy", "binary"),
    ("sigmoid", 1, "binary_crossentropy", "text"),
    (None, 4, "mse", "three numbers"),
]


@pytest.mark.parametrize(("activation", "units", "loss", "labels"), HARMS)
def test_what_is_called_an_error_raises_or_has_a_senseless_loss(activation, units, loss, labels):
    model = model_of(loss, layers.Dense(units, activation=activation))
    model.optimizer.learning_rate = 0.3
    try:
        losses = model.fit(X, LABELS[labels], epochs=15, verbose=0).history["loss"]
    except (ValueError, tf.errors.InvalidArgumentError):
        return
    assert losses[-1] <= 0 or not np.isfinite(losses[-1])
