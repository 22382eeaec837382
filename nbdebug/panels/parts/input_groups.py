"""Inputs that are shown as one: a network that takes each column of a table as an input of its own shows a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Num

from nbdebug.records import Input, Sensitivity


@dataclass(frozen=True)
class InputGroup:
    """One input, or several of one number each.

    Args:
        names: of the inputs.
        given: what they are shown as.
    """

    names: tuple[str, ...]
    given: Input

    def values(self, by_name: Mapping[str, np.ndarray]) -> Num[np.ndarray, "*axes"]:
        """What an example holds, out of that of all inputs."""
        if len(self.names) == 1:
            return by_name[self.names[0]]
        return np.concatenate([by_name[name].reshape(-1) for name in self.names])

    def sensitivity(self, by_name: Mapping[str, Sensitivity]) -> Sensitivity | None:
        """How a number depends on them, 0 on an input that has no gradient; None where none has one.

        A category has a gradient for each dimension of its embedding; they are added up.
        """
        known = [by_name[name] for name in self.names if name in by_name]
        if not known or len(self.names) == 1:
            return known[0] if known else None
        each = [by_name.get(name) for name in self.names]
        return replace(
            known[0],
            values=np.array([0.0 if one is None else one.values.sum() for one in each]),
            mean_signed=np.array([0.0 if one is None else one.mean_signed.sum() for one in each]),
            underflow=np.array([one is not None and bool(one.underflow.any()) for one in each]),
            masked=None,
            input=self.given.name,
        )


def input_groups(inputs: Sequence[Input]) -> tuple[InputGroup, ...]:
    """Inputs of one number each as one table, where there are several; the others as they are."""
    single = [given for given in inputs if given.kind == "tabular" and given.shape == (1,)]
    if len(single) < 2:
        return tuple(InputGroup((given.name,), given) for given in inputs)
    names = tuple(given.name for given in single)
    table = Input(f"{len(names)} features", "tabular", (len(names),), tuple(given.channels[0] for given in single))
    others = (InputGroup((given.name,), given) for given in inputs if given not in single)
    return InputGroup(names, table), *others
