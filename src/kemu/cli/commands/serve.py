"""`kemu serve`: the pages and the HTTP interface on this machine."""

from __future__ import annotations

import argparse

from kemu.cli.parser import Parser, examples, positive

HELP = (
    examples(
        "kemu serve                          打开 http://127.0.0.1:8000/ ，把文件拖进去检查",
        "kemu serve --port 9000",
        "kemu serve --workers 2              用几个进程回答，查询很多时用",
        "kemu serve --store 图库             在 /sparql 查询图库里的文件",
        "kemu serve --host 0.0.0.0 --allow-host kemu.example.cn",
        "curl http://127.0.0.1:8000/api/v1/codes/2080505?year=2019",
    )
    + "\n\n只在本机提供服务；要让别的机器访问，请加 --host 并自行设置访问控制。"
)


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="默认 127.0.0.1")
    parser.add_argument(
        "--allow-host", action="append", default=[], metavar="名称",
        help="浏览器里可以用的主机名，可以重复（默认只有 127.0.0.1、localhost）",
    )  # fmt: skip
    parser.add_argument(
        "--limits", metavar="文件", help="时间、大小、数量的限度，如 api/limits.toml"
    )
    parser.add_argument("--base", metavar="路径", help="在这个路径之下提供服务，如 /kemu（默认根）")
    parser.add_argument(
        "--store", metavar="文件夹",
        help="图库：/sparql 查询其中的文件；也是自己的科目库（默认 KEMU_STORE）",
    )  # fmt: skip
    parser.add_argument("--port", type=positive, default=8000, metavar="端口", help="默认 8000")
    parser.add_argument(
        "--workers", type=positive, default=1, metavar="数", help="几个进程（默认 1）"
    )


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    import os
    import socket
    from pathlib import Path

    from kemu.api.http import settings
    from kemu.api.http.callers import is_loopback
    from kemu.api.http.server import serve
    from kemu.classification import use
    from kemu.cli.console import tell
    from kemu.errors import InputError

    told = {
        settings.BASE: options.base,
        settings.HOSTS: ",".join(_names(options.host, options.allow_host)),
        settings.LIMITS: options.limits and str(Path(options.limits).resolve()),
        settings.DOCUMENTS: options.store and str(Path(options.store).resolve()),
    }
    os.environ.update({name: value for name, value in told.items() if value})
    settings.settings()
    if options.store:
        use(Path(options.store))
    try:
        listener = socket.create_server((options.host, options.port), backlog=128)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            "E-SERVE-PORT", f"用不了这个地址（{reason}）", f"{options.host}:{options.port}",
            "请换一个 --port，或关闭正在使用它的程序。",
        ) from None  # fmt: skip
    # Connections inherit it; without it an answer in two pieces waits 40 ms for the second.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    tell(f"http://{options.host}:{listener.getsockname()[1]}/ （按 Ctrl-C 结束）")
    if not (_names(options.host, options.allow_host) or is_loopback(options.host)):
        tell("只回答用 127.0.0.1、localhost 来访问的；别的名称要用 --allow-host 写明。")
    with listener:
        serve(listener, options.workers)
    return 0


def _names(host: str, allowed: list[str]) -> list[str]:
    """Return the names that requests may give to the server, beside those of this machine."""
    return allowed if host in ("", "0.0.0.0", "::") else [host, *allowed]
