"""`unit_statistics` against a plain compiled forward pass over the same examples, in time and in memory."""

from __future__ import annotations

import subprocess
import sys

from networks import sequence_network, sequences
from row import Row, interleaved

EXAMPLES = 512
_PEAK = """
import os, resource, sys
sys.path.insert(0, {here!r})
import numpy as np
from networks import sequence_network, sequences
import nbdebug
n = {n}
model = sequence_network(256, 32)
x = sequences(n, 256)
session = nbdebug.debug(model, x, batch_size=32, show=False)
nbdebug.debug(model, x[:64], batch_size=32, show=False).unit_statistics()
session.unit_statistics()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - x.nbytes / 2**20)
"""


def rows():
    import keras
    import tensorflow as tf

    import nbdebug

    model, x = sequence_network(), sequences(EXAMPLES)
    session = nbdebug.debug(model, x, show=False)
    forward = tf.function(lambda batch: model(batch, training=False), reduce_retracing=True)
    submodels = [
        tf.function(keras.Model(model.inputs, layer.output, name=f"until_{layer.name}")) for layer in model.layers
    ]

    def over_all(function):
        for start in range(0, EXAMPLES, 32):
            function(tf.constant(x[start : start + 32]))

    def statistics():
        session.refresh()
        session.unit_statistics()

    seconds = interleaved(
        {
            "forward": lambda: over_all(forward),
            "statistics": statistics,
            "a pass a layer": lambda: [over_all(function) for function in submodels],
        },
        pairs=5,
    )
    yield Row(
        f"`unit_statistics` of all layers / one compiled forward pass, {EXAMPLES} examples",
        seconds["statistics"] / seconds["forward"],
        limit=1.25,
        beside=f"one forward pass a layer: {seconds['a pass a layer'] / seconds['forward']:.2f} x",
    )
    small, large = (_peak(n) for n in (1_000, 10_000))
    yield Row("its peak memory beyond the data, 10,000 against 1,000 examples", large - small, "MB", 50)


def _peak(n: int) -> float:
    from pathlib import Path

    code = _PEAK.format(here=str(Path(__file__).parent), n=n)
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
