"""What TensorFlow would tell the user about nbdebug's own functions."""

import logging

import keras
import numpy as np
import tensorflow as tf

from nbdebug.session import Session


def test_many_sessions_of_many_shapes_warn_of_no_retracing():
    """TensorFlow counts the traces of one place in the source over all models."""
    heard = []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(record.getMessage())
    tf.get_logger().addHandler(handler)
    try:
        for times in range(4, 13):
            given = keras.Input((times, 2))
            hidden = keras.layers.Conv1D(2, 3, name="conv")(given)
            model = keras.Model(given, keras.layers.Dense(1)(keras.layers.Flatten()(hidden)))
            x = np.ones((3, times, 2), "float32")
            with_labels = Session(model, x, np.ones(3), batch_size=2)
            with_labels.unit_statistics()
            with_labels.predictions()
            with_labels.mean_activations("conv")
            with_labels.sensitivity()
            with_labels.sensitivity(layer="conv", unit=0, at=(0, 1))
            with_labels.close()
    finally:
        tf.get_logger().removeHandler(handler)
    assert heard == []
