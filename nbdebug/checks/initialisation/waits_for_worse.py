"""A callback takes a falling loss, or a rising accuracy, for a sign that nothing improves."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case
from nbdebug.records.waiting import Waiting

_LOWER = ("loss", "mae", "mse", "mape", "msle", "rmse", "error", "crossentropy", "logcosh", "log_cosh", "hinge")
_HIGHER = ("acc", "accuracy", "auc", "precision", "recall", "f1_score", "r2_score", "iou")


def judge(case: Case) -> Iterator[Found]:
    """Names of Keras' own metrics, and of losses: which of them is better low, and which high, is in what they are."""
    for waiting in case.training.waiting:
        better = _better(waiting.monitor)
        if better is None or waiting.mode not in ("min", "max") or waiting.mode == better:
            continue
        falls = "fall" if better == "min" else "rise"
        does = "ends training" if waiting.deed == "stop" else "takes the learning rate down"
        yield Found(
            why=f'{_NAMES[waiting.deed]}(monitor="{waiting.monitor}", mode="{waiting.mode}") waits for '
            f"{waiting.monitor} to {'rise' if better == 'min' else 'fall'}: it {does} after {_epochs(waiting)} in "
            f"which it {falls}s as it should.",
            fix=f'keras.callbacks.{_NAMES[waiting.deed]}(..., monitor="{waiting.monitor}", mode="{better}")',
            cause="usage" if waiting.deed == "stop" else "learning_rate",
        )


_NAMES = {"stop": "EarlyStopping", "reduce": "ReduceLROnPlateau"}


def _better(monitor: str) -> str | None:
    words = f"_{monitor.lower()}"
    if words.endswith(tuple(f"_{name}" for name in _LOWER)) or words.endswith("_crossentropy"):
        return "min"
    return "max" if words.endswith(tuple(f"_{name}" for name in _HIGHER)) else None


def _epochs(waiting: Waiting) -> str:
    n = max(1, waiting.patience)
    return f"{n} epoch{'s' * (n > 1)}"


CHECK = Check(
    judge=judge,
    cause="usage",
    severity="error",
    source="Keras documentation of EarlyStopping and ReduceLROnPlateau, mode",
    rank=1,
    explains=("initialisation", "dynamics"),
    program="own_stops_when_it_improves",
)
