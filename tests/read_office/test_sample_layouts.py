"""The sums, shares and rates in the samples of other places hold, added up from the printed text.

As in `test_samples`, nothing here comes from the scripts that make the samples.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
JIANGSU = "临江市水务局_2025年度部门预算"
GUANGDONG = "岭安市农业农村局_2025年部门预算"
SHAANXI = "渭北市民政局_2025年部门综合预算"
SHANGHAI = "海曲区统计局_2024年度部门决算"
AMOUNT = re.compile(r"-?[\d,]+(?:\.\d+)?")
Row = list[str]


def printed(name: str) -> str:
    return (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")


def tables(text: str) -> list[list[Row]]:
    """Return the dumped tables: rows of cells."""
    found = []
    for chunk in re.split(r"\n(?=[^\t\n])", text):
        rows = [
            [line[1:] for line in block.split("\n") if line.startswith("\t")]
            for block in chunk.split("\n\n")
        ]
        rows = [row for row in rows if row]
        if len(rows) > 1:
            found.append(rows)
    return found


def number(cell: str) -> Decimal:
    return Decimal(cell.replace(",", "") or "0")


def amounts(row: Row, count: int, after: int = 0) -> list[Decimal]:
    """Return `count` cells of a row as amounts, leaving out `after` cells at its end."""
    return [number(cell) for cell in row[len(row) - count - after : len(row) - after]]


def coded(rows: list[Row]) -> list[tuple[str, Row]]:
    """Return the rows that carry a code, with the whole code, in whichever way it is printed."""
    found: list[tuple[str, Row]] = []
    head = ""
    for row in rows:
        bracket = re.match(r"\s*\[(\d+)\]", row[0])
        three = len(row) > 3 and re.fullmatch(r"\d{3}", row[0]) and row[1:3] != ["", ""]
        if bracket:
            code = bracket[1]
        elif three and re.fullmatch(r"\d\d", row[1]) and re.fullmatch(r"(?:\d\d)?", row[2]):
            code = "".join(row[:3])
        elif re.fullmatch(r"\s*\d{2,7}", row[0]):
            code = row[0].strip()
            code = head + code if len(code) == 2 else code
        else:
            continue
        head = code[:3]
        found.append((code, row))
    return found


def broken_sums(rows: list[Row], count: int, after: int = 0) -> set[str]:
    """Return the codes (and 合计) whose amounts are not the sum of what is below them."""
    values = {code: amounts(row, count, after) for code, row in coded(rows)}
    (total,) = (amounts(r, count, after) for r in rows if "合计" in r[: len(r) - count - after])
    top = min(map(len, values))
    broken = set()
    for parent in ("", *values):
        size = top if not parent else len(parent) + 2
        parts = [v for c, v in values.items() if len(c) == size and c.startswith(parent)]
        whole = values[parent] if parent else total
        if parts and [sum(column) for column in zip(*parts, strict=True)] != whole:
            broken.add(parent or "合计")
    return broken


def broken_rows(rows: list[Row], weights: list[int], after: int = 0) -> list[Row]:
    """Return the rows whose weighted amounts do not come to 0."""
    count = len(weights)
    broken = []
    for row in rows:
        cells = row[len(row) - count - after : len(row) - after]
        if len(cells) < count or not all(not cell or AMOUNT.fullmatch(cell) for cell in cells):
            continue
        if sum(w * number(cell) for w, cell in zip(weights, cells, strict=True)):
            broken.append(row)
    return broken


@pytest.mark.parametrize(
    ("name", "index", "weights", "after"),
    [
        (JIANGSU, 2, [1, -1, -1], 3),
        (JIANGSU, 4, [1, -1, 0, 0, -1], 0),
        (JIANGSU, 4, [0, 1, -1, -1, 0], 0),
        (JIANGSU, 5, [1, -1, -1], 0),
        (JIANGSU, 6, [1, -1, 0, 0, -1], 0),
        (JIANGSU, 7, [1, -1, -1], 0),
        (JIANGSU, 11, [0], 0),
        (GUANGDONG, 2, [1, -1, -1], 3),
        (GUANGDONG, 4, [1, -1, -1], 0),
        (GUANGDONG, 5, [0], 0),
        (GUANGDONG, 6, [0], 0),
        (GUANGDONG, 8, [1, -1, -1], 0),
        (SHAANXI, 3, [1, -1, -1, -1], 1),
        (SHAANXI, 4, [1, -1, -1, -1], 1),
        (SHAANXI, 5, [1, -1, -1], 1),
        (SHAANXI, 6, [1, -1, -1], 1),
        (SHANGHAI, 1, [1, -1, -1, -1, -1, -1, -1], 0),
        (SHANGHAI, 2, [1, -1, -1, -1, -1, -1], 0),
        (SHANGHAI, 4, [1, -1, -1], 0),
    ],
)
def test_sums_by_code_and_by_row(name: str, index: int, weights: list[int], after: int) -> None:
    rows = tables(printed(name))[index]
    assert len(coded(rows)) >= 4
    assert broken_sums(rows, len(weights), after) == set()
    assert weights == [0] or broken_rows(rows, weights, after) == []


def test_every_sample_has_its_tables() -> None:
    counts = {name: len(tables(printed(name))) for name in (JIANGSU, GUANGDONG, SHAANXI, SHANGHAI)}
    assert counts == {JIANGSU: 13, GUANGDONG: 10, SHAANXI: 10, SHANGHAI: 9}


@pytest.mark.parametrize("name", [JIANGSU, GUANGDONG, SHANGHAI])
def test_both_sides_of_the_balance_add_up(name: str) -> None:
    rows = tables(printed(name))[0]
    at = next(i for i, row in enumerate(rows) if row[0] == "本年收入合计")
    body = [row for row in rows[2:at] if len(row) == 4]
    assert sum(number(row[1]) for row in body) == number(rows[at][1]) > 0
    assert sum(number(row[3]) for row in body) == number(rows[at][3]) > 0
    for side in (1, 3):
        assert sum(number(row[side]) for row in rows[at:-1]) == number(rows[-1][side])
    assert number(rows[-1][1]) == number(rows[-1][3])


def test_units_add_up_to_the_department() -> None:
    rows = tables(printed(JIANGSU))[1]
    total, department, *units = (amounts(r, 3, 13) for r in rows if AMOUNT.fullmatch(r[2]))
    assert len(units) == 2
    assert total == department == [sum(column) for column in zip(*units, strict=True)]
    rows = tables(printed(GUANGDONG))[1]
    total, *units = (amounts(row, 12) for row in rows if AMOUNT.fullmatch(row[1]))
    assert total == [sum(column) for column in zip(*units, strict=True)]
    assert all(unit[0] == unit[1] + unit[2] for unit in (total, *units))


def test_side_by_side_lists_close() -> None:
    rows = tables(printed(SHANGHAI))[5]
    people, public = (number(cell) for cell in (rows[-1][1], rows[-1][3]))
    for side, whole in ((0, people), (4, public)):
        body = [row[side : side + 4] for row in rows[2:-1] if row[side]]
        heads = {row[0]: number(row[3]) for row in body if not row[1]}
        for head, amount in heads.items():
            assert sum(number(r[3]) for r in body if r[0] == head and r[1]) == amount, head
        assert sum(heads.values()) == whole
    assert people + public == number(tables(printed(SHANGHAI))[4][-1][5])


def rounded(part: Decimal, whole: Decimal) -> Decimal:
    return (100 * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize(("name", "least"), [(JIANGSU, 14), (GUANGDONG, 7), (SHAANXI, 6),
                                             (SHANGHAI, 3)])  # fmt: skip
def test_rates_follow_from_amounts_and_changes(name: str, least: int) -> None:
    """A rate is the change over this year's amount without the change."""
    compared = (
        r"([\d.]+)万元(?:（[^）]*）)?。?，?(?:与上年相比|比上年|较上年|与2023年度相比，[^。；]*?|比2023年度)"
        r"[^。；\d]*?(增加|减少)([\d.]+)万元，(?:增长|下降)([\d.]+)%"
    )
    found = re.findall(compared, printed(name))
    assert len(found) >= least
    for now, word, difference, rate in found:
        change = Decimal(difference) * (1 if word == "增加" else -1)
        base = Decimal(now) - change
        assert rounded(abs(change), base) == Decimal(rate), (now, word, difference, rate)


