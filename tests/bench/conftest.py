"""`bench` stands beside `src`: make it importable whichever way pytest was started."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
