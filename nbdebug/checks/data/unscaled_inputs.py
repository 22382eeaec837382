"""Inputs that are far larger, or smaller, than what weights are initialised for."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._scaling import Size, as_they_are, size_of
from nbdebug.checks.graph import graph_of
from nbdebug.records.case import Case


def judge(case: Case, *, large: float = 100.0, small: float = 1e-3) -> Iterator[Found]:
    """A feature with a root mean square above `large`, bytes of pictures, or features that vary by less than `small`,
    that reach trainable weights as they are.

    Weights begin such that inputs of about 1 give outputs of about 1 (Glorot, He): inputs of 100 make logits of 100
    and a first loss far above that of guessing; inputs that vary by a thousandth move outputs by a thousandth, what a
    default step of Adam does to a single bias. Counts, ages and the like in between learn, if more slowly.
    """
    graph = graph_of(case)
    for name, values in case.inputs.items():
        size = size_of(values) if as_they_are(graph, name) else None
        if size is None or not (size.largest > large or size.pixels or 0 < size.spread < small):
            continue
        if size.largest < 1 and size.spread >= small:
            continue
        tiny = size.largest <= large and not size.pixels
        yield Found(
            why=_why(name, size, tiny),
            fix=_fix(size),
            measured=size.spread if tiny else size.largest,
            threshold=small if tiny else large,
            measured_in="largest standard deviation of a feature" if tiny else "root mean square of a feature",
            evidence={"input": name, "feature": size.feature},
        )


def _why(name: str, size: Size, tiny: bool) -> str:
    if size.pixels:
        return f"Input {name} holds raw pixels of 0 to 255, but weights are initialised for values of about 1."
    if tiny:
        return (
            f"No feature of input {name} varies by more than {size.spread:.1g}, but weights are initialised for values "
            "of about 1: all examples look the same to the network."
        )
    which = f"Feature {size.feature} of input {name} is" if size.n_features > 1 else f"Input {name} is"
    return f"{which} about {size.largest:,.0f} large, but weights are initialised for values of about 1."


def _fix(size: Size) -> str:
    if size.pixels:
        return "keras.layers.Rescaling(1 / 255)  # as the first layer\n# or x = x / 255, for all data alike"
    return "normalise = keras.layers.Normalization()\nnormalise.adapt(x_train)  # and make it the first layer"


CHECK = Check(
    judge=judge,
    cause="input_scaling",
    severity="warning",
    source="LeCun et al. 1998, Efficient BackProp, 4.3; Glorot and Bengio 2010",
    rank=10,
    explains=("input_scale", "initialisation"),
    program="um_a",
)
