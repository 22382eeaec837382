"""An error with what stood around it, and rules that recognise one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

import numpy as np

from nbdebug.records.explanation import Explanation

Shape = tuple[int | None, ...]
_COLOUR = re.compile(r"\x1b\[\d+m")


@dataclass(frozen=True)
class Scene:
    """What is known when an error is to be explained.

    Args:
        error: as it was raised.
        message: its text without colours, frames of the graph and repeated arguments.
        node: name of the graph node that failed, "" where none is told.
        model: the model that was trained, None where none was.
        x, y: what it was trained on, None where that is not known.
    """

    error: BaseException
    message: str
    node: str
    model: Any = None
    x: Any = None
    y: Any = None

    @property
    def x_shape(self) -> tuple[int, ...] | None:
        """Shape of the only array of inputs, None for several."""
        return _only_shape(self.x)

    @property
    def y_shape(self) -> tuple[int, ...] | None:
        """Shape of the only array of labels, None for several."""
        return _only_shape(self.y)

    @property
    def layers(self) -> list[Any]:
        """The layers of the model that do something, empty where it is not known."""
        found = list(getattr(self.model, "layers", ()) or ())
        return [layer for layer in found if type(layer).__name__ != "InputLayer"]

    @property
    def last(self) -> Any:
        """The last layer of a model that is a stack, None where there is no telling."""
        return self.layers[-1] if self.layers and len(getattr(self.model, "outputs", None) or [0]) == 1 else None

    def before(self, name: str) -> Any:
        """The layer that stands before the one of that name, None where it is the first or not known."""
        names = [layer.name for layer in self.layers]
        at = names.index(name) if name in names else 0
        return self.layers[at - 1] if at else None

    def is_first(self, name: str) -> bool:
        """Whether the layer of that name takes the input."""
        return bool(self.layers) and self.layers[0].name == name

    def local(self, name: str, file: str) -> Any:
        """A variable of the innermost frame of a file whose path ends so, None without one."""
        found, frames = None, self.error.__traceback__
        while frames is not None:
            if frames.tb_frame.f_code.co_filename.replace("\\", "/").endswith(file):
                found = frames.tb_frame.f_locals.get(name, found)
            frames = frames.tb_next
        return found

    def passed(self, function: str) -> bool:
        """Whether a function of that name was running; Keras cuts most frames of its own."""
        return any(code.co_name == function for code in self._codes())

    def ran(self, functions: object) -> bool:
        """Whether one of these functions, alone or in lists and dicts, was running."""
        if isinstance(functions, Mapping):
            return any(map(self.ran, functions.values()))
        if isinstance(functions, list | tuple):
            return any(map(self.ran, functions))
        own = getattr(functions, "__code__", None)
        return own is not None and any(code is own for code in self._codes())

    def _codes(self) -> Iterator[CodeType]:
        frames = self.error.__traceback__
        while frames is not None:
            yield frames.tb_frame.f_code
            frames = frames.tb_next


@dataclass(frozen=True)
class Rule:
    """One kind of error.

    Args:
        pattern: found in the message.
        tell: explains it; None where it turns out to be something else.
        types: names of the exception classes it may be.
    """

    pattern: re.Pattern[str]
    tell: Callable[[Scene, re.Match[str]], Explanation | None]
    types: tuple[str, ...] = ("ValueError",)


def rule(pattern: str, *types: str) -> Callable[[Callable[[Scene, re.Match[str]], Explanation | None]], Rule]:
    """Make a rule of a function."""

    def made(tell: Callable[[Scene, re.Match[str]], Explanation | None]) -> Rule:
        return Rule(re.compile(pattern, re.DOTALL), tell, types or ("ValueError",))

    return made


def cleaned(error: BaseException) -> tuple[str, str]:
    """The message proper, and the graph node it is about."""
    text = _COLOUR.sub("", str(error)).strip()
    text = re.split(r"\n\nArguments received by ", text)[0]
    node = re.search(r"Detected at node (\S+) defined at", text)
    if node:
        text = re.split(r"\n\s*\[\[\{\{node", text)[0].split("\n\n")[-1]
    return text.strip(), node[1] if node else ""


def shape(text: str) -> Shape:
    """A shape as Keras or TensorFlow print it: `(None, 4)`, `[?,3]`, `[None 4]`."""
    parts = re.findall(r"None|\?|-?\d+", text)
    return tuple(None if part in ("None", "?") else int(part) for part in parts)


def told(dims: Sequence[int | None]) -> str:
    """A shape in words a shape is written in code."""
    inner = ", ".join("None" if n is None else str(n) for n in dims)
    return f"({inner},)" if len(dims) == 1 else f"({inner})"


def labels_of(y: Any) -> np.ndarray | None:
    """The only array of labels as numbers, None where it is not one."""
    if y is None or isinstance(y, Mapping | list | tuple):
        return None
    try:
        return np.asarray(y, dtype=float)
    except (TypeError, ValueError):
        return None


def _only_shape(value: Any) -> tuple[int, ...] | None:
    if isinstance(value, Mapping | list | tuple) and len(value) == 1:
        (value,) = value.values() if isinstance(value, Mapping) else value
    found = getattr(value, "shape", None)
    return None if found is None else tuple(int(n) for n in found)
