"""Spellings of older Keras, TensorFlow and numpy, with the modern one."""

from __future__ import annotations

import re
import sys

from nbdebug.adapters.keras.explaining.scene import Rule, Scene, rule
from nbdebug.records.explanation import Explanation

_METHODS = {
    "fit_generator": "model.fit(generator, steps_per_epoch=..., epochs=...)",
    "evaluate_generator": "model.evaluate(generator)",
    "predict_generator": "model.predict(generator)",
    "predict_classes": "model.predict(x).argmax(axis=-1)  # for one sigmoid unit: (model.predict(x) > 0.5).astype(int)",
    "predict_proba": "model.predict(x)",
    "add_update": "self.moving.assign(value)  # in call, on a weight of add_weight(trainable=False)",
    "uses_learning_phase": "call(self, x, training=False)",
    "_get_distribution_strategy": "keras.callbacks.TensorBoard()  # all of one Keras, keras or tensorflow.keras",
    "total_loss": "model.compute_loss(x, y, y_pred)",
    "optimizer_weights": "model.optimizer.variables",
}
_WORDS = {
    "lr": "learning_rate", "nb_epoch": "epochs", "samples_per_epoch": "steps_per_epoch", "nb_filter": "filters",
    "border_mode": "padding", "init": "kernel_initializer", "W_regularizer": "kernel_regularizer",
    "b_regularizer": "bias_regularizer", "W_constraint": "kernel_constraint", "b_constraint": "bias_constraint",
    "output_dim": "units", "input": "inputs", "output": "outputs", "subsample": "strides", "bias": "use_bias",
    "dropout_W": "dropout", "dropout_U": "recurrent_dropout", "inner_activation": "recurrent_activation",
    "inner_init": "recurrent_initializer", "nb_row": "kernel_size", "nb_col": "kernel_size", "p": "rate",
    "pool_length": "pool_size", "stride": "strides", "filter_length": "kernel_size", "subsample_length": "strides",
    "dim_ordering": "data_format", "nb_val_samples": "validation_steps", "consume_less": "implementation",
    "period": "save_freq", "nb_classes": "num_classes",
}  # fmt: skip
_GONE = {
    "show_accuracy": 'model.compile(..., metrics=["accuracy"])',
    "batch_input_shape": "keras.Input(batch_shape=(batch, time, channel))  # as the first layer",
    "input_shape": "keras.Input(shape=...)  # as the first layer",
    "input_dim": "keras.Input(shape=(n,))  # as the first layer",
    "input_length": "keras.Input(shape=(n,))  # as the first layer",
    "workers": "class Data(keras.utils.PyDataset): ...  # workers=... is an argument of its constructor",
    "use_multiprocessing": "class Data(keras.utils.PyDataset): ...  # use_multiprocessing=... goes to its constructor",
    "max_queue_size": "class Data(keras.utils.PyDataset): ...  # max_queue_size=... goes to its constructor",
    "class_mode": "leave class_mode out",
    "clear_session": "keras.utils.clear_session()",
    "weights": "layer.set_weights([...])  # once the layer is built",
}
_MODULES = {
    "keras.layers.merge": "from keras.layers import Concatenate, Add, Multiply",
    "keras.layers.core": "from keras.layers import Dense, Dropout, Activation, Flatten, Reshape, Lambda",
    "keras.layers.convolutional": "from keras.layers import Conv1D, Conv2D, MaxPooling2D, UpSampling2D, ZeroPadding2D",
    "keras.layers.pooling": "from keras.layers import MaxPooling1D, MaxPooling2D, AveragePooling2D",
    "keras.layers.recurrent": "from keras.layers import LSTM, GRU, SimpleRNN",
    "keras.layers.embeddings": "from keras.layers import Embedding",
    "keras.layers.normalization": "from keras.layers import BatchNormalization, LayerNormalization",
    "keras.layers.advanced_activations": "from keras.layers import LeakyReLU, PReLU, ELU",
    "keras.layers.noise": "from keras.layers import GaussianNoise, GaussianDropout",
    "keras.layers.wrappers": "from keras.layers import TimeDistributed, Bidirectional",
    "keras.layers.local": "from keras.layers import Conv2D  # locally connected layers are gone",
    "keras.utils.np_utils": "from keras.utils import to_categorical",
    "keras.utils.vis_utils": "from keras.utils import plot_model",
    "keras.utils.generic_utils": "import keras.utils, keras.saving",
    "keras.utils.training_utils": "strategy = tf.distribute.MirroredStrategy()",
    "keras.wrappers.scikit_learn": "from keras.wrappers import SKLearnClassifier, SKLearnRegressor",
    "keras.preprocessing.text": "keras.layers.TextVectorization(max_tokens=...)",
    "keras.engine": "from keras.layers import Layer, Input  # and keras.Model",
    "keras.objectives": "import keras.losses",
    "keras.optimizers.legacy": "from keras.optimizers import Adam",
    "keras.legacy": "import keras  # what was in keras.legacy is gone",
    "keras.layers.experimental": "from keras.layers import Normalization, Rescaling, RandomFlip, TextVectorization",
    "tensorflow.contrib": "import keras  # tf.contrib is gone",
    "tensorflow.examples": "keras.datasets.mnist.load_data()",
}
_NAMES = {
    "np_utils": "from keras.utils import to_categorical",
    "merge": "from keras.layers import Concatenate, Add, Multiply",
    "ImageDataGenerator": "keras.utils.image_dataset_from_directory(...)  # and RandomFlip, RandomRotation; or:\n"
    "from tensorflow.keras.preprocessing.image import ImageDataGenerator",
    "CuDNNLSTM": "from keras.layers import LSTM  # it uses cuDNN by itself",
    "CuDNNGRU": "from keras.layers import GRU  # it uses cuDNN by itself",
    "Merge": "from keras.layers import Concatenate, Add, Multiply",
    "TimeDistributedDense": "TimeDistributed(Dense(...))  # or plain Dense, which works on the last axis",
    "MaxoutDense": "Dense(units * pieces), Reshape, ops.max  # Maxout is gone",
    "Convolution2D": "Conv2D", "Convolution1D": "Conv1D", "Deconvolution2D": "Conv2DTranspose",
    "AtrousConvolution2D": "Conv2D(..., dilation_rate=2)",
    "multi_gpu_model": "strategy = tf.distribute.MirroredStrategy()",
    "KerasClassifier": "from keras.wrappers import SKLearnClassifier",
    "KerasRegressor": "from keras.wrappers import SKLearnRegressor",
    "Tokenizer": "keras.layers.TextVectorization(max_tokens=...)",
    "to_categorical": "from keras.utils import to_categorical",
    "pad_sequences": "from keras.utils import pad_sequences",
    "adam": "from keras.optimizers import Adam",
    "sgd": "from keras.optimizers import SGD",
    "Adam": "from keras.optimizers import Adam", "SGD": "from keras.optimizers import SGD",
    "RMSprop": "from keras.optimizers import RMSprop",
    "Layer": "from keras.layers import Layer", "Input": "from keras import Input", "Model": "from keras import Model",
    "load_img": "from keras.utils import load_img", "img_to_array": "from keras.utils import img_to_array",
}  # fmt: skip
_TF1 = ("Session", "placeholder", "global_variables_initializer", "InteractiveSession", "ConfigProto", "GPUOptions",
        "get_default_graph", "reset_default_graph", "set_random_seed", "layers", "contrib", "app", "flags", "logging",
        "get_variable", "variable_scope", "log", "to_float", "to_int32", "random_normal", "truncated_normal",
        "GraphDef", "summary.FileWriter", "AUTO_REUSE")  # fmt: skip
