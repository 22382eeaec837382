"""The loss on validation data rises for good while the loss on training data goes on falling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.dynamics._watched import watched
from nbdebug.records.case import Case


def judge(case: Case, *, rise: float = 0.25, epochs: int = 5) -> Iterator[Found]:
    """The validation loss was lowest at least `epochs` epochs ago, and ever since the mean of it is `rise` above that.
    One epoch of rise is noise; published tools that alarm on it are wrong on a third of healthy programs.
    """
    logged = watched(case).epochs
    if "val_loss" not in logged:
        raise Unfit("the fit had no validation data")
    validation, training = logged["val_loss"], logged["loss"]
    best = int(np.nanargmin(validation)) if np.isfinite(validation).any() else 0
    after = validation[best + 1 :]
    if len(after) < epochs or training[-1] >= training[best]:
        return
    rose = float(np.mean(after[-epochs:]) / validation[best] - 1) if validation[best] > 0 else 0.0
    if rose >= rise:
        held = _accuracy_held(logged, best)
        yield Found(
            why=f"Since epoch {best + 1} the loss on validation data has risen by {rose:.0%} while the loss on "
            f"training data went on falling{'; as many are right: the shares are too sure' if held else ''}.",
            fix="model.fit(..., callbacks=[keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)])",
            severity="note" if held else None,
            measured=rose,
            threshold=rise,
            measured_in="rise of the validation loss above its lowest",
            evidence={"loss": training.tolist(), "val_loss": validation.tolist()},
        )


def _accuracy_held(logged: Mapping[str, np.ndarray], best: int, slack: float = 0.01) -> bool:
    """Whether as many validation examples are right as when the loss was lowest; False where that was not logged."""
    shares = [values for name, values in logged.items() if name.startswith("val_") and "acc" in name]
    return bool(shares) and all(values[best + 1 :].mean() >= values[best] - slack for values in shares)


CHECK = Check(
    judge=judge,
    cause="regularization",
    severity="warning",
    source="Prechelt 1998, Early stopping - but when?",
    rank=60,
)
