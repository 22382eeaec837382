"""Inputs that have not the shape that the first layers take."""

from __future__ import annotations

import math
import re
from typing import Any

from nbdebug.adapters.keras.explaining.scene import Rule, Scene, Shape, rule, shape, told
from nbdebug.records.explanation import Explanation

_TIMES, _IMAGE = 3, 4


@rule(r"layer '([^']+)' is incompatible with the layer: expected axis (-?\d+) of input shape to have value (\d+), "
      r"but received input with shape (\([^)]*\))")  # fmt: skip
def axis(scene: Scene, found: re.Match[str]) -> Explanation:
    """A layer was made for another size of an axis."""
    layer, at, wanted, got = found[1], int(found[2]), int(found[3]), shape(found[4])
    size = got[at] if -len(got) <= at < len(got) else None
    what = f"Layer {layer!r} was made for {wanted} values on axis {at} and is given {size}: shape {told(got)}."
    known = scene.x_shape
    if known and len(known) == len(got) and known[at] == wanted and scene.is_first(layer):
        why = f"{what} The x that is trained on has {wanted}, so the validation or test data is another shape."
        return Explanation("shape", why, f"print(x.shape, x_val.shape)  # both need {wanted} on axis {at}", layer)
    if len(got) >= _IMAGE and at == -1 and got[1] == wanted:
        why = f"{what} Axis 1 has {wanted}: the channels come first, and Keras takes them last."
        return Explanation("shape", why, "x = np.moveaxis(x, 1, -1)", layer)
    if len(got) == _IMAGE and at == -1 and (size, wanted) in ((1, 3), (3, 1)):
        why = f"{what} The images are {'grey' if size == 1 else 'in colour'}, the layer was made for the other kind."
        more = "x = np.repeat(x, 3, axis=-1)" if size == 1 else "x = x.mean(axis=-1, keepdims=True)"
        return Explanation("shape", why, f"keras.Input(shape={told(got[1:])})  # or: {more}", layer)
    before = scene.before(layer)
    if before is not None:
        why = f"{what} Layer {before.name!r} before it gives that shape: what is fed is not what it was made on."
        return Explanation("shape", why, f"# feed the shape that the model was made for, or make {layer!r} anew", layer)
    return Explanation("shape", what, f"keras.Input(shape={told(got[1:])})", layer)


@rule(r"layer '([^']+)' is incompatible with the layer: expected (?:min_)?ndim=(\d+), found ndim=(\d+)\. "
      r"Full shape received: (\([^)]*\))")  # fmt: skip
def axes(scene: Scene, found: re.Match[str]) -> Explanation:
    """A layer takes more or fewer axes."""
    layer, wanted, has, got = found[1], int(found[2]), int(found[3]), shape(found[4])
    takes = {2: "(example, feature)", _TIMES: "(example, time, channel)", _IMAGE: "(example, height, width, channel)"}
    what = f"Layer {layer!r} takes {takes.get(wanted, f'{wanted} axes')} and is given {has} axes: {told(got)}."
    before = scene.before(layer)
    if has == 2 and wanted == _TIMES and (_recurrent(before) or (before is None and not scene.is_first(layer))):
        name = repr(before.name) if before is not None else "the recurrent layer before it"
        why = f"{what} {name[:1].upper()}{name[1:]} gives its last time alone."
        return Explanation("shape", why, "return_sequences=True  # in every recurrent layer but the last", layer)
    if before is not None or not (scene.is_first(layer) or scene.x_shape):
        return Explanation("shape", what, _between(has, wanted, got), layer)
    if has == wanted - 1:
        lacks = "the channel axis" if wanted >= _IMAGE else "an axis: for one channel it is the last"
        why = f"{what} The input lacks {lacks}."
        new = told((*got[1:], 1))
        return Explanation("shape", why, f"x = x[..., None]  # and keras.Input(shape={new})", layer)
    if has == 2 and wanted == _IMAGE:
        return Explanation("shape", f"{what} The images are flattened.", _unflattened(got[1]), layer)
    return Explanation("shape", what, _between(has, wanted, got), layer)


@rule(r"Invalid input shape for input .*?Expected shape (\([^)]*\)), but input has incompatible shape (\([^)]*\))")
def declared(scene: Scene, found: re.Match[str]) -> Explanation:
    """The input is not what `Input` declares."""
    wanted, got = shape(found[1]), shape(found[2])
    what = f"The model declares inputs of shape {told(wanted)} and is given {told(got)}."
    if got == wanted[1:]:
        why = f"{what} The example axis is missing: the data set gives one example at a time."
        return Explanation("shape", why, "dataset = dataset.batch(32)  # for one array: x[None]")
    if wanted[2:] == got[1:] and len(wanted) == len(got) + 1:
        known = scene.x_shape
        if known and wanted[1] == known[0]:
            why = f"{what} The declared shape counts the {known[0]:,} examples; an Input is the shape of one example."
            return Explanation("shape", why, "keras.Input(shape=x.shape[1:])")
    if None not in (*wanted[1:], *got[1:]) and math.prod(wanted[1:]) == math.prod(got[1:]):  # type: ignore[arg-type]
        why = f"{what} The number of values is the same, so they only want another shape."
        return Explanation("shape", why, f"x = x.reshape({told((-1, *wanted[1:]))})")
    return Explanation("shape", what, f"keras.Input(shape={told(got[1:])})")


