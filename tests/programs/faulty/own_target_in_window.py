"""OWN-target-in-window (made for nbdebug): the target of a window is its own first value, not the one behind it."""

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("labels", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(171)
    t = np.arange(900)
    series = np.sin(t / 3) + 0.5 * np.sin(t / 7.3) + rng.normal(0, 0.2, 900)
    series = ((series - series.mean()) / series.std()).astype("float32")
    windows = np.lib.stride_tricks.sliding_window_view(series, 16)[:-1, :, None].copy()
    following = series[16:]
    y = following if mended else series[: len(windows)]
    model = stack((16, 1), layers.GRU(16), layers.Dense(1))
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return Program(model, windows[:700], y[:700], {"epochs": 8, "batch_size": 32}, (windows[720:], following[720:]))
