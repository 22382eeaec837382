"""A built wheel is whole, and installs where there is no Node."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the checkout; a front end that is built already is taken as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    (path,) = folder.glob("*.whl")
    return path


def test_what_is_in_the_wheel(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    extension = [name for name in names if "/share/jupyter/labextensions/nbdebug/" in name]
    assert any(name.endswith("/package.json") for name in extension)
    assert any("/static/remoteEntry." in name for name in extension)
    for module in ("scrubber.js", "follower.js", "rows.js", "copy.js"):
        assert f"nbdebug/static/{module}" in names
    assert "nbdebug/demo/notebooks/01_deepheart.ipynb" in names
    strays = [name for name in names if re.search(r"node_modules|/tests/|\.ts$|__pycache__", name)]
    assert strays == []


def test_an_empty_environment_without_node_takes_it(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "empty"
    venv.create(place, with_pip=True)
    bare = {"PATH": str(place / "bin"), "HOME": str(tmp_path)}
    passed = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    install = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, env=bare | passed)
    found = place / "share" / "jupyter" / "labextensions" / "nbdebug" / "package.json"
    assert json.loads(found.read_text())["jupyterlab"]["_build"]["load"].startswith("static/remoteEntry.")
    version = "import nbdebug; print(nbdebug.__version__)"
    said = subprocess.run([str(place / "bin" / "python"), "-c", version], env=bare, capture_output=True, text=True)
    assert said.stdout.strip() == "0.1.0", said.stderr


def test_jupyterlab_lists_the_extension() -> None:
    done = subprocess.run([sys.executable, "-m", "jupyterlab.labextensions", "list"], capture_output=True, text=True)
    line = next(line for line in (done.stdout + done.stderr).splitlines() if line.strip().startswith("nbdebug "))
    assert "enabled" in line
    assert "OK" in line


def test_the_lock_file_names_no_host() -> None:
    assert not re.search(r"https?://|resolved ", (ROOT / "js" / "yarn.lock").read_text())


def test_the_two_ends_speak_the_same_protocol() -> None:
    from nbdebug.lab.root import Root

    source = (ROOT / "js" / "src" / "rootModel.ts").read_text()
    (page,) = re.findall(r"PROTOCOL = '([\d.]+)'", source)
    kernel = Root.class_traits()["_model_module_version"].default_value.removeprefix("~")
    assert page.split(".")[:2] == kernel.split(".")[:2]
