"""Shape annotations are enforced in every test: the hook is in place before anything of nbdebug is imported."""

import gc
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

from jaxtyping import install_import_hook

install_import_hook("nbdebug", "enforcing.enforced")


def pytest_collection_finish() -> None:
    """What is imported and collected lives as long as the tests: the garbage collector took a sixth of their time."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
