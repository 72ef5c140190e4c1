"""What is shown as an example works: on the start page and in the help of every command."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kemu.api import create_app
from kemu.cli import COMMANDS, build, main

_FILES = re.compile(r"\.(?:pdf|docx|xlsx|txt|html|csv|trig|rq)\b|/|<|KEMU|图库")


def _examples() -> list[str]:
    """Return the commands of all help texts that need no file of the user's."""
    found = []
    for command in COMMANDS:
        help_text = next(
            action for action in build(command)._actions if action.dest == "command"
        ).choices[command]  # type: ignore[index]
        for line in (help_text.epilog or "").splitlines():
            shown = re.match(r"  (kemu .*?)(?:\s{3,}.*)?$", line)
            if shown and not _FILES.search(shown[1]) and command not in ("serve", "codes"):
                found.append(shown[1])
    return found


@pytest.mark.parametrize("example", _examples())
def test_examples_of_the_help_find_something(
    example: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(shlex.split(example)[1:]) == 0
    shown = capfd.readouterr()
    assert shown.out.strip()
    assert shown.err == ""


def test_there_are_examples_to_try() -> None:
    commands = {example.split()[1] for example in _examples()}
    assert commands >= {"lookup", "resolve", "explain", "changes", "query"}


def test_examples_of_the_start_page_find_something() -> None:
    with TestClient(create_app(), base_url="http://127.0.0.1") as client:
        page = client.get("/").text
        links = re.findall(r'<a href="(/codes\?q=[^"]+)"', page)
        assert len(links) >= 4
        for link in links:
            found = client.get(link, follow_redirects=True)
            assert found.status_code == 200, link
            assert re.search(r'href="[^"]*/code/\w+/\d+|"/code/', found.text), link


def test_queries_shown_in_texts_exist() -> None:
    from kemu.cli.commands import query as command
    from kemu.graph.sparql import queries

    root = Path(__file__).resolve().parents[2]
    texts = [
        path.read_text(encoding="utf-8")
        for path in (root / "README.md", *root.glob("docs/*.md"))
        if path.is_file()
    ]
    names = re.findall(r"kemu query ([a-z_]+)", "\n".join([*texts, command.HELP]))
    assert names
    assert set(names) <= {query.name for query in queries.named()}
