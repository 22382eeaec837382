"""`nbdebug run`: however a script ends, its report is whole."""

import os
import subprocess
import time

import pytest
from cli.scripts import ENDLESS, left_behind, nbdebug, report, script

from nbdebug.cli.running.parent import run_script


def test_training_past_the_limit_ends_at_a_step(tmp_path):
    script(tmp_path, ENDLESS)
    done = nbdebug("run", "train.py", "--report", "report.json", "--limit", "20", cwd=tmp_path)
    assert done.returncode == 4, done.stderr
    assert done.stdout == "cleaned up\n"
    found = report(tmp_path)
    assert (found["outcome"], found["error"]) == ("limit", None)
    assert found["fits"][0]["findings"][0]["check"] == "softmax_on_one_unit"


QUICK = {
    "never fits": ("print('done')", 0, "ok", None),
    "sys.exit": ("import sys; sys.exit()", 0, "ok", None),
    "sys.exit(0)": ("import sys; sys.exit(0)", 0, "ok", None),
    "sys.exit(5)": ("import sys; sys.exit(5)", 3, "raised", "SystemExit"),
    "sys.exit(text)": ("import sys; sys.exit('no data')", 3, "raised", "SystemExit"),
    "os._exit": ("import os; os._exit(7)", 3, "raised", "Exit"),
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", 3, "raised", "SIGKILL"),
    "no Python": ("this is no Python", 3, "raised", "SyntaxError"),
    "Python 2": ("print 'hello'", 3, "raised", "SyntaxError"),
    "binary": ("\0\0\0", 3, "raised", "SyntaxError"),
    "raises": ("def f():\n    raise KeyError('gone')\nf()", 3, "raised", "KeyError"),
    "an error that is not finite": ("raise ValueError(float('nan'))", 3, "raised", "ValueError"),
    "reads an empty stdin": ("input()", 3, "raised", "EOFError"),
    "forks": (
        "import os, sys\nif os.fork() == 0:\n    sys.exit(9)\nprint(os.waitstatus_to_exitcode(os.wait()[1]))",
        0, "ok", None,
    ),
    "spawns": (
        "import multiprocessing as m\ndef work(n): return n + 1\nif __name__ == '__main__':\n"
        "    with m.get_context('spawn').Pool(1) as pool: print(pool.map(work, [8]))", 0, "ok", None,
    ),
    "a thread that goes on": (
        "import threading, time\nthreading.Thread(target=lambda: (time.sleep(.3), print('late'))).start()",
        0, "ok", None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", QUICK)
def test_a_script_may_end_in_any_way(name, tmp_path):
    text, status, outcome, kind = QUICK[name]
    script(tmp_path, text)
    done = nbdebug(
        "run", "train.py", "--report", "report.json", "--limit", "60", cwd=tmp_path, stdin=subprocess.DEVNULL
    )
    assert done.returncode == status, done.stderr
    found = report(tmp_path)
    assert found["outcome"] == outcome
    assert (found["error"] or {}).get("type") == kind
    assert found["fits"] == []
    assert "never called fit" in found["note"]
    assert left_behind(tmp_path, "train.py", "report.json", "__pycache__") == []
    assert done.stdout == {
        "never fits": "done\n",
        "forks": "9\n",
        "spawns": "[9]\n",
        "a thread that goes on": "late\n",
    }.get(name, "")


@pytest.mark.parametrize(
    "text",
    ["import sys; sys.stdin.read()", "while True:\n    try:\n        while True: pass\n    except Exception: pass"],
    ids=["waits for input", "loops"],
)
def test_a_script_that_hangs_ends_at_its_limit(tmp_path, text):
    script(tmp_path, text)
    begun, (reading, writing) = time.monotonic(), os.pipe()
    done = nbdebug("run", "train.py", "--report", "report.json", "--limit", "1", cwd=tmp_path, stdin=reading)
    os.close(reading)
    os.close(writing)
    assert done.returncode == 4
    assert report(tmp_path)["outcome"] == "limit"
    assert time.monotonic() - begun < 15


def test_a_script_that_does_not_listen_is_ended_from_outside(tmp_path):
    script(tmp_path, "import signal, time\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\ntime.sleep(60)")
    found = run_script(tmp_path / "train.py", [], limit=0.3, grace=0.5)
    assert (found["outcome"], found["error"]) == ("limit", None)


def test_an_interrupted_script_is_reported(tmp_path):
    # What is started in the background may have been told to ignore interrupts.
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    script(tmp_path, f"import os, signal, time\n{heard}\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(20)")
    found = run_script(tmp_path / "train.py", [], limit=None)
    assert found["outcome"] == "raised"
    assert "interrupted" in found["error"]["explanation"]
