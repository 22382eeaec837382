"""Where the evidence of a finding is seen: what to select, which panel to open, what stands in its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbdebug.panels.bench import Bench
from nbdebug.panels.words import number
from nbdebug.records.finding import Finding

_MOST_LISTED = 12
_CURVES = ("loss", "val_loss")
_ELSEWHERE = (*_CURVES, "curves", "steps")


@dataclass(frozen=True)
class Place:
    """What to select, and the panel that shows it; None where the card itself is all there is."""

    fields: Mapping[str, Any]
    panel: str | None


@dataclass(frozen=True)
class Curves:
    """Lines over steps or epochs.

    Args:
        lines: name -> values.
        at: where the values of every line lie, None for 1, 2, 3 ...
        over: what lies along the axis.
    """

    lines: Mapping[str, Sequence[float]]
    at: Sequence[float] | None
    over: str


def place_of(finding: Finding, bench: Bench) -> Place:
    """Where to look: at an example that shows it, else its layer, its input, its output."""
    layer = _layer(finding, bench)
    example = finding.examples[0] if finding.examples else None
    output = next((o.name for o in bench.outputs if finding.output in (o.name, o.head)), None)
    time = finding.evidence.get("time")
    given = {
        "example": int(example) if example is not None and 0 <= example < bench.n_examples else None,
        "layer": layer,
        "output": output,
        "time": time if isinstance(time, int) and 0 <= time < bench.time_axis.n else None,
    }
    fields = {name: value for name, value in given.items() if value is not None}
    named = finding.layer is not None or "layers" in finding.evidence
    panels = [
        ("example", "example" in fields),
        ("activations", layer is not None and finding.layer is not None),
        ("model", named),
        ("example", "input" in finding.evidence),
        ("predictions", output is not None),
    ]
    return Place(fields, next((panel for panel, shows in panels if shows), None))


def facts(finding: Finding) -> list[str]:
    """What else the check noted, in a line each."""
    lines = [f"{name.replace('_', ' ')}: {_text(v)}" for name, v in finding.evidence.items() if name not in _ELSEWHERE]
    if len(finding.examples) > 0:
        lines.append(f"examples: {_text(finding.examples)}")
    return lines


def curves(finding: Finding) -> Curves | None:
    """The lines it rests on, None without any."""
    evidence = finding.evidence
    compared = evidence.get("curves")
    if isinstance(compared, Mapping):
        return Curves({str(name): _values(line) for name, line in compared.items()}, None, "look, every few updates")
    lines = {name: _values(evidence[name]) for name in _CURVES if name in evidence}
    if not lines:
        return None
    steps = evidence.get("steps")
    return Curves(_named(lines), None, "epoch") if steps is None else Curves(lines, _values(steps), "step")


def _layer(finding: Finding, bench: Bench) -> str | None:
    layers = finding.evidence.get("layers")
    first = layers[0] if isinstance(layers, list | tuple) and layers else None
    name = str(finding.layer or first or "").split("@")[0]
    return next((layer.name for layer in bench.layers if layer.name == name and layer.output_shape is not None), None)


def _named(lines: Mapping[str, list[float]]) -> dict[str, list[float]]:
    names = {"loss": "training data", "val_loss": "validation data"}
    return {names[name]: values for name, values in lines.items()}


def _values(line: Any) -> list[float]:
    return [float(value) for value in line]


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_text(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        more = f" and {len(value) - _MOST_LISTED:,} more" if len(value) > _MOST_LISTED else ""
        return ", ".join(_text(inner) for inner in value[:_MOST_LISTED]) + more
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else number(value)
