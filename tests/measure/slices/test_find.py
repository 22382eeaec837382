"""Planted slices come first, and none is made up where there is none."""

import numpy as np
import pandas as pd
import pytest
from measure.slices.planted import noise, planted
from scipy import stats

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.find import find
from nbdebug.measure.slices.halves import discovery_half, draws
from nbdebug.measure.slices.query import holds


@pytest.mark.parametrize("n_conditions", [1, 2, 3])
def test_a_planted_slice_comes_first(n_conditions):
    for seed in range(2):
        frame, loss, parts = planted(100_000, n_conditions, np.random.default_rng(seed))
        found = find(frame, loss, depth=3, seed=seed)
        assert set(found.slice[0].split(" and ")) == parts
        assert found.significant[0]


def test_without_a_slice_none_is_significant_more_often_than_said():
    told = 0
    for seed in range(20):
        frame, loss = noise(2_000, np.random.default_rng(seed))
        told += find(frame, loss, depth=3, seed=seed).significant.any()
    assert told <= 4


def _example():
    rng = np.random.default_rng(3)
    frame, loss = noise(6_000, rng)
    loss[(frame.device == "gen1") & (frame.ward == 2)] *= 2
    return frame, loss


@pytest.mark.parametrize("weighted", [False, True])
def test_every_number_is_scipys_on_the_confirmation_half(weighted):
    frame, loss = _example()
    weights = np.full(len(loss), 2.5) if weighted else None
    found = find(frame, loss, weights, seed=4)
    second = ~discovery_half(draws(0, len(loss), 4))
    columns = {name: frame[name] for name in frame}
    for row in found.itertuples():
        mask = holds(row.slice, columns)[0]
        inside, outside = loss[mask & second], loss[~mask & second]
        expected = stats.ttest_ind(inside, outside, equal_var=False)
        interval = expected.confidence_interval()
        assert row.n == mask.sum()
        np.testing.assert_allclose(
            [row.share, row.loss_share, row.inside, row.outside, row.p, row.low, row.high],
            [mask.mean(), inside.sum() / loss[second].sum(), inside.mean(), outside.mean(), expected.pvalue, *interval],
            rtol=1e-7,
        )
    assert len(found) > 3


def test_p_is_corrected_over_all_that_were_confirmed():
    frame, loss = _example()
    found = find(frame, loss, depth=1)
    assert find(frame, loss, depth=1).attrs["summary"].split("; ")[1].startswith(f"{len(found)} were")
    np.testing.assert_allclose(found.corrected_p, stats.false_discovery_control(found.p))


def test_losses_of_zero_and_one_are_compared_as_shares():
    frame, loss = _example()
    hits = (loss > 2).astype(float)
    row = find(frame, hits).iloc[0]
    assert row.slice == 'device == "gen1" and ward == 2'
    second = ~discovery_half(draws(0, len(loss), 0))
    inside = ((frame.device == "gen1") & (frame.ward == 2)).to_numpy()[second]
    table = pd.crosstab(inside, hits[second])
    chi2 = stats.chi2_contingency(table, correction=False)[0] * (second.sum() - 1) / second.sum()
    assert row.p == pytest.approx(stats.chi2.sf(chi2, 1), rel=1e-6)
    assert row.low < row.difference < row.high


def test_a_child_is_shown_only_if_it_says_more_than_its_parent():
    rng = np.random.default_rng(0)
    frame, loss = noise(40_000, rng)
    loss[frame.device == "gen1"] += 1
    found = find(frame, loss, depth=3, n=100)
    assert found.slice[0] == 'device == "gen1"'
    assert (found.parent == found.slice[0]).sum() <= 5
    loss[(frame.device == "gen1") & (frame.sex == "f") & (frame.ward == 0)] += 2
    nested = find(frame, loss, depth=3).set_index("slice")
    child = 'device == "gen1" and ward == 0 and sex == "f"'
    assert nested.parent[child] in (
        'device == "gen1"',
        'device == "gen1" and ward == 0',
        'device == "gen1" and sex == "f"',
    )
    assert nested.significant[child]


