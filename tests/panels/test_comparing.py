"""The network against its metadata in the Predictions panel: scatter, gains, slices from a lasso and an interval."""

import keras
import numpy as np
import pandas as pd
import pytest

from nbdebug.panels.panel import Shared
from nbdebug.panels.predictions import PredictionsPanel
from nbdebug.panels.words import number
from nbdebug.session import Session

N = 300


def session_of(kind, n=N):
    random = np.random.default_rng(0)
    x = random.normal(size=(n, 3)).astype("float32")
    units, activation, loss, y = {
        "binary": (1, "sigmoid", "binary_crossentropy", (x[:, 0] + random.normal(size=n) > 0).astype("float32")),
        "classes": (3, "softmax", "sparse_categorical_crossentropy", (x + random.normal(size=x.shape)).argmax(1)),
        "number": (1, None, "mse", x[:, 0] + random.normal(size=n)),
    }[kind]
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(units, activation)])
    model.compile("sgd", loss)
    model.set_weights([np.eye(3, dtype="float32")[:, :units], np.zeros(units, "float32")])
    if kind == "binary":
        y[:20] = np.nan
    metadata = pd.DataFrame({"hint": x[:, 0] + random.normal(size=n), "city": random.choice(["a", "b"], n)})
    return Session(model, x, y, metadata=metadata, classes=list("abc") if units == 3 else None, batch_size=1000)


def opened(session):
    panel = PredictionsPanel(session, Shared.alone(session))
    stop = session.store.observe(panel.selected)
    panel.open()
    panel._comparing._compare()
    settled(panel)
    return panel, stop


def settled(panel):
    assert panel.bench.jobs.wait(60)
    assert panel.working._error.value == ""


@pytest.fixture(params=["binary", "classes", "number"])
def panel(request):
    session = session_of(request.param)
    made, stop = opened(session)
    yield made
    stop()
    made.release()
    session.close()


binary = pytest.mark.parametrize("panel", ["binary"], indirect=True)


def scatter_of(panel):
    return panel._comparing._shown._pairs._scatter


def test_each_example_is_a_point_and_each_error_a_cross(panel):
    table, scatter = panel.bench.predictions(), scatter_of(panel)
    known = table["label"].notna().to_numpy()
    held = panel.bench.baseline().prediction
    if "label_probability" in table:
        network, place = table["label_probability"], [list("abc").index(label) for label in table["label"]]
        held = held[np.arange(N), place]
        wrong = table["outcome"] == "wrong"
    elif "residual" in table:
        network = table["prediction"]
        wrong = table["residual"].abs() > np.median(np.abs(held - table["label"]))
    else:
        network = table["prediction"]
        wrong = (table["prediction"] >= 0.5) != (table["label"] == 1)
    for mark, of in ((scatter._dots, known & ~wrong), (scatter._crosses, known & wrong)):
        drawn = sorted(zip(mark.x, mark.y, strict=True))
        np.testing.assert_allclose(drawn, sorted(zip(held[of], network[of], strict=True)))
    caption = panel._comparing._shown._pairs._caption.value
    correlation = np.corrcoef(held[known], network[known])[0, 1]
    assert f"correlation of both {correlation:.2f}" in caption
    assert f"wrong ({(known & wrong).sum()};" in caption
    assert "density" not in caption


def test_a_click_selects_the_nearest_example(panel):
    pairs, scatter = panel._comparing._shown._pairs._pairs, scatter_of(panel)
    for place in (0, 5, 77):
        scatter._ground.mark._element_click_handlers(
            None, {"data": {"click_x": pairs.baseline[place] + 1e-6, "click_y": pairs.network[place]}}
        )
        assert panel.bench.selection.example == pairs.examples[place]
        assert scatter._ring.x[0] == pairs.baseline[place]
    panel.bench.select(example=3)
    assert scatter._ring.visible == (3 in pairs.examples)


def test_the_points_are_those_of_the_slice_and_the_comparison_stays(panel):
    panel.bench.select(slice='city == "a"')
    settled(panel)
    inside = panel.bench.slice_rows('city == "a"')
    counted = inside & panel.bench.predictions()["label"].notna().to_numpy()
    scatter = scatter_of(panel)
    assert len(scatter._dots.x) + len(scatter._crosses.x) == counted.sum()
    assert "of the slice" in panel._comparing._shown._pairs._caption.value
    panel.bench.select(slice=None)
    settled(panel)
    assert panel._comparing.comparison is not None


def around(scatter, middle):
    """A lasso around everything to the left of a line."""
    low, high = scatter._y.min - 1, scatter._y.max + 1
    scatter.lasso.corners = [[scatter._x.min - 1, low], [middle, low], [middle, high], [scatter._x.min - 1, high]]


def test_a_lasso_becomes_a_slice(panel):
    picture, scatter = panel._comparing._shown._pairs, scatter_of(panel)
    picture._slice._ask.value = True
    assert scatter.lasso.asked
    assert "arrow keys" in picture._slice._count.value
    middle = np.median(picture._pairs.baseline)
    around(scatter, middle)
    inside = picture._pairs.examples[picture._pairs.baseline < middle]
    assert picture._slice._count.value.startswith(f"{len(inside)} examples inside: a lasso over network ")
    picture._slice._name.value = "left half"
    picture._slice._button.click()
    settled(panel)
    assert panel.bench.selection.slice == "left half"
    np.testing.assert_array_equal(np.flatnonzero(panel.bench.slice_rows("left half")), inside)
    assert not scatter.lasso.asked
    assert scatter.lasso.corners == []
    panel.bench.select(slice=None)
    settled(panel)


