"""A ticket history as one page to read, print and pass on: what was kept, each target with its months, what could be promised.

All that the template shows is made here, as frozen values; it holds markup only.
"""

from __future__ import annotations

from collections.abc import Iterator

import slachain
from slachain.analysis.tickets.csv_rows import Refused
from slachain.analysis.tickets.history import KEPT, NO_TICKETS, NOT_KEPT, UNDECIDED
from slachain.decisions.baseline_lines import FORMAT, Baseline, HistoryLine, SupportLine
from slachain.decisions.report import FindingLine
from slachain.language.model import ANY
from slachain.language.scalars import write_percentage
from slachain.language.values import dataclass
from slachain.render import baseline_words as words
from slachain.render.anchors import apart, finding_names, link_to
from slachain.render.baseline_chart import Trend, trend
from slachain.render.capacity_page import Cell, Table
from slachain.render.page.nouns import SEVERITIES, Badge, Fact, FindingRow, Tile
from slachain.render.templates import fill

VERDICTS = {
    NOT_KEPT: Badge("gap", "✗", "Not kept"),
    UNDECIDED: Badge("tolerated", "?", "Cannot be told"),
    KEPT: Badge("holds", "✓", "Kept"),
    NO_TICKETS: Badge("plain", "–", "No tickets"),
}
STRICTER = Badge("info", "↓", "Could be stricter")
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """Tickets that took so long, as a row with a bar of so many per cent."""

    took: str
    tickets: str
    share: str
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class TargetPart:
    """One target."""

    name: str
    anchor: str
    link: str
    badge: Badge
    stricter: Badge | None
    says: str
    who: str
    facts: tuple[Fact, ...]
    trend: Trend | None
    bars: tuple[Bar, ...]
    supports: Table | None
    promised: str


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page, ready to be set."""

    headline: Badge
    kicker: str
    tiles: tuple[Tile, ...]
    table: Table
    links: tuple[str, ...]
    targets: tuple[TargetPart, ...]
    findings: tuple[FindingRow, ...]
    accepted: tuple[FindingRow, ...]
    refused: tuple[Refused, ...]
    more_refused: int
    left_out: tuple[str, ...]
    not_measured: tuple[str, ...]
    notes: tuple[str, ...]
    made_with: str
    as_of: str


def baseline_html(found: Baseline) -> str:
    """The history as one HTML page without a request; the same history gives the same text."""
    return fill("baseline.html.j2", page=page(found))


def page(found: Baseline) -> Page:
    """Everything there is to show."""
    measured = [line for line in found.lines if line.tickets]
    named = apart([_anchor(line) for line in measured])
    order = (NOT_KEPT, UNDECIDED, KEPT)
    ordered = sorted(zip(measured, named, strict=True), key=lambda pair: order.index(pair[0].verdict))
    kind = next((VERDICTS[verdict] for verdict in order if found.count(verdict)), VERDICTS[NO_TICKETS])
    links = {
        (line.agreement, line.metric, line.priority): link_to(anchor) for line, anchor in reversed(list(zip(measured, named, strict=True)))
    }
    names = finding_names(found.findings)
    rows = [_finding(finding, name, links) for finding, name in zip(found.findings, names, strict=True)]
    return Page(
        headline=Badge(kind.kind, kind.symbol, words.headline(found)),
        kicker=words.tickets_words(found) + words.ends_words(found),
        tiles=tuple(tiles(found)),
        table=overview([line for line, _ in ordered]),
        links=tuple(link_to(anchor) for _, anchor in ordered),
        targets=tuple(target(line, anchor) for line, anchor in ordered),
        findings=tuple(row for row in rows if not row.finding.accepted),
        accepted=tuple(row for row in rows if row.finding.accepted),
        refused=found.refused[:MOST_ROWS],
        more_refused=len(found.refused) - len(found.refused[:MOST_ROWS]),
        left_out=tuple(words.left_out_words(part) for part in found.left_out),
        not_measured=tuple(words.left_out_words(part) for part in found.not_measured),
        notes=found.notes,
        made_with=f"slachain {slachain.__version__} ({FORMAT})",
        as_of=found.as_of.isoformat(),
    )


def tiles(found: Baseline) -> Iterator[Tile]:
    """The numbers of the whole log."""
    yield Tile(Badge("plain", "", "Tickets"), str(found.tickets), "that could be used")
    for verdict, detail in ((NOT_KEPT, "the history contradicts them"), (UNDECIDED, "too few tickets"), (KEPT, "the history shows it")):
        yield Tile(VERDICTS[verdict], str(found.count(verdict)), detail, some=found.count(verdict) > 0)
    stricter = sum(line.stricter for line in found.lines)
    yield Tile(STRICTER, str(stricter), "half of the time is enough", some=stricter > 0)
    refused = Badge("tolerated" if found.refused else "plain", "", "Rows refused")
    yield Tile(refused, str(len(found.refused)), "listed below" if found.refused else "every row was used", some=bool(found.refused))


def overview(lines: list[HistoryLine]) -> Table:
    """Every target in a row."""
    heads = ("Target", "Promised", "Tickets", "Kept", "Sure (95%)", "Median", "90%", "95%", "99%", "History supports", "")
    return Table("b-all", "Every target and its tickets", heads, tuple(_row(line) for line in lines), "Verdict")


def _row(line: HistoryLine) -> tuple[Cell, ...]:
    assert line.share is not None
    assert line.supported is not None
    badge = VERDICTS[line.verdict]
    kind = "number lacking" if line.verdict == NOT_KEPT else "number"
    return (
        Cell(full_name(line), "head"),
        Cell(words.promised_words(line)),
        Cell(str(line.tickets)),
        Cell(write_percentage(line.share.value), kind, strong=True),
        Cell(words.interval_words(line.share)),
        *(Cell(words.short(quantile.within)) for quantile in line.quantiles),
        Cell(words.support_words(line.supported), strong=line.supported.within.amount is not None),
        Cell(f"{badge.symbol} {badge.word}", {"holds": "holding", "gap": "lacking"}.get(badge.kind, "said")),
    )


def full_name(line: HistoryLine) -> str:
    """`acme-gold resolution P1`."""
    return f"{line.agreement} {words.name(line)}"


def target(line: HistoryLine, anchor: str) -> TargetPart:
    """One target with its pictures and tables."""
    stops = f"; stops while {', '.join(line.pauses)}" if line.pauses else ""
    name = full_name(line)
    return TargetPart(
        name=f"{line.title}: {words.name(line)}",
        anchor=anchor,
        link=link_to(anchor),
        badge=VERDICTS[line.verdict],
        stricter=STRICTER if line.stricter else None,
        says=says(line),
        who=f"{line.agreement} ({line.kind}), {line.provider} for {line.customer}; {line.clock}{stops}; {line.at.file}:{line.at.line}",
        facts=tuple(facts(line)),
        trend=trend(line, name),
        bars=tuple(bars(line)),
        supports=supports(line, name),
        promised=line.promised.text,
    )


def says(line: HistoryLine) -> str:
    """The verdict on a target in a sentence or two."""
    assert line.share is not None
    kept = f"{words.kept_words(line)} were kept within {line.promised.text}; {write_percentage(line.attainment, 6)} is {'promised' if line.promises else 'committed to'}."
    if line.verdict == UNDECIDED:
        return f"{kept} So few tickets do not tell: the share may be anything of {words.interval_words(line.share)}."
    found = line.supported
    if found and found.write and (line.verdict == NOT_KEPT or line.stricter):
        return f"{kept} History supports {words.short(found.within)} for as many: one would write {found.write.text}."
    return kept


def facts(line: HistoryLine) -> Iterator[Fact]:
    """The numbers of a target."""
    assert line.share is not None
    assert line.supported is not None
    yield Fact("Kept", write_percentage(line.share.value))
    yield Fact("Sure, with 95% confidence", words.interval_words(line.share))
    yield supported_fact(line.supported)
    for quantile, label in zip(line.quantiles, ("Half were done within", "90% within", "95% within", "99% within"), strict=True):
        yield Fact(label, words.short(quantile.within))
    yield Fact("Tickets, and late", f"{line.tickets}, {line.tickets - line.kept}")
    if line.overdue:
        yield Fact("Of these open and late", str(line.overdue))
    if line.open:
        yield Fact("Open, not counted", str(line.open))


def supported_fact(found: SupportLine) -> Fact:
    """What history supports; where it is nothing, why stands beside the name."""
    name, told = f"Supported for {write_percentage(found.share, 6)}", words.support_words(found)
    value, _, why = told.partition(" ")
    return Fact(f"{name} {why}" if why else name, value)


def bars(line: HistoryLine) -> Iterator[Bar]:
    """How long the tickets took, against what is promised."""
    for part in line.spread:
        took = part.upto.text if part.upto else "longer"
        share = 100 * part.tickets / line.tickets
        yield Bar(took, str(part.tickets), f"{share:.1f}%", round(share, 2), "ok" if part.kept else "late")


def supports(line: HistoryLine, name: str) -> Table | None:
    """What could be promised for other shares of the tickets."""
    heads = ("For", "History supports", "One would write")
    rows = tuple(
        (
            Cell(write_percentage(found.share, 6), "head"),
            Cell(words.support_words(found)),
            Cell(found.write.text if found.write else words.NONE, strong=found.write is not None),
        )
        for found in line.supports
    )
    return Table("b-supports", f"What could be promised for {name}", heads, rows) if rows else None


def _anchor(line: HistoryLine) -> str:
    parts = (line.agreement, line.metric, line.priority, line.alternative)
    return ".".join(str(part) for part in parts if part is not None)


def _finding(finding: FindingLine, anchor: str, links: dict[tuple[str, str, str], str]) -> FindingRow:
    key = (finding.agreement or "", finding.metric or "", finding.priority or "")
    named = " ".join(part for part in key if part and part != ANY)
    return FindingRow(finding=finding, badge=SEVERITIES[finding.severity], anchor=anchor, promise=named, link=links.get(key, ""), tokens="")
