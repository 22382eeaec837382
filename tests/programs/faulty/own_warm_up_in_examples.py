"""OWN-warm-up-in-examples (made for nbdebug): the warm-up is counted in examples, the optimizer counts batches."""

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("learning_rate", "optimizer", "epochs")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(150)
    n, batch, epochs = 960, 32, 10
    x = rng.normal(size=(n, 12)).astype("float32")
    y = (x @ rng.normal(size=(12, 3))).argmax(1)
    warm = n // batch if mended else 5 * n
    schedule = keras.optimizers.schedules.CosineDecay(0.0, epochs * n // batch, warmup_target=0.02, warmup_steps=warm)
    model = stack((12,), layers.Dense(24, "relu"), layers.Dense(3, "softmax"))
    model.compile(keras.optimizers.SGD(schedule), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": epochs, "batch_size": batch})
