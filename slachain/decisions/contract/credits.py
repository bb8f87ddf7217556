"""Fee and credits, with an example that is reckoned from the agreement's own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slachain.analysis.money import cap_of, monthly
from slachain.decisions.contract.draft import Draft, metric_title
from slachain.decisions.contract.nouns import Clause, Line, Section, Table
from slachain.decisions.contract.wording import places, plain, time_words
from slachain.language.model import Agreement, Band, Metric
from slachain.language.scalars import Money, write_number

COLUMNS = ("Target", "If it is", "Credit, of the fee of a month", "Counted")


def section(draft: Draft) -> Section:
    """What is paid, and what is paid back."""
    return Section("Fee and credits", (fee(draft.agreement), *credits(draft)))


def fee(agreement: Agreement) -> Clause:
    """As it is written, and what a month of it is."""
    if agreement.fee is None:
        return Clause("No fee is agreed in this document.")
    money = agreement.fee.value
    return Clause(f"The fee is {agreement.fee.text}.{by_the_month(money)}", places(agreement.fee.at))


def by_the_month(money: Money) -> str:
    """What a month of it is, where that is not what is written."""
    if money.per == "month":
        return ""
    month = monthly(money)
    told = f" Reckoned by the month, that is {money_words(month, money.currency)}{rounded(month)}."
    return told if money.per else " It is the fee of a month."


def money_words(value: Fraction, currency: str) -> str:
    """`1400 EUR`; what has more than two digits after the point is rounded down."""
    return f"{write_number(value)} {currency}"


def rounded(*values: Fraction) -> str:
    """What to say beside amounts of which any was rounded."""
    return "" if all((value * 100).denominator == 1 for value in values) else " (rounded down to two digits)"


def credits(draft: Draft) -> Iterator[Clause]:
    """The bands, the cap, what both mean, and the example."""
    found = draft.agreement.credits
    lines = [band_line(draft, metric, band) for metric, bands in found.bands.items() for band in bands] if found else []
    if not found or not lines:
        yield Clause("No credits are agreed for a target that is missed.")
        return
    yield Clause("For targets that are missed, the Customer is credited:", table=Table("Credits", COLUMNS, tuple(lines)))
    yield Clause("Of several lines for one target that apply, the one with the highest credit counts, not their sum.")
    if found.cap:
        yield Clause(f"All credits of a month together are at most {found.cap.text} of that month’s fee.", places(found.cap.at))
    else:
        yield Clause("All credits of a month together are at most that month’s fee.")
    yield from example(draft)


def band_line(draft: Draft, metric: str, band: Band) -> Line:
    """One band."""
    per_ticket = not isinstance(band.edge.value, Fraction)
    counted = "for every ticket" if per_ticket else f"once a {period(draft, metric)}"
    return Line((titled_metric(draft, metric), edge(band), band.credit.text, counted), places(band.edge.at, band.credit.at))


def period(draft: Draft, metric: str) -> str:
    """The period of a metric's target: an amount that is missed in it is credited once."""
    return next((target.period for found, _, target in draft.amounts() if found.id == metric), "month")


def titled_metric(draft: Draft, metric: str) -> str:
    """What the targets call it."""
    known: Metric | None = draft.study.catalogue.metrics.get(metric)
    return metric_title(known) if known else plain(metric)


def edge(band: Band) -> str:
    """`below 99.9%`, `over 5 business days`."""
    value = band.edge.value
    return f"{band.side} {band.edge.text if isinstance(value, Fraction) else time_words(value)}"


def example(draft: Draft) -> Iterator[Clause]:
    """One month in which the first metric's lowest band is reached, and one in which everything is."""
    agreement = draft.agreement
    if agreement.fee is None or agreement.credits is None:
        return
    fee, currency = monthly(agreement.fee.value), agreement.fee.value.currency
    steps, total = [], Fraction(0)
    for metric, bands in agreement.credits.bands.items():
        if bands:
            worst = max(bands, key=lambda band: band.credit.value)
            tickets = 1 if isinstance(worst.edge.value, Fraction) else 2
            total += worst.credit.value * tickets
            steps.append(step(draft, metric, worst, tickets, fee, currency))
    cap = cap_of(agreement)
    exact = rounded(fee, *(fee * band.credit.value for bands in agreement.credits.bands.values() for band in bands), fee * cap)
    told = f"Example, with a month’s fee of {money_words(fee, currency)}{exact}:"
    if len(steps) > 1 or total > cap:
        steps.append(conclusion(total, cap, agreement.credits.cap.text if agreement.credits.cap else "100%", fee, currency))
    at = places(agreement.fee.at, *(band.credit.at for bands in agreement.credits.bands.values() for band in bands))
    yield Clause(told, at, tuple(steps))


def step(draft: Draft, metric: str, band: Band, tickets: int, fee: Fraction, currency: str) -> str:
    """`Availability below 99%: 15% of 14000 EUR are 2100 EUR.`."""
    name, share = titled_metric(draft, metric), band.credit
    of = f"{share.text} of {money_words(fee, currency)}"
    if tickets == 1:
        return f"{name} {edge(band)}: {of} are {money_words(fee * share.value, currency)}."
    each = money_words(fee * share.value, currency)
    return f"{name}, two tickets {edge(band)}: {of} are {each} for each, {money_words(2 * fee * share.value, currency)} for both."


def conclusion(total: Fraction, cap: Fraction, written: str, fee: Fraction, currency: str) -> str:
    """All together, cut at the cap."""
    together = f"All together: {money_words(fee * total, currency)}"
    if total <= cap:
        return f"{together}, which is within the most that is credited in a month ({money_words(fee * cap, currency)})."
    return f"{together}, but no more than {written} of the fee is credited in a month: {money_words(fee * cap, currency)}."
