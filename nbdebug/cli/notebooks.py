"""A copy of the demo notebooks that the user can write to."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

from nbdebug.errors import NbdebugError

PACKAGE = Path(__file__).parent.parent


def shipped() -> Path:
    """The folder of the notebooks: inside the package when installed, beside it in a checkout."""
    for folder in (PACKAGE / "demo" / "notebooks", PACKAGE.parent / "notebooks"):
        if any(folder.glob("*.ipynb")):
            return folder
    raise NbdebugError(
        "The demo notebooks are missing.", got=f"no *.ipynb near {PACKAGE}", fix="install nbdebug again with pip"
    )


def working_copy(folder: Path, *, fresh: bool = False) -> Path:
    """Copy the notebooks into `folder`/notebooks, but never over one that is there: the user may have changed it.

    Args:
        fresh: start over in a new folder beside a used one.

    Returns:
        the folder that was worked in.
    """
    source = shipped()
    used = folder / "notebooks"
    if fresh and used.exists():
        folder = next(new for n in count(2) if not (new := folder.with_name(f"{folder.name}-{n}")).exists())
    target = folder / "notebooks"
    try:
        target.mkdir(parents=True, exist_ok=True)
        for file in (each for each in sorted(source.iterdir()) if each.is_file()):
            if not (target / file.name).exists():
                shutil.copyfile(file, target / file.name)
    except OSError as error:
        raise NbdebugError(
            "The notebooks cannot be copied there.", got=error, fix="name a folder you can write to with --folder"
        ) from None
    return folder
