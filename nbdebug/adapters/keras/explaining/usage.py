"""Steps left out, names mistyped, and layers put together in a way that cannot work."""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from typing import Any

from nbdebug.adapters.keras.explaining.scene import Rule, Scene, rule, told
from nbdebug.records.explanation import Explanation
from nbdebug.records.finding import Cause

_OTHER_NAMES = {
    "xavier": "glorot_uniform", "xavier_uniform": "glorot_uniform", "xavier_normal": "glorot_normal", "he": "he_normal",
    "uniform": "random_uniform", "normal": "random_normal", "cross_entropy": "categorical_crossentropy",
    "crossentropy": "categorical_crossentropy", "bce": "binary_crossentropy", "l2": "mse", "l1": "mae",
    "rmse": "root_mean_squared_error", "logistic": "sigmoid",
}  # fmt: skip
_KINDS: dict[str, tuple[str, Cause]] = {
    "optimizer": ("optimizers", "optimizer"),
    "loss": ("losses", "loss"),
    "metric": ("metrics", "metric"),
    "activation function": ("activations", "usage"),
    "initializer": ("initializers", "initialization"),
    "regularizer": ("regularizers", "regularization"),
    "constraint": ("constraints", "usage"),
}


@rule(
    r"Could not interpret (optimizer|loss|metric|activation function|initializer|regularizer|constraint) "
    r"identifier: (.*)"
)
def unknown_name(_scene: Scene, found: re.Match[str]) -> Explanation:
    """A name that Keras does not have."""
    kind, name = found[1], found[2].strip()
    folder, cause = _KINDS[kind]
    known = _names(folder)
    near = [_OTHER_NAMES[name]] if _OTHER_NAMES.get(name) in known else get_close_matches(name, known, 3, 0.6)
    why = f"Keras knows no {kind} of the name {name!r}."
    fix = " or ".join(repr(other) for other in near) or f"a name from keras.{folder}"
    return Explanation(cause, why, fix)


@rule(r"You must call `compile\(\)` before using the model|must compile your model")
def not_compiled(_scene: Scene, _found: re.Match[str]) -> Explanation:
    """fit before compile."""
    why = "The model was not compiled, so it has no loss and no optimizer to train with."
    return Explanation("usage", why, 'model.compile(optimizer="adam", loss=...)  # before fit')


@rule(r"No loss to compute\. Provide a `loss` argument")
def no_loss(_scene: Scene, _found: re.Match[str]) -> Explanation:
    """compile without a loss."""
    return Explanation(
        "loss", "compile was given no loss, so there is nothing to train on.", "model.compile(..., loss=...)"
    )


@rule(r"(?:on layer '([^']+)', but the layer isn't built|The layer (\S+) has never been called and thus has no defined|"
      r"on layer '([^']+)' with a weight list of length \d+, but the layer was expecting 0 weights)",
      "ValueError", "AttributeError")  # fmt: skip
def not_built(_scene: Scene, found: re.Match[str]) -> Explanation:
    """Weights are asked for before there are any."""
    name = next(text for text in found.groups() if text)
    why = f"{name!r} has no weights and no shapes yet: without an Input they are made at the first call."
    return Explanation(
        "usage", why, "keras.Input(shape=x.shape[1:])  # as the first layer; or model.build((None, *x.shape[1:]))"
    )


@rule(r"Received an invalid value for `units`, expected a positive integer\. Received: units=(.*)")
def units(_scene: Scene, found: re.Match[str]) -> Explanation:
    """Units that are no whole number."""
    return _units(found[1].strip())


@rule(r"The truth value of an array with more than one element is ambiguous|"
      r"Cannot convert '.*' to a shape\. Found invalid dimension", "ValueError", "TypeError")  # fmt: skip
