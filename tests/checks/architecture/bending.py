"""What bends, and what does not: inputs that reach nothing, linear stacks, activations upon activations."""

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
    two_inputs,
    wired,
)
from keras import layers, ops

from nbdebug.adapters.keras.cases import make_case


@plant("unused_input", "error", "layers")
def one_of_two_inputs():
    return two_inputs(joined=False)


@trap
def both_inputs():
    return two_inputs(joined=True)


@trap
def an_input_that_operations_alone_take():
    first, second = keras.Input((4,)), keras.Input((4,))
    weights = layers.Dense(4)(layers.Dense(8, activation="relu")(first))
    model = keras.Model([first, second], ops.softmax(weights * second))
    model.compile("adam", "sparse_categorical_crossentropy")
    return make_case(model, [X[:, :4], X[:, :4]], Y, fit={"epochs": 2})


@plant("channels_in_front", "warning", "shape")
def colours_in_front():
    bent = layers.Conv2D(4, 3, padding="same", activation="relu")
    return stacked(np.moveaxis(PICTURES, -1, 1), Y, bent, layers.Flatten(), softmax())


@trap
def colours_behind():
    return stacked(PICTURES, Y, layers.Conv2D(4, 3, activation="relu"), layers.Flatten(), softmax())


@plant("linear_stack", "warning", "hidden_activation")
def dense_upon_dense():
    return stacked(X, Y, layers.Dense(16), layers.Dropout(0.1), layers.Dense(16), softmax())


@plant("linear_stack", "warning", "hidden_activation")
def convolutions_and_averages():
    head = (layers.GlobalAveragePooling2D(), softmax())
    return stacked(PICTURES, Y, layers.Conv2D(4, 3), layers.BatchNormalization(), layers.Conv2D(4, 3), *head)


@plant("linear_stack", "warning", "hidden_activation")
def nothing_bends_but_maxima():
    return stacked(
        PICTURES, Y, layers.Conv2D(4, 3), layers.MaxPooling2D(), layers.Flatten(), layers.Dense(9), softmax()
    )


@plant("linear_stack", "warning", "hidden_activation")
def sum_of_linear_branches():
    def make(row):
        a, b = layers.Dense(8)(row), layers.Dense(8)(row)
        return layers.Dense(1)(layers.Add()([a, b]))

    return wired(X, NUMBERS, make, "mse")


@plant("linear_stack", "warning", "hidden_activation")
def softmax_of_its_own():
    return stacked(X, Y, layers.Dense(8), layers.Dense(4), layers.Softmax())


@trap
def activation_behind_the_norm():
    return stacked(
        X, Y, layers.Dense(8, use_bias=False), layers.BatchNormalization(), layers.Activation("relu"), softmax()
    )


@trap
def parametric_rectifier():
    return stacked(X, Y, layers.Dense(8), layers.PReLU(), softmax())


@trap
def rectified_by_an_operation():
    return wired(X, Y, lambda row: softmax()(ops.relu(layers.Dense(8)(row))))


@trap
def layer_norm_between():
    return stacked(X, Y, layers.Dense(8), layers.LayerNormalization(), softmax())


@trap
def a_single_linear_layer():
    return stacked(X, Y, layers.Flatten(), softmax())


@trap
def linear_autoencoder():
    return stacked(X, X, layers.Dense(3), layers.Dense(12), loss="mse")


@trap
def labels_that_are_a_plane():
    return stacked(X, X @ np.arange(12) + 1, layers.Dense(8), layers.Dense(1), loss="mse")


@trap
def kernel_of_low_rank():
    return stacked(X, RANDOM.integers(0, 10, N), layers.Dense(3, use_bias=False), softmax(10))


@trap
def pictures_of_low_rank():
    return stacked(PICTURES, RANDOM.integers(0, 10, N), layers.Flatten(), layers.Dense(6), layers.Dense(10))


@plant("linear_stack", "warning", "hidden_activation")
def narrower_than_the_inputs_alone():
    return stacked(X, Y, layers.Dense(6), softmax())


@plant("linear_stack", "warning", "hidden_activation")
def wider_than_the_inputs():
    return stacked(X[:, :3], RANDOM.integers(0, 10, N), layers.Dense(6), softmax(10))


def on_principal_components(*above):
    """Behind a linear layer whose weights come from elsewhere, and are to be trained on."""
    directions = np.linalg.svd(X, full_matrices=False)[2][:8].T
    base = keras.Sequential([keras.Input((12,)), layers.Dense(8)])
    base.layers[0].set_weights([directions, -X.mean(axis=0) @ directions])
    return stacked(X, Y, base, *above)


@trap
def base_trained_in_advance():
    return on_principal_components(softmax())


@plant("linear_stack", "warning", "hidden_activation")
def linear_layers_upon_a_base():
    return on_principal_components(layers.Dense(32), softmax())


@trap
def recurrent_below():
    return stacked(SERIES, Y, layers.LSTM(4), layers.Dense(8), softmax())


@trap
def product_of_linear_towers():
    def make(row):
        return layers.Dense(4, "softmax")(layers.Multiply()([layers.Dense(8)(row), layers.Dense(8)(row)]))

    return wired(X, Y, make)


@trap
def distance_of_linear_towers():
    def make(row):
        shared = layers.Dense(8)
        return layers.Dense(1, "sigmoid")(ops.absolute(shared(row) - shared(2 * row)))

    return wired(X, BITS, make, "binary_crossentropy")


@trap
def template_matching():
    return stacked(SERIES, Y, layers.Conv1D(8, 3), layers.GlobalMaxPooling1D(), softmax())


@trap
def projected_words():
    return stacked(WORDS, Y, layers.Embedding(20, 8), layers.GlobalAveragePooling1D(), layers.Dense(4), softmax())


@plant("doubled_activation", "error", "hidden_activation")
def sigmoid_of_sigmoid():
    return stacked(
        X, BITS / 2 + 0.2, layers.Dense(8, "relu"), layers.Dense(1, "sigmoid"), layers.Activation("sigmoid"), loss="mse"
    )


@plant("doubled_activation", "error", "hidden_activation")
def sigmoid_of_rectified():
    head = (layers.Dense(1, "relu"), layers.Dropout(0), layers.Activation("sigmoid"))
    return stacked(X, BITS / 2 + 0.2, layers.Dense(8, "relu"), *head, loss="mae")


@plant("doubled_activation", "warning", "hidden_activation")
def hidden_softmax_twice():
    return stacked(X, Y, layers.Dense(8, "softmax"), layers.Softmax(), softmax())


@trap
def rectified_twice():
    return stacked(X, Y, layers.Dense(8, "relu"), layers.ReLU(), softmax())


@trap
def attention_scores_of_tanh():
    def make(x):
        score = layers.Softmax(axis=1)(layers.Dense(1, "tanh")(x))
        return softmax()(ops.sum(score * x, axis=1))

    return wired(SERIES, Y, make)
