"""Dropout and batch norm where they do harm, axes that are mixed up."""

from checks.architecture.stacks import NUMBERS, PICTURES, SERIES, X, Y, plant, softmax, stacked, trap
from keras import layers


@plant("dropout_on_logits", "error", "dropout")
def dropout_before_the_softmax():
    return stacked(X, Y, layers.Dense(8, "relu"), layers.Dense(4), layers.Dropout(0.5), layers.Softmax())


@plant("dropout_on_logits", "error", "dropout")
def dropout_at_the_end():
    return stacked(X, NUMBERS, layers.Dense(8, "relu"), layers.Dense(1), layers.Dropout(0.2), loss="mse")


@trap
def dropout_before_the_last_layer():
    return stacked(X, Y, layers.Dense(8, "relu"), layers.Dropout(0.5), softmax())


@trap
def dropout_before_the_average():
    head = (layers.Dropout(0.5), layers.GlobalAveragePooling2D(), layers.Softmax())
    return stacked(PICTURES, Y, layers.Conv2D(8, 3, activation="relu"), layers.Conv2D(4, 1), *head)


@plant("heavy_dropout", "warning", "dropout")
def what_is_kept_taken_for_what_is_dropped():
    return stacked(X, Y, layers.Dense(32, "relu"), layers.Dropout(0.8), softmax())


@trap
def half_dropout_and_noisy_inputs():
    return stacked(X, Y, layers.Dropout(0.85), layers.Dense(32, "relu"), layers.Dropout(0.5), softmax())


@plant("dropout_before_batch_norm", "note", "batch_norm")
def dropout_then_norm():
    dropped = (layers.Dropout(0.4), layers.BatchNormalization())
    return stacked(X, Y, layers.Dense(8, "relu"), *dropped, layers.Dense(8, "relu"), softmax())


@plant("bias_before_batch_norm", "note", "batch_norm")
def bias_then_norm():
    return stacked(X, Y, layers.Dense(8), layers.BatchNormalization(), layers.ReLU(), softmax())


@trap
def norm_without_bias_then_dropout():
    normed = (layers.Dense(8, use_bias=False), layers.BatchNormalization(), layers.ReLU(), layers.Dropout(0.4))
    return stacked(X, Y, *normed, softmax())


@plant("batch_norm_axis", "error", "batch_norm")
def norm_along_rows():
    normed = (layers.ReLU(), layers.MaxPooling2D(), layers.BatchNormalization(axis=1))
    return stacked(PICTURES, Y, layers.Conv2D(4, 3), *normed, layers.Flatten(), softmax())


@trap
def norm_along_the_last_axis():
    normed = (layers.BatchNormalization(axis=3), layers.Conv2D(4, 3, activation="relu"), layers.BatchNormalization())
    return stacked(PICTURES, Y, layers.Conv2D(4, 3, activation="relu"), *normed, layers.Flatten(), softmax())


@trap
def channels_that_are_turned():
    turned = (layers.BatchNormalization(axis=1), layers.Permute((2, 1)), layers.Conv1D(4, 3, activation="relu"))
    return stacked(SERIES.transpose(0, 2, 1), Y, *turned, layers.GlobalMaxPooling1D(), softmax())


@plant("mixed_layouts", "error", "shape")
def pooling_of_rows():
    pooled = (layers.ReLU(), layers.AveragePooling1D(2, data_format="channels_first"))
    return stacked(SERIES, Y, layers.Conv1D(4, 3), *pooled, layers.Flatten(), softmax())