@pytest.mark.parametrize(
    ("name", "pattern", "total"),
    [
        (JIANGSU, r"([\d.]+)万元，占([\d.]+)%", "2522.57"),
        (JIANGSU, r"支出([\d.]+)万元，占“三公”经费的([\d.]+)%", "12.76"),
        (SHANGHAI, r"支出([\d.]+)万元，占([\d.]+)%", "949.37"),
        (SHANGHAI, r"收入([\d.]+)万元，占([\d.]+)%", "952.62"),
    ],
)
def test_shares(name: str, pattern: str, total: str) -> None:
    found = re.findall(pattern, printed(name))
    assert len(found) >= 2
    for part, share in found:
        assert rounded(Decimal(part), Decimal(total)) == Decimal(share), (part, share)


def test_completion_rates_and_their_totals() -> None:
    pattern = r"年初预算为([\d.]+)万元，支出决算为([\d.]+)万元，完成年初预算的([\d.]+)%"
    whole, *items = re.findall(pattern, printed(SHANGHAI))
    assert len(items) == 9
    for budget, spent, rate in (whole, *items):
        assert rounded(Decimal(spent), Decimal(budget)) == Decimal(rate)
    for column in (0, 1):
        assert sum(Decimal(item[column]) for item in items) == Decimal(whole[column])


def test_items_in_the_prose_are_those_of_the_tables() -> None:
    names = {row[1].strip(): number(row[2]) for code, row in coded(tables(printed(JIANGSU))[4])
             if len(code) == 7}  # fmt: skip
    said = re.findall(r"（款）(.+?)（项）支出([\d.]+)万元", printed(JIANGSU))
    assert {name: Decimal(amount) for name, amount in said} == names
    codes = {code: number(row[2]) for code, row in coded(tables(printed(SHAANXI))[3])
             if len(code) == 7}  # fmt: skip
    said = re.findall(r"（(\d{7})）([\d.]+)万元", printed(SHAANXI))
    assert {code: Decimal(amount) for code, amount in said} == codes
    for scheme, count in (("3", 4), ("5", 4)):
        classes = re.findall(rf"（({scheme}\d\d)）([\d.]+)万元，其中", printed(SHAANXI))
        assert len(classes) == count
        assert sum(Decimal(amount) for _, amount in classes) == Decimal("1540.13")


def test_two_ways_of_classifying_give_the_same_sums() -> None:
    """Department class by department class, the government classes beside it add up alike."""
    rows = coded(tables(printed(SHAANXI))[4])
    by_government: dict[str, Decimal] = {}
    for code, row in rows:
        if len(code) == 5:
            assert re.fullmatch(r"5\d{4}", row[2]), row
            by_government[row[2][:3]] = by_government.get(row[2][:3], Decimal(0)) + number(row[4])
    said = re.findall(r"（(5\d\d)）([\d.]+)万元，其中", printed(SHAANXI))
    assert by_government == {code: Decimal(amount) for code, amount in said}
