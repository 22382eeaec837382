"""A penalty or a limit on weights so strong that the network learns to be small and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._trial import trial
from nbdebug.records.case import Case, Node
from nbdebug.records.mend import Mend

_REGULARISERS = ("kernel_regularizer", "recurrent_regularizer", "bias_regularizer", "activity_regularizer")
_CONSTRAINTS = ("kernel_constraint", "recurrent_constraint")
_NORMS = ("MaxNorm", "UnitNorm", "MinMaxNorm")


def judge(case: Case, *, kept: float = 0.67, least: float = 0.2) -> Iterator[Found]:
    """Copies lose less than `kept` of the loss that copies without any penalty lose, and these end at least `least`
    lower in every seed. The penalty itself is not counted. A penalty is there to cost something; one that costs a
    third of what can be learned in the first steps rules the gradient.
    """
    regularised = {node.name: _regularisers(node) for node in case.nodes if _regularisers(node)}
    if not regularised:
        return
    without = Mend(layers={name: dict.fromkeys(given) for name, given in regularised.items()})
    tried = trial(case, without)
    if tried.learned >= kept * tried.learned_mended or not tried.helps(least):
        return
    name = next(iter(regularised))
    yield Found(
        why=f"The {regularised[name][0].replace('_', ' ')} of {name} outweighs the loss: copies lose "
        f"{max(0.0, tried.learned):.0%} of their loss in {tried.steps} steps, without it {tried.learned_mended:.0%}.",
        fix=f"{_weaker(regularised[name][0])}  # in {', '.join(regularised)}, or none at all",
        layer=name,
        measured=tried.learned,
        threshold=kept * tried.learned_mended,
        measured_in="share of the loss that training gets rid of",
        evidence={"curves": tried.curves(), "layers": list(regularised)},
    )


def _regularisers(node: Node) -> list[str]:
    given = [name for name in _REGULARISERS if node.config.get(name)]
    return given + [name for name in _CONSTRAINTS if _class(node.config.get(name)) in _NORMS]


def _weaker(name: str) -> str:
    constraint = name in _CONSTRAINTS
    return f"{name}=keras.constraints.MaxNorm(4.0)" if constraint else f"{name}=keras.regularizers.L2(1e-4)"


def _class(config: object) -> str:
    return str(config.get("class_name", "")) if isinstance(config, Mapping) else str(config)


CHECK = Check(
    judge=judge,
    cause="regularization",
    severity="warning",
    source="Goodfellow et al. 2016, Deep Learning, 7.1; confirmed on copies of the network",
    rank=15,
    explains=("dynamics",),
    trains=True,
    program="dc_r1",
)
