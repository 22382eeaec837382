import numpy as np
import pandas as pd
import pytest

from nbdebug.measure.memory import _of_container, as_text, available_bytes, size_of
from nbdebug.records import Activations, Layer

LAYER = Layer("d", "d", "Dense", None, (None, 3), 6, True, None, None, 1)


@pytest.mark.parametrize(
    ("result", "size"),
    [
        (np.zeros((2, 3), np.float32), 24),
        ({"a": np.zeros(4), "b": [np.zeros(2)]}, 48),
        (pd.DataFrame({"a": np.zeros(10)}), 80 + pd.DataFrame({"a": np.zeros(10)}).index.memory_usage()),
    ],
)
def test_arrays_are_found_wherever_they_are(result, size):
    assert size_of(result) == size


def test_records_count_their_arrays():
    record = Activations(LAYER, (0,), np.zeros((1, 3000), np.float32), None, False, "")
    assert 12_000 <= size_of(record) < 14_000


@pytest.mark.parametrize(("n", "text"), [(3, "3 bytes"), (1500, "1.5 kB"), (2.5e9, "2.5 GB"), (12e6, "12 MB")])
def test_bytes_read_well(n, text):
    assert as_text(n) == text


def test_the_machine_says_what_it_has():
    available = available_bytes()
    assert available is None or available > 1_000_000


def test_a_container_counts_what_it_only_caches_as_free(tmp_path):
    (tmp_path / "memory.max").write_text("1000\n")
    (tmp_path / "memory.current").write_text("900\n")
    (tmp_path / "memory.stat").write_text("anon 100\ninactive_anon 20\ninactive_file 300\nactive_file 400\n")
    assert _of_container(tmp_path) == 800
    (tmp_path / "memory.max").write_text("max\n")
    assert _of_container(tmp_path) is None
