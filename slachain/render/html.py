"""The gap report as one self-contained page: the verdict on top, each gap with its picture, then everything else.

All that the templates show is made here, as frozen values; they hold markup only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import quote

import slachain
from slachain.clocks.wall import DAY_NAMES, MONTHS
from slachain.decisions.report import FORMAT, FindingLine, PromiseLine, Report
from slachain.language.scalars import write_percentage
from slachain.language.source import Span
from slachain.render import amounts
from slachain.render.amounts import amount_case, cost, is_amount, money_tile
from slachain.render.case import facts, fix_row, supported, ticket, write_exposure
from slachain.render.page import BADGES, NOTHING, SEVERITIES, Badge, FindingRow, Page, Row, Section, Tile
from slachain.render.templates import fill
from slachain.render.words import counted

# The finding that tells why a promise does not hold.
CODES = {
    "missing": "SC204",
    "equal": "SC209",
    "hours": "SC203",
    "commitment": "SC201",
    "sum": "SC202",
    "attainment": "SC206",
    "availability": "SC301",
    "amount": "SC302",
    "unsupported": "SC205",
}
CAUSES = {
    "missing": "Somebody whom the ticket reaches has agreed to no time for it, so nothing limits how long it may stay there.",
    "equal": "Everybody together is allowed exactly the time that is promised. Nothing is left over: being in time needs more than that.",
    "hours": "The allowed times would fit, but the customer's clock runs on while somebody who has the ticket is closed.",
    "commitment": "A single step is by itself allowed more time than the whole promise gives.",
    "sum": "No single step is too slow, but one after another they are allowed more time than is promised.",
    "attainment": "The time is kept, but those relied on keep theirs for too few tickets to assure the promised percentage.",
    "unsupported": "The agreement names nobody who has committed to do this. It may be kept or not: nothing written says that it will be.",
}
TOLERATED = "The time is not always kept, but late tickets stay within the percentage that the promise leaves open."


def html(report: Report) -> str:
    """The report as one HTML page without a script or a request; the same report gives the same text."""
    return fill("report.html.j2", page=Composer(report, names(report)).page())


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes the page of a report; `anchors` are the promises' by their keys."""

    report: Report
    anchors: dict[Key, str]

    def page(self) -> Page:
        """Everything there is to show."""
        report = self.report
        of_promise = by_promise(report)
        rows = sorted((self.row(promise) for promise in report.promises), key=lambda row: list(BADGES).index(row.badge.kind))
        sections = [self.section(row, of_promise.get(key_of(row.promise), [])) for row in rows if row.badge.kind != "holds"]
        told = {id(found) for section in rows if section.badge.kind != "holds" for found in of_promise.get(key_of(section.promise), [])}
        widest = widest_gap(rows)
        return Page(
            headline=headline(report),
            widest=widest_words(widest) if widest else "",
            widest_link=widest.link if widest else "",
            as_of=f"{DAY_NAMES[report.as_of.weekday()]} {report.as_of.day} {MONTHS[report.as_of.month - 1]} {report.as_of.year}",
            unread=unread(report),
            tiles=tuple(tiles(report)),
            rows=tuple(rows),
            gaps=tuple(s for s in sections if s.row.badge.kind == "gap"),
            tolerated=tuple(s for s in sections if s.row.badge.kind == "tolerated"),
            unsupported=tuple(s for s in sections if s.row.badge.kind == "unsupported"),
            holds=tuple(row for row in rows if row.badge.kind == "holds"),
            findings=self.findings([f for f in report.findings if not f.accepted and id(f) not in told]),
            accepted=self.findings([f for f in report.findings if f.accepted]),
            report=report,
            made_with=f"slachain {slachain.__version__} ({FORMAT})",
            has_amounts=any(is_amount(promise) for promise in report.promises),
            has_money=any(promise.money for promise in report.promises),
        )

    def row(self, promise: PromiseLine) -> Row:
        """One promise's numbers in words."""
        share, anchor = promise.attainment, self.anchors[key_of(promise)]
        amount = promise.headroom.amount if promise.headroom else None
        lacking = promise.headroom is not None and (amount is None or amount <= 0)
        return Row(
            promise=promise,
            badge=BADGES[promise.verdict],
            anchor=anchor,
            link=link_to(anchor),
            supported=supported(promise),
            headroom=promise.headroom.text if promise.headroom else NOTHING,
            asked=write_percentage(share.promised, 6) if share else NOTHING,
            assured=write_percentage(share.assured) if share else NOTHING,
            exposure=write_exposure(promise.exposure) if promise.exposure is not None else NOTHING,
            headroom_kind="lacking" if lacking else "",
            priority=amounts.priority(promise),
            clock=amounts.clock(promise),
            cost=cost(promise),
            down=promise.downtime,
        )

    def section(self, row: Row, found: list[FindingLine]) -> Section:
        """A promise that does not simply hold, with what was found of it."""
        promise, case = row.promise, row.promise.worst_case
        code = "SC207" if promise.verdict == "tolerated" else CODES.get(promise.cause or "", "")
        main = next((finding for finding in found if finding.code == code), None)
        of_amount = is_amount(promise)
        cause = amounts.why(promise) if of_amount and promise.cause != "unsupported" else CAUSES.get(promise.cause or "", "")
        return Section(
            row=row,
            message=main.message if main else f"{promise.promised.text} promised {promise.clock}, {row.supported} {_possible(promise)}",
            cause=f"{TOLERATED} {cause}" if promise.verdict == "tolerated" else cause,
            facts=tuple(amounts.facts(row) if of_amount else facts(row)),
            ticket=ticket(promise, case) if case else None,
            amount=amount_case(promise, main) if of_amount else None,
            fixes=tuple(fix_row(promise, fix) for fix in promise.fixes),
            help=main.help if main else "",
            more=self.findings([finding for finding in found if finding is not main]),
        )

    def findings(self, found: list[FindingLine]) -> tuple[FindingRow, ...]:
        """Findings with their links, the gravest first."""
        ordered = sorted(found, key=lambda finding: -finding.severity.weight)
        return tuple(self.finding_row(finding) for finding in ordered)

    def finding_row(self, finding: FindingLine) -> FindingRow:
        """One finding, linked to the first of the promises it may concern."""
        named = (finding.agreement or "", finding.metric or "", finding.priority or "")
        anchor = next((self.anchors[key] for key in ((*named, None), (*named, 0)) if key in self.anchors), "")
        name = " ".join(part for part in named if part)
        return FindingRow(finding, SEVERITIES[finding.severity], name, link_to(anchor) if anchor else "")


