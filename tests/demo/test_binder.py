"""The pinned environment fits what the project asks for."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
BINDER = ROOT / "binder"


def pins():
    lines = (BINDER / "requirements.txt").read_text().splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.mark.parametrize("wanted", project()["dependencies"])
def test_every_dependency_is_pinned_to_a_version_that_fits(wanted):
    requirement = Requirement(wanted)
    assert pins()[requirement.name] in requirement.specifier


def test_the_python_fits():
    version = (BINDER / "runtime.txt").read_text().strip().removeprefix("python-")
    assert Requirement(f"python{project()['requires-python']}").specifier.contains(f"{version}.0")


def test_post_build_is_a_script_that_installs_the_project():
    script = BINDER / "postBuild"
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    assert re.search(r"pip install .*\s\.$", script.read_text(), re.MULTILINE)


@pytest.mark.parametrize("path", sorted(BINDER.iterdir()), ids=lambda path: path.name)
def test_no_host_is_named(path):
    assert not re.search(r"https?://|index-url", path.read_text())
