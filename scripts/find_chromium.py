"""Print the path of a Chromium for the browser tests, or nothing: then those tests are skipped by name.

In order: THREADLINE_CHROMIUM, one on the machine, one that Playwright brought, one from apt where we are root.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    ("/", "Applications/Chromium.app/Contents/MacOS/Chromium"),
    ("/", "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    ("~/.cache/ms-playwright", "chromium-*/chrome-linux*/chrome"),
    ("~/Library/Caches/ms-playwright", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*"),
)


def on_machine() -> str | None:
    """A Chromium that runs, if there is one."""
    named = os.environ.get("THREADLINE_CHROMIUM")
    found = [named] if named else [path for name in NAMES if (path := shutil.which(name))]
    for folder, pattern in PLACES:
        found += [str(path) for path in sorted(Path(folder).expanduser().glob(pattern), reverse=True)]
    return next((path for path in found if runs(path)), None)


def runs(path: str) -> bool:
    """Whether it says its version (Ubuntu's `chromium-browser` may be a stub that asks for snap)."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def from_apt() -> None:
    """Install it where that needs no password; what goes wrong is said and not fatal."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "-y", "chromium"]):
        subprocess.run(command, env=environment, stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    chromium = on_machine()
    if chromium is None:
        from_apt()
        chromium = on_machine()
    if chromium is None:
        print("No Chromium found: the browser tests will be skipped.", file=sys.stderr)
    print(chromium or "")
