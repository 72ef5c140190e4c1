"""The store's commands on a SPARQL 1.1 server, a real one: Virtuoso."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kemu.cli import main
from kemu.errors import InputError
from kemu.store import register
from kemu.store.opening import opened
from kemu.store.server import Server
from tests.store.making import page
from tests.store.serving import PROGRAM, virtuoso

needs_virtuoso = pytest.mark.skipif(PROGRAM is None, reason="needs virtuoso-opensource")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, virtuoso(tmp_path_factory.mktemp("v")) as address:
        patch.setenv("KEMU_STORE_PASSWORD", "dba")
        yield address


def answered(query: str, store: str, capfd: pytest.CaptureFixture[str], *more: str) -> list[str]:
    capfd.readouterr()
    assert main(["query", query, "--store", store, "--format", "csv", *more]) == 0
    return sorted(capfd.readouterr().out.split("\r\n")[1:])


@needs_virtuoso
def test_the_commands_do_on_a_server_what_they_do_on_disk(
    server: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    first, second = page(tmp_path, "甲.html"), page(tmp_path, "乙.html", amount="130.50")
    local = str(tmp_path / "库")
    for store in (server, local):
        capfd.readouterr()
        assert main(["ingest", str(first), "--store", store]) == 0
        assert main(["ingest", str(first), "--store", store]) == 0
        assert main(["ingest", str(second), "--store", store]) == 0
        out = capfd.readouterr().out
        assert "没有变化" in out
        assert "是第 2 版，替换 甲.html" in out
    with opened(server).reading() as there, opened(local).reading() as here:
        assert set(there.quads()) == set(here.quads())
    union = "SELECT DISTINCT ?p WHERE { ?f a qb:Observation ; kemu:printed ?p }"
    for query, more in (
        ("documents", []),
        ("amounts_of_code", ["--set", "code=2012601"]),
        (union, []),
        (union, ["--all-versions"]),
    ):
        on_disk = answered(query, local, capfd, *more)
        assert on_disk[1:] == answered(query, server, capfd, *more)[1:], query
        assert len(on_disk) > 1


@needs_virtuoso
def test_what_a_killed_writer_left_on_a_server_is_cleared_away(server: str) -> None:
    backend = opened(server)
    assert isinstance(backend, Server)
    orphan = ox.NamedNode("https://w3id.org/kemu/document/0123456789abcdef")
    backend._graph("PUT", orphan.value, (
        f"{orphan} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        " <https://w3id.org/kemu/ontology#DisclosureDocument> .\n"
    ).encode())  # fmt: skip
    with backend.reading() as reader:
        assert list(reader.quads(orphan))
        held = register.read(reader.quads(register.GRAPH)).entries
        with backend.writing():
            assert not list(reader.quads(orphan))
        assert register.read(reader.quads(register.GRAPH)).entries == held


def test_a_server_that_is_not_there_is_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for address in ("http://127.0.0.1:9", "ftp://127.0.0.1/", "nosuch+http://127.0.0.1"):
        assert main(["ingest", str(page(tmp_path)), "--store", address]) == 2
        err = capfd.readouterr().err
        assert "E-INGEST-SERVER" in err or "E-INGEST-ADDRESS" in err


def test_a_password_is_never_shown() -> None:
    with pytest.raises(InputError) as raised:
        Server.of("nosuch+http://me:secret@127.0.0.1/")
    assert "secret" not in str(raised.value)
    assert "secret" not in Server.of("http://me:secret@127.0.0.1/").address
