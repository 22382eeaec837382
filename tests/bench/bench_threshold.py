"""Moving the threshold of 50,000 examples, from the key to the repaint of counts, curve and worst list."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from bench_page import _lab, _settled
from row import Row

MOVES = 40
PEOPLE = """
import keras, numpy as np, nbdebug
rng = np.random.default_rng(0)
x = rng.normal(size=(50_000, 4)).astype("float32")
y = (x[:, 0] + rng.normal(size=50_000) > 0).astype("float32")
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, "sigmoid", name="risk")], name="people")
model.compile("sgd", "binary_crossentropy")
session = nbdebug.debug(model, x, y, batch_size=5000)
"""
MOVED = """async key => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const panel = document.querySelector('#nbdebug-sidebar .nbdebug-panel-predictions');
  const shown = () => panel.querySelector('.nbdebug-threshold').closest('.nbdebug-options').nextSibling.textContent;
  const before = shown();
  const answered = new Promise(resolve => {
    let busy = false;
    const heard = (_, status) => {
      busy = busy || status === 'busy';
      if (busy && status === 'idle' && shown() !== before) {
        kernel.statusChanged.disconnect(heard);
        resolve();
      }
    };
    kernel.statusChanged.connect(heard);
  });
  const begun = performance.now();
  panel.querySelector('.nbdebug-threshold .noUi-handle')
    .dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  await answered;
  await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - begun;
}"""


def rows() -> Iterator[Row]:
    with _lab() as lab:
        lab.open("threshold", [PEOPLE])
        lab.run(0)
        lab.expect_state("ready")
        _settled(lab)
        lab.sidebar.get_by_role("button", name="Predictions", exact=True).click()
        lab.sidebar.locator(".nbdebug-metric-view select").select_option("ROC")
        _settled(lab)
        taken = [lab.page.evaluate(MOVED, "ArrowRight" if move < MOVES // 2 else "ArrowLeft") for move in range(MOVES)]
    yield Row(
        "threshold slider, 50,000 examples, key press to counts, point and worst list, p95",
        float(np.percentile(taken, 95)),
        "ms",
        100,
        f"median {np.median(taken):.0f} ms",
    )