@rule(r"Input (\d+) with name '([^']+)' of layer '([^']+)' is incompatible with the layer: "
      r"expected shape=(\([^)]*\)), found shape=(\([^)]*\))")  # fmt: skip
def of_input(scene: Scene, found: re.Match[str]) -> Explanation:
    """One of the inputs of a functional model has another shape."""
    wanted, got = shape(found[4]), shape(found[5])
    what = f"Input {found[2]!r} of the model takes shape {told(wanted)} and is given {told(got)}."
    others = [tuple(getattr(part, "shape", ())) for part in scene.x] if isinstance(scene.x, list | tuple) else []
    if any(_same(wanted[1:], other[1:]) for other in others):
        why = f"{what} Another array of x has that shape: they are in another order than the inputs."
        return Explanation("shape", why, "model.fit({name: ...})  # its array for each name of model.inputs")
    return Explanation("shape", what, f"keras.Input(shape={told(got[1:])}, name={found[2]!r})")


@rule(r"expects (\d+) (?:named )?input\(s\)(?: with keys (\[[^]]*\]))?, but it received (\d+) input tensors")
def count(_scene: Scene, found: re.Match[str]) -> Explanation:
    """Another number of inputs than arrays."""
    names = f" ({found[2].strip('[]')})" if found[2] else ""
    why = f"The model has {found[1]} inputs{names} and x holds {found[3]}."
    return Explanation("usage", why, "model.fit([x_1, x_2, ...], y)  # one array an input, or a dict by input name")


@rule(r"Shapes used to initialize variables must be fully-defined.*?Received: shape=(\([^)]*\)) for variable "
      r"path='([^']+)'")  # fmt: skip
def unknown_size(_scene: Scene, found: re.Match[str]) -> Explanation:
    """A layer with weights sees an axis whose size is not known."""
    layer = found[2].split("/")[-2] if "/" in found[2] else None
    why = f"Layer {layer!r} has weights for an axis whose size is not known, such as time after a Flatten: {found[1]}."
    fix = "keras.Input(shape=(n_times, n_channels))  # a fixed size; or GlobalAveragePooling1D() instead of Flatten()"
    return Explanation("shape", why, fix, layer)


@rule(r"The total size of the tensor must be unchanged\. Received: input_shape=(\([^)]*\)), target_shape=(\([^)]*\))")
def reshape(_scene: Scene, found: re.Match[str]) -> Explanation:
    """A Reshape that makes values or loses some."""
    had, wanted = shape(found[1]), shape(found[2])
    sizes = [math.prod(n or 1 for n in part) for part in (had, wanted)]
    why = f"Reshape is to make {told(wanted)} ({sizes[1]} values) of {told(had)} ({sizes[0]} values)."
    fix = (
        f"Reshape({told((*wanted[:-1], -1))})  # if the rest goes into the last axis; the product must stay {sizes[0]}"
    )
    return Explanation("shape", why, fix)


@rule(r"Computed output size would be zero or negative\. Received:? `inputs[ .]shape=([^`]*)`, "
      r"`(kernel shape|pool_size)=([^`]*)`")  # fmt: skip
def too_small(scene: Scene, found: re.Match[str]) -> Explanation:
    """A window is larger than what it slides over."""
    has, pool = shape(found[1])[1:-1], found[2] == "pool_size"
    window = shape(found[3]) if pool else shape(found[3])[:-2]
    layer = _class_calling(scene) or ("a pooling layer" if pool else "a convolution")
    what = f"The window of {layer} is {_by(window)}, but only {_by(has)} is left of the input there."
    why = f"{what} Every pooling and every convolution without padding has made it smaller."
    return Explanation("shape", why, 'padding="same"  # in the convolutions; or fewer pooling layers, a smaller window')


@rule(r"A `Concatenate` layer requires inputs with matching shapes.*?Received: input_shape=(\[.*?\)\])")
def concatenate(_scene: Scene, found: re.Match[str]) -> Explanation:
    """Branches that do not fit side by side."""
    why = f"Concatenate is given arrays that differ on another axis than the one they are joined on: {found[1]}."
    fix = "Concatenate(axis=1)  # another axis; or bring both branches to one size before, by pooling, padding or Dense"
    return Explanation("shape", why, fix)


@rule(r"(?:Inputs have incompatible shapes\. Received shapes (\([^)]*\)) and (\([^)]*\))|Cannot broadcast shape.*?"
      r"Input shapes are: (\[[^]]*\]) and (\[[^]]*\]))")  # fmt: skip
