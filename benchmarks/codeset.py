"""Measure loading the code set: CPU seconds and memory, against importing simple-icd-10-cm, in one run.

python benchmarks/codeset.py
"""

from __future__ import annotations

import subprocess
import sys

MEASURE = """
import resource, time
begin = time.process_time()
{load}
used = resource.getrusage(resource.RUSAGE_SELF)
print(time.process_time() - begin, used.ru_maxrss / 1024)
"""
LOADS = {
    "this code set": "from grader import codeset; codeset.load()",
    "simple-icd-10-cm": "import simple_icd_10_cm",
}


def main() -> None:
    """Print the median of five fresh processes each."""
    for name, load in LOADS.items():
        runs = sorted(_run(load) for _ in range(5))
        seconds, megabytes = runs[2]
        print(f"{name:<18} {seconds:5.2f} CPU s  {megabytes:5.0f} MB")


def _run(load: str) -> tuple[float, float]:
    command = [sys.executable, "-c", MEASURE.format(load=load)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(printed[0]), float(printed[1])


if __name__ == "__main__":
    main()
