"""Measure the checkup on all programs: `python tests/programs [--seeds 3] [--only NAME] [--json FILE]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).parents[1]))

from programs.judging import Run, judge
from programs.suites import HERE, entries
from programs.tables import table


def wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tests/programs", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3, help="how many seeds a program")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--only", nargs="+", default=("",), help='parts of "suite/name"')
    parser.add_argument("--checks", nargs="+", help="names of checks or families; all without")
    parser.add_argument("--folder", type=Path, default=HERE, help="other programs, in its folders faulty and healthy")
    parser.add_argument("--json", type=Path, help="where raw results go")
    parser.add_argument("--read", type=Path, nargs="+", help="print the table of raw results instead of measuring")
    return parser.parse_args()


def measured(given: argparse.Namespace) -> list[Run]:
    """Every program and seed; what was found is said at once, and kept at once where that was asked for."""
    runs: list[Run] = []
    for entry in entries(*given.only, folder=given.folder):
        for mended in entry.states:
            for seed in range(given.first_seed, given.first_seed + given.seeds):
                runs.append(judge(entry, seed, mended, given.checks))
                print(said(runs[-1]), file=sys.stderr, flush=True)
        if given.json:
            given.json.write_text(json.dumps(runs, indent=1))
    return runs


def said(run: Run) -> str:
    state = "mended" if run["mended"] else "faulty"
    got = [f"{f['severity']} {f['check']} -> {f['cause']}" for f in run["findings"]]
    return f"{run['seconds']:6.1f} s  {run['program']} {state} {run['seed']}: {got or run['error'] or 'nothing'}"


if __name__ == "__main__":
    given = wanted()
    print(table([run for f in given.read for run in json.loads(f.read_text())] if given.read else measured(given)))
