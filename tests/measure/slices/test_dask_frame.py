"""The search over partitions against the search in memory."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from measure.slices.planted import noise

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.find import find

dd = pytest.importorskip("dask.dataframe")


@pytest.fixture(scope="module")
def example():
    frame, loss = noise(6_000, np.random.default_rng(0))
    frame["when"] = pd.date_range("2024-01-01", periods=len(frame), freq="h")
    frame.loc[::7, "city"] = None
    frame.loc[::9, "age"] = np.nan
    loss[(frame.device == "gen1") & (frame.ward == 2)] *= 2
    loss[:5] = np.nan
    return frame, loss


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("n_parts", [1, 20])
def test_partitions_give_the_same_slices_counts_and_sums(example, n_parts, weighted):
    from nbdebug.measure.slices.dask_frame import find_in_dask

    frame, loss = example
    weights = np.random.default_rng(1).integers(0, 3, len(loss)).astype(float)
    whole = find(frame, loss, weights if weighted else None, depth=3, n=50)
    parts = dd.from_pandas(frame.assign(loss=loss, weight=weights), npartitions=n_parts, sort=False)
    columns = list(frame.columns)
    found = find_in_dask(parts, "loss", "weight" if weighted else None, columns, depth=3, n=50)
    pd.testing.assert_frame_equal(found, whole, rtol=1e-9)
    assert found.attrs == whole.attrs
    assert len(whole) > 4


def test_two_workers_give_the_same(example):
    distributed = pytest.importorskip("distributed")
    from nbdebug.measure.slices.dask_frame import find_in_dask

    frame, loss = example
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster,
        distributed.Client(cluster),
    ):
        parts = dd.from_pandas(frame.assign(loss=loss), npartitions=4, sort=False)
        pd.testing.assert_frame_equal(find_in_dask(parts, "loss"), find(frame, loss), rtol=1e-9)


def test_an_unknown_column_is_told(example):
    from nbdebug.measure.slices.dask_frame import find_in_dask

    frame, loss = example
    with pytest.raises(NbdebugError, match="did you mean 'loss'"):
        find_in_dask(dd.from_pandas(frame.assign(loss=loss), npartitions=2), "los")


def test_a_search_in_memory_loads_no_dask():
    code = "import nbdebug.measure.slices.find, sys; print('dask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
