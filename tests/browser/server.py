"""A real Jupyter server on this machine, with nothing of the user's in it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

STARTS_WITHIN = 60
_QUIET = {"fetchNews": "false", "checkForUpdates": False}


class Server:
    """JupyterLab and Notebook 7 at `url`, serving `root`.

    Args:
        folder: where its notebooks, settings and logs go.
        overlay: a folder of packages that go before the installed ones, in the kernel too.
        without: extensions of the page to leave out.
    """

    def __init__(self, folder: Path, overlay: Path | None = None, without: tuple[str, ...] = ()) -> None:
        self.root = folder / "notebooks"
        self.log = folder / "server.log"
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        places = {
            name: folder / name.lower()
            for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR",
                         "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
        }  # fmt: skip
        for place in (self.root, *places.values()):
            place.mkdir(parents=True, exist_ok=True)
        settings = places["JUPYTERLAB_SETTINGS_DIR"] / "@jupyterlab" / "apputils-extension"
        settings.mkdir(parents=True)
        (settings / "notification.jupyterlab-settings").write_text(json.dumps(_QUIET))
        page = places["JUPYTER_CONFIG_DIR"] / "labconfig"
        page.mkdir()
        (page / "page_config.json").write_text(json.dumps({"disabledExtensions": dict.fromkeys(without, True)}))
        command = [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password=",
            f"--ServerApp.root_dir={self.root}", "--LabApp.expose_app_in_browser=True",
            "--JupyterNotebookApp.expose_app_in_browser=True", "--ServerApp.allow_root=True",
            "--ServerApp.disable_check_xsrf=True",
        ]  # fmt: skip
        environment = os.environ | {name: str(place) for name, place in places.items()}
        environment |= {"TF_CPP_MIN_LOG_LEVEL": "2", "CUDA_VISIBLE_DEVICES": "-1", "PYTHONUNBUFFERED": "1"}
        environment |= {"PYTHONPATH": str(overlay)} if overlay else {}
        with self.log.open("w") as log:
            self._process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        self._wait()

    def stop(self) -> None:
        """End the server and, with it, its kernels."""
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def shut_down_kernels(self) -> None:
        """End every kernel, so that the next test has the machine for itself."""
        for session in json.loads(self._ask("/api/sessions")):
            self._ask(f"/api/sessions/{session['id']}", "DELETE")

    def _wait(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                self._ask("/api/status")
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        self.stop()
        raise RuntimeError(f"the Jupyter server did not start:\n{self.log.read_text()[-4000:]}")

    def _ask(self, path: str, method: str = "GET") -> str:
        with urllib.request.urlopen(urllib.request.Request(self.url + path, method=method), timeout=30) as answer:
            return answer.read().decode()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
