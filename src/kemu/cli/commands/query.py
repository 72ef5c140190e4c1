"""`kemu query`: SPARQL over documents, a graph file or a store."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from kemu.cli.parser import Parser, examples, positive

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kemu.graph.sparql import results
    from kemu.store.backend import Reader


HELP = (
    examples(
        "kemu query --list                                现成的查询",
        "kemu query amounts_of_code 2024.pdf 2025.pdf --set code=2080505",
        "kemu query three_public 全部文件/ --format csv --out 三公.csv --jobs 4",
        "kemu query 我的查询.rq 图谱.trig",
        'kemu query "SELECT (COUNT(?f) AS ?n) WHERE { ?f a qb:Observation }" 单位预算.pdf',
    )
    + "\n\n前缀 kemu: qb: skos: org: prov: oa: schema: dcterms: 已经声明。只能读，不能改。"
)
GRAPHS = (".trig", ".nq", ".ttl", ".nt", ".rdf", ".jsonld")


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("query", nargs="?", metavar="查询", help="名称、.rq 文件或 SPARQL 文本")
    parser.add_argument("paths", nargs="*", metavar="文件", help="公开文件、文件夹或 RDF 图文件")
    parser.add_argument("--store", metavar="位置", help="查询图库：文件夹，或 SPARQL 服务器的地址")
    parser.add_argument(
        "--all-versions", action="store_true", help="图库里被替换的旧版本也查（默认只查现行的）"
    )
    parser.add_argument("--list", action="store_true", help="列出现成的查询")
    parser.add_argument(
        "--set", action="append", default=[], metavar="变量=值", help="给查询的参数，可以重复"
    )
    parser.add_argument("--format", choices=("table", "csv", "json", "ttl"), help="默认 table")
    parser.add_argument("--out", metavar="文件", help="写到文件，不写到终端")
    parser.add_argument(
        "--ocr", action="store_true", help="识别扫描页（需要 kemu[ocr] 和 tesseract）"
    )
    parser.add_argument("--jobs", type=positive, default=1, metavar="数", help="同时用几个进程")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言（默认 zh）")


def run(options: argparse.Namespace) -> int:
    """Answer one query; the exit code tells whether all files could be read."""
    import pyoxigraph as ox

    from kemu.cli.console import emit
    from kemu.errors import InputError
    from kemu.graph.sparql import queries

    if options.list:
        emit(_listing(options.lang).encode(), options.out)
        return 0
    if not options.query:
        raise InputError("E-CLI-USAGE", "缺少参数：查询", "kemu query", "用 --list 看现成的查询。")
    query = queries.find(options.query)
    values = dict(_value(text) for text in options.set)
    queries.check(query, values)
    with ExitStack() as stack:
        reader, code = _reader(options, stack)
        answer = reader.query(query, values, options.all_versions)
        form = options.format or ("ttl" if isinstance(answer, ox.QueryTriples) else "table")
        emit(_rendered(answer, form, reader, options.lang), options.out, form)
    return code


def _listing(lang: str) -> str:
    from kemu.graph.sparql import queries

    lines = []
    for query in queries.named():
        lines.append(f"{query.name:<22} {query.title.get(lang, '')}")
        lines += [f"{'':<22}   --set {name}=…  {what}" for name, what in query.parameters.items()]
    return "\n".join(lines) + "\n"


def _value(text: str) -> tuple[str, str]:
    from kemu.errors import InputError

    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise InputError("E-CLI-USAGE", f"--set {text} 应写成 变量=值", "kemu query")
    return name, value


def _reader(options: argparse.Namespace, stack: ExitStack) -> tuple[Reader, int]:
    """Return what to query, and the exit code that reading it gave."""
    from kemu.errors import InputError
    from kemu.graph.sparql import stores
    from kemu.store.embedded import Snapshot
    from kemu.store.opening import opened

    if options.store and (Path(options.store) / "CURRENT").is_file():
        return Snapshot(stores.opened(Path(options.store))), 0
    if options.store:
        return stack.enter_context(opened(options.store).reading()), 0
    if not options.paths:
        raise InputError(
            "E-CLI-USAGE",
            "没有说查询哪些文件",
            "kemu query",
            "请在查询后面写上文件，或用 --store。",
        )
    store, code = _of_files(options)
    return Snapshot(store), code


def _of_files(options: argparse.Namespace) -> tuple[ox.Store, int]:
    from kemu.cli.console import Progress, tell
    from kemu.graph.sparql import stores
    from kemu.pipeline.documents import extractions
    from kemu.report import Failure

    graphs = [name for name in options.paths if name.lower().endswith(GRAPHS)]
    others = [name for name in options.paths if name not in graphs]
    outcomes = extractions(others, options.jobs, options.ocr, Progress) if others else []
    failures = [o for o in outcomes if isinstance(o, Failure)]
    for failure in failures:
        tell(failure.message)
    store = stores.of([o for o in outcomes if not isinstance(o, Failure)])
    for name in graphs:
        stores.add_file(store, Path(name))
    return store, max((failure.exit_code for failure in failures), default=0)


def _rendered(answer: results.Answer, form: str, reader: Reader, lang: str) -> bytes:
    from kemu.cli import answers
    from kemu.cli.console import width
    from kemu.graph.sparql import results
    from kemu.report.layout import table

    if form == "csv":
        return answers.csv(answer, reader, lang)
    if form != "table":
        return {"json": results.json, "ttl": results.turtle}[form](answer)
    header, found = answers.shown(answer, reader, lang)
    return (table(header, found, width()) + "\n").encode()
