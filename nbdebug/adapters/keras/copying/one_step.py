"""How far steps take a fresh copy, and what that depends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nbdebug.adapters.keras.copying.cloning import clone
from nbdebug.adapters.keras.copying.copies import Copy
from nbdebug.records.mend import AS_IT_IS, ByPairing, ByStep, Mend

_PLAIN_STEP = Mend(optimizer="sgd", learning_rate=1.0)

Arrays = Mapping[str, np.ndarray]


def by_pairing(model: Any, x: Arrays, y: Arrays) -> ByPairing:
    """How a step depends on the labels of a batch, and on which example has which."""
    labels = (y, y, *({name: how(values) for name, values in y.items()} for how in (_exchanged, _same)))
    before = [np.array(weight) for weight in clone(model, _PLAIN_STEP, 0, x).trainable_weights]
    after, again, exchanged, others = (_after_step(model, x, each) for each in labels)
    way = max(_distance(after, before), _distance(others, before), 1e-30)
    return ByPairing(*(_distance(after, other) / way for other in (exchanged, others, again)))


def gradients(model: Any, x: Arrays, y: Arrays) -> dict[str, float]:
    """Root mean square of the first gradient of each trainable layer, by name."""
    copy = _begun(model, x)
    before = copy.weights_by_layer()
    copy.update(x, y)
    after = copy.weights_by_layer()
    sizes = {name: sum(weight.size for weight in values.values()) for name, values in before.items()}
    ways = {name: _distance(list(after[name].values()), list(values.values())) for name, values in before.items()}
    return {name: way / sizes[name] ** 0.5 for name, way in ways.items()}


def by_step(model: Any, x: Arrays, y: Arrays, steps: int) -> ByStep:
    """How far steps on one batch go, those of the model's own code and Keras' own."""
    order = np.tile(np.arange(len(next(iter(x.values())))), (steps, 1))

    def way(own: bool) -> tuple[float, float, float]:
        copy = _begun(model, x, AS_IT_IS, own=own)
        before = [np.array(weight) for weight in copy.model.trainable_weights]
        copy.train(x, y, order)
        after = [np.array(weight) for weight in copy.model.trainable_weights]
        size = _distance(before, [np.zeros_like(weight) for weight in before])
        return _distance(after, before), size, _one_way(after, before)

    (own, size, own_one_way), (keras, _, keras_one_way) = way(own=True), way(own=False)
    return ByStep(own, keras, size, steps, own_one_way, keras_one_way)


def _one_way(after: Sequence[np.ndarray], before: Sequence[np.ndarray]) -> float:
    up = sum(int(np.sum(a > b)) for a, b in zip(after, before, strict=True))
    down = sum(int(np.sum(a < b)) for a, b in zip(after, before, strict=True))
    return max(up, down) / max(up + down, 1)


def _after_step(model: Any, x: Arrays, y: Arrays) -> list[np.ndarray]:
    """The weights after one step of a copy made for it alone, so that what it draws at random is drawn alike."""
    copy = _begun(model, x)
    copy.update(x, y)
    return [np.array(weight) for weight in copy.model.trainable_weights]


def _begun(model: Any, x: Arrays, mend: Mend = _PLAIN_STEP, *, own: bool = True) -> Copy:
    """A copy of its own, always with the same first weights."""
    copy = Copy(model, mend, x, own=own)
    copy.anew(copy.model.get_weights(), mend)
    return copy


def _exchanged(labels: np.ndarray) -> np.ndarray:
    """The labels in the order of their size turned round, so that large ones go where small ones were."""
    flat = labels.reshape(len(labels), -1)
    order = np.lexsort(flat.T)
    dealt = np.empty_like(labels)
    dealt[order] = labels[order[::-1]]
    return dealt


def _same(labels: np.ndarray) -> np.ndarray:
    """The largest label for all."""
    largest = np.lexsort(labels.reshape(len(labels), -1).T)[-1]
    return np.repeat(labels[largest : largest + 1], len(labels), axis=0)


def _distance(one: Sequence[np.ndarray], other: Sequence[np.ndarray]) -> float:
    return float(np.sqrt(sum(np.sum((a - b) ** 2) for a, b in zip(one, other, strict=True))))
