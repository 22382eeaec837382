"""The network of both shipped models: convolutions over minutes, memory over hours, metadata beside them."""

from __future__ import annotations

from functools import partial

import keras

from nbdebug.demo.people import LABELS

HEART, METADATA = "heart", "metadata"
SHORT_POOL, LONG_POOL = 8, 4
MINUTES_PER_POSITION = SHORT_POOL * LONG_POOL
_MEMORY_UNITS = 24
_HEART_MEAN, _HEART_VARIANCE = (66.0, 8.0), (10.0**2, 30.0**2)
_PEOPLE_MEAN, _PEOPLE_VARIANCE = (50.0, 0.5, 27.0), (14.0**2, 0.5**2, 4.0**2)


def build(forget_bias: float, steps: int) -> keras.Model:
    """The untrained network.

    Heart rate in bpm (0 in a gap) and steps a minute go in as they are, and age in years, 1 for male, and BMI;
    Normalization layers with fixed means and variances scale them. Metadata reaches the memory in two ways: as its
    state before the first and after the last minute, and added to what it reads at each position.

    Args:
        forget_bias: what the forget gates start from. From +3 the memory keeps 95 % of what it knows from one
            position to the next, from -3 it keeps 5 %. Tallec and Ollivier (2018), "Can recurrent neural networks
            warp time?", ICLR: it must be positive for a memory as long as the recording.
        steps: length of the recordings in minutes, a multiple of 32.
    """
    heart = keras.Input((steps, 2), name=HEART)
    metadata = keras.Input((3,), name=METADATA)
    person = keras.layers.Normalization(mean=_PEOPLE_MEAN, variance=_PEOPLE_VARIANCE, name="scale_metadata")(metadata)
    raw_output = _per_time(_read(heart), person)
    mean = keras.layers.GlobalAveragePooling1D(name="mean_over_time")(raw_output)
    outputs = {label: mean[:, column : column + 1] for column, label in enumerate(LABELS)}
    model = keras.Model({HEART: heart, METADATA: metadata}, outputs, name="deepheart")
    for direction in (model.get_layer("memory").forward_layer, model.get_layer("memory").backward_layer):
        kernel, recurrent, bias = direction.get_weights()
        bias[_MEMORY_UNITS : 2 * _MEMORY_UNITS] = forget_bias  # Keras keeps the gates as input, forget, cell, output
        direction.set_weights([kernel, recurrent, bias])
    return model


def compile_for(model: keras.Model, learning_rate: float | keras.optimizers.schedules.LearningRateSchedule) -> None:
    """Set losses and a fresh optimizer; a change of `trainable` counts from here on."""
    optimizer = keras.optimizers.Adam(learning_rate, clipnorm=1.0)
    model.compile(optimizer, loss=dict.fromkeys(LABELS, "binary_crossentropy"))


def _read(heart: keras.KerasTensor) -> keras.KerasTensor:
    """Features of the heart rate, one position every 32 minutes; conv_1 goes on past conv_2, so that a dead conv_2
    leaves the rest alive."""
    conv = partial(keras.layers.Conv1D, padding="same", activation="relu", kernel_initializer="he_uniform")
    pool = keras.layers.AveragePooling1D
    scaled = keras.layers.Normalization(mean=_HEART_MEAN, variance=_HEART_VARIANCE, name="scale_heart")(heart)
    conv_1 = conv(16, 5, name="conv_1")(scaled)
    conv_2 = conv(128, 3, name="conv_2")(conv_1)
    pools = [pool(SHORT_POOL, name="pool_1")(conv_1), pool(SHORT_POOL, name="pool_2")(conv_2)]
    joined = keras.layers.Concatenate(name="join")(pools)
    conv_3 = conv(32, 3, activation="elu", name="conv_3")(joined)  # half its ReLUs would die: it reads no negatives
    return pool(LONG_POOL, name="pool_3")(conv_3)


def _per_time(read: keras.KerasTensor, person: keras.KerasTensor) -> keras.KerasTensor:
    context = keras.layers.Dense(32, name="metadata_context")(person)
    context = keras.layers.Reshape((1, 32), name="metadata_at_each_time")(context)
    states = [keras.layers.Dense(_MEMORY_UNITS, activation="tanh", name=f"state_{i}")(person) for i in range(1, 5)]
    lstm = keras.layers.LSTM(_MEMORY_UNITS, return_sequences=True, name="lstm")
    memory = keras.layers.Bidirectional(lstm, name="memory")
    remembered = memory(keras.layers.Add(name="with_metadata")([read, context]), initial_state=states)
    return keras.layers.Dense(len(LABELS), activation="sigmoid", name="raw_output")(remembered)
