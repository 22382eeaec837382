"""Running checks: ranking, folding, verdicts, choice, and checks of other packages."""

import json
import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from nbdebug.checks import examine as running
from nbdebug.checks import walk
from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.examine import chosen, examine, rank
from nbdebug.errors import Cancelled, FaultsFound, NbdebugError
from nbdebug.records.case import Case
from nbdebug.records.finding import Finding
from nbdebug.records.report import SCHEMA

CASE = Case("net", (), (), {"x": np.zeros((2, 1))}, {})


def check(name, family="dynamics", severity="error", place=50, explains=(), output=None, **found):
    def judge(_case):
        yield Found(why=f"{name} is wrong.", fix="mend", output=output, **found)

    return Check(judge, "data", severity, "source", place, explains, name=name, family=family)


def run(monkeypatch, *checks, **more):
    monkeypatch.setattr(running, "all_checks", lambda: checks)
    return examine(CASE, **more)


def names(report):
    return [f.check for f in report]


def test_errors_come_first_then_families_then_ranks_then_names(monkeypatch):
    report = run(
        monkeypatch,
        check("note", "architecture", "note"),
        check("late", "dynamics"),
        check("b", "data", place=2),
        check("a", "data", place=2),
        check("first", "data", place=1),
        check("warning", "contract", "warning"),
    )
    assert names(report) == ["first", "a", "b", "late", "warning", "note"]


def test_a_cause_takes_its_symptoms_by_name_or_family(monkeypatch):
    report = run(
        monkeypatch,
        check("root", "architecture", explains=("dead", "initialisation")),
        check("dead"),
        check("start", "initialisation"),
        check("other"),
    )
    assert names(report) == ["root", "other"]
    assert [s.check for s in report.findings[0].symptoms] == ["start", "dead"]


def test_what_a_symptom_explains_is_a_symptom_too(monkeypatch):
    report = run(
        monkeypatch,
        check("root", "data", explains=("scale",)),
        check("scale", place=1, explains=("dynamics",)),
        check("dead", place=2),
    )
    assert names(report) == ["root"]
    assert [s.check for s in report.findings[0].symptoms] == ["scale", "dead"]


def test_one_output_has_one_finding_of_the_contract(monkeypatch):
    report = run(
        monkeypatch,
        check("head", "contract", place=1, output="a"),
        check("loss", "contract", place=2, output="a"),
        check("units", "contract", place=3, output="b"),
        check("data", "data", output="a"),
    )
    assert names(report) == ["head", "units", "data"]
    assert [s.check for s in report.findings[0].symptoms] == ["loss"]


def trained_in(monkeypatch, case):
    dead = replace(check("dead", explains=("dynamics",)), outcome=True)
    steps = replace(check("steps", severity="warning", explains=("dynamics",)), trains=True)
    monkeypatch.setattr(running, "all_checks", lambda: (dead, steps))
    return examine(case)


def test_what_training_led_to_comes_under_what_copies_confirm(monkeypatch):
    report = trained_in(monkeypatch, replace(CASE, began=None))
    assert names(report) == ["steps"]
    assert [s.check for s in report.findings[0].symptoms] == ["dead"]


def test_of_a_network_as_initialised_it_is_the_root_and_no_copy_is_trained(monkeypatch):
    report = trained_in(monkeypatch, CASE)
    assert names(report) == ["dead"]
    assert [v.why for v in report.verdicts] == ["", "copies are not trained before dead is mended"]


def test_a_symptom_is_never_worse_than_its_cause():
    pairs = [(c, _finding(c)) for c in (check("w", severity="warning", explains=("e",)), check("e"))]
    assert [f.check for f in rank(pairs)] == ["e", "w"]


def _finding(made):
    return Finding(made.name, made.cause, made.severity, "why", "fix")


def test_a_check_that_cannot_judge_or_breaks_silences_no_other(monkeypatch):
    def unfit(_case):
        raise Unfit("there are no labels")

    def broken(_case):
        raise KeyError("weights")

    judges = [("unfit", unfit), ("broken", broken), ("clear", lambda _: ()), ("unfit_too", unfit)]
    checks = [replace(check(name), judge=judge) for name, judge in judges]
    report = run(monkeypatch, *checks, check("found"))
    verdicts = {v.check: (v.kind, v.why) for v in report.verdicts}
    assert verdicts["unfit"] == ("unfit", "there are no labels")
    assert verdicts["broken"] == ("broke", "KeyError: 'weights'")
    assert verdicts["clear"] == ("clear", "")
    assert verdicts["found"] == ("found", "")
    assert names(report) == ["found"]
    reasons = report.to_text().splitlines()[-2:]
    assert reasons == ["could not judge: there are no labels (unfit, unfit_too)", "broke: KeyError: 'weights' (broken)"]
    assert "2 could not judge, 1 broke" in report.summary()


def test_cancelling_is_no_verdict(monkeypatch):
    def cancelled(_case):
        raise Cancelled("")

    with pytest.raises(Cancelled):
        run(monkeypatch, replace(check("slow"), judge=cancelled))


def test_every_verdict_is_told_as_it_comes(monkeypatch):
    told = []
    run(monkeypatch, check("a"), check("b"), on_verdict=lambda verdict, n: told.append((verdict.check, n)))
    assert told == [("a", 2), ("b", 2)]


def test_only_takes_names_and_families(monkeypatch):
    checks = (check("a", "data"), check("b", "data"), check("c"))
    assert names(run(monkeypatch, *checks, only=["c"])) == ["c"]
    assert names(run(monkeypatch, *checks, only=["data"])) == ["a", "b"]
    assert names(run(monkeypatch, *checks, only="a")) == ["a"]


def test_an_unknown_name_is_refused_with_the_one_that_was_meant():
    with pytest.raises(NbdebugError, match="softmax_on_one_unit"):
        chosen(["softmax_on_one_units"])


def test_a_finding_may_have_its_own_cause_and_severity(monkeypatch):
    (found,) = run(monkeypatch, check("a", cause=None), check("b", place=60)).findings[:1]
    assert (found.cause, found.severity, found.source) == ("data", "error", "source")

    def judge(_case):
        yield Found(why="Why.", fix="mend", cause="labels", severity="note")

    (own,) = run(monkeypatch, replace(check("c"), judge=judge))
    assert (own.cause, own.severity) == ("labels", "note")


def test_json_is_strict(monkeypatch):
    report = run(monkeypatch, check("a", measured=math.nan, threshold=math.inf))
    read = json.loads(report.to_json(), parse_constant=lambda name: pytest.fail(f"{name} is not strict JSON"))
    assert (read["schema"], read["findings"][0]["measured"], read["findings"][0]["threshold"]) == (SCHEMA, "nan", "inf")


def test_errors_can_be_raised(monkeypatch):
    with pytest.raises(FaultsFound, match="1 error in model 'net'"):
        run(monkeypatch, check("a"), check("b", severity="warning")).raise_for_errors()
    run(monkeypatch, check("b", severity="warning")).raise_for_errors()


def test_checks_of_other_packages_are_found_by_entry_point(monkeypatch):
    own = check("", family="")
    points = [SimpleNamespace(name="theirs", load=lambda: own)]
    monkeypatch.setattr(walk, "entry_points", lambda group: points if group == walk.GROUP else [])
    walk.all_checks.cache_clear()
    try:
        (brought,) = (known for known in walk.all_checks() if known.name == "theirs")
        assert brought.family == walk.FAMILIES[-1]
        assert names(examine(CASE, only=["theirs"])) == ["theirs"]
    finally:
        walk.all_checks.cache_clear()
