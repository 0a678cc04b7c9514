"""Run the code cells of a notebook one after the other, as Jupyter would: `python run_notebook.py FILE`.

Lines that begin with % are IPython's (`%pip install`) and are left out: the packages are installed.
"""

import json
import sys
from pathlib import Path

path = Path(sys.argv[1])
names = {"__name__": "__main__"}
for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"]):
    if cell["cell_type"] == "code":
        lines = [line for line in cell["source"] if not line.startswith("%")]
        exec(compile("".join(lines), f"{path.name} cell {number}", "exec"), names)
