"""One program, looked at by Keras and by the checkup."""

from __future__ import annotations

import gc
import time
import traceback
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import keras
from programs.program import Program
from programs.suites import Entry

from nbdebug.adapters.keras.cases import make_case
from nbdebug.adapters.keras.explaining.explain import explain
from nbdebug.adapters.keras.watching.fit_reports import nothing, with_error
from nbdebug.checks.examine import examine
from nbdebug.records.explanation import Explanation
from nbdebug.records.finding import Finding
from nbdebug.records.report import Report

Run = dict[str, Any]

_KINDS = (UserWarning, SyntaxWarning)  # Keras gives some of its hints as the latter
_NAMES_IT: Mapping[str, tuple[str, ...]] = {
    "output_activation": ("softmax", "sigmoid", "logits"),
    "output_units": ("units", "axis", "class"),
    "loss": ("loss", "crossentropy"),
    "labels": ("label", "y_true"),
    "hidden_activation": ("activation",),
    "learning_rate": ("learning rate", "learning_rate"),
    "initialization": ("initializer",),
    "shape": ("shape", "structure"),
}


def judge(entry: Entry, seed: int, mended: bool, only: Sequence[str] | None = None) -> Run:
    """Build a program, let all or some checks judge it, and hear what Keras itself says about a faulty one."""
    begun = time.perf_counter()
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        program = entry.make(seed, mended)
    run = {"program": entry.name, "suite": entry.suite, "seed": seed, "mended": mended, "causes": list(entry.causes)}
    report, seen = _checkup(program, only)
    with warnings.catch_warnings(record=True) as later:
        warnings.simplefilter("always")
        raised, explanation = (None, None) if mended else _first_batch(program)
    report = with_error(report, explanation)  # as `nbdebug run` reports a fit that ends in an error
    run |= seen | {
        "findings": [_told(finding) for finding in report],
        "broke": [f"{v.check}: {v.why}" for v in report.verdicts if v.kind == "broke"],
        "unfit": [f"{v.check}: {v.why}" for v in report.verdicts if v.kind == "unfit"],
        "keras_raises": f"{type(raised).__name__}: {str(raised)[:300]}" if raised else "",
        "explained": explanation.cause if explanation else "",
    }
    texts = {str(warning.message) for warning in [*said, *later] if issubclass(warning.category, _KINDS)}
    run["keras_warns"] = sorted(text for text in texts if _names_fault(text, entry.causes))
    run["seconds"] = round(time.perf_counter() - begun, 2)
    keras.backend.clear_session()
    gc.collect()
    return run


def first_examples(program: Program) -> tuple[Any, Any]:
    """The first batch."""
    size = program.fit.get("batch_size", 32)
    return keras.tree.map_structure(lambda array: None if array is None else array[:size], (program.x, program.y))


def _checkup(program: Program, only: Sequence[str] | None) -> tuple[Report, Run]:
    """The report, and how long it took or why there is none: a program that cannot be looked at is a miss."""
    begun = time.perf_counter()
    try:
        case = make_case(program.model, program.x, program.y, validation=program.validation, fit=program.fit)
        return examine(case, only), {"error": "", "judged_in": round(time.perf_counter() - begun, 2)}
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return nothing(program.model, str(error)), {"error": f"{type(error).__name__} ({where.name}): {error}"}


def _told(finding: Finding) -> Run:
    return {
        "check": finding.check,
        "cause": finding.cause,
        "severity": finding.severity,
        "why": finding.why,
        "symptoms": [_told(symptom) for symptom in finding.symptoms],
    }


def _first_batch(program: Program) -> tuple[Exception | None, Explanation | None]:
    """What Keras raises, and what it means."""
    x, y = first_examples(program)
    try:
        program.model.run_eagerly = True  # building a graph would take most of the time
        program.model.fit(x, y, batch_size=program.fit.get("batch_size", 32), verbose=0)
    except Exception as error:  # some cases are crashes
        return error, explain(error, program.model, x, y)
    return None, None


def _names_fault(text: str, causes: tuple[str, ...]) -> bool:
    return any(word in text.lower() for cause in causes for word in _NAMES_IT.get(cause, ()))
