"""Small data sets with signal in them, each from one seed; those of scikit-learn stand in for larger ones."""

from __future__ import annotations

import numpy as np
from sklearn import datasets


def blobs(seed: int, n: int, features: int, classes: int = 2, spread: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Standardised features in one cloud a class; labels are class numbers."""
    rng = np.random.default_rng(seed)
    y = _balanced(rng, n, classes)
    x = rng.normal(size=(classes, features))[y] + spread * rng.normal(size=(n, features))
    return standardise(x), y


def rings(seed: int, n: int, features: int) -> tuple[np.ndarray, np.ndarray]:
    """Standard normal features; label 1 for the half that lies further from the middle (no plane parts them)."""
    x = np.random.default_rng(seed).normal(size=(n, features)).astype("float32")
    radius = np.linalg.norm(x[:, : min(features, 4)], axis=1)
    return x, (radius > np.median(radius)).astype("int64")


def curve(seed: int, n: int, features: int, targets: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Standard normal features and smooth targets of them, (n, targets), with mean 0 and deviation 1."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, features))
    mix = rng.normal(size=(features, targets)) / np.sqrt(features)
    bend = rng.normal(size=(features, targets)) / np.sqrt(features)
    y = x @ mix + 0.5 * np.tanh(2 * x @ bend) + 0.05 * rng.normal(size=(n, targets))
    return x.astype("float32"), standardise(y)


def pictures(seed: int, n: int, shape: tuple[int, ...], classes: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Values of 0 to 1, (n, *shape) with channels last: a coarse pattern a class under noise; labels class numbers."""
    rng = np.random.default_rng(seed)
    y = _balanced(rng, n, classes)
    *space, channels = shape
    coarse = rng.uniform(size=(classes, *(min(4, size) for size in space), channels))
    grid = np.ix_(range(classes), *(np.arange(s) * min(4, s) // s for s in space), range(channels))
    return (0.5 * coarse[grid][y] + 0.5 * rng.uniform(size=(n, *shape))).astype("float32"), y


def waves(seed: int, n: int, times: int, channels: int = 1, classes: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Noisy sines, (n, times, channels), of one frequency a class; labels are class numbers."""
    rng = np.random.default_rng(seed)
    y = _balanced(rng, n, classes)
    phase = rng.uniform(0, 2 * np.pi, size=(n, 1, channels))
    cycles = (1 + 2 * y)[:, None, None] * np.arange(times)[None, :, None] / times
    x = np.sin(2 * np.pi * cycles + phase) + 0.3 * rng.normal(size=(n, times, channels))
    return x.astype("float32"), y


def tokens(seed: int, n: int, length: int, vocabulary: int, classes: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Word numbers from 1, (n, length), every class with words it likes; labels are class numbers."""
    rng = np.random.default_rng(seed)
    y = _balanced(rng, n, classes)
    liked = rng.integers(1, vocabulary, size=(classes, 8))
    x = rng.integers(1, vocabulary, size=(n, length))
    own = liked[y[:, None], rng.integers(0, 8, size=(n, length))]
    return np.where(rng.uniform(size=(n, length)) < 0.4, own, x).astype("int32"), y


def word_counts(seed: int, n: int, vocabulary: int, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """How often each word occurs in each text, (n, vocabulary); labels are class numbers."""
    x, y = tokens(seed, n, 60, vocabulary, classes)
    return np.stack([np.bincount(row, minlength=vocabulary) for row in x]).astype("float32"), y


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Written digits, (1797, 8, 8, 1) in 0 to 1, stand-in for MNIST."""
    data = datasets.load_digits()
    return (data.images / 16.0).astype("float32")[..., None], data.target


def colour_digits() -> tuple[np.ndarray, np.ndarray]:
    """Written digits, (1797, 16, 16, 3) in raw 0 to 255, stand-in for CIFAR-10."""
    x, y = digits()
    large = np.kron(x, np.ones((1, 2, 2, 1)))
    return (255 * large * np.array([1.0, 0.8, 0.6])).round().astype("float32"), y


def iris() -> tuple[np.ndarray, np.ndarray]:
    """Standardised iris measurements, (150, 4), and 3 classes."""
    data = datasets.load_iris()
    return standardise(data.data), data.target


def cancer(raw: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Breast cancer measurements, (569, 30), standardised unless raw (0 to 4254), and 2 classes."""
    data = datasets.load_breast_cancer()
    return (data.data.astype("float32") if raw else standardise(data.data)), data.target


def diabetes() -> tuple[np.ndarray, np.ndarray]:
    """Diabetes progression: standardised features (442, 10) and raw targets (442, 1) of 25 to 346."""
    x, y = datasets.load_diabetes(return_X_y=True)
    return standardise(x), y[:, None].astype("float32")


def pima(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Raw medical measurements like those of Pima, (768, 8) in 0 to 850, and 2 classes; made, not measured."""
    z, y = blobs(seed, 768, 8, spread=1.5)
    middle = np.array([4, 121, 69, 21, 80, 32, 0.5, 33], "float32")
    return np.maximum(middle + z * middle / 3, 0).astype("float32"), y


def one_hot(y: np.ndarray, classes: int | None = None) -> np.ndarray:
    """Class numbers as rows with a single 1."""
    return np.eye(classes or int(y.max()) + 1, dtype="float32")[y]


def standardise(x: np.ndarray) -> np.ndarray:
    """Every column with mean 0 and deviation 1."""
    return ((x - x.mean(axis=0)) / (x.std(axis=0) + 1e-12)).astype("float32")


def _balanced(rng: np.random.Generator, n: int, classes: int) -> np.ndarray:
    return rng.permutation(np.arange(n) % classes)
