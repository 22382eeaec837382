"""From raw results to the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from programs.judging import Run

from nbdebug.checks.walk import all_checks

LOUD = ("error", "warning")


def hit(run: Run, within: int) -> bool:
    """Whether one of the first findings names an accepted cause."""
    return any(finding["cause"] in run["causes"] for finding in run["findings"][:within])


def clear(twin: Run, faulty: Run) -> bool:
    """Whether the mended twin has neither an error nor what was rightly found in the faulty program."""
    rightly = {f["check"] for f in faulty["findings"] if f["cause"] in faulty["causes"]}
    return not twin["error"] and not any(f["severity"] == "error" or f["check"] in rightly for f in twin["findings"])


def table(runs: Sequence[Run]) -> str:
    """Everything, as text."""
    faulty = [run for run in runs if run["suite"] == "faulty" and not run["mended"]]
    parts = [_shares(runs, faulty), _per_check(runs, faulty), _listed(runs, faulty)]
    return "\n\n".join("\n".join(part) for part in parts)


def _shares(runs: Sequence[Run], faulty: Sequence[Run]) -> Iterator[str]:
    twins = {_key(run): run for run in runs if run["suite"] == "faulty" and run["mended"]}
    pairs = [(twins[_key(run)], run) for run in faulty if _key(run) in twins]
    healthy = [run for run in runs if run["suite"] == "healthy"]
    yield f"faulty {_counted(faulty)}   healthy {_counted(healthy)}"
    yield _row("root cause first (an accepted cause)", _share(faulty, lambda r: hit(r, 1)), ">= 92 %")
    yield _row("  the first listed cause itself", _share(faulty, lambda r: hit(r | {"causes": r["causes"][:1]}, 1)))
    yield _row("in the first three", _share(faulty, lambda r: hit(r, 3)), ">= 97 %")
    yield _row("mended twins clear", _share(pairs, lambda pair: clear(*pair)), ">= 97 %")
    yield _row("  mended twins with a warning", _share(pairs, lambda pair: _has(pair[0], "warning")))
    yield _row("healthy: errors", str(sum(_has(r, "error") or bool(r["error"]) for r in healthy)), "0")
    yield _row("healthy: runs with warnings", _share(healthy, lambda r: _has(r, "warning")), "<= 5 %")
    yield _row("findings a faulty program, mean", _mean([len(r["findings"]) for r in faulty]), "<= 1.5")
    loud = [sum(f["severity"] in LOUD for f in r["findings"]) for r in faulty]
    yield _row("  without notes", _mean(loud))
    yield _row("same first cause for every seed", _share(_by_program(faulty), _steady), ">= 95 %")
    yield _row("named by a warning of Keras", _share(_by_program(faulty), lambda rs: any(r["keras_warns"] for r in rs)))
    crashed = [run for run in faulty if run["keras_raises"]]
    yield _row("Keras raises", _share(_by_program(faulty), lambda rs: any(r["keras_raises"] for r in rs)))
    yield _row("  explained by an accepted cause", _share(crashed, lambda r: r.get("explained") in r["causes"]))
    judged = sorted(r["judged_in"] for r in runs if "judged_in" in r) or [0.0]
    yield _row("seconds a checkup, median and longest", f"{judged[len(judged) // 2]:.1f}, {judged[-1]:.1f}")


def _per_check(runs: Sequence[Run], faulty: Sequence[Run]) -> Iterator[str]:
    """Misses are counted for every check of the root cause of a program in which no finding was accepted."""
    hits, later, folded, beside = Counter(), Counter(), Counter(), Counter()
    for run in faulty:
        for place, finding in enumerate(run["findings"]):
            right = finding["cause"] in run["causes"]
            (beside if not right else later if place else hits)[finding["check"]] += 1
            folded.update(symptom["check"] for symptom in finding["symptoms"])
    missed = Counter(run["causes"][0] for run in faulty if not hit(run, 3))
    false = Counter(f["check"] for run in runs if run["mended"] for f in run["findings"] if f["severity"] in LOUD)
    yield "| check | hits, first | hits, later | folded | misses of its cause | beside the point | false alarms |"
    yield "|---|---|---|---|---|---|---|"
    for check in all_checks():
        counts = (hits, later, folded, {check.name: missed[check.cause]}, beside, false)
        yield " | ".join((f"| {check.name}", *(str(count.get(check.name, 0) or "") for count in counts))) + " |"


def _listed(runs: Sequence[Run], faulty: Sequence[Run]) -> Iterator[str]:
    for title, chosen in (
        ("Root cause not first", [r for r in faulty if not hit(r, 1)]),
        ("Errors and warnings on mended and healthy programs", [r for r in runs if r["mended"] and _speaks(r)]),
        ("Checks that broke", [r for r in runs if r["broke"]]),
    ):
        yield f"{title}:"
        yield from (_line(rs) for rs in _by_program(chosen))
    named = sorted({r["program"] for r in faulty if r["keras_warns"]})
    yield f"Named by Keras: {', '.join(named) or 'none'}"


def _line(runs: Sequence[Run]) -> str:
    run, seeds = runs[0], ",".join(str(r["seed"]) for r in runs)
    state = " (mended)" if run["mended"] and run["suite"] == "faulty" else ""
    got = [f"{f['severity']} {f['check']} -> {f['cause']}" for f in run["findings"]] + run["broke"]
    wanted = f" wanted {' / '.join(run['causes'])};" if not run["mended"] else ""
    return f"  {run['suite']}/{run['program']}{state} seeds {seeds}:{wanted} got {run['error'] or got or 'nothing'}"


def _steady(runs: Sequence[Run]) -> bool:
    first = {run["findings"][0]["cause"] if run["findings"] else None for run in runs}
    return len(first) == 1 and None not in first


def _by_program(runs: Iterable[Run]) -> list[list[Run]]:
    groups: dict[tuple[str, str, bool], list[Run]] = {}
    for run in runs:
        groups.setdefault((run["suite"], run["program"], run["mended"]), []).append(run)
    return list(groups.values())


def _key(run: Run) -> tuple[str, int]:
    return run["program"], run["seed"]


def _has(run: Run, severity: str) -> bool:
    return any(finding["severity"] == severity for finding in run["findings"])


def _speaks(run: Run) -> bool:
    return bool(run["error"]) or any(_has(run, severity) for severity in LOUD)


def _counted(runs: Sequence[Run]) -> str:
    return f"{len({run['program'] for run in runs})} programs, {len(runs)} runs"


def _share(things: Sequence, holds: Callable) -> str:
    n = sum(bool(holds(thing)) for thing in things)
    return f"{100 * n / len(things):.1f} % ({n} of {len(things)})" if things else "-"


def _mean(numbers: Sequence[int]) -> str:
    return f"{sum(numbers) / len(numbers):.2f}" if numbers else "-"


def _row(what: str, value: str, target: str = "") -> str:
    return f"{what:<42} {value:<24} {target}".rstrip()
