"""Lookups: in the process, and over HTTP with one worker on this machine, bounded in time."""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from benchmarks.timing import shown
from kemu.classification import SCHEMES, load
from kemu.classification.lookup.query import lookup
from kemu.classification.lookup.suggest import suggest
from kemu.classification.lookup.verdicts import verdicts

YEAR = 2024
SECONDS = 4.0
CONNECTIONS = 16


def measure() -> None:
    """Print the times of lookups and suggestions, in the process and over HTTP."""
    codes = [c.notation for scheme in SCHEMES for c in load().edition(scheme, YEAR)]
    names = [c.name for scheme in SCHEMES for c in load().edition(scheme, YEAR)]
    typed = [name[:size] for name in names[::7] for size in (1, 2, 4)]
    _in_process(codes, typed)
    with _served() as port:
        asyncio.run(_over_http(port, codes, typed))
    with _served("--workers", "2") as port:
        _print_rate("2 workers", port, codes)


def _in_process(codes: Sequence[str], typed: Sequence[str]) -> None:
    table = load()
    rows = [{"code": code, "name": "办公费", "year": YEAR} for code in codes]
    print(f"进程内 / in the process ({len(codes)} codes), p50")
    for name, call, values in (
        ("Classification.get", lambda code: table.get(table.domain(code)[0], code), codes),
        ("lookup(code)", lambda code: lookup(load(), code), codes),
        ("suggest(prefix)", lambda text: suggest(load(), text), typed),
        ("verdicts(one row)", lambda row: verdicts(load(), [row]), rows),
    ):
        print(f"  {name:<24} {shown(_p50(call, values))}")


def _p50(call: Callable[..., object], values: Sequence[object]) -> float:
    """Return the median time of a call, once over all values after a first round."""
    for value in values[:200]:
        call(value)
    return statistics.median(_time(call, value) for value in values)


def _time(call: Callable[..., object], value: object) -> float:
    begun = time.perf_counter()
    call(value)
    return time.perf_counter() - begun


@contextmanager
def _served(*options: str) -> Iterator[int]:
    """Run `kemu serve` on a free port of the loopback address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "kemu", "serve", "--port", str(port), *options]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if server.poll() is not None:
                raise
            time.sleep(0.1)
    raise TimeoutError("kemu serve did not start")


async def _over_http(port: int, codes: Sequence[str], typed: Sequence[str]) -> None:
    lookups = [_lookup(code) for code in codes]
    suggestions = [f"/api/v1/suggest?q={quote(text)}" for text in dict.fromkeys(typed)]
    print("经 HTTP，一个工作进程 / over HTTP, one worker, one connection, p50")
    for name, paths in (("code", lookups), ("suggest", suggestions)):
        for round_ in ("first time", "again"):
            times = await _each(port, paths)
            print(f"  {name + ', ' + round_:<24} {shown(statistics.median(times))}")
    await asyncio.to_thread(_print_rate, "1 worker", port, codes)


def _print_rate(workers: str, port: int, codes: Sequence[str]) -> None:
    """Print requests per second over several connections: kept answers, then ones never asked."""
    for kept, name in ((True, "again"), (False, "first time")):
        paths = [_lookup(code, "" if kept else f"&n={at}") for at, code in enumerate(codes)]
        rounds = paths if kept else [f"{path}.{n}" for n in range(20) for path in paths]
        if kept:
            asyncio.run(_rate(port, paths))  # every worker is asked for everything once
        tool, rate = _wrk(port, rounds) or ("own client", asyncio.run(_rate(port, rounds)))
        what = f"{workers}, {CONNECTIONS} connections ({tool}), {name}"
        print(f"  {what:<48} {rate:,.0f} requests/s")


def _lookup(code: str, more: str = "") -> str:
    return f"/api/v1/codes/{code}?year={YEAR}{more}"


async def _each(port: int, paths: Sequence[str]) -> list[float]:
    """Return the time of every path, asked one after the other."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    for path in paths:
        begun = time.perf_counter()
        await _get(reader, writer, path)
        times.append(time.perf_counter() - begun)
    writer.close()
    return times


async def _get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> None:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    found = re.search(rb"content-length: (\d+)", head.lower())
    if not found or not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode("latin-1"))
    await reader.readexactly(int(found[1]))


async def _rate(port: int, paths: Sequence[str]) -> float:
    """Return requests per second over several connections; the client takes a core of its own."""
    end = time.perf_counter() + SECONDS
    done = 0

    async def ask(first: int) -> None:
        nonlocal done
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        at = first
        while time.perf_counter() < end:
            await _get(reader, writer, paths[at % len(paths)])
            at += CONNECTIONS
            done += 1
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(ask(first) for first in range(CONNECTIONS)))
    return done / (time.perf_counter() - begun)


def _wrk(port: int, paths: Sequence[str]) -> tuple[str, float] | None:
    """Return what wrk measures over all paths, or None where it is not installed."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "paths.lua"
        listed = ", ".join(f'"{path}"' for path in paths)
        script.write_text(
            f"local paths = {{{listed}}}\nlocal at = 0\n"
            "request = function()\n  at = at % #paths + 1\n"
            '  return wrk.format("GET", paths[at])\nend\n',
            encoding="utf-8",
        )
        command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS:.0f}s", "-s", str(script)]
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=False
        )
    found = re.search(r"Requests/sec:\s*([\d.]+)", done.stdout)
    return ("wrk", float(found[1])) if found else None
