"""Tiny models of every kind that people build, one builder a function, from fixed seeds.

Each builder returns (model, x, y): the model built (and compiled where its name says nothing else), x as a user would
hand it over (an array, a list or a dict), y as `fit` takes it.
"""

from __future__ import annotations

import functools

import keras
from zoo import kept, over_time, own, pictures, wired


def _from_fixed_seed(builder):
    @functools.wraps(builder)
    def build():
        # Layers draw their seeds when they are made, so the seed comes before the first of them.
        keras.utils.set_random_seed(0)
        return builder()

    return build


ZOO = {
    builder.__name__: _from_fixed_seed(builder)
    for builder in (
        wired.sequential, wired.tabular, wired.functional, wired.subclassed, wired.nested, wired.shared_layers,
        wired.multi_input_list, wired.multi_input_dict, wired.multi_output, wired.frozen_layers, wired.autoencoder,
        wired.five_million,
        over_time.embedding, over_time.tokens_as_floats, over_time.mask_zero, over_time.masking,
        over_time.masked_attention, over_time.time_distributed, over_time.video, over_time.bidirectional_lstm,
        over_time.bidirectional_gru, over_time.stateful_rnn, over_time.attention, over_time.permuted,
        pictures.conv2d, pictures.conv3d, pictures.channels_first, pictures.channels_first_image,
        own.lambda_layer, own.custom_stride, own.custom_layer, own.custom_train_step, own.with_arguments,
        own.eager_only,
        kept.batch_norm_dropout, kept.mixed_float16, kept.normalization, kept.float64,
    )
}  # fmt: skip
