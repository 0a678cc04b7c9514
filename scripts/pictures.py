"""Draw the main pages from the demo's conversations into docs/pictures, in both themes and three widths.

Usage: python scripts/pictures.py [folder]. Needs a built page and a Chromium (THREADLINE_CHROMIUM).
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs/pictures"
PROJECT = "support-bot"
WIDTHS = {"": (1440, 900), "-768": (768, 1024), "-320": (320, 640)}
SETTLED_MS = 700
"""After the last answer: fonts and lazily loaded parts are drawn."""


def main() -> None:
    """Start the demo, draw, stop it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("THREADLINE_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        sys.exit("No Chromium found: set THREADLINE_CHROMIUM to one.")
    with demo() as url, sync_playwright() as playwright:
        addresses = pages(url)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for scheme in ("light", "dark"):
            for suffix, (width, height) in WIDTHS.items():
                for name, address in addresses.items():
                    file = folder / f"{name}-{scheme}{suffix}.png"
                    draw(browser, address, file, width=width, height=height, scheme=scheme)
        browser.close()


def pages(url: str) -> dict[str, str]:
    """The addresses to draw: lists, a chart, the conversation with a failed refund and all that leads on from it."""
    with httpx.Client(base_url=f"{url}/v1/projects/{PROJECT}", timeout=30) as api:
        found = api.get("/sessions", params={"text": "two charges", "sort": "-error_count", "limit": 1}).json()["data"]
        session = (found or api.get("/sessions", params={"sort": "-error_count", "limit": 1}).json()["data"])[0]
        turns = api.get(f"/sessions/{session['id']}/turns").json()["data"]
        other = api.get(f"/sessions/{session['id']}/similar").json()["data"][0]
    failed = next((turn for turn in turns if turn["status"] == "error"), turns[0])
    return {
        "sessions": f"{url}/p/{PROJECT}/sessions",
        "search": f"{url}/p/{PROJECT}/sessions?q=refund",
        "chart": f"{url}/p/{PROJECT}/sessions?chart=latency",
        "traces": f"{url}/p/{PROJECT}/traces",
        "review": f"{url}/p/{PROJECT}/review?q=has:error",
        "compare": f"{url}/p/{PROJECT}/compare?a={session['id']}&b={other['id']}",
        "session": f"{url}/p/{PROJECT}/sessions/{session['id']}",
        "trace": f"{url}/p/{PROJECT}/traces/{failed['trace_id']}",
        "connect": f"{url}/connect",
    }


def draw(browser: Browser, address: str, file: Path, *, width: int, height: int, scheme: str) -> None:
    """One page into one file."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        timezone_id="UTC",
    )
    page = context.new_page()
    page.goto(address)
    page.locator("main").wait_for()
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=file)
    context.close()


@contextmanager
def demo() -> Iterator[str]:
    """A `threadline demo` on a free port; yields its address when it is filled."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", "from threadline.cli.main import main; main()", "demo"]
        command += ["--port", "0", "--otlp-port", "0", "--grpc-port", "0", "--data", str(Path(folder, "demo.db"))]
        environment = os.environ | {"PYTHONUNBUFFERED": "1", "NO_COLOR": "1", "COLUMNS": "500"}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        ) as process:
            try:
                yield filled(process)
            finally:
                process.terminate()


def filled(process: "subprocess.Popen[str]") -> str:
    """Reads what the demo says until it is done."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"Done\..*(http://\S+)", line):
            return found[1].rstrip("/.")
    sys.exit("The demo did not start.")


if __name__ == "__main__":
    main()
