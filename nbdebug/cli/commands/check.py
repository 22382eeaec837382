"""Check a saved model and its data."""

from __future__ import annotations

import argparse
from pathlib import Path

from nbdebug.cli.npz import arranged, read_npz
from nbdebug.cli.writing import require_writable, write_json
from nbdebug.errors import NbdebugError
from nbdebug.records.report import SCHEMA, Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Exit status: 0 no errors found, 1 errors found, 2 the model or the data cannot be used."
    parser.add_argument("model", type=Path, metavar="MODEL.keras", help="a model as model.save writes it")
    parser.add_argument(
        "data",
        type=Path,
        metavar="DATA.npz",
        help="arrays x and y, and x_val and y_val if there are; or named as the inputs and outputs of the model",
    )
    parser.add_argument("--report", type=Path, metavar="FILE.json", help="where to write the report")
    parser.add_argument("--epochs", type=int, help="how many epochs it will be trained")
    parser.add_argument("--batch-size", type=int, help="how many examples a batch will have")
    parser.add_argument(
        "--import", dest="code", action="append", default=[], metavar="FILE.py", help="code of layers of your own"
    )
    parser.add_argument("--trust", action="store_true", help="let Python code inside the model file run")


def run(given: argparse.Namespace) -> int:
    for name, value in (("--epochs", given.epochs), ("--batch-size", given.batch_size)):
        if value is not None and value < 1:
            raise NbdebugError("The number is too small.", got=f"{name} {value}", fix="a whole number from 1")
    if given.report is not None:
        require_writable(given.report)
    report = checked(given)
    if given.report is not None:
        content = {"schema": SCHEMA, "script": str(given.model), "outcome": "ok", "error": None}
        write_json(given.report, {**content, "fits": [report.to_dict()]})
    print(report)
    return int(bool(report.of_severity("error")))


def checked(given: argparse.Namespace) -> Report:
    """The report of a model and data that are named on the command line.

    Raises:
        NbdebugError: they cannot be read, or do not belong together.
    """
    arrays = read_npz(given.data)
    from nbdebug.adapters.keras.loading import import_code, load_model  # what is missing is told before Keras is loaded
    from nbdebug.adapters.keras.structure import ports
    from nbdebug.checkup import check

    for name in given.code:
        import_code(name)
    model = load_model(given.model, given.trust)
    heads = list(getattr(model, "output_names", None) or [])
    x, y, validation = arranged(arrays, [port.name for port in ports(model)], heads)
    fit = {"epochs": given.epochs, "batch_size": given.batch_size}
    return check(model, x, y, validation=validation, **{name: value for name, value in fit.items() if value})
