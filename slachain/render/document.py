"""A contract as Markdown and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from slachain.decisions.contract.nouns import FORMAT, OPEN, Clause, Document, Section, Table, Week
from slachain.decisions.contract.wording import day_ranges, day_words
from slachain.decisions.data import as_data
from slachain.language.source import Span
from slachain.render.quoted import code, quoted

MOST = 4000  # characters of one text of a contract, which is never cut before
HOUSE = "INTERNAL – not for the other side"
BLANKS = ("Name", "Position", "Place, date", "Signature")


def document_data(found: Document) -> dict[str, Any]:
    """`slachain-document/1`."""
    return {"format": FORMAT, **as_data(found)}


def document_markdown(found: Document) -> str:
    """The contract as GitHub Flavored Markdown."""
    return "\n".join(_lines(found)).rstrip() + "\n"


def _lines(found: Document) -> Iterator[str]:
    if found.internal:
        yield from (f"> **{HOUSE}**", "")
    yield from (f"# {told(found.title)}", "", f"**{found.kind}**, as of {day_words(found.as_of)}", "")
    yield from ("| | |", "|---|---|")
    yield from (f"| {side.role} | {told(side.name)} |" for side in (found.provider, found.customer))
    yield ""
    for section in found.sections:
        if not section.internal:
            yield from _section(section, found.internal)
    yield from _signatures(found)
    for section in found.sections:
        if section.internal:
            yield from ("", *_section(section, places=True))


def _section(section: Section, places: bool) -> Iterator[str]:
    yield from (f"## {section.number}. {told(section.title)}", "")
    for clause in section.clauses:
        yield from _clause(clause, places)


def _clause(clause: Clause, places: bool) -> Iterator[str]:
    where = f" ({', '.join(map(code, written(clause.at)))})" if places and clause.at else ""
    yield from (f"**{clause.number}** {told(clause.text)}{where}", "")
    if clause.items:
        yield from (*(f"- {told(item)}" for item in clause.items), "")
    if clause.week:
        yield from (*_week(clause.week), "")
    if clause.table:
        yield from (*_table(clause.table, places), "")


def _table(table: Table, places: bool) -> Iterator[str]:
    places = places and any(line.at for line in table.lines)
    yield _row([*map(told, table.columns), *(["Written"] if places else [])])
    yield _row("---" for _ in range(len(table.columns) + places))
    for line in table.lines:
        yield _row([*map(told, line.cells), *([", ".join(map(code, written(line.at)))] if places else [])])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _week(week: Week) -> Iterator[str]:
    """The picture in words: a line for each weekday."""
    yield _row([f"{told(week.name)}, usual week", f"{told(week.zone)}"])
    yield _row(["---", "---"])
    for name, words in week_lines(week):
        yield _row([name, words])


def week_lines(week: Week) -> Iterator[tuple[str, str]]:
    """Weekdays that are alike, and their hours; `closed` where there are none."""
    for stretches, days in groupby(range(7), key=lambda day: week.days[day]):
        told = [f"{_at(s.opens)}–{_at(s.closes)}{'' if s.kind == OPEN else ' (in some weeks)'}" for s in stretches]
        yield day_ranges(days), ", ".join(told) or "closed"


def _at(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _signatures(found: Document) -> Iterator[str]:
    yield from ("## Signatures", "")
    yield _row(
        ["", f"For the {found.provider.role}, {told(found.provider.name)}", f"For the {found.customer.role}, {told(found.customer.name)}"]
    )
    yield _row(["---"] * 3)
    yield from (_row([blank, "", ""]) for blank in BLANKS)


def told(text: str) -> str:
    """A text of the contract, whole."""
    return quoted(text, MOST)


def written(places: Iterable[Span]) -> tuple[str, ...]:
    """Where something is written, each line once: `agreements/plans.yaml:12`."""
    return tuple(dict.fromkeys(f"{at.file}:{at.line}" for at in places))
