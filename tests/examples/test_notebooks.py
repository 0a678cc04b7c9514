"""The notebooks are their examples, without outputs."""

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_notebooks_say_what_the_examples_say():
    stale = runpy.run_path(str(ROOT / "scripts/make_notebooks.py"))["out_of_date"]()

    assert list(stale) == [], "run python scripts/make_notebooks.py"
