"""`kemu export`: a store as RDF files, tables, code lists or a data cube."""

from __future__ import annotations

import argparse
from pathlib import Path

from kemu.cli.parser import Parser, examples

FORMS = ("ttl", "trig", "nquads", "jsonld", "csv", "parquet", "skos", "datacube")

HELP = (
    examples(
        "kemu export --store 图库 --to csv --out 金额.csv        一行一个数，含义有中文和英文",
        "kemu export --store 图库 --to parquet --out 金额.parquet",
        "kemu export --store 图库 --to datacube --out 数据立方.ttl",
        "kemu export --store 图库 --to trig --out 图谱.trig",
    )
    + "\n\ndatacube：同一个数只有一个观测，取最多处印证的值；"
    "\n含义没有弄清、没有键的数另写一个文件（….unkeyed.csv）。"
)


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("--store", required=True, metavar="位置", help="图库的文件夹或服务器地址")
    parser.add_argument("--to", choices=FORMS, required=True, help="写成什么")
    parser.add_argument("--out", metavar="文件", help="写到文件；parquet、datacube 必须写明")
    parser.add_argument("--all-versions", action="store_true", help="被替换的旧版本也写出")


def run(options: argparse.Namespace) -> int:
    """Write what was asked for."""
    from kemu.cli.console import emit, save, tell
    from kemu.errors import InputError
    from kemu.store.exports import cube, facts, graphs, tables
    from kemu.store.opening import opened

    if options.to in ("parquet", "datacube") and options.out in (None, "-"):
        raise InputError("E-CLI-USAGE", f"--to {options.to} 要用 --out 写明文件", "kemu export")
    with opened(options.store).reading() as reader:
        if options.to in ("csv", "parquet"):
            write = {"csv": tables.csv, "parquet": tables.parquet}[options.to]
            emit(write(facts.rows(reader, options.all_versions)), options.out, options.to)
        elif options.to == "datacube":
            found = list(facts.rows(reader))
            unkeyed = [row for row in found if not row.key]
            save(cube.turtle(cube.quantities(found)), Path(options.out))
            beside = Path(options.out).with_suffix(".unkeyed.csv")
            emit(tables.csv(unkeyed), str(beside), "csv")
            tell(f"{len(unkeyed)} 个数的含义没有全部弄清，写在 {beside}")
        else:
            form = {
                "ttl": graphs.turtle, "trig": graphs.trig, "nquads": graphs.nquads,
                "jsonld": graphs.json_ld, "skos": graphs.skos,
            }[options.to]  # fmt: skip
            emit(form(graphs.quads(reader, options.all_versions)), options.out)
    return 0
