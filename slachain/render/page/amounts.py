"""Promises of amounts in words (availability, counts, money), and what a breach of any promise can cost."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod

from slachain.decisions.money_at_risk import MoneyLine
from slachain.decisions.report import FindingLine, PartLine, PromiseLine, Report
from slachain.language.model import ANY
from slachain.render.page.nouns import AmountCase, Badge, Cost, Fact, PartRow, Row, Tile
from slachain.render.words import counted

PERIODS = ("month", "quarter", "year")  # the shorter first
MOST_IN_A_SUM = 6  # parts that are still read as one calculation
UNKNOWN = "not known"
NOTHING_AGREED = "nothing agreed"


def is_amount(promise: PromiseLine) -> bool:
    """Whether an amount is promised, and not a time."""
    return promise.promised.unit == "value"


def priority(promise: PromiseLine) -> str:
    """A promise's priority in words; an amount that is promised for every priority names none."""
    if promise.priority == ANY:
        return "" if is_amount(promise) else "every priority"
    return promise.priority


def clock(promise: PromiseLine) -> str:
    """The clock in the line below a heading: `measured per month, around the clock`."""
    return f"measured per {promise.period}, {promise.clock}" if is_amount(promise) else promise.clock


def facts(row: Row) -> Iterator[Fact]:
    """The numbers of an amount, the three that say most first."""
    promise = row.promise
    yield Fact("Promised", promise.promised.text)
    if promise.supported is None:
        return
    yield Fact("Supplied", row.supported)
    if promise.headroom is not None:
        yield Fact("Headroom", row.headroom)


def multiple(promise: PromiseLine) -> tuple[bool, Fraction]:
    """How many times worse the supplied amount is than the promised one; of availabilities the downtime counts. True for endless."""
    one, other = promise.promised.amount, promise.supported.amount if promise.supported else None
    if one is None or other is None:
        return promise.supported is not None, Fraction(0)
    if promise.chain == "product":
        one, other = 1 - one, 1 - other
    less, more = sorted((Fraction(one), Fraction(other)))
    return (less == 0 < more), more / less if less else Fraction(0)


# --- a gap -----------------------------------------------------------------------------------------------------------


def amount_case(promise: PromiseLine, main: FindingLine | None) -> AmountCase:
    """The commitments that count, and how they come to what is supplied."""
    places = {part.at for part in promise.supplies}
    others = main.because if main and promise.cause == "missing" else ()
    return AmountCase(
        parts=tuple(part_row(part) for part in promise.supplies),
        lacking=tuple(note for note in others if note.at not in places),
        period=promise.period or "",
        remark=ranges(promise),
        mendable=promise.cause not in ("missing", "unsupported"),
    )


def part_row(part: PartLine) -> PartRow:
    """One commitment: `99.9% a year`, and its clock."""
    return PartRow(part.agreement, f"{part.commits} a {part.period}", part.clock, part.supplies.text, part.written, part.at)


def ranges(promise: PromiseLine) -> str:
    """Why an allowed downtime is told as a range."""
    if not any(" to " in told for told in promise.downtime or ()):
        return ""
    period = promise.period
    return f"Allowed downtime differs from {period} to {period}, as does the time on the promise's clock: told are the least and the most."


def why(promise: PromiseLine) -> str:
    """The cause of a gap, and how the supplied amount comes about, for those who do not calculate availabilities."""
    return " ".join([cause(promise), *(together(promise) if promise.supported and promise.cause != "missing" else ())])


def cause(promise: PromiseLine) -> str:
    """What is wrong, in a sentence or two."""
    if promise.cause == "missing" and promise.supplies:
        return "Somebody whom it relies on has agreed to no amount of this, so nothing written tells what to expect of them."
    if promise.cause == "missing":
        return "It relies on others, but none of them has agreed to an amount of this: nothing written tells what to expect of them."
    if promise.cause == "equal":
        return "What it relies on supplies exactly what is promised. Nothing is left over: the first slip below breaks the promise."
    if promise.cause == "availability":
        return "What it relies on may be down for longer than the promise allows."
    return (
        "What it relies on supplies less than is promised." if falls_short(promise) else "What it relies on allows more than is promised."
    )


def falls_short(promise: PromiseLine) -> bool:
    """Whether too little is supplied; else more is better, and too much may come."""
    supplied = promise.supported.amount if promise.supported else None
    return supplied is None or promise.promised.amount is None or supplied < promise.promised.amount


