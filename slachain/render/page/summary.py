"""The top of the page: the verdict in a sentence, the counts, and what costs most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from slachain.clocks.wall import write_day
from slachain.decisions.report import PromiseLine, Report
from slachain.render.page import amounts
from slachain.render.page.amounts import is_amount, money_tile
from slachain.render.page.nouns import BADGES, SEVERITIES, Badge, Row, Tile, Top
from slachain.render.words import counted

MOST_NAMED = 3


def top(report: Report, rows: Sequence[Row]) -> Top:
    """The verdict, the three gaps that cost most, and the counts."""
    gaps = sorted((row for row in rows if row.badge.kind == "gap"), key=weight, reverse=True)[:MOST_NAMED]
    costs = any(row.cost and row.cost.some for row in gaps)
    return Top(
        headline=headline(report),
        costliest_title="What weighs most" if costs else "Furthest from the promise",
        costliest=tuple((row.link, row.name, comes_to(row)) for row in gaps),
        as_of=write_day(report.as_of),
        unread=unread(report),
        tiles=tuple(tiles(report)),
    )


def weight(row: Row) -> tuple[Fraction, bool, Fraction]:
    """Money at risk first; of equal ones, how many times the promise what is supported is."""
    money = row.promise.money
    return money.at_most.value if money else Fraction(0), *multiple(row.promise)


def multiple(promise: PromiseLine) -> tuple[bool, Fraction]:
    """What is supported (time, downtime, amount) as a multiple of the promise; True for endless."""
    if is_amount(promise):
        return amounts.multiple(promise)
    possible, limit = promise.supported, promise.promised.amount
    if possible is None or possible.amount is None or not limit:
        return possible is not None, Fraction(0)
    return False, Fraction(possible.amount, limit)


def comes_to(row: Row) -> str:
    """What a gap promises, what is possible, for how many tickets, and what it may cost."""
    parts = [f"{row.promise.promised.text} promised, {possible(row)}"]
    if row.tickets:
        parts.append(f"{row.tickets} tickets a month may be late")
    if row.cost and row.cost.some:
        parts.append(f"up to {row.cost.at_most} a month")
    return "; ".join(parts)


def possible(row: Row) -> str:
    """What is possible or supplied, in words."""
    of_amount = is_amount(row.promise)
    if row.promise.supported is not None and row.promise.supported.amount is None:
        return row.supported if of_amount else "never done for certain"
    return f"{row.supported} {'supplied' if of_amount else 'possible'}"


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


def unread(report: Report) -> str:
    """A warning where part of the files could not be read: then nothing here is the whole truth."""
    errors = sum(finding.code.startswith("SC1") for finding in report.findings)
    if not errors:
        return ""
    return f"{counted(errors, 'error')} in the files: part of them could not be read as written, so this report may be incomplete."


def tiles(report: Report) -> Iterator[Tile]:
    """The counts, and the money at risk where there is any."""
    yield Tile(Badge("plain", "", "Promises"), str(len(report.promises)), f"in {counted(len(report.agreements), 'agreement')}")
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