def test_the_seed_fixes_the_halves():
    frame, loss = _example()
    pd.testing.assert_frame_equal(find(frame, loss, seed=1), find(frame, loss, seed=1))
    assert find(frame, loss, seed=1).p[0] != find(frame, loss, seed=2).p[0]


def test_what_is_left_out_is_said():
    rng = np.random.default_rng(0)
    n = 5_000
    frame = pd.DataFrame(
        {
            "id": [f"user-{i}" for i in range(n)],
            "tags": [[i] for i in range(n)],
            "same": 1,
            "never": np.nan,
            "city": rng.choice([f"c{i}" for i in range(100)], n),
            "mixed": rng.choice(np.array([1, "1", 2.5, None], dtype=object), n),
            "when": pd.Series(pd.date_range("2024-01-01", periods=n, freq="h", tz="Asia/Tokyo")),
            "a`b": 1,
            "many": pd.Categorical(rng.choice(["x", "y"], n), categories=["x", "y", "z"]),
        }
    )
    loss = rng.exponential(size=n)
    loss[:3] = np.inf
    loss[3_000:] *= 3
    found = find(frame, loss, min_support=50)
    note = found.attrs["note"]
    for said in (
        "id is left out: every value is different",
        "tags is left out: its values cannot be compared",
        "same is left out: it has one value only",
        "never is left out: it is missing everywhere",
        "a`b is left out: its name holds a backtick",
        "city: the 20 most frequent of 100 values, the others taken together",
        "mixed: values of several kinds, taken as texts",
        "3 examples without a finite loss are left out",
    ):
        assert said in note
    assert found.slice.str.contains("when > ").any()
    for query in found.slice:
        assert holds(query, {str(name): frame[name] for name in frame})[0].sum() > 0


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        ({"columns": ["devise"]}, "no column"),
        ({"depth": 5}, "depth is out of range"),
        ({"min_support": 0}, "min_support"),
        ({"alpha": 2}, "alpha"),
        ({"alpha": 0.9, "weights": np.ones(6_000)}, "SliceLine"),
        ({"weights": -np.ones(6_000)}, "Weights"),
        ({"weights": np.ones(3)}, "one number an example"),
    ],
)
def test_what_cannot_be_asked_is_said(bad, what):
    with pytest.raises(NbdebugError, match=what):
        find(*_example(), **bad)


@pytest.mark.parametrize(
    "loss", [np.ones(6_000), np.full(6_000, np.nan), np.r_[1.0, np.full(5_999, np.nan)], np.zeros(6_000)]
)
def test_nothing_to_find_is_an_empty_frame_that_says_why(loss):
    found = find(_example()[0], loss)
    assert not len(found)
    assert found.attrs["note"]


def test_no_examples_and_no_columns_find_nothing():
    assert not len(find(pd.DataFrame({"a": []}), np.zeros(0)))
    assert not len(find(pd.DataFrame(index=range(50)), np.arange(50.0)))


@pytest.mark.parametrize("binary", [False, True])
def test_two_columns_that_say_the_same_are_one_slice(binary):
    rng = np.random.default_rng(6)
    frame, loss = noise(8_000, rng)
    frame["firmware"] = frame["device"].map(lambda device: "old" if device == "gen1" else "new")
    loss[frame.device == "gen1"] *= 2
    if binary:  # equal counts and sums do not make two sets the same
        loss = (loss > 1.5).astype(float)
    found = find(frame, loss, depth=2, seed=0)
    assert {found.slice[0], *found.same[0]} == {'device == "gen1"', 'firmware == "old"'}
    columns = {name: frame[name] for name in frame}
    masks = [holds(text, columns)[0] for text in found.slice]
    for place, mask in enumerate(masks):
        assert not any(np.array_equal(mask, other) for other in masks[:place])
        for text in found.same[place]:
            np.testing.assert_array_equal(holds(text, columns)[0], mask)
    alone = find(frame.drop(columns="firmware"), loss, depth=2, seed=0)
    assert (alone.same == ()).all()
    assert found.slice[0] in (alone.slice[0], 'firmware == "old"')