def recurrent_units(scene: Scene, found: re.Match[str]) -> Explanation | None:
    """The same in a recurrent layer, whose own message says something else."""
    cells = [scene.local("self", f"rnn/{name}.py") for name in ("lstm", "gru", "simple_rnn")]
    given = next((cell.units for cell in cells if hasattr(cell, "units")), None)
    for name in ("lstm", "gru", "simple_rnn"):
        given = scene.local("units", f"rnn/{name}.py") if given is None else given
    if given is not None and type(given) is not int:
        return _units(str(given))
    return None if found[0].startswith("The truth") else _bad_shape(scene)


@rule(r"Cannot convert '(.*?)' to a shape", "ValueError", "TypeError")
def bad_shape(scene: Scene, _found: re.Match[str]) -> Explanation:
    """A shape that is none."""
    return _bad_shape(scene)


@rule(
    r"Only instances of `keras\.Layer` can be added to a Sequential model\. "
    r"Received: (.*) \(of type <class '([^']*)'>\)"
)
def no_layer(_scene: Scene, found: re.Match[str]) -> Explanation:
    """Something else in a Sequential."""
    if found[2] == "type":
        name = found[1].strip("<>'").split(".")[-1]
        return Explanation(
            "usage", f"{name} is put into the Sequential without brackets, so no layer is made.", f"{name}(...)"
        )
    if "tensor" in found[2].lower():
        why = "A Sequential takes layers, and what is put into it is the result of calling one."
        return Explanation("usage", why, "keras.Model(inputs, outputs)  # for layers that are called on each other")
    return Explanation(
        "usage", f"A Sequential takes layers, and is given {found[1]} ({found[2]}).", "keras.layers.Dense(...)"
    )


@rule(r"All `(outputs|inputs)` values must be KerasTensors\. Received: \w+=.*? including invalid value (.*?) of type")
def no_tensor(_scene: Scene, found: re.Match[str]) -> Explanation:
    """A layer instead of its output in a functional model."""
    why = f"The {found[1]} of a Model are the results of calling layers; {found[2]} is not one."
    fix = (
        "outputs = Dense(1)(x)  # a layer is called on what comes before it"
        if found[1] == "outputs"
        else "inputs = keras.Input(shape=...)"
    )
    return Explanation("usage", why, fix)


@rule(r"Output with path `[^`]*` is not connected to `inputs`")
def not_connected(_scene: Scene, _found: re.Match[str]) -> Explanation:
    """A functional model whose ends do not belong together."""
    why = "No chain of layers leads from the inputs of the Model to its outputs: one was made from another Input."
    return Explanation("usage", why, "keras.Model(inputs, outputs)  # the Input that the first layer was called on")


@rule(r"A KerasTensor (?:cannot be used as input to a TensorFlow function|is symbolic: it's a placeholder)")
def symbolic(_scene: Scene, _found: re.Match[str]) -> Explanation:
    """TensorFlow or numpy on a placeholder."""
    why = "A TensorFlow or numpy function is called on a placeholder between two layers, where only Keras' own work."
    return Explanation(
        "api", why, "from keras import ops\nx = ops.mean(x, axis=1)  # instead of tf. or np.; or inside a Layer"
    )


@rule(r"Model (\w+) does not have a `call\(\)` method implemented", "NotImplementedError")
def no_call(_scene: Scene, found: re.Match[str]) -> Explanation:
    """A subclass without call."""
    return Explanation(
        "usage", f"{found[1]} says nowhere what it computes.", "def call(self, x):\n    return self.last(self.first(x))"
    )


@rule(r"'(\w+)' object has no attribute '(?:_dtype_policy|_tracker|_lock|_layers|_metrics)'|"
      r"forg[eo]t\w* to call `super\(\)", "AttributeError", "RuntimeError")  # fmt: skip
def no_super(_scene: Scene, found: re.Match[str]) -> Explanation:
    """A subclass that does not initialise its parent."""
    why = f"{found[1] or 'The model'} does not call super().__init__() before it sets its layers."
    return Explanation("usage", why, "def __init__(self):\n    super().__init__()")


@rule(r"This optimizer can only be called for the variables it was originally built with")
def used_optimizer(_scene: Scene, _found: re.Match[str]) -> Explanation:
    """One optimizer object for two models."""
    why = "The optimizer object has trained another model, or other layers, and keeps slots for those weights."
    return Explanation(
        "optimizer", why, "model.compile(..., optimizer=keras.optimizers.Adam())  # a new one for each model"
    )


