"""Make the two shipped models: `python -m nbdebug.demo.train`.

Both have the architecture of `nbdebug.demo.network`, the same data and the same seeds. What differs:

- *mended*: the warm-up step of conv_2 at 0.001, forget gates start from +3, trained at 0.003 falling to zero.
- *faulty*: three wrong settings, each of which happens.
  1. The warm-up step at 1.0, a slipped decimal point. Warm-up asks conv_2 for sparse activations (the mean of what it
     puts out is the loss). What comes in is never negative, so one step of that size puts every weight of every unit
     below zero: its ReLUs are zero for whatever they see, and no gradient ever reaches them again.
  2. Forget gates start from -3, a slipped sign, so that the memory forgets from one position to the next.
  3. Few epochs at a low rate: it stops where the loss first looks good, with what age, sex and BMI tell.

What came out is measured on people no model has seen and written to `measured.json` beside the models.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import keras
import numpy as np

from nbdebug.demo.deepheart import Deepheart, deepheart
from nbdebug.demo.examine import examine
from nbdebug.demo.network import HEART, METADATA, build, compile_for

MODELS = Path(__file__).parent / "models"
BATCH, PIECES = 32, 4
TRAIN_SEED, HELD_OUT_SEED, WEIGHT_SEED = 1, 2, 3


@dataclass(frozen=True)
class Recipe:
    """How one of the models is trained: first on quarters of the recordings, which are quicker, then on whole ones."""

    forget_bias: float
    warm_up_rate: float
    learning_rate: float
    epochs: int
    whole_epochs: int


RECIPES = {
    "faulty": Recipe(forget_bias=-3.0, warm_up_rate=1.0, learning_rate=0.0003, epochs=1, whole_epochs=1),
    "mended": Recipe(forget_bias=3.0, warm_up_rate=0.001, learning_rate=0.002, epochs=4, whole_epochs=1),
}


def train(recipe: Recipe, data: Deepheart) -> keras.Model:
    """A model trained by the recipe: compiled with a fresh optimizer, ready to be trained on."""
    keras.utils.set_random_seed(WEIGHT_SEED)
    n_times = data.x.shape[1]
    short, model = (build(recipe.forget_bias, steps) for steps in (n_times // PIECES, n_times))
    warm_up(short, data, recipe.warm_up_rate)
    _fit(short, data, PIECES, recipe.learning_rate, recipe.epochs)
    model.set_weights(short.get_weights())
    _fit(model, data, 1, recipe.learning_rate / 2, recipe.whole_epochs)
    compile_for(model, recipe.learning_rate)
    model.optimizer.build(model.trainable_variables)
    return model


def _fit(model: keras.Model, data: Deepheart, pieces: int, learning_rate: float, epochs: int) -> None:
    """Train on recordings cut into equal pieces; a missing label counts with weight 0."""
    heart = data.x.reshape(len(data.x) * pieces, -1, data.x.shape[2])
    inputs = {HEART: heart, METADATA: data.inputs[METADATA].repeat(pieces, axis=0)}
    labels = {name: np.nan_to_num(values).repeat(pieces) for name, values in data.y.items()}
    known = {name: (~np.isnan(values)).astype(np.float32).repeat(pieces) for name, values in data.y.items()}
    n_steps = epochs * len(heart) // BATCH
    rate = keras.optimizers.schedules.CosineDecay(
        learning_rate / 10, n_steps, warmup_target=learning_rate, warmup_steps=n_steps // 10
    )
    compile_for(model, rate)
    model.fit(inputs, labels, sample_weight=known, batch_size=BATCH, epochs=epochs, verbose=2)


def warm_up(model: keras.Model, data: Deepheart, learning_rate: float) -> None:
    """One optimizer step of conv_2 alone towards sparse activations."""
    upto = keras.Model(model.inputs, model.get_layer("conv_2").output, name="warm_up")
    for layer in upto.layers:
        layer.trainable = layer.name == "conv_2"
    upto.compile(keras.optimizers.Adam(learning_rate), loss=lambda _, activations: keras.ops.mean(activations))
    batch = {HEART: data.x[:BATCH, : data.x.shape[1] // PIECES], METADATA: data.inputs[METADATA][:BATCH]}
    upto.train_on_batch(batch, np.zeros(len(batch[HEART])))
    for layer in upto.layers:
        layer.trainable = True


def main() -> None:
    """Train, measure, save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=4096, help="examples to train on")
    parser.add_argument("--held-out", type=int, default=1024, help="examples to measure on")
    parser.add_argument("--only", choices=list(RECIPES), help="make this one only (and leave measured.json alone)")
    parser.add_argument("--folder", type=Path, default=MODELS)
    arguments = parser.parse_args()
    arguments.folder.mkdir(exist_ok=True)
    data, held_out = deepheart(arguments.n, seed=TRAIN_SEED), deepheart(arguments.held_out, seed=HELD_OUT_SEED)
    measured = {}
    for name, recipe in RECIPES.items():
        if arguments.only not in (None, name):
            continue
        start = time.perf_counter()
        model = train(recipe, data)
        model.save(arguments.folder / f"{name}.keras")
        print(f"{name}: trained in {time.perf_counter() - start:.0f} s")
        measured[name] = {"recipe": asdict(recipe), **examine(model, held_out)}
        print(json.dumps(measured[name], indent=1))
    if arguments.only is None:
        text = {"n_train": arguments.n, "n_held_out": arguments.held_out, "models": measured}
        (arguments.folder / "measured.json").write_text(json.dumps(text, indent=1) + "\n")


if __name__ == "__main__":
    main()
