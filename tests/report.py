"""The whole suite on every database this machine has, and what took part.

    python tests/report.py [pytest arguments]

Ends with one line per database and one for the browser. Exit status 0 when all that ran passed.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    # `python tests/report.py` looks for modules beside itself, not in the folder above.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from tests import postgres

# What an operator's shell may hold must not decide what is tested.
OPERATORS = ("DATA_DIR", "DEBUG", "EMAIL_URL", "SAMPLE", "SECRET_KEY_FILE", "SITE_URL")
INTERRUPTED = (130, 143)
WORDS = {0: "passed", 2: "stopped", 5: "no tests ran", **dict.fromkeys(INTERRUPTED, "interrupted")}


def environment(data: Path, report: Path) -> dict[str, str]:
    """The environment of one run of the suite: nothing of the operator's, data in a folder of its
    own, and the file in which the browser's fixture leaves a line."""
    clean = postgres.without_servers_variables()
    for name in OPERATORS:
        clean.pop(name, None)
    return {**clean, "TRACT_TEST_DATA": str(data), "TRACT_TEST_REPORT": str(report)}


def side_by_side(arguments: list[str]) -> list[str]:
    """One process per core for the whole suite; for a chosen part, pytest as it is: a debugger and
    “stop at the first” mean one process."""
    return [] if arguments else ["-n", "auto"]


def suite(database: str, command: list[str], arguments: list[str]) -> tuple[int, bool]:
    """Run pytest once, under `command`. Gives the exit status, and whether a browser took part."""
    print(f"\n=== {database} ===", flush=True)
    with tempfile.TemporaryDirectory(prefix="tract-test-") as folder:
        data, report = Path(folder) / "data", Path(folder) / "report"
        data.mkdir(mode=0o700)
        pytest = [sys.executable, "-m", "pytest", *side_by_side(arguments), *arguments]
        status = postgres.run([*command, *pytest], environment(data, report))
        return status, report.exists() and "browser" in report.read_text().split()


def browser_line(took_part: dict[str, bool]) -> str:
    """What to say of the browser: in which of the runs it was started."""
    if not (os.environ.get("CHROMIUM") or shutil.which("chromium")):
        return "Browser: none (apt install chromium)"
    seen = [name for name, yes in took_part.items() if yes]
    if not seen:
        return "Browser: took no part"
    if len(seen) < len(took_part):
        return f"Browser: chromium took part on {seen[0]} only"
    return "Browser: chromium took part"


def main(arguments: list[str]) -> int:
    binaries = postgres.find_binaries()
    runs = {"SQLite": []}
    if binaries:
        name = f"PostgreSQL {postgres.version(binaries)}"
        runs[name] = [sys.executable, str(Path(postgres.__file__)), "--"]
    lines, took_part, worst = [], {}, 0
    for name, command in runs.items():
        status, took_part[name] = suite(name, command, arguments)
        lines.append(f"{name}: {WORDS.get(status, 'failed')}")
        worst = worst or status
        if status in INTERRUPTED:
            break
    if not binaries:
        lines.append("PostgreSQL: not found (apt install postgresql)")
    print("", *lines, browser_line(took_part), sep="\n", flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
