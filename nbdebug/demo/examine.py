"""What is true of a trained model, measured without nbdebug so that nbdebug can be held against it."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf
from sklearn.metrics import roc_auc_score

from nbdebug.demo.deepheart import Deepheart
from nbdebug.demo.network import HEART, METADATA, MINUTES_PER_POSITION
from nbdebug.demo.people import LABELS

FAR = 450
_BATCH = 64


def examine(model: keras.Model, data: Deepheart, n_gradients: int = 64) -> dict[str, Any]:
    """AUROC by output, also with heart or metadata swapped between people; dead units by convolution; reach."""
    order = np.random.default_rng(0).permutation(len(data.x))
    swapped = {name: {**data.inputs, name: data.inputs[name][order]} for name in (HEART, METADATA)}
    return {
        "auroc": aurocs(model, data.inputs, data),
        "auroc_heart_swapped": aurocs(model, swapped[HEART], data),
        "auroc_metadata_swapped": aurocs(model, swapped[METADATA], data),
        "dead_units": dead_units(model, data),
        **_gradients(model, data, n_gradients),
    }


def aurocs(model: keras.Model, inputs: dict[str, np.ndarray], data: Deepheart) -> dict[str, float]:
    """Area under the ROC curve of each output, over the labels that are there."""
    predictions = model.predict(inputs, batch_size=_BATCH, verbose=0)
    result = {}
    for label in LABELS:
        known = ~np.isnan(data.y[label])
        result[label] = round(float(roc_auc_score(data.y[label][known], predictions[label][known, 0])), 4)
    return result


def dead_units(model: keras.Model, data: Deepheart) -> dict[str, list[int]]:
    """Of each convolution: how many units are zero for every example and time, and how many there are."""
    convs = [layer for layer in model.layers if isinstance(layer, keras.layers.Conv1D)]
    units = keras.Model(model.inputs, [conv.output for conv in convs], name="units")
    largest = [np.zeros(conv.filters) for conv in convs]
    for start in range(0, len(data.x), _BATCH):
        batch = {name: values[start : start + _BATCH] for name, values in data.inputs.items()}
        for i, values in enumerate(units(batch)):
            largest[i] = np.maximum(largest[i], tf.reduce_max(tf.abs(values), axis=(0, 1)).numpy())
    return {conv.name: [int((most == 0).sum()), conv.filters] for conv, most in zip(convs, largest, strict=True)}


def gradient_by_time(model: keras.Model, data: Deepheart, n: int) -> np.ndarray:
    """Mean over `n` examples of |d logit of raw_output at the middle / d heart| (output, time), channels summed."""
    raw_output = keras.Model(model.inputs, model.get_layer("raw_output").output, name="per_time")
    inputs = {name: tf.constant(values[:n]) for name, values in data.inputs.items()}
    middle = inputs[HEART].shape[1] // MINUTES_PER_POSITION // 2
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(inputs[HEART])
        share = raw_output(inputs)[:, middle]
        logits = tf.unstack(tf.math.log(share) - tf.math.log1p(-share), axis=1)
    gradients = [tape.gradient(logit, inputs[HEART]) for logit in logits]
    return np.stack([np.abs(g.numpy()).mean(axis=0).sum(axis=1, dtype=float) for g in gradients])


def _gradients(model: keras.Model, data: Deepheart, n: int) -> dict[str, Any]:
    by_time = gradient_by_time(model, data, n)
    at = by_time.shape[1] // 2
    return {
        "reach": {label: reach(row, at) for label, row in zip(LABELS, by_time, strict=True)},
        f"gradient_{FAR}_times_away": {
            label: float(f"{row[[at - FAR, at + FAR]].mean() / row.max():.2g}")
            for label, row in zip(LABELS, by_time, strict=True)
        },
    }


def reach(by_time: np.ndarray, at: int, share: float = 0.9) -> int:
    """Width of the window around `at` that holds `share` of the gradient."""
    for half in range(len(by_time)):
        low, high = max(0, at - half), min(len(by_time), at + half + 1)
        if by_time[low:high].sum() >= share * by_time.sum() * (1 - 1e-12):
            return high - low
    raise ValueError("the gradient holds numbers that are not finite")