# --- which promise ---------------------------------------------------------------------------------------------------

Key = tuple[str, str, str, int | None]


def key_of(promise: PromiseLine) -> Key:
    """What names a promise."""
    return promise.agreement, promise.metric, promise.priority, promise.alternative


def names(report: Report) -> dict[Key, str]:
    """`acme-gold.resolution.P1`, with `.0` for an alternative. Dots in ids may make two alike: then a later one gets a `~2`."""
    found: dict[Key, str] = {}
    times: dict[str, int] = {}
    for promise in report.promises:
        name = ".".join(str(part) for part in key_of(promise) if part is not None)
        times[name] = times.get(name, 0) + 1
        found[key_of(promise)] = name if times[name] == 1 else f"{name}~{times[name]}"
    return found


def link_to(anchor: str) -> str:
    """A fragment that leads there."""
    return "#" + quote(anchor, safe="*~")


def by_promise(report: Report) -> dict[Key, list[FindingLine]]:
    """The findings on whether a promise is kept, by promise; of alternatives, the one that is written nearest."""
    rivals: dict[tuple[str | None, ...], list[PromiseLine]] = {}
    for promise in report.promises:
        rivals.setdefault((promise.agreement, promise.metric, promise.priority), []).append(promise)
    found: dict[Key, list[FindingLine]] = {}
    for finding in report.findings:
        concerned = rivals.get((finding.agreement, finding.metric, finding.priority), [])
        if concerned and finding.code[:3] in ("SC2", "SC3"):
            nearest = min(concerned, key=lambda promise: _apart(promise.at, finding.at))
            found.setdefault(key_of(nearest), []).append(finding)
    return found


def _apart(one: Span, other: Span) -> tuple[bool, int, int]:
    return one.file != other.file, abs(one.line - other.line), abs(one.column - other.column)


