"""Two halves and a sample of the examples, told from their positions alone, so that parts of the data agree on them."""

import numpy as np
from jaxtyping import Bool

SAMPLED = 100_000


def draws(start: int, n: int, seed: int) -> np.ndarray:
    """64 random bits for each of the positions start ... start + n, the same however the data are cut into parts."""
    return np.random.PCG64(seed).advance(start).random_raw(n)


def discovery_half(drawn: np.ndarray) -> Bool[np.ndarray, "example"]:
    """Which examples slices are searched on; the others confirm them."""
    return drawn >> np.uint64(63) == 1


def sampled(drawn: np.ndarray, n_examples: int) -> Bool[np.ndarray, "example"]:
    """About 100,000 of all examples, to set the edges of bins by; all where there are fewer."""
    if n_examples <= SAMPLED:
        return np.ones(len(drawn), dtype=bool)
    return (drawn & np.uint64(2**32 - 1)) < np.uint64(2**32 * SAMPLED / n_examples)