_NUMPY = {"float": "float", "int": "int", "bool": "bool", "object": "object", "str": "str", "complex": "complex",
          "float_": "np.float64", "Inf": "np.inf", "NaN": "np.nan", "product": "np.prod"}  # fmt: skip


@rule(r"'\w+' object has no attribute '(\w+)'", "AttributeError")
def method(_scene: Scene, found: re.Match[str]) -> Explanation | None:
    """A method of a model that is gone."""
    new = _METHODS.get(found[1])
    return None if new is None else _gone(f"model.{found[1]}", new)


@rule(r"Argument\(s\) not recognized: \{'(\w+)'|Unrecognized keyword arguments? passed to \w+: \{'(\w+)'|"
      r"got an unexpected keyword argument '(\w+)'", "ValueError", "TypeError")  # fmt: skip
def keyword(_scene: Scene, found: re.Match[str]) -> Explanation | None:
    """An argument that has another name now."""
    name = next(text for text in found.groups() if text)
    if found[3] and not _of_keras(found.string):
        return None
    if name in _WORDS:
        why = f"The argument {name} is of an older Keras; its name is {_WORDS[name]} now."
        return Explanation("api", why, f"{_WORDS[name]}=...")
    return _gone(f"The argument {name}", _GONE[name]) if name in _GONE else None


