"""The tables in data/codes are what the script builds from the collected facts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "codes"
REVIEWED = {"corrections.csv", "additions.csv", "additions_other.csv", "versions.csv"}
WRITTEN_BY_HAND = {
    "schemes.csv", "name_differences.csv", "pinyin.csv", "aliases.csv", "labels_en.csv",
    "note_kinds.csv",
}  # fmt: skip


def build(target: Path) -> subprocess.CompletedProcess[str]:
    script = ROOT / "scripts" / "build_codes.py"
    command = [sys.executable, str(script), "--source", str(FACTS), "--target", str(target)]
    env = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=env)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    if not FACTS.is_dir():
        pytest.skip("the collected facts are not beside this checkout")
    target = tmp_path_factory.mktemp("codes")
    return target, build(target).stdout


def test_the_tables_are_as_built(built: tuple[Path, str]) -> None:
    target, _ = built
    shipped = {p.name for p in (ROOT / "data" / "codes").glob("*.csv")}
    assert {p.name for p in target.iterdir()} == shipped - REVIEWED - WRITTEN_BY_HAND
    for path in target.iterdir():
        assert path.read_bytes() == (ROOT / "data" / "codes" / path.name).read_bytes(), path.name


def test_the_script_accounts_for_every_row(built: tuple[Path, str]) -> None:
    target, said = built
    for table in ("functional", "economic_department", "economic_government", "revenue"):
        collected = len((FACTS / f"{table}.csv").read_text(encoding="utf-8").splitlines()) - 1
        kept = len((target / f"{table}.csv").read_text(encoding="utf-8").splitlines()) - 1
        (line,) = [line for line in said.splitlines() if line.startswith(f"{table}: ")]
        assert line.startswith(f"{table}: {collected} collected, 0 set apart")
        rest = said.splitlines()[said.splitlines().index(line) + 1 :]
        told = rest[: next(n for n, one in enumerate(rest) if one.startswith("  wrote "))]
        counted = (re.fullmatch(r"(?:.*, )?(\d+) (?:.* )?added", text.strip(" ,")) for text in told)
        more = sum(int(found[1]) for found in counted if found)
        more += sum(int(text.split()[0]) for text in told if text.endswith("no table had"))
        assert more == kept - collected
