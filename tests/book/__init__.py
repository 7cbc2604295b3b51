"""The book's own directives are no package: they are found on the path, as Sphinx finds them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))
