"""Data in partitions against the same data in memory, and what travels to workers."""

from itertools import pairwise

import keras
import numpy as np
import pandas as pd
import pytest

from nbdebug.errors import NbdebugError
from nbdebug.session import Session

da = pytest.importorskip("dask.array")
dd = pytest.importorskip("dask.dataframe")

N, CUTS = 900, (200, 0, 350, 350)


class Halved(keras.layers.Layer):
    """What Keras does not know by name."""

    def call(self, inputs):
        return inputs / 2


def halved_error(label, prediction):
    return keras.losses.binary_crossentropy(label, prediction) / 2


@pytest.fixture(scope="module")
def data():
    """Labels sorted, so that the first partitions hold one class only; some are missing."""
    rng = np.random.default_rng(0)
    metadata = pd.DataFrame({"device": rng.choice(["gen1", "gen2"], N), "age": rng.integers(20, 80, N) * 1.0})
    x = rng.normal(size=(N, 3)).astype("float32")
    y = np.sort(rng.integers(0, 2, N)).astype("float32")
    y[::40] = np.nan
    x[:, 0] += np.where((metadata["device"] == "gen1").to_numpy(), rng.normal(size=N) * 3, 3 * np.nan_to_num(y))
    return x, y, metadata


@pytest.fixture(scope="module")
def session(data):
    keras.utils.set_random_seed(0)
    layers = [keras.Input((3,)), Halved(), keras.layers.Dense(4, "tanh"), keras.layers.Dense(1, "sigmoid", name="risk")]
    model = keras.Sequential(layers)
    model.compile("sgd", halved_error)
    model.layers[-1].set_weights([np.ones((4, 1), "float32"), np.zeros(1, "float32")])
    x, y, metadata = data
    session = Session(model, x, y, metadata=metadata, batch_size=64)
    yield session
    session.close()


def cut(data):
    x, y, metadata = data
    edges = np.cumsum((0, *CUTS))
    frames = [metadata.iloc[a:b] for a, b in pairwise(edges)]
    whole = dd.concat([dd.from_pandas(frame, npartitions=1) for frame in frames])
    return da.from_array(x, chunks=(CUTS, (2, 1))), da.from_array(y, chunks=N), whole


def same_as_in_memory(session, data):
    x, y, metadata = cut(data)
    parts = session.in_parts(x, y, metadata=metadata)
    for threshold in (0.5, 0.8):
        found = parts.predictions(threshold=threshold).compute()
        whole = session.predictions(threshold=threshold)
        for table in (found, whole):  # dask has a text type of its own
            table["outcome"] = table["outcome"].astype(object).where(table["outcome"].notna(), "")
        pd.testing.assert_frame_equal(found, whole, check_dtype=False, check_index_type=False, rtol=1e-5)
    for metric in ("loss", "accuracy"):
        slices = parts.find_slices(metric=metric, depth=2)
        pd.testing.assert_frame_equal(slices, session.find_slices(metric=metric, depth=2), rtol=1e-6)
        assert len(slices)


def test_threads_of_this_process_give_what_memory_gives(session, data):
    same_as_in_memory(session, data)


def test_two_workers_hold_one_model_each_and_give_the_same(session, data):
    distributed = pytest.importorskip("distributed")
    from nbdebug.adapters.in_parts.worker import n_models

    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        same_as_in_memory(session, data)
        assert set(client.run(n_models).values()) == {1}


def test_a_partition_that_does_not_fit_is_told_by_its_number(session, data):
    x, y, metadata = cut(data)
    other = y.map_blocks(lambda part: np.where(part == 1, 7, part), dtype=y.dtype)
    with pytest.raises(NbdebugError, match=r"Partition [23]: Labels of risk lie outside the range"):
        session.in_parts(x, other, metadata=metadata).predictions().compute()
    swapped = dd.concat([metadata.partitions[k] for k in (0, 1, 3)] + [metadata.partitions[0]])
    with pytest.raises(NbdebugError, match="Partition 3: metadata and x differ in length"):
        session.in_parts(x, y, metadata=swapped).predictions().compute()


def test_what_is_not_in_partitions_or_cut_otherwise_is_refused_before_any_work(session, data):
    x, y, metadata = cut(data)
    with pytest.raises(NbdebugError, match=r"x is not in partitions\.\nGot: ndarray"):
        session.in_parts(data[0])
    with pytest.raises(NbdebugError, match=r"y is not in partitions"):
        session.in_parts(x, data[1])
    with pytest.raises(NbdebugError, match="x and y differ in length"):
        session.in_parts(x, y[:-1])
    with pytest.raises(NbdebugError, match=r"metadata is not cut as x is\.\nGot: 1 partitions for 4 chunks"):
        session.in_parts(x, y, metadata=metadata.partitions[:1])
    with pytest.raises(NbdebugError, match="compute_chunk_sizes"):
        session.in_parts(x[x[:, 0] > 0])
    with pytest.raises(NbdebugError, match="There is no metadata"):
        session.in_parts(x, y).find_slices()
    with pytest.raises(NbdebugError, match="did you mean 'age'"):
        session.in_parts(x, y, metadata=metadata).find_slices(columns=["agee"])


def test_predictions_of_other_weights_are_refused(session, data):
    x, y, _ = cut(data)
    asked = session.in_parts(x, y).predictions()
    layer = session._probe.model.layers[-1]
    before = layer.get_weights()
    try:
        layer.set_weights([before[0] * 2, before[1]])
        with pytest.raises(NbdebugError, match="The weights changed"):
            asked.compute()
    finally:
        layer.set_weights(before)


def test_several_inputs_and_classes_by_name(data):
    _, _, metadata = data
    rng = np.random.default_rng(1)
    left, right = keras.Input((2,), name="left"), keras.Input((3,), name="right")
    merged = keras.layers.Concatenate()([left, right])
    heads = {
        "kind": keras.layers.Dense(3, "softmax", name="kind")(merged),
        "size": keras.layers.Dense(1, name="size")(merged),
    }
    model = keras.Model({"left": left, "right": right}, heads)
    model.compile("sgd", {"kind": "sparse_categorical_crossentropy", "size": "mse"})
    x = {"left": rng.normal(size=(N, 2)).astype("float32"), "right": rng.normal(size=(N, 3)).astype("float32")}
    y = {"kind": np.sort(rng.integers(0, 3, N)), "size": rng.normal(size=N).astype("float32")}
    session = Session(model, x, y, metadata=metadata, classes={"kind": ["a", "b", "c"]})
    parts = session.in_parts(
        {name: da.from_array(part, chunks=300) for name, part in x.items()},
        {name: da.from_array(part, chunks=450) for name, part in y.items()},
        metadata=dd.from_pandas(metadata, npartitions=3),
        sample_weight=da.ones(N, chunks=300),
    )
    for output in ("kind", "size"):
        found, whole = parts.predictions(output).compute(), session.predictions(output)
        assert found["label"].tolist() == whole["label"].tolist()
        np.testing.assert_allclose(found["loss"], whole["loss"], rtol=1e-5)
    assert list(parts.find_slices(output="size", metric="MAE")["n"]) == list(
        session.find_slices(output="size", metric="MAE")["n"]
    )
    session.close()
    with pytest.raises(NbdebugError, match="closed"):
        parts.predictions("size").compute()
