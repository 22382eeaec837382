"""Make .venv, or say in one sentence what is missing."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent / ".venv"


def main() -> str | None:
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs make may have an older one
        old = sys.version.split()[0]
        return f"nbdebug needs Python 3.11 or newer, and this is {old}: install one and run make PYTHON=..."
    if find_spec("ensurepip") is None and not installed_by_apt():
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return f"Python's venv is missing: run `sudo apt-get install {version}-venv` and try again."
    if not (HERE / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(HERE)], check=True)
    (HERE / ".made").touch()
    return None


def installed_by_apt() -> bool:
    """Debian leaves ensurepip out of its Python; root may fetch it."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    subprocess.run(["apt-get", "update", "-q"], check=False)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    return (
        subprocess.run(["apt-get", "install", "-qy", "--no-install-recommends", package], check=False).returncode == 0
    )


if __name__ == "__main__":
    sys.exit(main())
