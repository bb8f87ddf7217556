"""A quote as it is told: everything that its renderings show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from slachain.checks.calendar_ends import Ends
from slachain.checks.holidays_unknown import Unknown, not_known
from slachain.decisions.ladder import write_rung
from slachain.decisions.paste import fix_line
from slachain.decisions.promise_lines import worst_case
from slachain.decisions.quote import CannotQuote, Quote, Quoter, Step
from slachain.decisions.quote_amounts import AmountQuote, AmountQuoter, amount_of
from slachain.decisions.report import FixLine, Quantity, StepLine, quantity
from slachain.language.amounts import write_amount
from slachain.language.describe import describe_calendar
from slachain.language.model import AmountTarget
from slachain.language.scalars import BusinessDays, Duration, Time
from slachain.language.values import dataclass

LEVELS = tuple(Fraction(n, 100) for n in (100, 99, 95, 90, 80))


@dataclass(frozen=True, slots=True)
class StepQuote:
    """A time one would write, and the share of tickets that is assured within it."""

    within: Quantity
    assured: Fraction | None  # None for an amount


@dataclass(frozen=True, slots=True)
class Level:
    """The strictest time for a share of tickets; None where no time is enough."""

    share: Fraction
    within: Quantity | None


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One metric and priority on one clock. `limited_by` are the steps of the worst ticket that take part, the longest first."""

    metric: str
    priority: str
    calendar: str
    clock: str
    possible: Quantity | None
    promise: StepQuote | None
    levels: tuple[Level, ...]
    curve: tuple[StepQuote, ...]
    cause: str | None
    limited_by: tuple[str, ...]
    next: Quantity | None
    takes: tuple[FixLine, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """All that can be promised for one purpose, on a day; `provisos` are what is not known of the year that it is judged for (SC505)."""

    as_of: date
    purpose: str
    margin: str | None
    pauses: tuple[str, ...]
    provisos: tuple[str, ...]
    lines: tuple[QuoteLine, ...]


def asked(
    quoter: Quoter, purpose: str, calendars: tuple[str, ...] = (), metrics: tuple[str, ...] = (), priorities: tuple[str, ...] = ()
) -> Quotation:
    """All that can be promised, or of these. Raises `CannotQuote` where nothing can."""
    quotes = quoter.quotes(calendars, metrics, priorities)
    amounts = () if priorities else tuple(AmountQuoter(quoter).quotes(calendars, metrics))
    if not quotes and not amounts:
        raise CannotQuote("nothing that it relies on commits to such a thing")
    return quotation(quoter, purpose, quotes, amounts)


def quotation(quoter: Quoter, purpose: str, quotes: Sequence[Quote], amounts: Sequence[AmountQuote] = ()) -> Quotation:
    """Quotes with all words and numbers made."""
    margin = quoter.study.catalogue.policy.margin
    return Quotation(
        as_of=quoter.study.as_of,
        purpose=purpose,
        margin=margin.text if margin else None,
        pauses=tuple(sorted(quoter.agreement.pauses)),
        provisos=tuple(dict.fromkeys(provisos(quoter, (*quotes, *amounts)))),
        lines=(*(quote_line(quoter, quote) for quote in quotes), *(amount_line(quoter, quote) for quote in amounts)),
    )


def provisos(quoter: Quoter, quotes: Iterable[Quote | AmountQuote]) -> Iterator[str]:
    """What `check` would warn of, were these promises written down."""
    study = quoter.base()
    ends, holidays = Ends(study), Unknown(study)
    for quote in quotes:
        cut = ends.of_amount(quote.verdict) if isinstance(quote, AmountQuote) else ends.of_time(quote.verdict)
        yield from (f"{ends.told(calendar)}: from the next day on nothing is known" for calendar in cut)
        yield from (f"{not_known(since)}: judged without them" for since in holidays.read_by(quote.verdict))


def quote_line(quoter: Quoter, quote: Quote) -> QuoteLine:
    """One quote."""
    study = quoter.study
    return QuoteLine(
        metric=quote.metric,
        priority=quote.priority,
        calendar=quote.calendar,
        clock=describe_calendar(quote.calendar, study.catalogue.calendars),
        possible=quantity(quote.exact, days=False) if quote.verdict.supported else None,
        promise=step_quote(quote.promise) if quote.promise else None,
        levels=tuple(Level(share, rung(step.within) if (step := quote.for_share(share)) else None) for share in LEVELS),
        curve=tuple(step_quote(step) for step in quote.curve),
        cause=quote.verdict.cause,
        limited_by=limits(quoter, quote),
        next=rung(quote.next) if quote.next else None,
        takes=tuple(fix_line(study, fix) for fix in quote.takes),
    )


def amount_line(quoter: Quoter, quote: AmountQuote) -> QuoteLine:
    """One quote of an amount; it has no tickets, and no share of them."""
    study, supplied = quoter.study, quote.verdict.supported
    parts = sorted(quote.verdict.parts, key=lambda part: part.supplies, reverse=quote.metric.better == "lower")
    like = quote.verdict.promise.target
    return QuoteLine(
        metric=quote.metric.id,
        priority=quote.priority,
        calendar=quote.calendar,
        clock=f"a {like.period}, {describe_calendar(quote.calendar, study.catalogue.calendars)}",
        possible=None if supplied is None else Quantity(write_amount(supplied, quote.metric, like), supplied, "value"),
        promise=None if quote.promise is None else StepQuote(bound(quote.promise), None),
        levels=(),
        curve=(),
        cause=quote.verdict.cause,
        limited_by=tuple(f"{part.stop.agreement} commits to {part.target.bound.text} a {part.target.period}" for part in parts),
        next=None if quote.next is None else bound(quote.next),
        takes=tuple(fix_line(study, fix) for fix in quote.takes),
    )


def bound(target: AmountTarget) -> Quantity:
    """A promised amount."""
    return Quantity(target.bound.text, amount_of(target), "value")


def step_quote(step: Step) -> StepQuote:
    """A step in words."""
    return StepQuote(rung(step.within), step.assured)


def rung(time: Time) -> Quantity:
    """A time as one would write it."""
    days = isinstance(time, BusinessDays)
    amount = time.days if isinstance(time, BusinessDays) else time.seconds
    return Quantity(write_rung(time), amount, "business_days" if days else "seconds")


def limits(quoter: Quoter, quote: Quote) -> tuple[str, ...]:
    """What the worst ticket meets, the step that has it longest first."""
    verdict = quote.verdict
    if verdict.case is None:
        return ()
    study = quoter.promised(quote.metric, quote.priority, quote.calendar, Duration(1))[0]
    case = worst_case(study, verdict, verdict.case)
    return tuple(step.says for step in sorted(case.steps, key=_length, reverse=True) if _length(step))


def _length(step: StepLine) -> float:
    return float("inf") if step.to is None else step.to.tick - step.start.tick
