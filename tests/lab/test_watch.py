"""`%nbdebug watch` and `%nbdebug check`, on real models."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

from nbdebug.adapters.after_import import after_import
from nbdebug.lab.host import Host
from nbdebug.lab.magics import NbdebugMagics
from nbdebug.lab.watch import watch
from nbdebug.records.progress import Pulse
from nbdebug.records.report import Report, Verdict

X = np.random.default_rng(0).normal(size=(80, 4)).astype("float32")
Y = (X[:, 0] > 0).astype("int32")


def net(activation: str = "sigmoid") -> keras.Model:
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(4, "relu"), keras.layers.Dense(1, activation=activation)], name="net"
    )
    model.compile("adam", "binary_crossentropy")
    return model


@pytest.fixture
def magics(monkeypatch: pytest.MonkeyPatch) -> Iterator[NbdebugMagics]:
    host = Host()
    monkeypatch.setattr("nbdebug.lab.checking.host", host)
    shell = InteractiveShell.instance()
    shell.user_ns.update(model=net("softmax"), x=X, y=Y)
    yield NbdebugMagics(shell)
    watch.off()


def test_a_fit_is_looked_at_before_and_after(magics: NbdebugMagics, capsys: pytest.CaptureFixture) -> None:
    magics.nbdebug("watch")
    assert "%nbdebug watch off" in capsys.readouterr().out
    seen: list[str] = []
    early = keras.callbacks.LambdaCallback(on_train_begin=lambda _logs: seen.append(capsys.readouterr().out))
    net("softmax").fit(X, Y, epochs=3, verbose=0, callbacks=[early])
    assert "nbdebug, fit 1 (net), before its first step: 1 error" in seen[0]
    assert 'mend: Dense(1, activation="sigmoid")' in seen[0]
    after = capsys.readouterr().out
    assert "9 steps" in after
    assert "sigmoid" not in after


def test_what_training_raises_is_explained(magics: NbdebugMagics, capsys: pytest.CaptureFixture) -> None:
    magics.nbdebug("watch")
    with pytest.raises(ValueError, match="incompatible"):
        net().fit(X[:, :3], Y, verbose=0)
    assert "made for 4 values" in capsys.readouterr().out


def test_an_interrupted_fit_is_judged_by_what_it_did(magics: NbdebugMagics, capsys: pytest.CaptureFixture) -> None:
    magics.nbdebug("watch")

    def interrupt(epoch: int, _logs: Any) -> None:
        if epoch == 4:
            raise KeyboardInterrupt

    stops = keras.callbacks.LambdaCallback(on_epoch_begin=interrupt)
    model = net("linear")
    model.compile(keras.optimizers.SGD(1e30), "mse")
    with pytest.raises(KeyboardInterrupt):
        model.fit(X, X[:, 0], epochs=9, verbose=0, callbacks=[stops])
    assert "The loss was NaN or infinite from step" in capsys.readouterr().out


def test_what_follows_from_an_earlier_finding_is_told_too(magics: NbdebugMagics, capsys: pytest.CaptureFixture) -> None:
    magics.nbdebug("watch")
    model = net()
    model.compile(keras.optimizers.SGD(1e30), "mse")
    model.fit(X, Y * 1e20, epochs=5, verbose=0)
    assert "follows from bounded_head: The loss was NaN" in capsys.readouterr().out


def test_a_loop_of_fits_is_told_once(magics: NbdebugMagics, capsys: pytest.CaptureFixture) -> None:
    magics.nbdebug("watch")
    model = net("softmax")
    for _ in range(3):
        model.fit(X, Y, verbose=0)
    assert capsys.readouterr().out.count("softmax over one unit") == 1


def test_off_leaves_nothing(magics: NbdebugMagics, capsys: pytest.CaptureFixture) -> None:
    before, finders = dict(vars(keras.Model)), list(sys.meta_path)
    magics.nbdebug("watch")
    magics.nbdebug("watch on")
    magics.nbdebug("watch off")
    assert dict(vars(keras.Model)) == before
    assert sys.meta_path == finders
    capsys.readouterr()
    net("softmax").fit(X, Y, verbose=0)
    assert capsys.readouterr().out == ""
    magics.nbdebug("watch off")
    assert "No fit was watched" in capsys.readouterr().out


def test_watching_may_begin_before_keras_is_there_and_end_too() -> None:
    finders, called = list(sys.meta_path), []
    undo = after_import("this", lambda: called.append(1))
    assert sys.meta_path != finders
    undo()
    assert sys.meta_path == finders
    after_import("antigravity_of_nbdebug", lambda: called.append(2))()
    assert not called


def test_being_asked_for_a_module_is_no_import(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    called: list[int] = []
    undo = after_import("colorsys", lambda: called.append(1))
    assert importlib.util.find_spec("colorsys") is not None
    assert not called
    __import__("colorsys")
    assert called == [1]
    undo()


def test_a_checkup_is_shown_as_text(magics: NbdebugMagics, capsys: pytest.CaptureFixture) -> None:
    magics.nbdebug("check model x y --epochs 9 --batch-size 16 --validation (x,y)")
    told = capsys.readouterr().out
    assert "1. error:" in told
    assert "sigmoid" in told
    assert "checks clear" in told


class Open:
    """Stands for a session."""

    def __init__(self) -> None:
        self.given: list[dict[str, int]] = []

    def check(self, on_verdict: OnVerdict, pulse: Pulse, **fit: int) -> Report:
        self.given.append(fit)
        on_verdict(Verdict("some", "clear"), 1)
        pulse()
        return Report("open", (), ())


def test_a_session_is_checked_by_itself(
    magics: NbdebugMagics, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    first, latest = Open(), Open()
    monkeypatch.setattr("nbdebug.lab.checking.host.sessions", {"first one": first, "latest": latest})
    magics.nbdebug("check --epochs 5")
    magics.nbdebug("check 'first one'")
    assert (first.given, latest.given) == ([{}], [{"epochs": 5}])
    assert capsys.readouterr().out == 2 * "open: no fault found (0 checks clear)\n"
    with pytest.raises(UsageError, match="There is no session of that name"):
        magics.nbdebug("check secnd")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("check", "There is nothing to check."),
        ("check model", "There is nothing to check."),
        ("check modl x y", "There is no modl in this notebook. Did you mean model?"),
        ("check x y", "The model is not a Keras model."),
        ("check model x y x", "Unrecognized arguments: x"),
        ("check model x y --epochs 0", "not a whole number from 1"),
        ("check model x[:,:2] y", "does not have the shape"),
        ("check --validation x", "goes with a model"),
        ("watch this", "takes nothing, or off"),
    ],
)
def test_what_is_wrong_is_told_without_a_traceback(magics: NbdebugMagics, line: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        magics.nbdebug(line)
    assert said in str(caught.value)