def test_a_lasso_without_a_name_gets_one_that_no_slice_has(panel):
    picture, scatter = panel._comparing._shown._pairs, scatter_of(panel)
    middle, names = np.median(picture._pairs.baseline), []
    for _ in range(2):
        picture._slice._ask.value = True
        around(scatter, middle)
        n, left = int((picture._pairs.baseline < middle).sum()), scatter._x.min
        picture._slice._button.click()
        settled(panel)
        names.append(panel.bench.selection.slice)
        (found,) = panel.bench.compare_slices([names[-1]])
        assert "a lasso over network" in found.note
        assert f"metadata {number(left)} to {number(middle)}" in found.note
        panel.bench.select(slice=None)
        settled(panel)
    assert names == [f"lasso 1 ({n} examples)", f"lasso 2 ({n} examples)"]


def test_a_lasso_over_a_slice_holds_its_examples_only_and_says_so(panel):
    panel.bench.select(slice='city == "a"')
    settled(panel)
    picture, scatter = panel._comparing._shown._pairs, scatter_of(panel)
    picture._slice._ask.value = True
    around(scatter, scatter._x.max + 1)
    drawn = picture._pairs.examples
    assert picture._slice._count.value.endswith('of the slice city == "a".')
    picture._slice._button.click()
    settled(panel)
    name = panel.bench.selection.slice
    np.testing.assert_array_equal(np.flatnonzero(panel.bench.slice_rows(name)), drawn)
    panel.bench.select(slice=None)
    settled(panel)


def test_an_interval_of_the_histogram_becomes_a_slice(panel):
    scores, table = panel._scores, panel.bench.predictions()
    column = next(name for name in ("residual", "label_probability", "prediction") if name in table)
    low, high = table[column].quantile([0.2, 0.5])
    scores._slice._ask.value = True
    scores._histogram.region._brush.selected = [high, low]
    inside = np.flatnonzero([low <= value <= high for value in table[column]])
    assert scores._slice._count.value == f"{len(inside)} examples inside."
    scores._slice._button.click()
    settled(panel)
    name = panel.bench.selection.slice
    assert name.endswith(f"{number(low)} to {number(high)}")
    np.testing.assert_array_equal(np.flatnonzero(panel.bench.slice_rows(name)), inside)
    assert panel._scores._histogram.figure.interaction is None
    panel.bench.select(slice=None)
    settled(panel)


def test_gains_by_a_column_are_those_of_the_session(panel):
    gains = panel._comparing._shown._gains
    gains._by.value = "city"
    settled(panel)
    found = panel.bench.gain_by_slice("city")
    assert [made["key"] for made in gains._rows.rows] == found["slice"].tolist()
    assert set(found["slice"]) == {'city == "a"', 'city == "b"'}
    assert f"n = {found['n'][0]}" in gains._rows.rows[0]["cells"][1]
    panel._comparing._pick_slice(found["slice"][0])
    settled(panel)
    assert gains._rows.selected == found["slice"][0]
    panel._comparing._pick_slice(found["slice"][0])
    settled(panel)
    assert panel.bench.selection.slice is None


@binary
def test_columns_and_model_are_what_is_asked_for(panel):
    shown = panel._comparing._shown
    shown._columns.value, shown._model.value = ("hint",), "boosted trees"
    panel._comparing._compare()
    settled(panel)
    assert panel._comparing.comparison.sentence == panel.bench.baseline(["hint"], model="boosting").comparison.sentence
    assert "boosted trees of hint," in shown._note.value
    assert shown._fold.widget.children[0].description.endswith("of 1 column")
    assert eval(panel._comparing.call(), {"session": panel.bench}).columns == ("hint",)


@binary
def test_errors_follow_the_threshold_once_it_rests(panel):
    panel._scores._slider.value = 0.8
    panel._rest.now()
    settled(panel)
    table = panel.bench.predictions(threshold=0.8)
    wrong = table["outcome"].isin(("false_positive", "false_negative")).sum()
    assert len(scatter_of(panel)._crosses.x) == wrong


def test_many_examples_are_a_density_that_says_so():
    session = session_of("binary", 6_000)
    panel, stop = opened(session)
    scatter, caption = scatter_of(panel), panel._comparing._shown._pairs._caption.value
    assert "5,980 examples; more than 5,000 points: a density image" in caption
    assert not scatter._dots.visible
    table = session.predictions()
    wrong = table[table["outcome"].isin(("false_positive", "false_negative"))]
    furthest = (wrong["label"] - wrong["prediction"]).abs().sort_values(ascending=False)[:500]
    pairs = panel._comparing._shown._pairs._pairs
    drawn = set(pairs.examples[scatter._cloud.crosses].tolist())
    assert drawn == set(table.loc[furthest.index, "example"])
    assert f"wrong ({len(wrong):,};" in caption
    assert "the 500 furthest off drawn over it" in caption
    stop()
    panel.release()
    session.close()
