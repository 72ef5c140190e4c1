"""Virtuoso started for a test, in a folder and on ports of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CONFIG = """\
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
FileExtend = 20
[TempDatabase]
DatabaseFile = vt.db
TransactionFile = vt.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 20000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000000
"""
PROGRAM = shutil.which("virtuoso-t")


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Have a fresh Virtuoso; the address of it as a store. Its password is `dba`."""
    assert PROGRAM
    http, sql = _free(), _free()
    (folder / "v.ini").write_text(_CONFIG.format(http=http, sql=sql), encoding="ascii")
    command = [PROGRAM, "+foreground", "+wait", "+configfile", "v.ini"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as server:
        assert server.stdout is not None
        for line in server.stdout:
            if b"Server online" in line:
                break
        try:
            yield f"virtuoso+http://dba@127.0.0.1:{http}"
        finally:
            server.kill()


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