@rule(r"(?:Expected keys (\[[^]]*\]) in loss dict, but found loss\.keys\(\)=(\[[^]]*\])|Invalid `metrics`\.)")
def by_output(scene: Scene, found: re.Match[str]) -> Explanation:
    """Losses or metrics that are not one an output."""
    names = ", ".join(map(repr, getattr(scene.model, "output_names", None) or [])) or (found[1] or "").strip("[]")
    what = "loss" if found[1] else "metrics"
    got = f", not {found[2].strip('[]')}" if found[2] else ""
    return Explanation(
        "usage",
        f"{what} goes by output ({names}){got}.",
        f"model.compile(..., {what}={{name: ...}})  # for each of {names}",
    )


@rule(r"Layer (\S+) weight shape (\([^)]*\)) is not compatible with provided weight shape (\([^)]*\))")
def other_weights(_scene: Scene, found: re.Match[str]) -> Explanation:
    """Weights of another model."""
    why = f"The weights come from another architecture: {found[1]!r} has shape {found[2]}, and is given {found[3]}."
    return Explanation("shape", why, "# make the model exactly as it was when its weights were saved", found[1])


@rule(r"File not found: filepath=(.*?)\. Please ensure")
def no_file(_scene: Scene, found: re.Match[str]) -> Explanation:
    """A model file that is not there."""
    return Explanation(
        "usage", f"There is no file {found[1]}.", "print(os.getcwd())  # the path is relative to this folder"
    )


def _units(given: str) -> Explanation:
    if re.fullmatch(r"-?\d+", given):
        return Explanation(
            "usage", f"A layer is to have {given} units, as text or below 1.", "Dense(1)  # a whole number from 1"
        )
    if re.fullmatch(r"-?\d+\.0", given):
        why = f"units is {given}, which is no whole number to Python: a division with / gives such."
        return Explanation("api", why, f"Dense({int(float(given))})  # or // instead of /, or int(...)")
    if given.startswith(("[", "(", "array", "<")):
        numbers = re.findall(r"\d+", given)
        why = f"units is an array or tuple ({given}); it is one whole number, the width of the layer."
        return Explanation(
            "api", why, f"Dense({numbers[-1] if numbers else 1})  # or Dense(len(...)), Dense(y.shape[1])"
        )
    return Explanation("api", f"units is {given}; it is one whole number, the width of the layer.", "Dense(16)")


def _bad_shape(scene: Scene) -> Explanation:
    given = re.search(r"Cannot convert '(.*?)' to a shape", scene.message, re.DOTALL)
    text = given[1] if given else ""
    if re.fullmatch(r"\d+", text):
        why = f"A shape is a tuple, and {text} is a number."
        return Explanation("shape", why, f"keras.Input(shape=({text},))  # with the comma")
    whole = [int(float(part)) for part in re.findall(r"\d+\.?\d*", text)]
    return Explanation(
        "shape", f"{text} is no shape: it needs whole numbers.", f"shape={told(whole)}" if whole else "x.shape[1:]"
    )


def _names(folder: str) -> list[str]:
    """Names in a public part of Keras, as strings take them."""
    module: Any = sys.modules.get(f"keras.{folder}") or getattr(sys.modules.get("keras"), folder, None)
    names = [
        name for name in dir(module) if not name.startswith("_") and name not in ("get", "serialize", "deserialize")
    ]
    if folder == "optimizers":
        return sorted({name.lower() for name in names if isinstance(getattr(module, name), type)})
    return sorted(name for name in names if callable(getattr(module, name)))


RULES: tuple[Rule, ...] = (
    unknown_name, not_compiled, no_loss, not_built, units, recurrent_units, bad_shape, no_layer, no_tensor,
    not_connected, symbolic, no_call, no_super, used_optimizer, by_output, other_weights, no_file,
)  # fmt: skip
