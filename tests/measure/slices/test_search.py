"""The search against all conjunctions, one after another."""

import itertools

import numpy as np
import pandas as pd
import pytest
from measure.slices.planted import naive_search

from nbdebug.measure.slices import search as searching
from nbdebug.measure.slices.asked import Asked
from nbdebug.measure.slices.confirm import Told
from nbdebug.measure.slices.counts import Counts, Plan
from nbdebug.measure.slices.found import query_of
from nbdebug.measure.slices.in_memory import InMemory
from nbdebug.measure.slices.query import holds
from nbdebug.measure.slices.run import candidates_of
from nbdebug.measure.slices.scores import Strength


@pytest.fixture(autouse=True)
def weak_ones_too(monkeypatch):
    monkeypatch.setattr(Strength, "least", 0.0)


def searched(frame, loss, weights=None, **asked):
    asked = Asked(**asked)
    examples = InMemory.of(frame, loss, weights, asked)
    every = examples.tell([], True).sums([()])[0]
    found = candidates_of(examples, asked, every)
    return [(c.score, query_of(c.conditions, examples.codings)) for c in found], examples


def masks_of(frame, examples):
    columns = {str(name): frame[name] for name in frame}
    return {c.name: {text: holds(text, columns)[0] for text in c.texts} for c in examples.codings}


def small(n, seed):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "device": rng.choice(["gen1", "gen2", None], n),
            "age": np.where(rng.random(n) < 0.1, np.nan, rng.normal(50, 15, n)),
            "ward": rng.integers(0, 3, n),
            "smoker": pd.array(rng.choice([True, False, None], n), dtype="boolean"),
            "seen": pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 300, n), unit="h"),
        }
    )
    loss = rng.exponential(size=n) * np.where((frame.device == "gen1") & (frame.ward == 1), 2, 1)
    return frame, loss


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("weighted", [False, True])
def test_finds_what_all_conjunctions_one_by_one_give(depth, weighted):
    frame, loss = small(500, depth)
    loss[:7] = np.nan
    weights = np.random.default_rng(depth).integers(0, 4, 500).astype(float) if weighted else None
    found, examples = searched(frame, loss, weights, depth=depth, n=1000, bins=3, min_support=24, seed=depth)
    counting = np.ones(500) if weights is None else weights
    n_kept = int((np.isfinite(loss) & (counting > 0)).sum())
    n_first = examples.discovery.codes.shape[1]
    support = max(10, int(np.ceil(24 / n_kept * n_first)))
    expected = naive_search(masks_of(frame, examples), loss, counting, depth, support, depth, least=0)
    assert len(expected) > 2
    assert {text for _, text in found} == {text for _, text in expected}
    np.testing.assert_allclose([score for score, _ in found], [score for score, _ in expected], rtol=1e-9)


@pytest.mark.parametrize("n", [1, 3, 10])
def test_the_few_strongest_are_the_head_of_the_long_list(n):
    """Bounds cut more the fewer are kept: they must cut nothing that belongs to them."""
    frame, loss = small(2000, 1)
    long, _ = searched(frame, loss, depth=4, n=1000, bins=3)
    assert len(long) > n
    assert searched(frame, loss, depth=4, n=n, bins=3)[0] == long[:n]


def test_passes_in_small_parts_find_the_same(monkeypatch):
    frame, loss = small(2000, 2)
    whole, _ = searched(frame, loss, depth=3, n=50)
    monkeypatch.setattr(searching, "CELLS", 40)
    assert searched(frame, loss, depth=3, n=50)[0] == whole


@pytest.mark.parametrize("alpha", [0.5, 0.9, 1.0])
@pytest.mark.parametrize("n", [5, 1000])
def test_slicelines_score_written_out_ranks_the_same(alpha, n):
    frame, loss = small(600, 5)
    found, examples = searched(frame, loss, depth=3, alpha=alpha, n=n, bins=3, min_support=30)
    half = examples.discovery
    x, codes = half.x + examples.losses.shift, half.codes
    support = int(np.ceil(30 / 600 * len(x)))
    expected = []
    for columns in [c for d in (1, 2, 3) for c in itertools.combinations(range(len(codes)), d)]:
        groups = pd.DataFrame({c: codes[c] for c in columns} | {"x": x}).groupby(list(columns)).x
        for key, each in groups:
            score = alpha * (each.mean() / x.mean() - 1) - (1 - alpha) * (len(x) / len(each) - 1)
            if len(each) >= support and score > 0:
                expected.append((score, query_of(tuple(zip(columns, key, strict=True)), examples.codings)))
    expected = sorted(expected, key=lambda each: -each[0])[:n]
    np.testing.assert_allclose([score for score, _ in found], [score for score, _ in expected], rtol=1e-9)
    if n == 1000:
        assert {text for _, text in found} == {text for _, text in expected}


def test_every_text_holds_the_examples_of_its_code():
    frame, loss = small(400, 6)
    examples = InMemory.of(frame, loss, None, Asked(bins=4))
    columns = {str(name): frame[name] for name in frame}
    for coding in examples.codings:
        codes = coding.codes(frame[coding.name])
        for code, text in enumerate(coding.texts):
            np.testing.assert_array_equal(holds(text, columns)[0], codes == code, err_msg=text)


def test_parts_merge_to_the_whole():
    rng = np.random.default_rng(0)
    codes, x = rng.integers(0, 3, (4, 1000)).astype(np.uint8), rng.normal(size=1000)
    plan = Plan((3, 3, 3, 3), {(0,): np.array([0, -1, 1])}, {(): (0, 1), (0,): (1, 3)})
    whole, merged = Counts(plan, False), Counts(plan, False)
    whole.update(codes, x)
    for at in np.array_split(np.arange(1000), 3):
        part = Counts(plan, False)
        part.update(codes[:, at], x[at])
        merged.merge(part)
    for columns in whole.counted():
        np.testing.assert_array_equal(whole.sums(columns).n, merged.sums(columns).n)
        np.testing.assert_allclose(whole.sums(columns).wx, merged.sums(columns).wx, rtol=1e-9)
    held = (codes[0] == 2) & (codes[3] == 1)
    assert whole.sums((0, 3)).n[1 * 3 + 1] == held.sum()
    np.testing.assert_allclose(whole.sums((0, 3)).wxx[4], (x[held] ** 2).sum())


def test_sums_told_of_conjunctions_are_those_of_their_masks():
    rng = np.random.default_rng(1)
    codes, x, w = rng.integers(0, 3, (4, 900)).astype(np.uint8), rng.normal(size=900), rng.random(900)
    told = Told.of([((0, 1), (2, 2), (3, 0))])
    told.update(codes, x, w)
    held = (codes[0] == 1) & (codes[3] == 0)
    sums = told.sums([((0, 1), (3, 0)), ()])
    assert sums.n.tolist() == [held.sum(), 900]
    np.testing.assert_allclose(sums.wx, [(w * x)[held].sum(), (w * x).sum()])
    np.testing.assert_allclose(sums.w2, [(w * w)[held].sum(), (w * w).sum()])
