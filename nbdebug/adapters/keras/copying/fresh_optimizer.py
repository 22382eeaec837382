"""The optimizer of a copy: as compiled, or as a mend has it."""

from __future__ import annotations

from typing import Any

import keras

from nbdebug.records.mend import Mend


def fresh_optimizer(optimizer: Any, mend: Mend) -> Any:
    """One more of the same, with what the mend changes."""
    if mend.optimizer is not None:
        return keras.optimizers.get(mend.optimizer)
    config = {**optimizer.get_config(), **mend.settings}
    if "gradient_accumulation_steps" in config:
        # A few dozen steps are too few to gather gradients in; that too many are gathered is told elsewhere.
        config["gradient_accumulation_steps"] = None
    if mend.learning_rate is not None and is_scheduled(optimizer):
        config["learning_rate"] = mend.learning_rate
    return type(optimizer).from_config(config)


def is_scheduled(optimizer: Any) -> bool:
    """Whether its learning rate follows a schedule, and so cannot be set."""
    return isinstance(optimizer.get_config().get("learning_rate"), dict)
