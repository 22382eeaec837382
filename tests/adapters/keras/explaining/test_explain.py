"""Errors that the installed Keras and TensorFlow really throw, and what they are explained as."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from checks.mends import is_code
from keras import layers as kl

from nbdebug.adapters.keras.explaining.explain import explain

N = 12
RNG = np.random.default_rng(0)
X = RNG.normal(size=(N, 4)).astype("float32")
IMAGES = RNG.normal(size=(N, 10, 10)).astype("float32")
TIMES = RNG.normal(size=(N, 5, 2)).astype("float32")
TWO, THREE = RNG.integers(0, 2, N), np.arange(N) % 3


def stack(*stacked, shape=(4,), loss="mse", optimizer="sgd", **compiled):
    given = [keras.Input(shape)] if shape else []
    model = keras.Sequential([*given, *stacked])
    model.compile(optimizer, loss, **compiled)
    return model


def softmax(n):
    return kl.Dense(n, activation="softmax", name="head")


def told(work, model=None, x=None, y=None):
    """What is said of the error that `work` raises."""
    with pytest.raises(Exception) as caught:
        work()
    return explain(caught.value, model, x, y)


def told_of_fit(model, x, y, **fit):
    return told(lambda: model.fit(x, y, epochs=1, verbose=0, **fit), model, x, y)


def dense():
    return kl.Dense(1, name="head")


FITS = {
    "another width": (lambda: stack(dense()), np.ones((N, 5)), TWO, "shape", "head", "(5,)"),
    "no time axis": (
        lambda: stack(kl.LSTM(2, name="lstm"), dense(), shape=None), X, TWO, "shape", "lstm", "x[..., None]",
    ),
    "no channel axis": (
        lambda: stack(kl.Conv2D(2, 3, name="conv"), kl.Flatten(), dense(), shape=None), IMAGES, TWO, "shape", "conv",
        "x = x[..., None]  # and keras.Input(shape=(10, 10, 1))",
    ),
    "flattened images": (
        lambda: stack(kl.Conv2D(2, 3), kl.Flatten(), dense(), shape=(10, 10, 1)), IMAGES.reshape(N, 100), TWO, "shape",
        None, "x = x.reshape((-1, 10, 10, 1))",
    ),
    "flattened images, no Input": (
        lambda: stack(kl.Conv2D(2, 3, name="conv"), kl.Flatten(), dense(), shape=None), IMAGES.reshape(N, 100), TWO,
        "shape", "conv", "x.reshape(-1, 10, 10, 1)",
    ),
    "time and channels swapped": (
        lambda: stack(kl.LSTM(2, name="lstm"), dense(), shape=(5, 2)), np.swapaxes(TIMES, 1, 2), TWO, "shape", "lstm",
        "np.swapaxes(x, 1, 2)",
    ),
    "more channels": (
        lambda: stack(kl.GRU(2, name="gru"), dense(), shape=(5, 2)),
        np.ones((N, 5, 3)), TWO, "shape", "gru", "(..., 3)",
    ),
    "grey for colour": (
        lambda: stack(kl.Conv2D(2, 3, name="conv"), kl.Flatten(), dense(), shape=(10, 10, 3)), IMAGES[..., None], TWO,
        "shape", "conv", "np.repeat(x, 3, axis=-1)",
    ),
    "channels first": (
        lambda: stack(kl.Conv2D(2, 3, name="conv"), kl.Flatten(), dense(), shape=(10, 10, 3)), np.ones((N, 3, 10, 10)),
        TWO, "shape", "conv", "np.moveaxis(x, 1, -1)",
    ),
    "examples counted in Input": (lambda: stack(dense(), shape=(N, 4)), X, TWO, "shape", None, "x.shape[1:]"),
    "class numbers for softmax": (
        lambda: stack(softmax(3), loss="categorical_crossentropy"), X, THREE, "loss", "head", "sparse_categorical",
    ),
    "class numbers for a softmax of two": (
        lambda: stack(softmax(2), loss="binary_crossentropy"), X, TWO, "loss", "head", "sparse_categorical",
    ),
    "two sigmoids for yes or no": (
        lambda: stack(kl.Dense(2, activation="sigmoid"), loss="binary_crossentropy"), X, TWO, "output_units", "dense",
        "Dense(1",
    ),
    "units for other classes": (
        lambda: stack(softmax(3), loss="categorical_crossentropy"), X, np.eye(4)[np.arange(N) % 4],
        "output_units", "head",
        "Dense(4",
    ),
    "one-hot for sparse": (
        lambda: stack(softmax(3), loss="sparse_categorical_crossentropy"), X, np.eye(3)[THREE], "loss", None,
        '"categorical_crossentropy"',
    ),
    "classes from 1": (
        lambda: stack(softmax(3), loss="sparse_categorical_crossentropy"), X, THREE + 1, "labels", "head", "y - 1",
    ),
    "too few units": (
        lambda: stack(softmax(2), loss="sparse_categorical_crossentropy"), X, THREE, "output_units", "head", "Dense(3",
    ),
    "one unit for classes": (
        lambda: stack(kl.Dense(1, activation="sigmoid", name="head"), loss="sparse_categorical_crossentropy"), X, THREE,
        "output_units", "head", 'Dense(3, activation="softmax")',
    ),
    "class -1": (
        lambda: stack(softmax(3), loss="sparse_categorical_crossentropy"), X, THREE - 1, "labels", None,
        "ignore_class=-1",
    ),
    "a prediction at every time": (
        lambda: stack(kl.LSTM(2, return_sequences=True), softmax(3), shape=(5, 2),
        loss="sparse_categorical_crossentropy"),
        TIMES, THREE, "layers", "head", "return_sequences=False",
    ),
    "no Flatten": (
        lambda: stack(kl.Conv1D(2, 2), kl.Dense(1, activation="sigmoid", name="head"), shape=(5, 2),
                      loss="binary_crossentropy"),
        TIMES, TWO, "layers", "head", "Flatten()",
    ),
    "another number of columns": (lambda: stack(kl.Dense(2)), X, np.ones((N, 3)), "output_units", "dense", "Dense(3"),
    "text labels": (
        lambda: stack(dense()), X, np.array(["cat", "dog"] * 6), "labels", None, "np.unique(y, return_inverse",
    ),
    "text labels as objects": (
        lambda: stack(dense(), loss="binary_crossentropy"), X, np.array(["cat", "dog"] * 6, object), "labels", None,
        "np.unique",
    ),
    "text inputs": (lambda: stack(dense()), X.astype(str), TWO, "data", None, "get_dummies"),
    "objects as inputs": (lambda: stack(dense()), X.astype(object), TWO, "data", None, 'astype("float32")'),
    "lists": (lambda: stack(dense()), X.tolist(), TWO, "usage", None, "x = np.array(x)"),
    "a list of labels": (lambda: stack(dense()), X, TWO.tolist(), "usage", None, "y = np.array(y)"),
    "a list of text": (lambda: stack(dense()), X, ["cat", "dog"] * 6, "labels", None, "np.unique"),
    "ragged lists": (
        lambda: stack(kl.LSTM(2), dense(), shape=(None, 1)), [[1.0] * (1 + i % 3) for i in range(N)], TWO, "data", None,
        "pad_sequences",
    ),
    "ragged array": (
        lambda: stack(kl.LSTM(2), dense(), shape=(None, 1)),
        np.array([np.ones((1 + i % 3, 1)) for i in range(N)], object), TWO, "data", None, "pad_sequences",
    ),
    "too few labels": (lambda: stack(dense()), X, TWO[:9], "data", None, "train_test_split"),
    "examples as columns": (lambda: stack(dense()), X.T, TWO, "shape", None, "x = x.T"),
    "no labels": (lambda: stack(dense()), X, None, "usage", None, "model.fit(x, y)"),
    "unknown loss": (lambda: stack(dense(), loss="binary_crossentropi"), X, TWO, "loss", None, "'binary_crossentropy'"),
    "unknown metric": (lambda: stack(dense(), metrics=["acuracy"]), X, TWO, "metric", None, "ccuracy"),
    "a word that is not in the vocabulary": (
        lambda: stack(kl.Embedding(5, 2, name="words"), kl.Flatten(), dense(), shape=(3,)), np.full((N, 3), 7), TWO,
        "layers", "words", "int(x.max()) + 1",
    ),
    "a last batch that is smaller": (
        lambda: stateful(5), TIMES, TWO, "batch_size", None, "n = 10",
    ),
    "one x for two inputs": (lambda: two_inputs(), X[:, :2], TWO, "usage", None, "fit([x_1, x_2"),
    "inputs in another order": (lambda: two_inputs(), [X[:, :3], X[:, :2]], TWO, "shape", None, "model.inputs"),
    "one y for two outputs": (lambda: two_outputs(), X, TWO, "labels", None, "[y_1, y_2]"),
    "a loss in numpy": (lambda: stack(dense(), loss=lambda _, p: np.mean(p)), X, TWO, "loss", None, "ops.mean"),
    "a loss without gradient": (
        lambda: stack(dense(), loss=lambda _, p: tf.cast(p > 0, "float32")), X, TWO, "loss", None, "leave out",
    ),
}  # fmt: skip


def stateful(batch):
    model = keras.Sequential([keras.Input(batch_shape=(batch, 5, 2)), kl.LSTM(2, stateful=True), kl.Dense(1)])
    model.compile("sgd", "mse")
    return model


def two_inputs():
    one, other = keras.Input((2,)), keras.Input((3,))
    model = keras.Model([one, other], kl.Dense(1)(kl.Concatenate()([one, other])))
    model.compile("sgd", "mse")
    return model


def two_outputs():
    given = keras.Input((4,))
    model = keras.Model(given, [kl.Dense(1, name="p")(given), kl.Dense(1, name="q")(given)])
    model.compile("sgd", ["mse", "mse"])
    return model


@pytest.mark.parametrize("name", FITS)
def test_an_error_in_fit(name):
    make, x, y, cause, layer, fix = FITS[name]
    keras.utils.clear_session()
    batch = 5 if "smaller" in name else None
    found = told_of_fit(make(), x, y, batch_size=batch)
    assert found is not None
    assert found.cause == cause
    assert found.layer == layer
    assert fix in found.fix
    assert is_code(found.fix)


class NoCall(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = kl.Dense(1)


class NoSuper(keras.Model):
    def __init__(self):
        self.d = kl.Dense(1)


def _import(text):
    exec(text, {})


MADE = {
    "LSTM on LSTM": (
        lambda: keras.Sequential([keras.Input((5, 2)), kl.LSTM(3), kl.LSTM(3)]), "shape", "return_sequences=True",
    ),
    "a kernel that is too large": (lambda: stack(kl.Conv2D(2, 5), shape=(4, 4, 1)), "shape", 'padding="same"'),
    "one pooling too many": (lambda: stack(kl.MaxPooling2D(3), shape=(2, 2, 1)), "shape", "fewer pooling"),
    "Reshape": (lambda: stack(kl.Reshape((3, 4)), shape=(10,)), "shape", "product must stay 10"),
    "Flatten of an unknown size": (lambda: stack(kl.Flatten(), kl.Dense(2), shape=(None, 3)), "shape", "GlobalAverage"),
    "Concatenate": (lambda: kl.Concatenate()([keras.Input((2, 3)), keras.Input((3, 3))]), "shape", "axis=1"),
    "Add": (lambda: kl.Add()([keras.Input((2,)), keras.Input((3,))]), "shape", "Dense(3)"),
    "an array as units": (lambda: kl.Dense(np.array([3, 4])), "api", "Dense(4)"),
    "a shape as units": (lambda: kl.Dense((4,)), "api", "Dense(4)"),
    "a quotient as units": (lambda: kl.Dense(10 / 2), "api", "Dense(5)"),
    "an array as units of an LSTM": (lambda: stack(kl.LSTM(np.array([3, 4])), shape=(4, 2)), "api", "Dense(4)"),
    "no tuple as shape": (lambda: keras.Input(4), "shape", "shape=(4,)"),
    "unknown optimizer": (lambda: stack(kl.Dense(1), optimizer="adm"), "optimizer", "'adam'"),
    "unknown activation": (lambda: kl.Dense(3, activation="rellu"), "usage", "'relu'"),
    "unknown initializer": (lambda: kl.Dense(3, kernel_initializer="xavier"), "initialization", "'glorot_uniform'"),
    "not compiled": (lambda: keras.Sequential([kl.Dense(1)]).fit(X, TWO), "usage", "model.compile("),
    "no loss": (lambda: stack(kl.Dense(1), loss=None).fit(X, TWO, verbose=0), "loss", "loss=..."),
    "not built": (lambda: keras.Sequential([kl.Dense(1)]).count_params(), "usage", "keras.Input("),
    "weights before they are made": (lambda: keras.Sequential([kl.Dense(1)]).set_weights([X]), "usage", "keras.Input("),
    "an output before there is one": (lambda: keras.Sequential([kl.Dense(1)]).output, "usage", "keras.Input("),
    "no call": (lambda: compiled(NoCall()).fit(X, TWO, verbose=0), "usage", "def call"),
    "no super": (lambda: compiled(NoSuper()).fit(X, TWO, verbose=0), "usage", "super().__init__()"),
    "a class instead of a layer": (lambda: keras.Sequential([keras.Input((3,)), kl.Dense]), "usage", "Dense(...)"),
    "a layer instead of its output": (lambda: keras.Model(keras.Input((3,)), kl.Dense(3)), "usage", "(x)"),
    "another Input": (lambda: keras.Model(keras.Input((2,)), kl.Dense(1)(keras.Input((2,)))), "usage", "keras.Model("),
    "numpy on a placeholder": (lambda: np.mean(keras.Input((2,))), "api", "ops.mean"),
    "TensorFlow on a placeholder": (lambda: tf.reduce_mean(keras.Input((2,))), "api", "ops.mean"),
    "lr": (lambda: keras.optimizers.SGD(lr=0.1), "api", "learning_rate="),
    "nb_epoch": (lambda: stack(kl.Dense(1)).fit(X, TWO, nb_epoch=2), "api", "epochs="),
    "samples_per_epoch": (lambda: stack(kl.Dense(1)).fit(X, TWO, samples_per_epoch=2), "api", "steps_per_epoch="),
    "workers": (lambda: stack(kl.Dense(1)).fit(X, TWO, workers=2), "api", "PyDataset"),
    "fit_generator": (lambda: stack(kl.Dense(1)).fit_generator(None), "api", "model.fit("),
    "predict_classes": (lambda: stack(kl.Dense(1)).predict_classes(X), "api", "argmax"),
    "border_mode": (lambda: kl.Conv2D(2, 3, border_mode="same"), "api", "padding="),
    "output_dim": (lambda: kl.Dense(output_dim=3), "api", "Dense(units="),
    "input and output": (lambda: keras.Model(input=keras.Input((2,)), output=None), "api", "inputs="),
    "batch_input_shape": (lambda: kl.LSTM(3, batch_input_shape=(1, 2, 3)), "api", "batch_shape="),
    "layers.merge": (lambda: _import("from keras.layers.merge import concatenate"), "api", "Concatenate"),
    "layers.core": (
        lambda: _import("from tensorflow.keras.layers.core import Dense"), "api", "from keras.layers import Dense",
    ),
    "np_utils": (lambda: _import("from keras.utils import np_utils"), "api", "to_categorical"),
    "utils.np_utils": (lambda: _import("import keras.utils.np_utils"), "api", "to_categorical"),
    "ImageDataGenerator": (
        lambda: _import("from keras.preprocessing.image import ImageDataGenerator"), "api", "RandomFlip",
    ),
    "CuDNNLSTM": (lambda: _import("from keras.layers import CuDNNLSTM"), "api", "LSTM"),
    "backend.mean": (lambda: keras.backend.mean(X), "api", "ops.mean"),
    "backend.learning_phase": (lambda: keras.backend.learning_phase(), "api", "dir(ops)"),
    "tf.Session": (lambda: tf.Session(), "api", "tf.compat.v1.Session"),
    "np.float": (lambda: np.float(3), "api", "float"),
    "acc": (lambda: {"accuracy": [1]}["acc"], "api", '"accuracy"'),
    "no memory": (lambda: np.zeros((10**7, 10**7)), "data", "float32"),
    "no memory for weights": (lambda: stack(kl.Dense(10**9), shape=(10**5,)), "layers", "fewer units"),
    "an unknown file": (lambda: keras.saving.load_model("nowhere.keras"), "usage", "getcwd"),
    "the ending of a file": (lambda: stack(kl.Dense(1)).save("model"), "api", '"model.keras"'),
    "the ending of a checkpoint": (lambda: keras.callbacks.ModelCheckpoint("best.hdf5"), "api", '"best.keras"'),
    "one-hot of text": (lambda: keras.utils.to_categorical(["a", "b"]), "labels", "np.unique"),
    "one-hot from 1": (lambda: keras.utils.to_categorical([1, 2, 3], 3), "labels", "y.min()"),
    "stateful without a batch size": (
        lambda: stack(kl.LSTM(2, stateful=True), shape=None).fit(TIMES, TWO, verbose=0), "shape",
        "batch_shape=(32, 5, 2)",
    ),
    "examples one by one": (
        lambda: stack(kl.Dense(1)).fit(tf.data.Dataset.from_tensor_slices((X, TWO)), verbose=0), "shape", ".batch(32)",
    ),
    "labels beside a data set": (
        lambda: stack(kl.Dense(1)).fit(tf.data.Dataset.from_tensor_slices((X, TWO)).batch(4), TWO, verbose=0), "usage",
        "model.fit(dataset)",
    ),
    "a generator of lists": (
        lambda: stack(kl.Dense(1)).fit(([X, TWO] for _ in range(3)), steps_per_epoch=2, verbose=0), "usage",
        "yield x_batch, y_batch",
    ),
    "the optimizer of another model": (lambda: one_optimizer_for_two(), "optimizer", "Adam()"),
    "a loss that is NaN": (lambda: stopped_at_nan(), "learning_rate", "clipnorm"),
}  # fmt: skip


def compiled(model):
    model.compile("sgd", "mse")
    return model


def one_optimizer_for_two():
    optimizer = keras.optimizers.SGD(momentum=0.9)
    for _ in range(2):
        stack(kl.Dense(1), optimizer=optimizer).fit(X, TWO, verbose=0)


def stopped_at_nan():
    stop = keras.callbacks.TerminateOnNaN(raise_error=True)
    stack(kl.Dense(1), optimizer=keras.optimizers.SGD(1e38)).fit(X, TWO, epochs=9, verbose=0, callbacks=[stop])


@pytest.mark.parametrize("name", MADE)
def test_an_error_elsewhere(name):
    work, cause, fix = MADE[name]
    found = told(work)
    assert found is not None
    assert found.cause == cause
    assert fix in found.fix
    assert is_code(found.fix)


def test_memory_that_runs_out_in_training_asks_for_smaller_batches():
    model = stack(kl.Dense(1))
    found = told(lambda: tf.zeros((10**6, 10**6, 100)), model, X, TWO)
    assert found is not None
    assert found.cause == "batch_size"


def test_validation_data_of_another_shape_is_told_from_training_data():
    model = stack(dense())
    found = told_of_fit(model, X, TWO, validation_data=(X[:, :2], TWO))
    assert found is not None
    assert "validation" in found.why


def test_a_layer_further_in_names_the_one_before_it():
    inner = kl.Dense(2, name="inner")
    model = keras.Sequential([keras.Input((4,)), kl.Dense(3, name="first"), inner])
    found = told(lambda: inner(np.ones((2, 7))), model)
    assert found is not None
    assert (found.layer, "'first'" in found.why) == ("inner", True)


@pytest.mark.parametrize(
    "work",
    [
        lambda: [1, 2][5],
        lambda: {"a": 1}["b"],
        lambda: int("seven"),
        lambda: (_ for _ in ()).throw(ValueError("the truth is elsewhere")),
        lambda: (lambda a: a)(lr=1),
        lambda: _import("import no_such_module"),
        lambda: object().colour,
        lambda: np.ones(3) + np.ones(4),
        lambda: bool(np.ones(3)),
        lambda: np.ones((2, 2))[:, 5],
        lambda: stack(kl.Dense(1), loss=lambda *_: "x").fit(X, TWO, verbose=0),
    ],
)
def test_of_an_unknown_error_nothing_is_said(work):
    assert told(work) is None


def test_an_explanation_that_breaks_is_no_explanation():
    class Odd:
        layers = property(lambda _: 1 / 0)

    error = ValueError("Input 0 with name 'x' of layer 'd' is incompatible with the layer: expected axis -1 of input "
                       "shape to have value 4, but received input with shape (None, 5)")  # fmt: skip
    assert explain(error, Odd()) is None
