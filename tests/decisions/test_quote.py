"""What is quoted holds when it is written; what is quoted for a percentage is tolerated at least; nothing stricter on the ladder holds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from holidays import country_holidays
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from slachain.analysis.verdicts import Verdict, margin_left
from slachain.decisions.ladder import ladder, write_rung
from slachain.decisions.quote import CannotQuote, Quote, Quoter
from slachain.decisions.quote_lines import asked, quotation
from slachain.language.loader import load
from slachain.language.scalars import Duration, Time, read_time, write_percentage
from slachain.render.quote import quote_text
from slachain.study import Study
from tests import catalogues
from tests.catalogue import found_in

AS_OF = date(2026, 1, 1)
OFFICE = """
policy: {margin: 10%}
calendars: {london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}}
agreements:
  desk:
    kind: ola
    provider: desk
    customer: company
    calendar: 24x7
    targets: {response: {P1: {within: 10m, attainment: 95%}}}
    relies_on: [{agreement: tier2, after: {P1: 30m}, share: 100%}]
    pauses: [customer]
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: london, targets: {resolution: {P1: 3h}}, pauses: [customer]}
  hosting: {kind: uc, provider: vendor, customer: engineering, calendar: 24x7, targets: {availability: 99.9%}}
"""


def study(text: str, as_of: date = AS_OF) -> Study:
    read = load({"a.yaml": text.encode()})
    assert not read.findings
    return Study.of(read, as_of)


def written(quoter: Quoter, quote: Quote, text: str, within: Time, share: Fraction) -> Verdict:
    """The verdict on a promise as somebody would write it into the catalogue."""
    relied_on = [item.route.agreement.value for item in quoter.agreement.relies_on]  # type: ignore[union-attr]
    pauses = ", ".join(quoter.agreement.pauses)
    target = f"{{within: {write_rung(within)}, calendar: '{quote.calendar}', attainment: {write_percentage(share, 6)}}}"
    probe = (
        f"  zz-probe: {{kind: sla, provider: p, customer: c, calendar: 24x7, relies_on: [{', '.join(relied_on)}], pauses: [{pauses}],"
        f" targets: {{{quote.metric}: {{'{quote.priority}': {target}}}}}}}\n"
    )
    judged = study(text.rstrip() + "\n" + probe, quoter.study.as_of)
    promise = judged.promise("zz-probe", quote.metric, quote.priority)
    assert promise is not None
    verdict = judged.verdict(promise)
    assert verdict is not None
    return verdict


def only(text: str, metric: str, calendar: str, **options: Any) -> tuple[Quoter, Quote]:
    quoter = Quoter.relying_on(study(text), ["desk"], **options)
    return quoter, next(q for q in quoter.quotes() if (q.metric, q.calendar) == (metric, calendar))


def test_the_example_of_the_contract() -> None:
    """A desk that hands on after 30m and engineers with 3h of London's hours: 68h round the clock, as the published JSON has it."""
    _, quote = only(OFFICE, "resolution", "24x7")
    assert quote.exact == 68 * 3600
    assert quote.promise is not None
    assert write_rung(quote.promise.within) == "4d"
    assert quote.promise.assured == 1
    assert quote.next == Duration(48 * 3600)  # 72h hold as well, with less than the margin
    assert {(fix.agreement, fix.field, fix.after) for fix in quote.takes} >= {("tier2", "calendar", "24x7")}
    assert quote.for_share(Fraction(1)) is not None
    _, office = only(OFFICE, "resolution", "london")
    assert (office.exact, write_rung(office.promise.within) if office.promise else None) == (12600, "4h")


def test_exact_times_are_whole_minutes_with_the_margin() -> None:
    _, quote = only(OFFICE, "resolution", "24x7", exact=True)
    assert quote.promise is not None
    assert write_rung(quote.promise.within) == "75h34m"  # 68h are 90% of 75h33m20s
    _, unhurried = only(OFFICE.replace("policy: {margin: 10%}", ""), "resolution", "24x7", exact=True)
    assert unhurried.promise is not None
    assert write_rung(unhurried.promise.within) == "68h1m"


def test_commitments_for_fewer_tickets_leave_no_promise_for_all() -> None:
    _, quote = only(OFFICE, "response", "24x7")
    assert quote.promise is not None
    assert quote.promise.assured == Fraction(95, 100)
    assert quote.for_share(Fraction(1)) is None
    assert quote.for_share(Fraction(95, 100)) == quote.promise  # 10m are taken exactly, and leave no room


def test_an_agreement_is_quoted_as_it_relies() -> None:
    text = (
        OFFICE + "  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [desk]}\n"
    )
    without = Quoter.of(study(text), "acme").quotes(["24x7"], ["resolution"])
    assert [quote.promise for quote in without] == [None]  # its clock does not stop for the customer
    paused = Quoter.of(study(text.replace("relies_on: [desk]}", "relies_on: [desk], pauses: [customer]}")), "acme").quotes(
        ["24x7"], ["resolution"]
    )
    assert [quote.exact for quote in paused] == [68 * 3600]


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda s: Quoter.relying_on(s, ["desc"]), "there is no agreement 'desc' to rely on"),
        (lambda s: Quoter.of(s, "nobody"), "there is no agreement 'nobody'"),
        (lambda s: Quoter.of(s, "desk"), "desk commits to its own work alone"),
        (lambda s: Quoter.relying_on(s, ["desk"]).quotes(["berlin"]), "there is no calendar 'berlin'"),
        (lambda s: asked(Quoter.relying_on(s, ["hosting"]), "", (), ("response",)), "nothing that it relies on commits to such a thing"),
        (lambda s: asked(Quoter.relying_on(s, ["desk"]), "", (), ("leads",)), "nothing that it relies on commits to such a thing"),
    ],
)
def test_what_cannot_be_quoted_is_said(ask: Any, says: str) -> None:
    with pytest.raises(CannotQuote) as raised:
        ask(study(OFFICE))
    assert says in str(raised.value)


