"""Each convention has a folder of payloads that real producers sent, and beside each what is read from it.

A new convention is a module, its line in the registry, and a folder here.
"""

from pathlib import Path

import pytest
import recordings

from threadline.conventions.registry import CONVENTIONS

RECORDED = Path(__file__).parent / "recorded"
FOLDERS = sorted(path.parent for path in RECORDED.glob("*/*/*traces*.pb*"))


def test_every_convention_has_its_payloads():
    names = {convention.__name__.rpartition(".")[2] for convention in CONVENTIONS}
    assert {folder.parent.name for folder in FOLDERS} == names


@pytest.mark.parametrize("folder", dict.fromkeys(FOLDERS), ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_what_is_read_from_them(folder):
    assert recordings.told(folder) == (folder / "expected.txt").read_text(encoding="utf-8")