def add(_scene: Scene, found: re.Match[str]) -> Explanation:
    """Branches that cannot be added."""
    one, other = (shape(text) for text in found.groups() if text)
    why = f"Two branches are to be added or multiplied whose shapes differ: {told(one)} and {told(other)}."
    units = other[-1] if other[-1] is not None else "n"
    return Explanation("shape", why, f"x = Dense({units})(x)  # before Add(); Conv2D({units}, 1) for images")


@rule(r"indices\[[^]]*\] = (-?\d+) is not in \[0, (\d+)\)", "InvalidArgumentError")
def token(scene: Scene, found: re.Match[str]) -> Explanation | None:
    """A number that an Embedding has no row for."""
    found_in = _layer_of(scene)
    if type(found_in).__name__ != "Embedding":
        return None
    layer = found_in.name
    why = f"Embedding {layer!r} has rows for numbers 0 to {int(found[2]) - 1}, and x holds {found[1]}."
    if int(found[1]) < 0:
        return Explanation("data", f"{why} Tokens are counted from 0.", "x = x - x.min()", layer)
    return Explanation("layers", why, "Embedding(int(x.max()) + 1, ...)", layer)


@rule(r"(?:Dimensions must be equal, but are \d+ and \d+|Matrix size-incompatible).*?node ([^ ]*MatMul[^ ]*).*?"
      r"(\[[\d?,]+\]), (\[[\d?,]+\])", "ValueError", "InvalidArgumentError")  # fmt: skip
def weights(scene: Scene, found: re.Match[str]) -> Explanation | None:
    """Weights that were made for another number of values."""
    layer = _layer_of(scene, found[1])
    (given, wanted), known = (shape(text) for text in found.groups()[1:]), scene.x_shape
    if layer is None or len(given) != len(wanted) or given[-1] is None:
        return None
    what = f"Layer {layer.name!r} was made for {wanted[0]} values on the last axis and is given {given[-1]}."
    if known and len(known) == _TIMES and known[1:] == (wanted[0], given[-1]):
        why = f"{what} Axis 1 of x has {wanted[0]}: time and channels are the other way round."
        return Explanation("shape", why, "x = np.swapaxes(x, 1, 2)  # (example, time, channel)", layer.name)
    return Explanation("shape", what, f"keras.Input(shape=(..., {given[-1]}))", layer.name)


@rule(r"When using `stateful=True` in a RNN, the batch size must be static\. Found dynamic batch size: "
      r"sequence\.shape=(\([^)]*\))")  # fmt: skip
def stateful(_scene: Scene, found: re.Match[str]) -> Explanation:
    """A stateful layer needs to know how many examples a batch has."""
    why = "A stateful recurrent layer keeps one state an example of the batch, so the batch size must be fixed."
    dims = told((32, *shape(found[1])[1:]))
    return Explanation("shape", why, f"keras.Input(batch_shape={dims})  # and fit(..., batch_size=32, shuffle=False)")


def _layer_of(scene: Scene, node: str = "") -> Any:
    """The innermost layer of the model that a graph node is in, None without one; Keras numbers repeated calls."""
    parts = (node or scene.node).split("/")
    inside = [
        layer for part in parts for layer in scene.layers if re.fullmatch(rf"{re.escape(layer.name)}(_\d+)?", part)
    ]
    return inside[-1] if inside else None


def _recurrent(layer: object) -> bool:
    return type(layer).__name__ in ("LSTM", "GRU", "SimpleRNN", "Bidirectional", "RNN")


def _between(has: int, wanted: int, got: Shape) -> str:
    if has > wanted:
        return "TimeDistributed(Flatten())  # before it" if wanted == _TIMES else "Flatten()  # before it"
    shapes = {_TIMES: "(n_times, n_channels)", _IMAGE: "(height, width, n_channels)"}
    size = f"  # with {got[-1]} values in all" if got and got[-1] and has == 2 else ""
    return f"Reshape({shapes.get(wanted, '...')})  # before it, or leave out the Flatten, Dense or pooling there{size}"


def _unflattened(n: int | None) -> str:
    for channels in (1, 3):
        side = math.isqrt((n or 0) // channels)
        if n and side * side * channels == n:
            return (
                f"x = x.reshape(-1, {side}, {side}, {channels})  # and keras.Input(shape=({side}, {side}, {channels}))"
            )
    return "x = x.reshape(-1, height, width, n_channels)"


def _same(wanted: Shape, got: Shape) -> bool:
    return len(wanted) == len(got) and all(w is None or w == g for w, g in zip(wanted, got, strict=True))


def _class_calling(scene: Scene) -> str:
    found = re.search(r"Exception encountered when calling (\w+)\.call\(\)", str(scene.error))
    return found[1] if found and found[1] not in ("Sequential", "Functional") else ""


def _by(dims: Shape) -> str:
    return " x ".join("?" if n is None else str(n) for n in dims)


RULES: tuple[Rule, ...] = (
    axis, axes, declared, of_input, count, unknown_size, reshape, too_small, concatenate, add, token, weights,
    stateful,
)  # fmt: skip
