"""Pin every package that Kemu needs, to build, to run and to test: `make lock`.

Writes names and versions only, so that any index can serve them.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))
# What the build backend asks for when it installs a checkout in place.
EDITABLE = ("editables",)
# Needed by some of the packages on Windows only, hence absent from a list made elsewhere.
ELSEWHERE = ('colorama==0.4.6 ; sys_platform == "win32"',)
HEADER = """\
# Every package that Kemu is built, run and tested with. Made by `make lock`; do not edit.
# To take newer versions: `make lock`, then `make test`.
"""


def main() -> None:
    """Write requirements/lock.txt."""
    wanted = [
        *PROJECT["build-system"]["requires"],
        *EDITABLE,
        *PROJECT["project"]["dependencies"],
        *PROJECT["dependency-groups"]["dev"],
    ]
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python")
        pip = [python, "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", "--upgrade", *wanted], check=True)
        done = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True)
    pinned = [line for line in done.stdout.splitlines() if re.match(r"[\w.-]+==", line)]
    lines = sorted({*pinned, *ELSEWHERE}, key=str.lower)
    (HERE / "lock.txt").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
