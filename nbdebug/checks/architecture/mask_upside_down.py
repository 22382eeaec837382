"""A mask that is the wrong way round: the network reads the padding and none of the tokens."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.architecture._probe import PROBED, changed, predicted
from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case

_RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional")


def judge(case: Case, *, padded: float = 0.1) -> Iterator[Found]:
    """Sequences of numbered tokens of which a share of `padded` or more is 0, at the end or at the beginning. Other
    tokens in their places change no prediction, tokens in the places of the padding do. A recurrent layer may have
    forgotten the tokens over the padding, which another check tells.
    """
    if any(node.type in _RECURRENT for node in case.nodes):
        return
    for name, values in case.inputs.items():
        if values.ndim != 2 or values.dtype.kind not in "iuf" or values.shape[1] < 3:
            continue
        some = values[:PROBED]
        padding = some == 0
        if not _padded(padding, padded) or (some != np.round(some)).any() or len(np.unique(some)) < 4:
            continue
        tokens = some[~padding]
        anew = np.random.default_rng(0).choice(tokens, some.shape).astype(some.dtype)
        if _reads(case, name, some, ~padding, anew) or not _reads(case, name, some, padding, anew):
            continue
        yield Found(
            why=f"No token of {name} changes what the network predicts, while tokens in the places of the padding do: "
            "the mask is the wrong way round.",
            fix="mask = tokens != 0  # Keras wants True where there is something to look at",
            measured=float(padding.mean()),
            threshold=padded,
            measured_in="share of the input that is padding",
            evidence={"input": name},
        )


def _padded(padding: np.ndarray, share: float) -> bool:
    """Whether the zeros are at the ends, and enough of them."""
    at_ends = np.logical_and.accumulate(padding, axis=1)
    at_ends |= np.logical_and.accumulate(padding[:, ::-1], axis=1)[:, ::-1]
    return bool(padding.mean() >= share and (at_ends == padding).all() and not padding.all())


def _reads(case: Case, name: str, values: np.ndarray, where: np.ndarray, anew: np.ndarray) -> bool:
    """Whether other values in these places change a prediction."""
    was, now = (predicted(case, name, given) for given in (values, np.where(where, anew, values)))
    return any(changed(was[head], now[head]) for head in was)


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="error",
    source="Keras documentation of MultiHeadAttention, attention_mask: 1 indicates attention, 0 no attention",
    rank=5,
    explains=("initialisation", "dynamics", "no_signal"),
    program="own_mask_upside_down",
)
