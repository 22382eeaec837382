"""One call of the user's model, listened to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras
import tensorflow as tf

from nbdebug.adapters.keras.guard import guard
from nbdebug.adapters.keras.reading.loops import linear_loops
from nbdebug.adapters.keras.reading.taps import Call, Recorder, quiet, taps
from nbdebug.adapters.keras.reading.walk import Entry, entries
from nbdebug.adapters.keras.structure import arrange
from nbdebug.errors import Cancelled, ModelError, NbdebugError


class Forward:
    """Calls a model on named tensors and reports what every layer put out.

    Used inside a `tf.function` it costs nothing after tracing; models that cannot be traced are called eagerly.
    """

    def __init__(self, model: Any) -> None:
        self.model = model
        self.entries: tuple[Entry, ...] = entries(model)
        self._way: int | None = None

    def __call__(
        self,
        tensors: Mapping[str, Any],
        *,
        training: bool = False,
        on_call: Callable[[Call], None] | None = None,
        linear: Sequence[Any] = (),
        taped: bool = False,
    ) -> tuple[Recorder, dict[str, Any]]:
        """What was heard, and the model's heads by name.

        Args:
            taped: a backward pass will follow; recurrent layers loop in a way that makes it cheap.

        Raises:
            ModelError: the model raised; the message names the innermost layer that was running.
        """
        first = next(iter(tensors.values()))
        graph = first.graph if tf.is_symbolic_tensor(first) else None
        ways = arrange(self.model, tensors)
        tried = range(len(ways)) if self._way is None else [self._way]
        failures: list[tuple[Exception, Recorder]] = []
        for way in tried:
            recorder = Recorder(on_call=on_call, graph=graph)
            try:
                loops = linear_loops(self.entries, graph if taped else None)
                with guard(), quiet(), loops, taps(self.entries, recorder, linear):
                    returned = self.model(ways[way], training=training)
            except (NbdebugError, Cancelled):
                raise
            except Exception as error:
                failures.append((error, recorder))
                continue
            self._way = way
            return recorder, self._heads(returned, recorder)
        raised, recorder = failures[0]
        raise model_error(self.model, raised, recorder) from raised

    def _heads(self, returned: Any, recorder: Recorder) -> dict[str, Any]:
        if isinstance(returned, Mapping):
            return {str(name): tensor for name, tensor in returned.items()}
        tensors = [t for t in keras.tree.flatten(returned) if tf.is_tensor(t)]
        if not tensors:
            raise NbdebugError(
                "The model returns no array.", got=type(returned).__name__, fix="return the predictions from `call`"
            )
        return dict(zip(_distinct(self._names(tensors, recorder)), tensors, strict=True))

    def _names(self, tensors: list[Any], recorder: Recorder) -> list[str]:
        declared = getattr(self.model, "output_names", None)
        if declared is not None and len(declared) == len(tensors):
            return [str(name) for name in declared]
        if isinstance(self.model, keras.Sequential) and len(tensors) == 1:
            return [str(self.model.layers[-1].name)]
        names = []
        for i, tensor in enumerate(tensors):
            call = recorder.made_by(tensor)
            names.append(call.entry.name if call else ("output" if len(tensors) == 1 else f"output_{i}"))
        return names


def model_error(model: Any, error: Exception, recorder: Recorder | None = None) -> ModelError:
    """The model's own error with the layer that it came from."""
    layer = recorder.failed.name if recorder and recorder.failed else _layer_in(model, str(error))
    where = f"in layer {layer!r}" if layer else "outside of any layer"
    return ModelError(
        f"The model {model.name!r} raised {type(error).__name__} {where}.",
        got=str(error).strip(),
        fix="run model(x[:2]) by itself; what fails there fails here",
    )


def _layer_in(model: Any, message: str) -> str | None:
    """The layer whose name stands last in the path of the failed graph node."""
    found = [(message.rfind(f"/{e.layer.name}/"), e.name) for e in entries(model) if f"/{e.layer.name}/" in message]
    return max(found)[1] if found else None


def _distinct(names: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name}@{seen[name]}")
    return distinct