# --- the summary -----------------------------------------------------------------------------------------------------


def headline(report: Report) -> Badge:
    """The verdict in a sentence."""
    total, gaps, unsupported = len(report.promises), report.count("gap"), report.count("unsupported")
    if not total:
        return Badge("unsupported", "?", "There is no promise to judge.")
    if gaps:
        also = f", and {unsupported} more {_has(unsupported)} nobody behind {_them(unsupported)}" if unsupported else ""
        return Badge("gap", "✗", f"{_of(gaps, total)} cannot be kept as written{also}.")
    if unsupported:
        return Badge("unsupported", "?", f"{_of(unsupported, total)} {_has(unsupported)} nobody behind {_them(unsupported)}.")
    tolerated = report.count("tolerated")
    if tolerated:
        whose = "one of them only because its percentage leaves" if tolerated == 1 else "some only because their percentages leave"
        return Badge("tolerated", "≈", f"All promises are kept, {whose} room for late tickets.")
    return Badge("holds", "✓", "The one promise holds." if total == 1 else f"All {total} promises hold.")


def _of(some: int, total: int) -> str:
    return "The one promise" if total == 1 else f"All {total} promises" if some == total else f"{some} of {total} promises"


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def _them(number: int) -> str:
    return "it" if number == 1 else "them"


def widest_gap(rows: list[Row]) -> Row | None:
    """The gap whose supported time (downtime, amount) is the greatest multiple of its promise; the first of equals."""
    gaps = [row for row in rows if row.badge.kind == "gap"]
    return max(gaps, key=lambda row: _multiple(row.promise), default=None)


def _multiple(promise: PromiseLine) -> tuple[bool, Fraction]:
    if is_amount(promise):
        return amounts.multiple(promise)
    possible, limit = promise.supported, promise.promised.amount
    if possible is None or possible.amount is None or not limit:
        return possible is not None, Fraction(0)
    return False, Fraction(possible.amount, limit)


def widest_words(row: Row) -> str:
    """What the widest gap promises, and what is possible."""
    promise = row.promise
    name = f"{promise.title}, {' '.join([promise.metric, *row.priority.split()])}: {promise.promised.text} promised"
    endless = promise.supported is not None and promise.supported.amount is None
    if endless:
        return f"{name}, {row.supported if is_amount(promise) else 'never done for certain'}"
    return f"{name}, {row.supported} {_possible(promise)}"


def _possible(promise: PromiseLine) -> str:
    return "supplied" if is_amount(promise) else "possible"


def unread(report: Report) -> str:
    """A warning where part of the files could not be read: then nothing here is the whole truth."""
    errors = sum(finding.code.startswith("SC1") for finding in report.findings)
    if not errors:
        return ""
    return f"{counted(errors, 'error')} in the files: part of them could not be read as written, so this report may be incomplete."


def tiles(report: Report) -> Iterator[Tile]:
    """The counts, and the money at risk where there is any."""
    yield Tile(Badge("plain", "", "Promises"), str(len(report.promises)), f"in {counted(report.agreements, 'agreement')}")
    yield verdict_tile(report, "holds", "Hold", "always kept")
    yield verdict_tile(report, "tolerated", "Tolerated", "late within the percentage")
    yield verdict_tile(report, "gap", "Gaps", "cannot be kept as written")
    yield verdict_tile(report, "unsupported", "Unsupported", "nobody behind them")
    open_ones = [finding for finding in report.findings if not finding.accepted]
    accepted = len(report.findings) - len(open_ones)
    counts = [counted(n, SEVERITIES[s].word.lower()) for s in SEVERITIES if (n := sum(f.severity == s for f in open_ones))]
    detail = ", ".join([*counts, *([f"{accepted} accepted"] if accepted else [])])
    yield Tile(Badge("plain", "", "Findings"), str(len(open_ones)), detail or "nothing to report")
    if report.money:
        yield money_tile(report)


def verdict_tile(report: Report, verdict: str, name: str, detail: str) -> Tile:
    """How many promises have a verdict."""
    number = report.count(verdict)
    return Tile(Badge(verdict, BADGES[verdict].symbol, name), str(number), detail, some=number > 0)
