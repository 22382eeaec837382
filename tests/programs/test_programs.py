"""The programs are what they say: they build, run one batch, and name causes of cases that exist."""

from __future__ import annotations

import re
import time

import keras
import pytest
from programs.judging import first_examples
from programs.program import Program
from programs.suites import Entry, entries

from nbdebug.records.finding import CAUSES

ALL = [(entry, mended) for entry in entries() for mended in entry.states]
NAMES = [f"{entry.suite}-{entry.name}-{'mended' if mended else 'faulty'}" for entry, mended in ALL]
FAULTY = [entry for entry in entries() if entry.suite == "faulty"]
BENCHMARKS = ("DM", "DL", "DFD", "DC", "NL", "D4ML", "UM", "OWN")


@pytest.fixture(autouse=True)
def _forget():
    yield
    keras.backend.clear_session()


def one_batch(program: Program) -> None:
    program.model.run_eagerly = True  # building a graph would take most of the time
    x, y = first_examples(program)
    program.model.fit(x, y, batch_size=program.fit.get("batch_size", 32), verbose=0)


@pytest.mark.parametrize(("entry", "mended"), ALL, ids=NAMES)
def test_builds_and_trains_on_one_batch(entry: Entry, mended: bool):
    begun = time.perf_counter()
    program = entry.make(0, mended)
    if entry.raises and not mended:
        with pytest.raises(Exception):  # noqa: B017
            one_batch(program)
    else:
        one_batch(program)
    assert time.perf_counter() - begun < 60
    assert program.fit["epochs"] > 0


@pytest.mark.parametrize("entry", FAULTY, ids=lambda entry: entry.name)
def test_names_known_causes_and_its_case(entry: Entry):
    assert entry.causes
    assert set(entry.causes) <= set(CAUSES)
    assert len(set(entry.causes)) == len(entry.causes)
    case = re.search(rf"^((?:{'|'.join(BENCHMARKS)})-[\w-]+) \(", entry.told, re.MULTILINE)
    assert case
    assert case[1].lower().replace("-", "_") == entry.name


def test_the_suites_are_large_enough():
    assert len(FAULTY) >= 70
    assert len(list(entries("healthy/"))) >= 32


@pytest.mark.parametrize("name", ["faulty/dm_42472447", "healthy/shares"])
def test_a_seed_makes_the_same_program_again(name: str):
    (entry,) = entries(name)
    first, again = entry.make(3), entry.make(3)
    for a, b in zip(first.model.get_weights(), again.model.get_weights(), strict=True):
        assert (a == b).all()
    assert (first.x == again.x).all()
    assert (first.y == again.y).all()
