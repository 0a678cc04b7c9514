"""The rules of the house: sizes, layers, public names."""

import ast
import importlib
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from source_facts import ROOT, SOURCE, python_files

MODULES = [path for path, _ in python_files()]


def test_sizes_are_within_their_limits():
    assert runpy.run_path(str(ROOT / "scripts/check_size.py"))["complaints"]() == []


@pytest.mark.parametrize("path", MODULES)
def test_all_says_what_is_public(path: str):
    """A module that defines names says which are public; a private one (or `__main__`) need not."""
    tree = ast.parse((SOURCE / path).read_text("utf-8"))
    defined = {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_")
    }
    if not defined or Path(path).name.startswith("_"):
        return
    module = importlib.import_module("threadline." + path.removesuffix(".py").replace("/", "."))

    public = module.__all__
    assert len(set(public)) == len(public)
    assert [name for name in public if not hasattr(module, name)] == []
    assert [name for name in public if name.startswith("_")] == []


def test_nobody_imports_what_another_module_keeps_private():
    found = []
    for path, tree in python_files():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("threadline"):
                found += [f"{path}: {alias.name}" for alias in node.names if alias.name.startswith("_")]

    assert found == []


def test_layers_point_one_way():
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    if command is None:
        pytest.skip("import-linter is not here: pip install --group lint")
    done = subprocess.run([command], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_no_module_has_a_name_that_says_nothing():
    vague = {"utils", "helpers", "common", "manager", "service", "misc"}

    assert [path for path in MODULES if Path(path).stem in vague] == []


def test_sql_stays_in_the_store():
    found = []
    for path, tree in python_files():
        if path.startswith("store/"):
            continue
        found += [
            path
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            and any(name.split(".")[0] in {"apsw", "sqlite3"} for name in imported(node))
        ]

    assert found == []


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The modules that a statement names."""
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
