"""EarlyStopping asks for improvements that the loss has no room for, and ends the fit."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.initialisation._gains import waiting_for
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.5) -> Iterator[Found]:
    """A loss that cannot fall below 0 improves by `min_delta` at most as often as that goes into where it begins. Even
    where each of those improvements comes just in time, the fit ends before `share` of its epochs.
    """
    for waiting, epochs, begins in waiting_for(case, "stop"):
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
