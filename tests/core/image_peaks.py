"""What a file costs: run with a path, it prints as JSON what became of the file, the time, and the
memory (in MB) of this process and of the child that decoded it.

A program of its own, because a process that was started by a large one is counted as large.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def of(path: Path) -> dict:
    """{"code", "seconds", "child", "before", "after"} of processing the file at `path`."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.image_peaks", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def highest() -> float:
    """The most memory that this process ever had, in MB."""
    told = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", told)[1]) / 1024


def measured(path: str) -> dict:
    from core import images

    started, before, code = time.perf_counter(), highest(), "taken"
    try:
        with open(path, "rb") as file:
            images.process(file)
    except images.Refused as refused:
        code = refused.code
    return {
        "code": code,
        "seconds": time.perf_counter() - started,
        "before": before,
        "after": highest(),
        "child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1])))
