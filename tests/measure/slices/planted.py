"""Data whose slices are known, and the search written out over masks."""

import itertools

import numpy as np
import pandas as pd

from nbdebug.measure.slices.halves import discovery_half, draws


def noise(n, rng):
    """Six columns that say nothing of the loss, and the loss."""
    frame = pd.DataFrame(
        {
            "device": rng.choice(["gen1", "gen2", "gen3", "gen4", "gen5"], n),
            "ward": rng.integers(0, 5, n),
            "sex": rng.choice(["f", "m"], n),
            "age": rng.normal(50, 15, n).round(1),
            "city": rng.choice([f"c{i}" for i in range(12)], n),
            "smoker": rng.random(n) < 0.4,
        }
    )
    return frame, rng.exponential(size=n)


def planted(n, n_conditions, rng, share=0.01, times=2.0):
    """Noise with one slice of `share` of the examples where the loss is `times` as high, and its query's parts."""
    frame, loss = noise(n, rng)
    names, values = ("first", "second", "third")[:n_conditions], ("a", "b", "c")
    inside = rng.random(n) < share
    one = share ** (1 / n_conditions)
    for name, value in zip(names, values, strict=False):
        frame[name] = np.where(rng.random(n) < one, value, rng.choice(["x", "y", "z"], n))
    # exactly the share of examples holds all conditions: what does so by chance loses one, what is inside gets all
    together = np.logical_and.reduce([frame[name] == value for name, value in zip(names, values, strict=False)])
    frame.loc[together & ~inside, names[-1]] = "x"
    for name, value in zip(names, values, strict=False):
        frame.loc[inside, name] = value
    loss[inside] *= times
    parts = {f'{name} == "{value}"' for name, value in zip(names, values, strict=False)}
    return frame, loss, parts


def naive_search(masks, loss, weights, seed, support, depth, least):
    """All conjunctions by their strength: (score, texts), strongest first. `masks` maps column -> text -> mask."""
    first = discovery_half(draws(0, len(loss), seed)) & np.isfinite(loss) & (weights > 0)
    w, x = weights[first], loss[first]
    every = _variance(x, w)

    def against(inside, rest):
        if _kish(w[rest]) <= 1 + 1e-9 or _kish(w[inside]) <= 1 + 1e-9:
            return -np.inf
        a = max(_variance(x[inside], w[inside]), every) / _kish(w[inside])
        b = max(_variance(x[rest], w[rest]), every) / _kish(w[rest])
        return (np.average(x[inside], weights=w[inside]) - np.average(x[rest], weights=w[rest])) / np.sqrt(a + b)

    found = []
    for size in range(1, depth + 1):
        for columns in itertools.combinations(masks, size):
            for texts in itertools.product(*(masks[column] for column in columns)):
                conditions = [masks[c][t][first] for c, t in zip(columns, texts, strict=True)]
                inside = np.logical_and.reduce(conditions)
                if support <= inside.sum() < len(x):
                    scores = [against(inside, ~inside)]
                    wider = [some for few in range(1, size) for some in itertools.combinations(conditions, few)]
                    scores += [against(inside, np.logical_and.reduce(some) & ~inside) for some in wider]
                    found.append((min(scores), " and ".join(texts)))
    return sorted((each for each in found if each[0] > least), key=lambda each: -each[0])


def _kish(w):
    return w.sum() ** 2 / (w**2).sum() if len(w) else 0


def _variance(x, w):
    n = _kish(w)
    if n <= 1 + 1e-9:
        return np.nan
    return np.average((x - np.average(x, weights=w)) ** 2, weights=w) * n / (n - 1)
