"""EarlyStopping asks for improvements that the loss has no room for, and ends the fit."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.initialisation._first_loss import room
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.5) -> Iterator[Found]:
    """A loss that cannot fall below 0 improves by `min_delta` at most as often as that goes into where it begins. Even
    where each of those improvements comes just in time, the fit ends before `share` of its epochs.
    """
    epochs = case.training.epochs
    for waiting in case.training.waiting:
        if waiting.deed != "stop" or waiting.monitor not in ("loss", "val_loss") or waiting.least <= 0:
            continue
        if epochs is None:
            raise Unfit("how many epochs this fit has is not known")
        begins = room(case)
        improvements = int(begins / waiting.least)
        last = 1 + (improvements + 1) * max(1, waiting.patience)
        if last < share * epochs:
            yield Found(
                why=f"EarlyStopping counts an epoch as progress if {waiting.monitor} falls by {waiting.least:g}, and "
                f"the loss begins at {begins:.3g}: whatever happens, the fit ends after {last} of its {epochs} epochs.",
                fix=f'keras.callbacks.EarlyStopping(monitor="{waiting.monitor}", patience=5, min_delta=0, '
                "restore_best_weights=True)",
                measured=float(last),
                threshold=share * epochs,
                measured_in="epochs at most",
                evidence={"min_delta": waiting.least, "loss at first": begins},
            )


CHECK = Check(
    judge=judge,
    cause="epochs",
    severity="warning",
    source="Keras documentation of EarlyStopping, min_delta; Prechelt 1998, Early stopping - but when?",
    rank=3,
    explains=("dynamics", "budget"),
    program="own_stops_at_once",
)