@rule(r"(\w+)\.__init__\(\) missing \d+ required positional arguments?: ([^\n]+)", "TypeError")
def positional(_scene: Scene, found: re.Match[str]) -> Explanation | None:
    """A layer whose main argument is given under its old name."""
    old = {"units": "output_dim", "filters": "nb_filter", "rate": "p"}
    lacks = [name for name in old if f"'{name}'" in found[2]]
    if not lacks or not _is_public(found[1]):
        return None
    new = lacks[0]
    why = f"{found[1]} is made without {new}. Older Keras called it {old[new]}."
    return Explanation("api", why, f"{found[1]}({new}=...)")


@rule(
    r"No module named '((?:tensorflow\.)?(?:python\.)?keras[\w.]*|tensorflow\.[\w.]+)'",
    "ModuleNotFoundError",
    "ImportError",
)
def module(_scene: Scene, found: re.Match[str]) -> Explanation | None:
    """A module that is gone."""
    name = re.sub(r"^tensorflow\.(?:python\.)?(?=keras)", "", found[1])
    for old, new in _MODULES.items():
        if name == old or name.startswith(f"{old}."):
            return _gone(f"The module {found[1]}", new)
    return Explanation(
        "api", f"This Keras has no module {found[1]}.", "dir(keras)  # the public names: import from there"
    )


@rule(r"cannot import name '(\w+)' from '((?:tensorflow\.)?(?:python\.)?keras[\w.]*)'", "ImportError")
def imported(_scene: Scene, found: re.Match[str]) -> Explanation | None:
    """A name that is gone or has moved."""
    new = _NAMES.get(found[1])
    return None if new is None else _gone(f"{found[2]}.{found[1]}", new)


@rule(r"module '([\w.]+)' has no attribute '(\w+)'", "AttributeError")
def attribute(_scene: Scene, found: re.Match[str]) -> Explanation | None:
    """A name of a module that is gone."""
    where, name = found[1], found[2]
    if where == "numpy" and name in _NUMPY:
        return _gone(f"np.{name}", _NUMPY[name])
    if re.search(r"(^|\.)keras\.backend$|keras\.api\.backend|_legacy\.backend", where):
        ops = getattr(sys.modules.get("keras"), "ops", None)
        same = f"ops.{name}(...)" if hasattr(ops, name) else "dir(ops)  # what there is instead"
        return _gone(f"keras.backend.{name}", f"from keras import ops\n{same}")
    if where == "tensorflow" and name in _TF1:
        return _gone(f"tf.{name}", f"tf.compat.v1.{name}  # of TensorFlow 1; a Keras model needs none of it")
    new = _NAMES.get(name) if "keras" in where else None
    return None if new is None else _gone(f"{where}.{name}", new)


@rule(r"^'(val_)?acc'$", "KeyError")
def history(_scene: Scene, found: re.Match[str]) -> Explanation:
    """The key of the accuracy in a history."""
    prefix = found[1] or ""
    fix = f'history.history["{prefix}accuracy"]  # or compile(metrics=["acc"])'
    return Explanation(
        "api", f"The history names its curves as the metrics are named; {prefix}acc is not among them.", fix
    )


@rule(r"The filepath provided must end in `(\S+)` .*?Received: filepath=(\S+)|must end in `(\.weights\.h5)`.*?"
      r"Received: filepath=(\S+)|Invalid filepath extension for saving.*?Received: filepath=(\S+?)\.?$")  # fmt: skip
def extension(_scene: Scene, found: re.Match[str]) -> Explanation:
    """The ending of a file of weights or a model."""
    ending = found[1] or found[3] or ".keras"
    path = found[2] or found[4] or found[5]
    stem = re.sub(r"\.(h5|hdf5|tf|ckpt|keras)$", "", path)
    return Explanation("api", f"{path} has not the ending that says what is saved.", f'"{stem}{ending}"')


def _gone(old: str, new: str) -> Explanation:
    return Explanation("api", f"{old} is of an older version and is gone.", new)


def _of_keras(message: str) -> bool:
    """Whether what was called with a wrong keyword is Keras' own."""
    called = re.search(r"([\w.]+)\(\) got an unexpected keyword", message)
    names = called[1].split(".") if called else []
    return bool(names) and (names[0].endswith("Trainer") or _is_public(names[0]))


def _is_public(name: str) -> bool:
    """Whether Keras has a class of that name."""
    keras = sys.modules.get("keras")
    folders = (
        keras,
        *(getattr(keras, part, None) for part in ("layers", "optimizers", "callbacks", "losses", "metrics")),
    )
    return any(isinstance(getattr(folder, name, None), type) for folder in folders)


RULES: tuple[Rule, ...] = (method, keyword, positional, module, imported, attribute, history, extension)
