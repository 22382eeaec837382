"""Beginnings without difference, and training that cannot go anywhere."""

import keras
from checks.architecture.stacks import PICTURES, SERIES, X, Y, plant, softmax, stacked, trap, wired
from keras import layers

from nbdebug.adapters.keras.cases import make_case


@plant("constant_initialisation", "error", "initialization")
def zeros_under_a_rectifier():
    return stacked(X, Y, layers.Dense(8, "relu", kernel_initializer="zeros"), softmax())


@plant("constant_initialisation", "error", "initialization")
def ones_in_a_convolution():
    return stacked(
        PICTURES, Y, layers.Conv2D(4, 3, activation="tanh", kernel_initializer="ones"), layers.Flatten(), softmax()
    )


@plant("constant_initialisation", "error", "initialization")
def zeros_everywhere():
    head = layers.Dense(4, "softmax", kernel_initializer="zeros")
    return stacked(X, Y, layers.Dense(8, "tanh", kernel_initializer="zeros"), head)


@plant("constant_initialisation", "error", "initialization")
def zeros_before_norm_and_rectifier():
    bare = layers.Dense(8, kernel_initializer="zeros")
    return stacked(X, Y, bare, layers.BatchNormalization(), layers.ReLU(), softmax())


@trap
def zero_head():
    return stacked(X, Y, layers.Dense(8, "relu"), layers.Dense(4, "softmax", kernel_initializer="zeros"))


@trap
def zero_branch():
    def make(row):
        h = layers.Dense(8, "relu")(row)
        branch = layers.Dense(8, kernel_initializer="zeros")(layers.Dense(8, "relu")(h))
        return softmax()(layers.ReLU()(layers.Add()([h, branch])))

    return wired(X, Y, make)


@trap
def identity_and_tanh_zeros():
    same = layers.Dense(12, "relu", kernel_initializer=keras.initializers.Identity())
    return stacked(X, Y, same, layers.Dense(8, "tanh", kernel_initializer="zeros"), softmax())


@trap
def fixed_averages():
    smooth = layers.Dense(4, "relu", kernel_initializer="ones", trainable=False)
    return stacked(X, Y, smooth, layers.Dense(8, "relu"), softmax())


def _stateful(shuffle):
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input(batch_shape=(16, 10, 4)), layers.LSTM(4, stateful=True), softmax()])
    model.compile("adam", "sparse_categorical_crossentropy")
    return make_case(model, SERIES, Y, fit={"epochs": 2, "batch_size": 16, "shuffle": shuffle})


@plant("stateful_with_shuffle", "error", "usage")
def states_of_arbitrary_examples():
    return _stateful(True)


@trap
def states_in_order():
    return _stateful(False)


@plant("nothing_trainable", "error", "layers")
def everything_frozen():
    frozen = [layers.Dense(8, "relu", trainable=False), layers.Dense(4, "softmax", trainable=False)]
    return stacked(X, Y, *frozen)


@trap
def frozen_base():
    base = keras.Sequential([keras.Input((12,)), layers.Dense(8, "relu")])
    base.trainable = False
    return stacked(X, Y, base, softmax())


@plant("learning_rate_sign", "error", "learning_rate")
def uphill():
    return stacked(X, Y, layers.Dense(8, "relu"), softmax(), optimizer=keras.optimizers.SGD(-0.1))


@plant("learning_rate_sign", "error", "learning_rate")
def standing_still():
    return stacked(X, Y, layers.Dense(8, "relu"), softmax(), optimizer=keras.optimizers.Adam(0.0))


@trap
def warm_up_from_zero():
    rising = keras.optimizers.schedules.PolynomialDecay(0.0, 100, 0.01)
    return stacked(X, Y, layers.Dense(8, "relu"), softmax(), optimizer=keras.optimizers.Adam(rising))


@plant("everything_pooled_away", "warning", "layers")
def convolution_of_one_place():
    pooled = (layers.Conv2D(4, 3, activation="relu"), layers.MaxPooling2D(4))
    last = layers.Conv2D(4, 3, padding="same", activation="relu")
    return stacked(PICTURES, Y, *pooled, last, layers.Flatten(), softmax())


@trap
def one_place_at_the_end():
    pooled = (layers.Conv2D(4, 3, activation="relu"), layers.MaxPooling2D(6), layers.Conv2D(4, 1, activation="relu"))
    return stacked(PICTURES, Y, *pooled, layers.Flatten(), softmax())


@trap
def attention():
    def make(x):
        h = layers.LayerNormalization()(x + layers.MultiHeadAttention(2, 4)(x, x))
        return softmax()(layers.Flatten()(layers.LayerNormalization()(h + layers.Dense(4)(layers.Dense(8, "gelu")(h)))))

    return wired(SERIES, Y, make)


@trap
def both_directions():
    return stacked(SERIES, Y, layers.Bidirectional(layers.LSTM(4, return_sequences=True)), layers.GRU(4), softmax())
