"""The report for a terminal: the same entries as the page, as plain text of a given width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kemu.model.findings import Status
from kemu.report.evidence import Printed
from kemu.report.layout import pad, table, width_of, wrap
from kemu.report.listing import Row, rank, row_of
from kemu.report.outcome import Failure, Outcome, path_of
from kemu.report.shares import percent
from kemu.report.sums import Sum
from kemu.report.view import GROUPS, Entry, View, view
from kemu.report.words import Words

_MOST_TERMS = 60
_STATUS_ORDER = (
    Status.VIOLATED, Status.WARNING, Status.HINT, Status.PASSED, Status.PARTLY_CHECKED,
    Status.NOT_CHECKABLE, Status.NOT_APPLICABLE,
)  # fmt: skip


class Stream:
    """The reports of documents as they come; only a line of each is kept, for the list."""

    def __init__(self, lang: str, titles: dict[str, str], width: int) -> None:
        self._words = Words(lang)
        self._titles = titles
        self._width = width
        self._rows: list[tuple[str, Row]] = []
        self._joint: list[str] = []

    def one(self, outcome: Outcome, replaces: Sequence[str] = ()) -> str:
        """Return a document's report.

        Args:
            outcome: What became of it.
            replaces: Files whose reports above no longer count: this is of all of them.
        """
        lang, path = self._words.lang, path_of(outcome)
        found = None if isinstance(outcome, Failure) else view(outcome, lang, self._titles)
        before = self._rule if self._rows else ""
        kept = [(name, row) for name, row in self._rows if name not in replaces]
        self._rows = [*kept, (path, row_of(outcome, found))]
        self._joint += _joint(path, found) if found else ()
        note = self._words("label", "replaces", files=self._words.listed(replaces))
        above = wrap(note, self._width) + "\n\n" if replaces else ""
        return before + above + self._report(outcome, found)

    def end(self) -> str:
        """Return the list of all documents, the worst first; nothing for a single one."""
        if len(self._rows) < 2:
            return ""
        rows = sorted((row for _, row in self._rows), key=rank)
        return self._rule + _listing(rows, self._words, self._width) + self._across()

    def _across(self) -> str:
        """Return what the documents checked together say of each other; empty if none were."""
        lines = [wrap(line, self._width, "  ") for line in self._joint]
        head = f"【{self._words('label', 'across')}】"
        return "\n" + "\n".join((head, *lines)) + "\n" if lines else ""

    @property
    def _rule(self) -> str:
        return f"\n{'=' * min(self._width, 78)}\n\n"

    def _report(self, outcome: Outcome, found: View | None) -> str:
        if found is not None:
            return "\n".join(_Report(found, self._titles, self._width).lines()) + "\n"
        assert isinstance(outcome, Failure)
        verdict = self._words("verdict", outcome.verdict)
        return f"{outcome.path}\n\n{verdict}\n{wrap(outcome.message, self._width, '  ')}\n"


def _joint(path: str, found: View) -> Iterator[str]:
    """Yield what a document says beside others, for the section on all of them."""
    if found.result.review.across is None:
        return
    told = [each.text for each in found.noted if each.kind in ("together", "missing", "twins")]
    told += [
        f"[{each.rule}] {Words(found.lang).pick(each.messages)}"
        for each in found.result.findings
        if each.rule.startswith(("R9.", "R10."))
    ]
    yield from (f"- {path}：{each}" for each in told)


def _listing(rows: Sequence[Row], words: Words, width: int) -> str:
    header = [words("label", "verdict"), *(words("group", name) for name in GROUPS.values())]
    header += [words("label", "share"), words("label", "file")]
    lines = [
        (
            words("verdict", row.verdict),
            *("" if n is None else str(n) for n in (row.must, row.should, row.rounding)),
            row.share,
            row.path or row.title,
        )
        for row in rows
    ]
    title = f"{words('label', 'index_title')} · {words('label', 'documents', n=len(rows))}"
    return f"{title}\n\n{table(header, lines, width, right=(1, 2, 3, 4), whole=(0, 5))}\n"


class _Report:
    """One document's report, line by line."""

    def __init__(self, found: View, titles: dict[str, str], width: int) -> None:
        self.view = found
        self.words = Words(found.lang)
        self.titles = titles
        self.width = width

    def lines(self) -> Iterator[str]:
        """Yield the whole report."""
        found, words = self.view, self.words
        yield wrap(found.title, self.width)
        path = found.result.extraction.document.path
        parts = (path, found.year, found.kind)
        yield wrap(" · ".join(p for p in parts if p != found.title), self.width)
        yield ""
        yield words("verdict", found.headline)
        yield wrap(words("label", "counts", **found.counts), self.width)
        yield self._coverage()
        if found.compared:
            yield wrap(found.compared, self.width)
        for one in found.noted:
            yield wrap(f"! {words.labelled(one.title, one.text)}", self.width, "  ")
        for line in found.obscure:
            yield wrap(f"! {line}", self.width, "  ")
        for group in GROUPS.values():
            yield from self._group(group)
        yield from self._unchecked()
        yield from self._ledger()

    def _coverage(self) -> str:
        found = self.view.coverage
        if not found.numbers:
            return self.words("label", "coverage_none")
        return wrap(
            self.words(
                "label",
                "coverage",
                numbers=found.numbers,
                bound=found.bound,
                in_checks=found.in_checks,
                bound_share=percent(found.bound, found.numbers),
                checks_share=percent(found.in_checks, found.numbers),
            ),
            self.width,
        )

    def _group(self, group: str) -> Iterator[str]:
        entries = self.view.of(group)
        if not entries:
            return
        yield ""
        yield self._heading(group)
        for entry in entries:
            yield ""
            yield from self._entry(entry)

    def _heading(self, group: str) -> str:
        note = self.words("group_note", group)
        return wrap(f"【{self.words('group', group)}】 {note}", self.width)

    def _entry(self, entry: Entry) -> Iterator[str]:
        yield wrap(f"{entry.number}. [{entry.rule}] {entry.message}", self.width)
        if entry.cause:
            yield self._field("cause", entry.cause)
        if entry.suspect:
            yield from self._printed(entry.suspect, entry.suspect.role)
        if entry.cause and entry.replacement:
            yield self._replacement(entry)
        yield from self._evidence(entry)
        if entry.replacement and not entry.cause:
            yield self._replacement(entry)
        for also in entry.also:
            yield self._field("also", f"[{also.rule}] {also.message}")
        places = self.words.listed(copy.where for copy in entry.elsewhere if copy.same)
        if places:
            yield self._field("elsewhere", places)

    def _evidence(self, entry: Entry) -> Iterator[str]:
        if entry.subject:
            yield from self._printed(entry.subject, self.words("label", "here"))
        for other in entry.against:
            yield from self._printed(other, other.role)
        if entry.sum:
            yield from self._sum(entry.sum)
        elif entry.difference:
            bound = f"{self.words('label', 'bound')} {entry.bound}" if entry.bound else ""
            note = self.words.bracketed(bound) if bound else ""
            yield self._field("difference", entry.difference + note)

    def _replacement(self, entry: Entry) -> str:
        text = self.words.labelled(entry.replacement_title, entry.replacement)
        return wrap(text, self.width, "   ")

    def _printed(self, printed: Printed, role: str) -> Iterator[str]:
        label = f" {printed.label}" if printed.label else ""
        yield wrap(f"{role}{label} {printed.amount} —— {printed.where}", self.width, "   ")
        quote = printed.quote
        if quote.before or quote.after:
            yield wrap(f"“{quote.before}〖{quote.mark}〗{quote.after}”", self.width, "     ")

    def _sum(self, total: Sum) -> Iterator[str]:
        words = self.words
        terms = [(line.sign, line.label, line.amount, line.running) for line in total.lines]
        shown, hidden = terms[:_MOST_TERMS], len(terms) - _MOST_TERMS
        feet = (
            ("", words("label", "sum_of_terms"), "", total.computed),
            ("", words("label", "printed_total"), "", total.stated),
            ("", words("label", "difference"), "", total.difference),
        )
        more = [("", f"… {hidden}", "", "")] if hidden > 0 else []
        header = ("", words("label", "item"), f"({total.unit})", words("label", "running"))
        body = table(header, [*shown, *more, *feet], self.width - 4, right=(2, 3))
        yield from ("    " + line for line in body.splitlines())

    def _field(self, label: str, text: str) -> str:
        return wrap(self.words.labelled(self.words("label", label), text), self.width, "   ")

    def _unchecked(self) -> Iterator[str]:
        found, words = self.view, self.words
        if not (found.unjudged or found.notices or found.strays):
            return
        yield ""
        yield self._heading("unchecked")
        for kind, message, where in found.notices:
            text = words.labelled(kind, message) + words.bracketed(where)
            yield wrap(f"- {text}", self.width, "  ")
        for gap in found.unjudged:
            text = words.labelled(gap.where, gap.reason) + words.bracketed(" ".join(gap.rules))
            yield wrap(f"- {text}", self.width, "  ")
        if found.strays:
            yield wrap(f"- {words('label', 'unbound_list', n=len(found.strays))}", self.width, "  ")
        for stray in found.strays:
            text = words.labelled(stray.printed, f"“{stray.quote}”") + words.bracketed(stray.where)
            yield wrap(f"{text} {stray.reason}", self.width, "    ")

    def _ledger(self) -> Iterator[str]:
        words, ledger = self.words, self.view.result.ledger
        yield ""
        yield f"【{words('label', 'ledger')}】"
        names = {status: words("status", status.value) for status in Status}
        wide = max(width_of(name) for name in names.values())
        for status in _STATUS_ORDER:
            rules = [row.rule for row in ledger if row.status is status]
            if rules:
                head = f"  {pad(names[status], wide)} {len(rules):>3}  "
                follow = " " * width_of(head)
                yield wrap(head + " ".join(rules), self.width, "", follow)
