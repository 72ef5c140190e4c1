"""`kemu codes`: keep the classification itself: check tables, import the yearly book, evidence."""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kemu.cli.parser import Parser, examples, positive, year

if TYPE_CHECKING:
    from kemu.classification.books.book import Book
    from kemu.classification.store.editions import Edition, Store
    from kemu.report.codes.book import Imported

HELP = (
    examples(
        "kemu codes check                                     检查自带的科目表",
        "kemu codes import 科目书.xlsx --edition 2026 --store 我的科目",
        "kemu codes import 科目书.pdf --edition 2026           不写 --store：只比较",
        "kemu codes editions --store 我的科目                  已导入哪些年度",
        "kemu codes undo --edition 2026 --store 我的科目      撤销那一年最近一次导入",
        "kemu codes record 全部文件/ --store 我的科目           记下文件里印出的名称和名词解释",
        "kemu codes evidence 2080505 --store 我的科目          多少份文件印出它，有哪些写法",
    )
    + "\n\n自带的科目表从不改动。把环境变量 KEMU_STORE 设为科目库的位置，其他命令也就采用它。"
)
MOST_SHOWN = 40


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="动作", dest="action", metavar="动作", required=True)
    one = actions.add_parser("check", help="检查科目表本身", description="检查科目表本身。")
    one.add_argument("folder", nargs="?", metavar="文件夹", help="自己的科目表（默认自带的）")
    _common(one, ("text", "json"))
    one = actions.add_parser(
        "import", help="导入年度科目书", description="读科目书，与科目表比较，写成自己的版本。"
    )
    one.add_argument("file", metavar="文件", help="xlsx、docx 或 PDF：类、款、项，科目名称，说明")
    one.add_argument("--edition", type=year, required=True, metavar="年", help="哪一年的科目书")
    _store(one)
    whole = one.add_mutually_exclusive_group()
    whole.add_argument("--complete", action="store_true", help="这是全本：没有的代码就是不存在")
    whole.add_argument("--partial", action="store_true", help="这只是一部分")
    whole.add_argument(
        "--skip-bad", action="store_true", help="列出不对的行，其余照常导入（不算全本）"
    )
    one.add_argument("--replace", action="store_true", help="替换已导入的同年版本")
    one.add_argument("--dry-run", action="store_true", help="只比较，不写入")
    _common(one, ("text", "json", "csv"))
    one = actions.add_parser(
        "record", help="记下文件里的印证", description="记下文件里印出的代码、名称和名词解释。"
    )
    one.add_argument("paths", nargs="+", metavar="文件", help="公开文件、文件夹或压缩包")
    _store(one)
    one.add_argument("--jobs", type=positive, default=1, metavar="数", help="同时用几个进程")
    _common(one, ("text", "json"))
    one = actions.add_parser(
        "evidence", help="一个科目的印证", description="多少份文件印出它，名称和解释有哪些写法。"
    )
    one.add_argument("code", metavar="代码", help="科目代码，可带点或空格")
    _store(one)
    _common(one, ("text", "json"))
    one = actions.add_parser(
        "undo", help="撤销一次导入", description="撤销一年最近一次导入，恢复被它替换的版本。"
    )
    one.add_argument("--edition", type=year, required=True, metavar="年", help="哪一年的科目书")
    _store(one)
    _common(one, ("text", "json"))
    one = actions.add_parser("editions", help="列出已导入的版本", description="列出已导入的版本。")
    _store(one)
    _common(one, ("text", "json"))


def _store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", metavar="文件夹", help="自己的科目库（默认 KEMU_STORE）")


