"""Sensitivities against forward passes, and many anchors against many calls."""

from __future__ import annotations

import time

import numpy as np
from networks import sequence_network, sequences
from row import Row, interleaved

ANCHORS = 16
STEPS = 1024


def rows():
    import tensorflow as tf

    import nbdebug

    model = sequence_network(STEPS)
    x = sequences(32, STEPS)
    forward = tf.function(lambda batch: model(batch, training=False))
    anchors = np.linspace(0, STEPS - 1, ANCHORS).astype(int).tolist()
    for batch in (1, 8, 32):
        session = nbdebug.debug(model, x[:batch], batch_size=batch, show=False)
        data = tf.constant(x[:batch])

        def one(session=session):
            session.refresh()
            session.sensitivity(at=STEPS // 2)

        if batch == 8:
            seconds = interleaved({"forward": lambda data=data: forward(data), "one": one}, pairs=9)
            yield Row(
                "sensitivity at one time / forward pass, 8 examples", seconds["one"] / seconds["forward"], limit=3.5
            )

        def together(session=session):
            session.refresh()
            session.sensitivity(at=anchors)

        def separate(session=session):
            session.refresh()
            for anchor in anchors:
                session.sensitivity(at=anchor)

        begin = time.perf_counter()
        together()
        first = time.perf_counter() - begin
        seconds = interleaved({"together": together, "separate": separate}, pairs=3)
        yield Row(
            f"sensitivity at {ANCHORS} anchors / {ANCHORS} separate calls, batch {batch}",
            seconds["together"] / seconds["separate"],
            limit={1: 0.2, 8: 0.4, 32: 0.75}[batch],
            beside=f"tracing, once: {first - seconds['together']:.1f} s",
        )
