"""What a checkup looks at: a network, its data and its training, as plain facts without a framework."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from nbdebug.records.mend import Trainer
from nbdebug.records.series import Series
from nbdebug.records.statistics import UnitStatistics
from nbdebug.records.waiting import Waiting

LossKind = Literal["binary", "categorical", "sparse", "regression", "poisson", "kl", "hinge", "other"]
LabelKind = Literal[
    "text", "one_hot", "multi_hot", "binary", "plus_minus", "classes", "shares", "distribution", "numbers", "none"
]


@dataclass(frozen=True)
class Node:
    """One call of one layer in the graph of a network.

    Args:
        name: as `session.layers` names it.
        type: class name, such as "Conv1D".
        activation: name of its activation function, None where it has none ("linear" where it has the identity).
        sources: names of the nodes, or of inputs, that it is computed from.
        input_shapes: one a source array, None for the example axis.
        output_shape: None for the example axis; () where it is not known.
        config: plain values of the layer's own configuration ("units", "rate", "axis", "use_bias", ...);
            initialisers and regularisers are named by their class.
        n_parameters: count of its own weights.
        trainable: False for a frozen layer.
        direct: True where it takes the outputs of its sources as they are, without operations in between.
    """

    name: str
    type: str
    activation: str | None
    sources: tuple[str, ...]
    input_shapes: tuple[tuple[int | None, ...], ...]
    output_shape: tuple[int | None, ...]
    config: Mapping[str, object]
    n_parameters: int
    trainable: bool
    direct: bool = True


@dataclass(frozen=True)
class Loss:
    """The compiled loss of a head: its name, what kind it is, and whether it takes logits.

    Args:
        ignored: class number that the loss leaves out, None without one.
        weight: what `compile` multiplies it by.
    """

    name: str
    kind: LossKind
    from_logits: bool = False
    ignored: int | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Labels:
    """What the labels of one head look like.

    Args:
        kind: "text"; "binary" (0 and 1), "plus_minus" (-1 and 1), "classes" (class numbers), "shares" (0 to 1) or
            "numbers" in one column; "one_hot", "multi_hot", "plus_minus", "distribution" (rows sum to 1), "shares" or
            "numbers" in several; "none" without labels.
        shape: of the array, first axis example.
        columns: how many columns, 1 without a column axis.
        n_classes: how many classes the labels tell apart, None where they are no classes.
        minimum, maximum, mean, std: over all labels that are not missing; NaN for text.
        distinct: how many different values (a lower bound for more than 100,000 labels).
        whole: whether all are whole numbers.
        missing: share that is NaN.
        several: share of the rows of 0 and 1 in several columns that hold more than one 1.
    """

    kind: LabelKind
    shape: tuple[int, ...] = ()
    columns: int = 1
    n_classes: int | None = None
    minimum: float = float("nan")
    maximum: float = float("nan")
    mean: float = float("nan")
    std: float = float("nan")
    distinct: int = 0
    whole: bool = False
    missing: float = 0.0
    several: float = 0.0


@dataclass(frozen=True)
class End:
    """One head: what it puts out, what it is held against, and how.

    Args:
        name: of the head.
        node: name of the node that makes it, None where operations outside of any layer do.
        activation: name of the activation that bounds it, "linear" where none is known.
        certain: True where that activation is the very last thing that happens to the values; False where operations
            come after it or none was found, so that only `values` can tell.
        shape: of one example.
        units: size of its last axis, 1 without one.
        loss: compiled loss, None without one.
        metrics: names of the compiled metrics of this head.
        labels: what its labels look like.
        values: predictions of the first examples, (example, ...).
        direct: True where the values are what `node` puts out, without operations in between.
        loss_at: predictions of the first examples -> the loss of each, None where it cannot be taken.
        batch_loss: predictions of a batch, and which of the first examples are in it -> their loss all at once, None
            where it cannot be taken.
    """

    name: str
    node: str | None
    activation: str
    certain: bool
    shape: tuple[int, ...]
    units: int
    loss: Loss | None
    metrics: tuple[str, ...]
    labels: Labels
    values: np.ndarray
    direct: bool = False
    loss_at: Callable[[np.ndarray], np.ndarray | None] | None = None
    batch_loss: Callable[[np.ndarray, np.ndarray], float | None] | None = None


@dataclass(frozen=True)
class Training:
    """How the network is, or will be, trained; None or "" where it is not known.

    Args:
        optimizer: class name in lower case, such as "adam".
        learning_rate: at the present step.
        epochs, batch_size, updates: of the coming `fit`; updates in all.
        accumulated: batches whose gradients are added up for one update.
        average: share of the old running average of weights that an update keeps, where that average replaces the
            weights at the end; None where none does.
        shuffle: whether examples are shuffled.
        class_weight: whether class or sample weights are given.
        class_weights: class number -> weight, empty without them.
        weightless: share of the sample weights that are 0.
        weight_decay: of the optimizer, None without one.
        clipped: norm or value that gradients are cut to, None where they are not.
        epsilon: what the optimizer adds to the size of gradients that it divides by; None where it has none.
        done: updates that the optimizer has made so far.
        scheduled: whether the learning rate follows a schedule.
        rates: learning rates at evenly spaced updates of the coming fit; None without a schedule that can be asked.
        peak: the highest rate of the schedule, however long it takes to get there; None where that is not known.
        momentum: share of the last step that the next one keeps, 0 without.
        validation_split: share of the examples, the last ones, that `fit` keeps back; 0 without.
        trainable: how many single weights training changes.
        waiting: callbacks that wait for a monitored number to improve.
    """

    optimizer: str = ""
    learning_rate: float | None = None
    epochs: int | None = None
    batch_size: int | None = None
    updates: int | None = None
    accumulated: int = 1
    average: float | None = None
    shuffle: bool | None = None
    class_weight: bool = False
    class_weights: Mapping[int, float] = field(default_factory=dict)
    weightless: float = 0.0
    weight_decay: float | None = None
    clipped: float | None = None
    epsilon: float | None = None
    done: int = 0
    scheduled: bool = False
    rates: np.ndarray | None = None
    peak: float | None = None
    momentum: float = 0.0
    validation_split: float = 0.0
    trainable: int | None = None
    waiting: tuple[Waiting, ...] = ()


@dataclass(frozen=True)
class Case:
    """Everything a check may ask about.

    Args:
        model: its name.
        nodes: in the order in which they run; empty where the graph could not be read.
        ends: one a head.
        inputs: input name -> (example, ...), as handed over.
        targets: head name -> labels as handed over.
        training: how it is trained.
        validation: (inputs, targets) of the validation data, None without.
        unreadable: why the graph could not be read, "" where it was.
        trainer: trains copies for counterfactuals, None where that is not possible.
        untrainable: why it is not possible, "" where it is.
        series: what a Monitor noted of the last fit, None without one.
        statistics: what every unit of every layer with units does over the first examples, computed when asked.
        weights: node name -> the weights of its layer by their names, read when asked.
        of_one: names of the nodes whose values, or a function of them, go through a softmax over an axis of length 1.
        began: node name -> standard deviation of its kernel as initialised, of layers that will be trained; None where
            they had been trained before they were looked at or watched.
        predict: inputs -> predictions of each head as in inference; None where it cannot be asked freely (the model
            takes batches of one size only, or keeps a state).
        draws: whether anything may be drawn at random in inference; each `predict` draws the same.
    """

    model: str
    nodes: tuple[Node, ...]
    ends: tuple[End, ...]
    inputs: Mapping[str, np.ndarray]
    targets: Mapping[str, np.ndarray]
    training: Training = field(default_factory=Training)
    validation: tuple[Mapping[str, np.ndarray], Mapping[str, np.ndarray]] | None = None
    unreadable: str = ""
    trainer: Trainer | None = None
    untrainable: str = ""
    series: Series | None = None
    statistics: Callable[[], Mapping[str, UnitStatistics]] = dict
    weights: Callable[[str], Mapping[str, np.ndarray]] = lambda _node: {}
    of_one: tuple[str, ...] = ()
    began: Mapping[str, float] | None = field(default_factory=dict)
    predict: Callable[[Mapping[str, np.ndarray]], Mapping[str, np.ndarray]] | None = None
    draws: Callable[[], bool] = lambda: True

    @property
    def untouched(self) -> bool:
        """Whether the weights are as initialised."""
        return self.began is not None and (self.series is None or not self.series.n_steps)

    def node(self, name: str | None) -> Node | None:
        """The node of that name, None without one."""
        return next((n for n in self.nodes if n.name == name), None)

    def before(self, node: Node) -> tuple[Node, ...]:
        """The nodes whose output a node takes."""
        return tuple(n for n in self.nodes if n.name in node.sources)

    def after(self, node: Node) -> tuple[Node, ...]:
        """The nodes that take the output of a node."""
        return tuple(n for n in self.nodes if node.name in n.sources)
