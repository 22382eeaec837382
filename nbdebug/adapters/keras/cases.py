"""From a Keras model, arrays and the arguments of a `fit` to the facts that checks judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from nbdebug.adapters.keras.beginning import spread_in, spreads_of
from nbdebug.adapters.keras.compiling.compiled import losses_of, metrics_of, training_of
from nbdebug.adapters.keras.compiling.losses import batch_loss, compiled_losses, example_losses
from nbdebug.adapters.keras.copying.copyable import copyable
from nbdebug.adapters.keras.copying.own_step import has_own_step
from nbdebug.adapters.keras.copying.trainer import Copies
from nbdebug.adapters.keras.copying.unbuilt import with_weights
from nbdebug.adapters.keras.copying.work import work_of
from nbdebug.adapters.keras.graph import kernels_of, node_before, nodes_of, softmax_over_one
from nbdebug.adapters.keras.guard import loose_guard
from nbdebug.adapters.keras.probe import KerasProbe
from nbdebug.adapters.keras.reading.logits import head_activation
from nbdebug.adapters.keras.reading.tracing import Traced, trace
from nbdebug.adapters.keras.structure import check_shapes, fixed_batch, name_inputs, require_built
from nbdebug.adapters.keras.weights import once_a_state
from nbdebug.adapters.unit_statistics import stream_statistics
from nbdebug.measure.label_kinds import describe_labels
from nbdebug.records.case import Case, End, Node, Training
from nbdebug.records.progress import Pulse, still
from nbdebug.records.series import Series
from nbdebug.records.statistics import UnitStatistics

_SAMPLE = 64
_WATCHED = 256
_LEARNED_FROM = 10_000

Arrays = Mapping[str, np.ndarray]


def make_case(
    model: Any,
    x: Any,
    y: Any = None,
    *,
    validation: Any = None,
    fit: Mapping[str, Any] | None = None,
    series: Series | None = None,
    pulse: Pulse = still,
) -> Case:
    """Look at a model and its data once.

    Args:
        model: any Keras model; of one without weights another is made and built for `x`.
        x: array, list or dict of arrays, (example, ...).
        y: labels as handed to `fit`: array, list (one a head) or dict by head; None without.
        validation: (x, y) or None.
        fit: keyword arguments of the coming `fit`.
        series: what a Monitor noted of the last one.
        pulse: called between the batches of whatever takes long; what it raises ends that.

    Raises:
        NbdebugError: the model is not built and cannot be made once more, or x does not fit it.
        ModelError: the model raised.
    """
    model = with_weights(model, x)
    require_built(model)
    inputs = name_inputs(model, x)
    check_shapes(model, inputs)
    notes: list[str] = []
    traced = trace(model, inputs, fixed_batch(model), notes.append)
    heads = list(traced.heads)
    targets = _by_head(y, heads)
    nodes = nodes_of(traced.recorder, traced.tensors)
    values = _first_values(traced, inputs)
    losses, metrics, given = losses_of(model, heads), metrics_of(model, heads), compiled_losses(model, heads)
    untrainable = copyable(model) or _unlabelled(model, targets, heads)
    training = _training(model, len(next(iter(inputs.values()))), fit or {}, series)
    layers = {entry.name: entry.layer for entry in traced.forward.entries}
    weights = partial(_weights, layers)
    work = work_of(nodes, weights, model.count_params(), _longest(inputs))
    return Case(
        model=str(model.name),
        nodes=nodes,
        ends=tuple(
            replace(
                _end(name, traced, nodes, targets.get(name), losses.get(name), metrics.get(name, ()), values[name]),
                loss_at=_loss_at(given.get(name), targets.get(name)),
                batch_loss=_batch_loss(given.get(name), targets.get(name), len(values[name])),
            )
            for name in heads
        ),
        inputs=inputs,
        targets=targets,
        training=training,
        validation=_validation(model, validation, heads),
        unreadable="" if len(nodes) > 0 else "; ".join(notes) or "no call of a layer was heard",
        trainer=None if untrainable else Copies(model, *_labelled(inputs, targets), training.batch_size, pulse, work),
        untrainable=untrainable,
        series=series,
        statistics=once_a_state(model, lambda: _statistics(model, inputs, pulse)),  # several checks ask
        weights=weights,
        of_one=softmax_over_one(traced.recorder, nodes, traced.heads),
        began=_began(nodes, layers, _spreads(layers, training.done, series)),
        predict=None if _bound(traced, layers) else lambda given: _predict(traced, given),
        draws=lambda: _draws(traced),
    )


def _training(model: Any, n_examples: int, fit: Mapping[str, Any], series: Series | None) -> Training:
    """Of a fit that was watched it is known how many updates it made, whatever else of it is not."""
    found = training_of(model, n_examples, fit)
    if found.updates is None and series is not None and series.done:
        return replace(found, updates=series.n_steps // found.accumulated)
    return found


def _spreads(layers: Mapping[str, Any], done: int, series: Series | None) -> Mapping[str, float] | None:
    """Before the fit that was watched; a monitor that has not seen a step knows nothing of it."""
    if series is not None and series.n_steps:
        return series.began
    return spreads_of(layers.values(), done)


def _began(
    nodes: Sequence[Node], layers: Mapping[str, Any], spreads: Mapping[str, float] | None
) -> dict[str, float] | None:
    if spreads is None:
        return None
    found = {node.name: layers.get(node.name.split("@")[0]) for node in nodes}
    kernels = {name: spread_in(spreads, layer) for name, layer in found.items() if layer is not None}
    return {name: spread for name, spread in kernels.items() if spread is not None}


def _weights(layers: Mapping[str, Any], node: str) -> dict[str, np.ndarray]:
    layer = layers.get(node.split("@")[0])
    return {} if layer is None else kernels_of(layer)


def _longest(inputs: Arrays) -> int:
    return max((values.shape[1] for values in inputs.values() if values.ndim > 1), default=1)


def _end(
    name: str,
    traced: Traced,
    nodes: tuple[Node, ...],
    y: np.ndarray | None,
    loss: Any,
    metrics: tuple[str, ...],
    values: np.ndarray,
) -> End:
    tensor, recorder = traced.heads[name], traced.recorder
    node, direct = node_before(tensor, recorder, nodes)
    activation = head_activation(tensor, recorder)
    made = next((n for n in nodes if n.name == node), None)
    own = recorder.logit(tensor) is not None or (direct and made is not None and made.activation == activation)
    plain = direct and made is not None and made.activation in (None, "linear") and made.n_parameters > 0
    shape = tuple(values.shape[1:])
    return End(
        name=name,
        node=node,
        activation=activation,
        certain=own or plain,
        shape=shape,
        units=shape[-1] if shape else 1,
        loss=loss,
        metrics=metrics,
        labels=describe_labels(y, values.ndim),
        values=values,
        direct=node is not None and direct,
    )


def _loss_at(loss: Any, y: np.ndarray | None) -> Callable[[np.ndarray], np.ndarray | None] | None:
    if loss is None or y is None:
        return None
    return lambda predictions: example_losses(loss, y[: len(predictions)], predictions, per_time=False)


def _batch_loss(loss: Any, y: np.ndarray | None, n: int) -> Callable[[np.ndarray, np.ndarray], float | None] | None:
    if loss is None or y is None or len(y) < n:
        return None
    return lambda predictions, which: batch_loss(loss, y[which], predictions)


def _unlabelled(model: Any, targets: Mapping[str, np.ndarray], heads: list[str]) -> str:
    """Why there is nothing to train copies with; a training step of its own may make its own labels."""
    return "" if len(targets) == len(heads) or has_own_step(model) else "there are not labels for every head"


def _first_values(traced: Traced, inputs: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    size = traced.functions.fixed_batch or _SAMPLE
    return _predict(traced, {name: array[:size] for name, array in inputs.items()})


def _predict(traced: Traced, inputs: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    tensors, n = traced.functions.feed(inputs)
    with loose_guard(traced.loose):
        found = traced.functions.values(())(tensors, n)["heads"]
    return {name: np.asarray(values) for name, values in found.items()}


def _draws(traced: Traced) -> bool:
    """Whether the compiled prediction holds an operation that draws; True where the model runs eagerly."""
    if traced.functions.eager:
        return True
    prediction: Any = traced.functions.values(())
    graph = prediction.traced().graph.as_graph_def()
    bodies = [graph.node, *(function.node_def for function in graph.library.function)]
    return any("Random" in node.op or "Multinomial" in node.op for body in bodies for node in body)


def _bound(traced: Traced, layers: Mapping[str, Any]) -> bool:
    stateful = any(getattr(layer, "stateful", False) is True for layer in layers.values())
    return traced.functions.fixed_batch is not None or stateful


def _statistics(model: Any, inputs: Mapping[str, np.ndarray], pulse: Pulse) -> dict[str, UnitStatistics]:
    first = {name: array[:_WATCHED] for name, array in inputs.items()}
    probe = KerasProbe(model, first)
    layers = [layer.name for layer in probe.layers if layer.unit_axis is not None]
    progress = lambda _done, _total: pulse()  # noqa: E731
    return stream_statistics(probe, layers, first, fingerprint="", progress=progress, on_part=None)


def _by_head(y: Any, heads: list[str]) -> dict[str, np.ndarray]:
    if y is None:
        return {}
    if isinstance(y, Mapping):
        return {str(name): np.asarray(values) for name, values in y.items() if name in heads}
    if len(heads) > 1 and isinstance(y, list | tuple) and len(y) == len(heads):
        return {name: np.asarray(values) for name, values in zip(heads, y, strict=True)}
    return {heads[0]: np.asarray(y)}


def _labelled(inputs: Arrays, targets: Arrays) -> tuple[Arrays, Arrays]:
    """The first examples that have all their labels, everything where none or all have: copies learn from those."""
    known = np.ones(len(next(iter(inputs.values()))), bool)
    for labels in targets.values():
        if labels.dtype.kind == "f" and len(labels) == len(known):
            known &= ~np.isnan(labels).reshape(len(labels), -1).any(axis=1)
    if known.all() or not known.any():
        return inputs, targets
    at = np.flatnonzero(known)[:_LEARNED_FROM]
    return {name: values[at] for name, values in inputs.items()}, {name: y[at] for name, y in targets.items()}


def _validation(model: Any, given: Any, heads: list[str]) -> Any:
    if not isinstance(given, tuple | list) or len(given) < 2:
        return None
    return name_inputs(model, given[0]), _by_head(given[1], heads)
