"""Each check fires on a stack of layers that cannot be meant, and keeps silent about those that only look like it."""

from dataclasses import replace

import keras
import numpy as np
import pytest
from keras import layers, ops

from nbdebug.adapters.keras.cases import make_case
from nbdebug.checks.examine import examine

RANDOM = np.random.default_rng(0)
N = 64
X = RANDOM.normal(size=(N, 12)).astype("float32")
PICTURES = RANDOM.random((N, 8, 8, 3)).astype("float32")
SERIES = RANDOM.normal(size=(N, 10, 4)).astype("float32")
WORDS = RANDOM.integers(0, 20, (N, 6))
Y = RANDOM.integers(0, 4, N)
BITS = RANDOM.integers(0, 2, N)
NUMBERS = np.abs(X[:, 0] * X[:, 1])
PLANTS, TRAPS = {}, {}


def plant(check, severity, cause):
    def note(make):
        PLANTS[make.__name__] = (make, check, severity, cause)
        return make

    return note


def trap(make):
    TRAPS[make.__name__] = make
    return make


def stacked(x, y, *above, loss="sparse_categorical_crossentropy", fit=None, optimizer="adam"):
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input(x.shape[1:]), *above])
    model.compile(optimizer, loss)
    return make_case(model, x, y, fit={"epochs": 2} if fit is None else fit)


def wired(x, y, make, loss="sparse_categorical_crossentropy"):
    keras.utils.set_random_seed(1)
    row = keras.Input(x.shape[1:])
    model = keras.Model(row, make(row))
    model.compile("adam", loss)
    return make_case(model, x, y, fit={"epochs": 2})


def softmax(units=4):
    return layers.Dense(units, "softmax")


def two_inputs(joined):
    a, b = keras.Input((12,), name="a"), keras.Input((3,), name="b")
    one, two = layers.Dense(4, "relu")(a), layers.Dense(4, "relu")(b)
    model = keras.Model([a, b], softmax()(layers.concatenate([one, two if joined else one])))
    model.compile("adam", "sparse_categorical_crossentropy")
    return make_case(model, [X, X[:, :3]], Y, fit={"epochs": 2})


@plant("unused_input", "error", "layers")
def one_of_two_inputs():
    return two_inputs(joined=False)


@trap
def both_inputs():
    return two_inputs(joined=True)


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


def architecture(case):
    report = examine(case, only=["architecture"])
    assert [v for v in report.verdicts if v.kind == "broke"] == []
    assert sum(v.seconds for v in report.verdicts) < 1
    return report


@pytest.mark.parametrize("name", PLANTS)
def test_plants_are_found(name):
    make, check, severity, cause = PLANTS[name]
    found = {finding.check: finding for finding in architecture(make())}
    assert found[check].severity == severity
    assert found[check].cause == cause
    assert found[check].why.endswith(".")
    assert found[check].fix


@pytest.mark.parametrize("name", PLANTS)
def test_a_plant_is_all_that_is_found(name):
    make, check, *_ = PLANTS[name]
    others = [f for f in architecture(make()) if f.check != check and f.severity != "note"]
    assert others == []


@pytest.mark.parametrize("name", TRAPS)
def test_sound_stacks_are_left_alone(name):
    assert [(f.check, f.why) for f in architecture(TRAPS[name]())] == []


def test_without_a_graph_checks_say_that_they_cannot_judge():
    case = replace(dense_upon_dense(), nodes=(), unreadable="it is code")
    kinds = {v.check: (v.kind, v.why) for v in architecture(case).verdicts}
    assert kinds["linear_stack"] == ("unfit", "the graph of the model could not be read: it is code")
    assert kinds["learning_rate_sign"][0] == "clear"