def together(promise: PromiseLine) -> Iterator[str]:
    """How the commitments come together."""
    parts = promise.supplies
    if len(parts) > 1:
        yield {"product": all_needed, "each": weakest}.get(promise.chain, added_up)(promise)
    if promise.chain != "product":
        return
    longer = PERIODS[PERIODS.index(promise.period) + 1 :] if promise.period in PERIODS else ()
    rows = [part_row(part) for part in parts]
    for period in longer:
        if any(row.commits.endswith(f" a {period}") for row in rows):
            yield f"What may be down in a whole {period} may be down in one {promise.period}, all at once."
    if any(row.clock != promise.clock for row in rows):
        yield (
            "A commitment on another clock counts for what it leaves of the promised hours: all the downtime that it allows may fall"
            " into them, and outside its own hours nothing is committed."
        )


def all_needed(promise: PromiseLine) -> str:
    """Shares that multiply, downtimes that add up, or what stands in for one another."""
    shares, supplied = _amounts(promise), promise.supported.amount if promise.supported else None
    if supplied == prod(shares, start=Fraction(1)):
        told = calculation(promise, " × ")
        return f"All of these are needed, and each may be down at another time, so their shares multiply{told}."
    if supplied == 1 - sum((1 - share for share in shares), Fraction(0)):
        return "All of these are needed, and each may be down at another time, so their downtimes add up."
    return (
        "Components that are all needed are up together for less time than any of them alone, as each brings its own downtime;"
        " of those that stand in for one another, one that is up is enough."
    )


def weakest(promise: PromiseLine) -> str:
    """Each commitment has to be as good as the promise."""
    supplied = promise.supported.amount if promise.supported else None
    who = next((part for part in promise.supplies if part.supplies.amount == supplied), None)
    return "Each of these has to be better than the promise, so the weakest counts" + (f": {who.agreement}." if who else ".")


def added_up(promise: PromiseLine) -> str:
    """What a list brings in is added up."""
    if promise.supported and promise.supported.amount == sum(_amounts(promise), Fraction(0)):
        return f"What these bring in is added up{calculation(promise, ' + ')}."
    return "What these bring in is added up; of those that stand in for one another, only the least counts."


def calculation(promise: PromiseLine, sign: str) -> str:
    """`: 80 leads + 30 leads make 110 leads`; nothing where it would be too long to read."""
    if len(promise.supplies) > MOST_IN_A_SUM or promise.supported is None:
        return ""
    return f": {sign.join(part.supplies.text for part in promise.supplies)} make {promise.supported.text}"


def _amounts(promise: PromiseLine) -> list[Fraction]:
    return [Fraction(part.supplies.amount or 0) for part in promise.supplies]


# --- money -----------------------------------------------------------------------------------------------------------


def cost(promise: PromiseLine) -> Cost | None:
    """What a breach of one promise can cost in a month."""
    money = promise.money
    if money is None:
        return None
    untold = is_amount(promise) or promise.attainment is None
    unknown = "Nothing written tells how often it is missed." if untold else "No demand is written for these tickets."
    expected = money.expected.text if money.expected else UNKNOWN
    return Cost(
        money.at_most.value > 0,
        money.at_most.text,
        expected,
        known=money.expected is not None,
        remark="" if money.expected else unknown,
        basis=money.basis,
    )


def money_tile(report: Report) -> Tile:
    """All promises' money at risk, by currency."""
    most = " + ".join(money.at_most.text for money in report.money)
    told = [text for money in report.money if (text := _expected(report, money))]
    untold = sum(p.money is not None and p.money.expected is None for p in report.promises)
    without = f", without {counted(untold, 'promise')} of which nothing tells how often" if told and untold else ""
    expected = f"{' + '.join(told)} expected{without}" if told else f"expected: {UNKNOWN}"
    some = any(money.at_most.value for money in report.money)
    return Tile(Badge("gap" if some else "plain", "", "Money at risk a month"), most, f"at most; {expected}", some, wide=True)


def _expected(report: Report, total: MoneyLine) -> str:
    """What is expected in a currency; nothing where none of its promises tells, for then the total of none is no news."""
    lines = [p.money for p in report.promises if p.money and p.money.at_most.currency == total.at_most.currency]
    return total.expected.text if total.expected and any(line.expected for line in lines) else ""
