"""Too narrow, flattened too late, looked up with numbers."""

import keras
import numpy as np
from checks.architecture.stacks import (
    BITS,
    NUMBERS,
    PICTURES,
    RANDOM,
    SERIES,
    WORDS,
    N,
    X,
    Y,
    plant,
    softmax,
    stacked,
    trap,
    wired,
)
from keras import layers

from nbdebug.adapters.keras.cases import make_case


@plant("dense_before_flatten", "warning", "layers")
def dense_on_pixels():
    return stacked(
        PICTURES,
        Y,
        layers.Rescaling(2.0),
        layers.Dense(8, "relu"),
        layers.Dense(8, "relu"),
        layers.Flatten(),
        softmax(),
    )


@plant("dense_before_flatten", "warning", "layers")
def dense_on_single_values():
    return stacked(SERIES[..., :1], Y, layers.Dense(8), layers.Dropout(0.1), layers.ReLU(), layers.Flatten(), softmax())


@trap
def shared_by_points():
    return stacked(SERIES, Y, layers.Dense(8, "relu"), layers.GlobalMaxPooling1D(), softmax())


@trap
def features_of_each_time():
    return stacked(SERIES, Y, layers.Dense(8, "relu"), layers.Flatten(), softmax())


@trap
def features_of_a_trained_base():
    x = RANDOM.normal(size=(N, 3, 3, 32)).astype("float32")
    return stacked(x, Y, layers.Dense(8, "relu"), layers.Flatten(), softmax())


@trap
def behind_a_convolution():
    return stacked(
        PICTURES, Y, layers.Conv2D(4, 3, activation="relu"), layers.Dense(4, "relu"), layers.Flatten(), softmax()
    )


@trap
def every_time_by_itself():
    every = layers.TimeDistributed(layers.Dense(8, "relu"))
    return stacked(SERIES, Y, every, layers.LSTM(4), softmax())


@trap
def mixer():
    def make(x):
        h = layers.Reshape((16, 12))(x)
        h = layers.Permute((2, 1))(layers.Dense(16, "gelu")(layers.Permute((2, 1))(layers.LayerNormalization()(h))))
        return softmax()(layers.Flatten()(layers.Dense(8, "gelu")(h)))

    return wired(PICTURES, Y, make)


@plant("width_bottleneck", "warning", "layers")
def one_hidden_unit():
    return stacked(X, NUMBERS, layers.Dense(1, "relu"), layers.Dense(1), loss="mse")


@plant("width_bottleneck", "warning", "layers")
def two_bent_units_between_wide_ones():
    return stacked(X, Y, layers.Dense(32, "relu"), layers.Dense(2, "relu"), layers.Dense(32, "relu"), softmax())


@plant("width_bottleneck", "warning", "layers")
def one_cell_for_four_classes():
    return stacked(SERIES, Y, layers.LSTM(1), softmax())


@trap
def two_linear_units_to_be_plotted():
    return stacked(X, Y, layers.Dense(32, "relu"), layers.Dense(2), layers.Dense(4, "softmax"))


@trap
def code_of_two():
    return stacked(
        X, X, layers.Dense(8, "relu"), layers.Dense(2), layers.Dense(8, "relu"), layers.Dense(12), loss="mse"
    )


@trap
def squeeze_and_excite():
    def make(x):
        h = layers.Conv2D(16, 3, activation="relu")(x)
        gate = layers.Dense(16, "sigmoid")(layers.Dense(2, "relu")(layers.GlobalAveragePooling2D()(h)))
        return softmax()(layers.GlobalAveragePooling2D()(layers.Multiply()([h, layers.Reshape((1, 1, 16))(gate)])))

    return wired(PICTURES, Y, make)


@trap
def wide_and_deep():
    def make(row):
        deep = layers.Dense(1)(layers.Dense(16, "relu")(row))
        return layers.Dense(1, "sigmoid")(layers.Concatenate()([deep, layers.Dense(1)(row)]))

    return wired(X, BITS, make, "binary_crossentropy")


@trap
def one_of_two_outputs():
    keras.utils.set_random_seed(1)
    row = keras.Input((12,))
    h = layers.Dense(8, "relu")(row)
    low = layers.Dense(1, "sigmoid", name="low")(h)
    model = keras.Model(row, {"low": low, "high": layers.Dense(4, "softmax", name="high")(h)})
    model.compile("adam", {"low": "binary_crossentropy", "high": "sparse_categorical_crossentropy"})
    return make_case(model, X, {"low": BITS, "high": Y}, fit={"epochs": 2})


@trap
def three_features_into_one_unit():
    return stacked(X[:, :3], BITS, layers.Dense(1, "tanh"), layers.Dense(1, "sigmoid"), loss="binary_crossentropy")


@plant("floats_into_embedding", "error", "data")
def numbers_looked_up():
    return stacked(np.abs(X), Y, layers.Embedding(20, 4), layers.Flatten(), softmax())


@plant("floats_into_embedding", "error", "data")
def a_word_without_a_row():
    late = np.zeros((N, 6), int)
    late[-1, 2] = 20
    keras.utils.set_random_seed(1)
    return make_case(_words(), np.concatenate([WORDS, late]), np.concatenate([Y, Y]), fit={"epochs": 2})


def _words():
    model = keras.Sequential([keras.Input((6,)), layers.Embedding(20, 4), layers.Flatten(), softmax()])
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


@trap
def whole_numbers_as_floats():
    return stacked(WORDS.astype("float32"), Y, layers.Embedding(20, 4), layers.LSTM(4), softmax())


@trap
def words_beside_numbers():
    keras.utils.set_random_seed(1)
    word, row = keras.Input((6,), name="word"), keras.Input((12,), name="row")
    h = layers.Concatenate()([layers.Flatten()(layers.Embedding(20, 4)(word)), row])
    model = keras.Model([word, row], softmax()(layers.Dense(8, "relu")(h)))
    model.compile("adam", "sparse_categorical_crossentropy")
    return make_case(model, {"word": WORDS, "row": X}, Y, fit={"epochs": 2})


@trap
def numbers_in_bins():
    bins = layers.Discretization(bin_boundaries=[-1.0, 0.0, 1.0])
    return stacked(X, Y, bins, layers.Embedding(4, 4), layers.Flatten(), softmax())
