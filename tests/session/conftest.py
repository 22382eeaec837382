"""Small networks with data, and sessions on them."""

import keras
import numpy as np
import pandas as pd
import pytest

from nbdebug.session import Session

N, TIMES = 20, 32


def heart_network():
    """Conv, pool, recurrence, a per-time `raw_output` and its mean: two outputs."""
    keras.utils.set_random_seed(3)
    inputs = keras.Input((TIMES, 2), name="heart")
    h = keras.layers.Conv1D(4, 3, padding="same", activation="relu", name="conv")(inputs)
    h = keras.layers.MaxPooling1D(4, name="pool")(h)
    h = keras.layers.SimpleRNN(5, return_sequences=True, name="memory")(h)
    h = keras.layers.Dense(2, activation="sigmoid", name="raw_output")(h)
    model = keras.Model(inputs, keras.layers.GlobalAveragePooling1D(name="risk")(h), name="heart")
    model.compile("adam", "binary_crossentropy")
    return model


def heart_data():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(N, TIMES, 2)).astype(np.float32)
    y = (rng.random((N, 2)) < 0.5).astype(float)
    y[3, 1] = y[4, 1] = np.nan
    metadata = pd.DataFrame(
        {"age": np.arange(N) + 40, "device": np.arange(N) % 2}, index=[f"user {i}" for i in range(N)]
    )
    return x, y, metadata


@pytest.fixture(scope="module")
def heart():
    """Session, model, x, y and metadata of the heart network; one for all tests of a file."""
    model, (x, y, metadata) = heart_network(), heart_data()
    session = Session(
        model,
        x,
        y,
        metadata=metadata,
        outputs=["apnea", "diabetes"],
        channels=["bpm", "steps"],
        time_step="1min",
        batch_size=8,
    )
    yield session, model, x, y, metadata
    session.close()