def _common(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    parser.add_argument("--format", choices=formats, default="text", help="格式（默认 text）")
    parser.add_argument("--out", metavar="文件", help="写到文件，不写到终端")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言（默认 zh）")
    parser.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Do one of the actions."""
    from kemu.cli import codes_evidence

    actions = {
        "check": _check,
        "import": _import,
        "editions": _editions,
        "undo": _undo,
        "record": codes_evidence.record,
        "evidence": codes_evidence.evidence,
    }
    return actions[options.action](options)


def _check(options: argparse.Namespace) -> int:
    """Check code tables; the exit code tells whether they have errors."""
    from kemu.classification.tables.checker import check
    from kemu.cli.console import emit
    from kemu.report.formats.json_text import dumps
    from kemu.report.words import Words

    problems = check(Path(options.folder) if options.folder else None)
    errors = sum(problem.severity == "error" for problem in problems)
    if options.format == "json":
        text = dumps([asdict(problem) for problem in problems])
    else:
        words = Words(options.lang)
        counted = words("book", "counted", errors=errors, notices=len(problems) - errors)
        last = counted if problems else words("book", "sound")
        text = "".join(f"{line}\n" for line in (*problems, last))
    emit(text.encode(), options.out)
    return 1 if errors else 0


def _import(options: argparse.Namespace) -> int:
    """Compare a book with the tables and write it as an edition if a store is named."""
    from kemu.classification.books.book import book
    from kemu.cli.console import emit, width
    from kemu.errors import InputError
    from kemu.read import read
    from kemu.report.codes import book as codes_book
    from kemu.report.words import Words

    found = book(read(Path(options.file)))
    if not found.rows and not found.slips:
        raise InputError(
            "E-BOOK-EMPTY",
            "没有找到科目",
            options.file,
            "文件应为 xlsx、docx 或 PDF，表头应有“科目编码”和“科目名称”。",
        )
    if found.slips:
        _tell(found, options)
    if found.slips and not (options.skip_bad and found.rows):
        _refuse(found, options)
    imported = _written(_compared(found, options), options)
    render = {"json": codes_book.as_json, "csv": codes_book.as_csv}.get(options.format)
    words = Words(options.lang)
    text = render(imported) if render else codes_book.as_text(imported, words, width())
    emit(text.encode(), options.out, options.format)
    return 0


def _compared(found: Book, options: argparse.Namespace) -> Imported:
    from kemu.classification import Classification
    from kemu.classification.books.comparison import between, compared, completeness
    from kemu.report.codes.book import Imported
    from kemu.report.words import Words

    shipped = Classification(shipped=True)
    partial = completeness(found, options.edition, shipped)
    if options.complete:
        partial = dict.fromkeys(partial, "")
    elif options.partial:
        partial = dict.fromkeys(partial, Words(options.lang)("book", "said_partial"))
    elif found.slips:
        left_out = Words(options.lang)("book", "left_out", n=len(found.slips))
        partial = dict.fromkeys(partial, left_out)
    old = _before(options)
    since = between(old.rows, found.rows) if old else None
    differences = compared(found, options.edition, shipped)
    return Imported(found, options.edition, differences, partial, since=since)


def _before(options: argparse.Namespace) -> Edition | None:
    """Return the edition that the store has of the year; a damaged one only stands to be replaced.

    Raises:
        InputError: It cannot be read, and is not to be replaced.
    """
    from kemu.errors import InputError

    store = named(options)
    try:
        return store.edition(options.edition) if store else None
    except InputError:
        if options.replace:
            return None
        raise


def _tell(found: Book, options: argparse.Namespace) -> None:
    """Tell every slip of a book, a line each; JSON has them in its place."""
    from kemu.cli.console import tell

    if options.format == "json":
        return
    for slip in found.slips[:MOST_SHOWN]:
        tell(str(slip))
    if len(found.slips) > MOST_SHOWN:
        tell(f"… +{len(found.slips) - MOST_SHOWN}")


def _refuse(found: Book, options: argparse.Namespace) -> None:
    """Say that a book cannot be used.

    Raises:
        InputError: Always.
    """
    from kemu.cli.console import emit
    from kemu.errors import InputError
    from kemu.report.codes.book import Imported, as_json
    from kemu.report.words import Words

    if options.format == "json":
        emit(as_json(Imported(found, options.edition, (), {})).encode(), options.out)
    counted = Words(options.lang)("book", "slips", n=len(found.slips))
    advice = "请改正或换完整的文件；只导入其余的行请加 --skip-bad。"
    raise InputError("E-BOOK-ROWS", counted, options.file, advice)


def _written(imported: Imported, options: argparse.Namespace) -> Imported:
    """Write the edition if a store is named; the same book again changes nothing."""
    from kemu.classification.store.editions import edition_of
    from kemu.errors import InputError

    store = named(options)
    if store is None or options.dry_run:
        return imported
    complete = [scheme for scheme, why in imported.partial.items() if not why]
    edition = edition_of(imported.book, imported.year, complete)
    old = None if options.replace else _before(options)
    if old is not None and old != edition:
        raise InputError(
            "E-STORE-EXISTS",
            f"已有 {imported.year} 年版（{old.title}，{old.file}）",
            str(store.folder),
            "先加 --dry-run 看差别；要换成这一份，请加 --replace。",
        )
    if old is None:
        store.write(edition)
    return replace(imported, written=str(store.folder), store=str(store.folder.parent))


def _undo(options: argparse.Namespace) -> int:
    """Take back the last import of a year."""
    from kemu.cli.console import emit
    from kemu.report.formats.json_text import dumps
    from kemu.report.words import Words

    back = required(options).undo(options.edition)
    if options.format == "json":
        text = dumps({"year": options.edition, "restored": back.about() if back else None})
    elif back is None:
        text = Words(options.lang)("book", "undone", year=options.edition) + "\n"
    else:
        text = Words(options.lang)("book", "restored", **back.about()) + "\n"
    emit(text.encode(), options.out)
    return 0


def _editions(options: argparse.Namespace) -> int:
    """List the imported editions of a store."""
    from kemu.cli.console import emit
    from kemu.report.formats.json_text import dumps
    from kemu.report.words import Words

    found = required(options).editions()
    if options.format == "json":
        text = dumps([edition.about() for edition in found])
    else:
        words = Words(options.lang)
        shown = [words("book", "editions", **edition.about()) for edition in found]
        text = "\n".join(shown or [words("book", "no_editions")]) + "\n"
    emit(text.encode(), options.out)
    return 0


def required(options: argparse.Namespace) -> Store:
    """Return the store meant.

    Raises:
        InputError: None is named.
    """
    from kemu.errors import InputError

    store = named(options)
    if store is None:
        raise InputError(
            "E-CLI-USAGE", "没有说用哪个科目库", f"kemu codes {options.action}", "请加 --store。"
        )
    return store


def named(options: argparse.Namespace) -> Store | None:
    """Return the store of `--store` or of the environment, or None."""
    from kemu.classification.store.editions import VARIABLE, Store

    folder = options.store or os.environ.get(VARIABLE, "")
    return Store(Path(folder)) if folder else None
