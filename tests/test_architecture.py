"""The arrows between the folders hold, and an arrow that is broken is seen."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def lint(root):
    environment = {"PYTHONPATH": str(root), "PATH": str(Path(sys.executable).parent)}
    return subprocess.run([sys.executable, "-c", LINT], cwd=root, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    root = tmp_path_factory.mktemp("tree")
    shutil.copytree(
        ROOT / "nbdebug", root / "nbdebug", ignore=shutil.ignore_patterns("labextension", "static", "*.pyc")
    )
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


def test_the_arrows_hold():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("where", "line", "broken"),
    [
        ("records/layer.py", "import nbdebug.measure.order", "arrows run one way"),
        ("measure/order.py", "import tensorflow", "only adapters"),
        ("panels/store.py", "import nbdebug.session", "arrows run one way"),
        ("render/__init__.py", "import nbdebug.adapters.snapshot", "arrows run one way"),
        ("measure/order.py", "import ipywidgets", "numerics and adapters draw nothing"),
    ],
)
def test_a_broken_arrow_is_seen(copy, where, line, broken):
    file = copy / "nbdebug" / where
    before = file.read_text()
    try:
        file.write_text(f"{before}\n{line}\n")
        done = lint(copy)
    finally:
        file.write_text(before)
    assert done.returncode != 0
    assert any(broken in text and "BROKEN" in text for text in done.stdout.splitlines()), done.stdout


def test_import_loads_neither_framework_nor_widgets():
    heavy = ("tensorflow", "keras", "bqplot", "ipywidgets", "pandas")
    code = f"import nbdebug, sys; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