@settings(max_examples=6, phases=[Phase.generate])
@given(catalogues.catalogues(), st.randoms(use_true_random=False))
def test_what_is_quoted_holds_when_it_is_written(catalogue: dict[str, Any], chance: Any) -> None:
    text = catalogues.to_yaml(catalogue)
    found = study(text, catalogues.AS_OF)
    commit = sorted(a.id for a in found.catalogue.agreements.values() if not a.promises)
    assume(commit)
    quoter = Quoter.relying_on(found, [chance.choice(commit)], exact=chance.random() < 0.3)
    try:
        named = [id for id in quoter.clocks("resolution") if not found.catalogue.calendars[id].inline]
        quotes = quoter.quotes(["24x7", *chance.sample(named, min(1, len(named)))])
    except CannotQuote:
        return
    for quote in chance.sample(quotes, min(3, len(quotes))):
        if quote.promise is None:
            continue
        verdict = written(quoter, quote, text, quote.promise.within, quote.promise.assured)
        assert verdict.verdict == "holds"
        left = margin_left(verdict, found.catalogue.policy)
        assert left is None or left[0] >= left[1]
        for step in quote.curve[-2:]:
            assert written(quoter, quote, text, step.within, step.assured).verdict in ("tolerated", "holds")
        assert list(quote.curve) == sorted(quote.curve, key=lambda step: step.assured)


def test_the_ladder_rises_and_reads_back() -> None:
    for in_days in (False, True):
        rungs = list(ladder(10 * 86400, in_days))
        assert [read_time(write_rung(rung)) for rung in rungs] == rungs
        seconds = [rung.seconds for rung in rungs if isinstance(rung, Duration)]
        assert seconds == sorted(set(seconds))


def test_a_quotation_tells_everything_in_words() -> None:
    quoter = Quoter.relying_on(study(OFFICE), ["desk"])
    found = quotation(quoter, "relying on desk", quoter.quotes(["24x7"], ["resolution"]))
    line = found.lines[0]
    assert (found.margin, found.pauses) == ("10%", ("customer",))
    assert line.limited_by[0] == "tier2 finishes within 3h, Mon-Fri 09:00-17:30 Europe/London"
    assert line.levels[0].within is not None
    assert line.levels[0].within.text == "4d"


@pytest.mark.parametrize(("relied_on", "told"), [("rota", ["rota"]), ("here", ["GB"]), ("rota, here", ["rota", "GB"]), ("hosting", [])])
def test_what_is_not_known_is_told_once_as_check_does_of_what_is_written(relied_on: str, told: list[str]) -> None:
    """A calendar that ends within the year, and public holidays of the year after the last that the package lists."""
    last = country_holidays("GB").end_year
    calendars = f"""
  rota: {{timezone: UTC, hours: {{mon-fri: "09:00-17:30"}}, until: {last}-09-27}}
  here: {{timezone: Europe/London, hours: {{mon-fri: "09:00-17:30"}}, holidays: {{country: GB, subdivision: ENG}}}}"""
    committed = "targets: {resolution: 4h, availability: 99%}"
    text = f"""
calendars: {calendars}
agreements:
  rota: {{kind: ola, provider: a, customer: desk, calendar: rota, {committed}}}
  here: {{kind: ola, provider: b, customer: desk, calendar: here, {committed}}}
  hosting: {{kind: uc, provider: c, customer: desk, calendar: 24x7, {committed}}}
"""
    judged = study(text, date(last, 6, 1))
    found = asked(Quoter.relying_on(judged, relied_on.split(", ")), "")
    says = {
        "rota": f"the calendar rota ends on {last}-09-27: from the next day on nothing is known",
        "GB": f"the public holidays of GB are not known from {last + 1}-01-01 on, or not all: judged without them",
    }
    assert sorted(found.provisos) == sorted(says[name] for name in told)
    probe = f"  acme: {{kind: sla, provider: us, customer: acme, calendar: 24x7, relies_on: [{relied_on}], targets: {{resolution: 9d, availability: 50%}}}}\n"
    warned = [f.message for f in found_in(text + probe, date(last, 6, 1)) if f.code == "SC505"]
    assert sorted(message.split(": ")[0] for message in warned) == sorted(proviso.split(": ")[0] for proviso in found.provisos)
    assert all(f"note: {proviso}" in quote_text(found).split("\n") for proviso in found.provisos)


def test_an_availability_that_one_would_write() -> None:
    quoter = Quoter.relying_on(study(OFFICE), ["hosting"])
    found = asked(quoter, "relying on hosting", ("24x7", "london"))
    told = {
        line.calendar: (line.possible.text, line.promise.within.text, line.next.text)
        for line in found.lines
        if line.possible and line.promise and line.next
    }
    assert told["24x7"] == ("99.9%", "99.8%", "99.9%")  # exactly 99.9% leaves no room
    assert told["london"][1] < told["24x7"][1]
    fix = next(fix for line in found.lines if line.calendar == "24x7" for fix in line.takes)
    assert (fix.agreement, fix.after) == ("hosting", "99.901%")
    exact = asked(Quoter.relying_on(study(OFFICE), ["hosting"], exact=True), "", ("24x7",)).lines[0]
    assert exact.promise is not None
    assert exact.promise.within.text == "99.899%"
