"""A penalty or a limit on weights so strong that the network learns to be small and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._copies import penalised
from nbdebug.checks.dynamics._trial import trial
from nbdebug.records.case import Case, Node
from nbdebug.records.mend import Mend

_KINDS = ("kernel", "recurrent", "bias", "embeddings", "activity")
_REGULARISERS = tuple(f"{kind}_regularizer" for kind in _KINDS)
_CONSTRAINTS = ("kernel_constraint", "recurrent_constraint", "embeddings_constraint")
_NORMS = ("MaxNorm", "UnitNorm", "MinMaxNorm")


def judge(
    case: Case, *, kept: float = 0.8, added: float = 0.67, least: float = 0.2, patience: int = 4
) -> Iterator[Found]:
    """Copies lose less than `kept` of the loss that copies without any penalty lose, and these end at least `least`
    lower in every seed, after `patience` times the usual steps: a limit shows once weights have come to it. The penalty
    itself is not counted. A penalty is there to cost something; one on weights that costs a fifth of what can be
    learned rules the gradient. Where there are only terms of `add_loss`, such as that of a variational autoencoder, it
    is `added`: what they ask for is wanted for itself.
    """
    limited = {node.name: _limits(node) for node in case.nodes if _limits(node)}
    if not limited and not penalised(case):
        return
    limits = {name: dict.fromkeys(n for n in given if n in _CONSTRAINTS) for name, given in limited.items()}
    without = Mend(layers={name: given for name, given in limits.items() if given}, penalties=False)
    tried = trial(case, without, patience=patience)
    limit = (kept if limited else added) * tried.learned_mended
    if tried.learned >= limit or not tried.helps(least):
        return
    name = next(iter(limited), None)
    what = f"The {limited[name][0].replace('_', ' ')} of {name}" if name else "What layers add to the loss by add_loss"
    yield Found(
        why=f"{what} outweighs the loss: copies lose {max(0.0, tried.learned):.0%} of their loss in {tried.steps} "
        f"steps, without it {tried.learned_mended:.0%}.",
        fix=f"{_weaker(limited[name][0])}  # in {', '.join(limited)}, or none at all"
        if name
        else "self.add_loss(0.01 * penalty)  # of the size of the loss of the data, or smaller",
        layer=name,
        measured=tried.learned,
        threshold=limit,
        measured_in="share of the loss that training gets rid of",
        evidence={"curves": tried.curves(), "layers": list(limited)},
    )


def _limits(node: Node) -> list[str]:
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
