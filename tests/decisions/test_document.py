"""A contract says what its agreement says, all of it, and nothing of what lies below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import holidays
import pytest
import yaml
from hypothesis import given, settings

from slachain.decisions.contract.document import document
from slachain.decisions.contract.nouns import OPEN, SOME, Clause, Document, Stretch, Table
from slachain.decisions.contract.slips import slips
from slachain.decisions.contract.weeks import usual_week
from slachain.language.loader import load
from slachain.language.model import Combined, TimePromise
from slachain.language.values import replace
from slachain.render.document import document_markdown
from slachain.study import Study
from tests import oracle
from tests.catalogue import study
from tests.catalogues import AS_OF, Raw, catalogues, to_yaml
from tests.transcripts import ROOT

DAY = date(2026, 1, 1)
FOLDERS = (ROOT / "agreements", *sorted((ROOT / "tests" / "published").iterdir()))
UNITS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
WORDS = {"hour": 3600, "minute": 60, "second": 1}


def of_folder(folder: Any) -> Study:
    files = {str(path.relative_to(ROOT)): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}
    return Study.of(load(files), DAY)


def clauses(found: Document) -> Iterator[Clause]:
    return (clause for section in found.sections for clause in section.clauses)


def table(found: Document, caption: str) -> Table:
    return next(clause.table for clause in clauses(found) if clause.table and clause.table.caption.startswith(caption))


def texts(found: Document) -> list[str]:
    return [clause.text for clause in clauses(found)]


def section(found: Document, title: str) -> list[str]:
    return [clause.text for section in found.sections if section.title == title for clause in section.clauses]


# --- every target, with its numbers ----------------------------------------------------------------------------------


def written(text: str) -> tuple[str, int]:
    """A time of a file: its unit and amount."""
    if text.endswith("bd"):
        return "business days", int(text[:-2])
    return "seconds", sum(int(n) * UNITS[unit.lower()] for n, unit in re.findall(r"(\d+)([wdhms])", text, re.IGNORECASE))


def told(text: str) -> tuple[str, int]:
    """A time of a contract, the same way; what follows `every` may lack its 1."""
    text = re.sub(r"\bevery (hour|minute|second|business day)\b", r"every 1 \1", text)
    if days := re.search(r"(\d+) business day", text):
        return "business days", int(days[1])
    return "seconds", sum(int(n) * WORDS[unit] for n, unit in re.findall(r"(\d+) (hour|minute|second)", text))


def raw_targets(agreement: Raw) -> Iterator[tuple[str, str, Raw]]:
    """Metric, priority and each alternative, as the file and what it extends have them."""
    for metric, by in agreement.get("targets", {}).items():
        keyed = by if isinstance(by, dict) and not {"within", "at_least", "at_most"} & by.keys() else {"*": by}
        for priority, one in keyed.items():
            for alternative in one if isinstance(one, list) else [one]:
                yield metric, priority, alternative if isinstance(alternative, dict) else {"within": alternative}


@given(catalogues())
@settings(max_examples=20)
def test_every_target_is_told_in_words_and_in_the_table(raw: dict[str, Raw]) -> None:
    whole = Study.of(load({"a.yaml": to_yaml(raw).encode()}), AS_OF)
    for id, agreement in oracle.Catalogue(raw).agreements.items():
        found = document(whole, id)
        want = Counter(
            (metric.replace("-", " ").capitalize(), *written(one["within"]), one.get("attainment", "every"))
            for metric, _, one in raw_targets(agreement)
        )
        lines = table(found, "The targets").lines if want else ()
        assert Counter((line.cells[0], *told(line.cells[2]), line.cells[3]) for line in lines) == want
        sentences = section(found, "Service level targets")[: len(lines)]
        for line, sentence in zip(lines, sentences, strict=True):
            clock = sentence.split(", counted in")[0].split(", at any time")[0]
            number = re.split(r"within|no longer than|at least every|at most", clock)[-1]
            assert told(f"every {number.strip()}") == told(line.cells[2])
            assert line.cells[3] == "every" or line.cells[3] in sentence
            assert not re.fullmatch(r"P\d", line.cells[1]) or line.cells[1] in sentence


def test_amounts_tell_their_numbers_as_they_are_written() -> None:
    found = document(study(AMOUNTS), "acme")
    said = section(found, "Service level targets")
    assert "The service is available for at least 99.95% of the time in every calendar quarter (UTC)." in said[0]
    # Ninety days of the first quarter of 2026 are 7776000 seconds, and 0.05% of them 3888; ninety-two days leave 3974.
    assert "at most 1 hour 4 minutes 48 seconds of downtime in the first quarter of 2026" in said[0]
    assert "1 hour 6 minutes 14 seconds in the third quarter of 2026" in said[0]
    assert said[1:4] == [
        "Leads: at least 120 leads in every calendar month.",
        "Cost: at most 1200.50 EUR in every calendar year.",
        "For priority P1: Error rate: at most 2% in every calendar month.",
    ]
    assert [line.cells[2] for line in table(found, "The targets").lines] == [
        "at least 99.95% a quarter",
        "at least 120 leads a month",
        "at most 1200.50 EUR a year",
        "at most 2% a month",
    ]


AMOUNTS = """
metrics:
  leads: {type: count, unit: leads, better: higher, chain: supply}
  cost: {type: money, better: lower, chain: each}
  error-rate: {type: percent, better: lower, chain: each}
agreements:
  acme:
    kind: sla
    provider: desk
    customer: acme
    calendar: 24x7
    targets:
      availability: {at_least: 99.95%, per: quarter}
      leads: {at_least: 120}
      cost: {at_most: 1200.50 EUR, per: year}
      error-rate: {P1: {at_most: 2%}}
"""


# --- nothing of what lies below --------------------------------------------------------------------------------------


def alone(whole: Study, id: str) -> Study:
    """The study of an agreement with nothing below it, beside it or about it that its other side may not see."""
    catalogue = whole.catalogue
    own = replace(catalogue.agreements[id], relies_on=(), demand={}, options=(), accept=())
    return Study.of(replace(catalogue, agreements={id: own}, teams={}), whole.as_of)


def below(whole: Study, id: str) -> set[str]:
    """What everything below is called, and the house's own names for other things, found without the package's graph."""
    catalogue, known, todo = whole.catalogue, {id}, [id]
    names = set(catalogue.teams)
    while todo:
        agreement = catalogue.agreements[todo.pop()]
        names |= {option.id.value for option in agreement.options}
        for other in {m.agreement.value for item in agreement.relies_on for m in item.members()} - known:
            known.add(other)
            todo.append(other)
            lower = catalogue.agreements[other]
            fields = (lower.title, lower.owner, lower.service, lower.provider, lower.customer, lower.calendar)
            names |= {other, *(field.value for field in fields if field)}
    return names | members(whole, names & catalogue.calendars.keys())


def members(whole: Study, calendars: set[str]) -> set[str]:
    bodies = [whole.catalogue.calendars[id].body for id in calendars]
    return {member.value for body in bodies if isinstance(body, Combined) for member in body.members}


def own(whole: Study, id: str) -> set[str]:
    """The names that the agreement uses itself."""
    agreement = whole.catalogue.agreements[id]
    fields = (agreement.title, agreement.owner, agreement.service, agreement.provider, agreement.customer, agreement.calendar)
    words = {id, *(field.value for field in fields if field), *agreement.pauses}
    for by in agreement.targets.values():
        for target in by.values():
            timed = target.alternatives if isinstance(target, TimePromise) else (target,)
            words |= {name.value for one in timed for name in (one.calendar, getattr(one, "opened_in", None)) if name}
    return words


def says_nothing_of_what_lies_below(whole: Study, id: str) -> None:
    found = document(whole, id)
    assert found == document(alone(whole, id), id)
    text, used = document_markdown(found).replace("\\", "").casefold(), " ".join(own(whole, id)).casefold()
    for name in below(whole, id):
        pattern = rf"(?<![\w/-]){re.escape(name.casefold())}(?![\w-])"
        assert not re.search(pattern, text) or re.search(pattern, used) or name.casefold() in PLAIN_WORDS, name
    assert ".yaml" not in text


PLAIN_WORDS = {"24x7"}  # what a contract says anyway; a name after a slash is a time zone's


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_published_contracts_say_nothing_of_what_lies_below(folder: Any) -> None:
    whole = of_folder(folder)
    assert whole.catalogue.agreements
    for id in whole.catalogue.agreements:
        says_nothing_of_what_lies_below(whole, id)


@given(catalogues())
@settings(max_examples=15)
def test_contracts_say_nothing_of_what_lies_below(raw: dict[str, Raw]) -> None:
    whole = Study.of(load({"a.yaml": to_yaml(raw).encode()}), AS_OF)
    for id in whole.catalogue.agreements:
        says_nothing_of_what_lies_below(whole, id)


SECRET = """
calendars:
  eu: {any_of: [lisbon-secret, berlin-secret]}
  lisbon-secret: {timezone: Europe/Lisbon, hours: {mon-fri: "09:00-17:00"}}
  berlin-secret: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
plans:
  plan-secret: {kind: sla, provider: kestrel, calendar: 24x7, targets: {response: {P1: {within: 4h, warn: 77%}}}}
agreements:
  id-acme:
    extends: plan-secret
    title: Acme
    customer: acme
    targets: {response: {P2: {within: 8h, calendar: eu}}}
    relies_on: [{agreement: vendor-secret, share: 43%, after: 17m}]
    demand: {P1: 31337/month}
    options: [{id: option-secret, change: {targets.response.P1: 1h}, cost: 4711 EUR/month}]
    accept: [{finding: SC803, until: 2027-01-01, because: reason-secret}]
    duties: [{who: party-secret, what: duty-secret}, {who: customer, what: reply}]
  vendor-secret: {kind: uc, title: title-secret, provider: party-secret, customer: kestrel, calendar: lisbon-secret, targets: {response: 3h}}
"""


def test_the_house_alone_reads_what_lies_below() -> None:
    whole = study(SECRET)
    outside, inside = (document_markdown(document(whole, "id-acme", house)) for house in (False, True))
    for word in ("secret", "43%", "17 minutes", "17m", "31337", "4711", "77%", "a.yaml", "INTERNAL"):
        assert word not in outside, word
    for word in ("vendor-secret", "title-secret", "party-secret", "43%", "17m", "31337", "4711", "77%", "reason-secret", "duty-secret"):
        assert word in inside, word
    assert "INTERNAL" in inside
    assert "(a) Monday to Friday 09:00–17:00 (Europe/Lisbon)" in outside


def test_names_that_the_agreements_own_words_let_slip_are_told() -> None:
    whole = study(SECRET.replace("what: reply", "what: call Party Secret first").replace("title: Acme", "title: Acme (nothing Vendor)"))
    assert [(slip.name, slip.at.line) for slip in slips(whole, "id-acme")] == [("party secret", 18)]
    assert slips(study(SECRET), "id-acme") == ()


@pytest.mark.parametrize("house", [False, True])
def test_each_clause_has_a_number_and_a_place(house: bool) -> None:
    whole = of_folder(ROOT / "agreements")
    for id in whole.catalogue.agreements:
        found = list(clauses(document(whole, id, house)))
        assert len({clause.number for clause in found}) == len(found)
        for clause in found:
            assert clause.at
            assert all(at.file.startswith("agreements/") and at.line for at in clause.at)


# --- hours and holidays ----------------------------------------------------------------------------------------------

LONDON = """
calendars:
  london:
    timezone: Europe/London
    hours: {mon-fri: "09:00-17:30", sat-sun: "22:00-06:00"}
    holidays: {country: GB, subdivision: ENG, add: [2026-12-24], remove: [2026-05-04]}
    exceptions: {2026-05-02: "10:00-14:00", 2026-04-06: "09:00-12:00"}
  berlin: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-18:00"}}
  new-york: {timezone: America/New_York, hours: {mon-fri: "09:00-17:00"}}
  kolkata: {timezone: Asia/Kolkata, hours: {mon-fri: "09:00-12:00"}}
  europe: {any_of: [berlin, new-york]}
  world: {any_of: [berlin, kolkata]}
  closed: {not: berlin}
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: london, term: {from: 2026-03-01, until: 2027-01-31}, targets: {response: 1h}}
"""


def test_all_holidays_of_the_term_are_listed() -> None:
    found = table(document(study(LONDON), "acme"), "Holidays")
    listed = {line.cells[0]: line.cells[2:] for line in found.lines}
    public = holidays.country_holidays("GB", subdiv="ENG", years=[2026, 2027])
    want = {f"{day.day} {day:%B} {day.year}" for day in public if date(2026, 3, 1) <= day <= date(2027, 1, 31)}
    assert want | {"2 May 2026", "24 December 2026"} == set(listed)
    assert listed["24 December 2026"] == ("Agreed closing day", "closed")
    assert listed["2 May 2026"] == ("Agreed exception", "10:00–14:00")
    assert listed["6 April 2026"] == ("Easter Monday", "09:00–12:00")
    assert listed["4 May 2026"] == ("May Day", "as on every Monday: 09:00–17:30")
    assert listed["25 December 2026"] == ("Christmas Day", "closed")


@pytest.mark.parametrize(
    ("term", "days"),
    [
        ("{from: 2025-04-01}", "from 1 January 2026 to 31 December 2027"),
        ("{from: 2026-04-01}", "from 1 April 2026 to 31 December 2027"),
        ("{from: 2025-04-01, until: 2026-03-31}", "from 1 April 2025 to 31 March 2026"),
        ("{until: 2025-03-31}", "from 1 January 2025 to 31 March 2025"),
        ("{from: 2026-01-01, until: 9999-12-31}", "from 1 January 2026 to 31 December 2030 (for later dates the same rules hold)"),
        ("{}", "from 1 January 2026 to 31 December 2027 (for later dates the same rules hold)"),
    ],
)
def test_holidays_are_listed_for_the_term(term: str, days: str) -> None:
    found = document(study(LONDON.replace("{from: 2026-03-01, until: 2027-01-31}", term)), "acme")
    assert any(f"exceptions {days}" in text for text in section(found, "Service hours"))


@pytest.mark.parametrize(("opens", "missing"), [(-1, []), (0, [1]), (1, [1, 2])])
def test_a_contract_says_of_which_years_not_all_holidays_were_known(opens: int, missing: list[int]) -> None:
    """The package lists none after some year: a contract that goes beyond must not read as if there were none."""
    last = holidays.country_holidays("GB").end_year
    term = f"from: {last + opens}-03-01, until: {last + opens + 1}-01-31"
    found = document(study(LONDON.replace("from: 2026-03-01, until: 2027-01-31", term)), "acme")
    years = " and ".join(str(last + year) for year in missing)
    says = f"Not all public holidays of GB in {years} were known when this document was made. It does not list those that were not."
    assert [text for text in section(found, "Service hours") if "known" in text] == ([says] if missing else [])


def week(id: str) -> tuple[tuple[Stretch, ...], ...]:
    return usual_week(study(LONDON).calendars, id, id, DAY).days


def test_a_week_is_drawn_as_it_is_written() -> None:
    days = week("london")
    assert days[1] == (Stretch(OPEN, 540, 1050),)
    assert days[5] == (Stretch(OPEN, 1320, 1440),)
    assert days[6] == (Stretch(OPEN, 0, 360), Stretch(OPEN, 1320, 1440))
    assert days[0] == (Stretch(OPEN, 0, 360), Stretch(OPEN, 540, 1050))  # Sunday's night runs into Monday


def test_a_week_made_of_others_tells_what_is_so_in_some_weeks_only() -> None:
    # New York is six hours behind Berlin for most of the year and five while only one of the two has changed its clocks.
    assert week("europe")[2] == (Stretch(OPEN, 540, 1320), Stretch(SOME, 1320, 1380))
    # Kolkata's 09:00 to 12:00 are 04:30 to 07:30 in Berlin's winter and an hour later in its summer.
    assert week("world")[2] == (Stretch(SOME, 270, 330), Stretch(OPEN, 330, 450), Stretch(SOME, 450, 510), Stretch(OPEN, 540, 1080))
    assert week("closed")[0] == (Stretch(OPEN, 0, 540), Stretch(OPEN, 1080, 1440))


# --- terms and money -------------------------------------------------------------------------------------------------


def acme(clauses: str) -> Document:
    return document(study(f"agreements: {{acme: {{kind: sla, provider: desk, customer: acme, calendar: 24x7, {clauses}}}}}"), "acme")


@pytest.mark.parametrize(
    ("term", "says"),
    [
        ("{until: 2026-12-31, notice: 90d}", (date(2026, 12, 31) - timedelta(90)).strftime("by %-d %B %Y at the latest")),
        ("{until: 2026-12-31, notice: 36h}", "by 29 December 2026 at the latest"),
        ("{notice: 90d}", "with notice given on 1 January 2026 it ends with 1 April 2026"),
        ("{from: 2026-02-01, notice: 30d}", "with notice given on 1 February 2026 it ends with 3 March 2026"),
        ("{from: 2026-02-01, until: 2026-12-31}", "from 1 February 2026 to 31 December 2026, both days included"),
        ("{until: 2026-12-31}", "until 31 December 2026, that day included"),
    ],
)
def test_dates_are_worked_out(term: str, says: str) -> None:
    assert any(says in text for text in section(acme(f"term: {term}"), "Term and notice"))


def test_the_next_review_is_worked_out() -> None:
    assert section(acme("review: {every: 6 months, last: 2025-08-31}"), "Review and amendment")[0].endswith("due by 28 February 2026.")


def test_credits_are_reckoned_from_the_agreements_own_numbers() -> None:
    found = acme(
        "fee: 10000 EUR/quarter, targets: {response: 4h, availability: 99.9%}, "
        "credits: {response: [{over: 4h, credit: 2.5%}], availability: [{below: 99.9%, credit: 5%}, {below: 99%, credit: 30%}], cap: 20%}"
    )
    example = next(clause for clause in clauses(found) if clause.text.startswith("Example"))
    fee = Fraction(10000, 3)
    assert f"{float(int(fee * 100)) / 100} EUR (rounded down" in example.text
    assert "are 83.33 EUR for each, 166.66 EUR for both" in example.items[0]
    assert "30% of 3333.33 EUR are 1000 EUR" in example.items[1]
    assert example.items[2] == "All together: 1166.66 EUR, but no more than 20% of the fee is credited in a month: 666.66 EUR."
    assert [line.cells[1:3] for line in table(found, "Credits").lines] == [
        ("over 4 hours", "2.5%"),
        ("below 99.9%", "5%"),
        ("below 99%", "30%"),
    ]


def test_what_is_silent_is_said_to_be_not_agreed() -> None:
    said = " ".join(texts(acme("targets: {}")))
    for nothing in (
        "No targets are agreed.",
        "No duties of the Customer are agreed.",
        "Nothing is excluded",
        "No contact for this agreement is named.",
        "No fee is agreed",
        "No credits are agreed",
        "No notice is agreed.",
        "No review of this agreement is agreed.",
    ):
        assert nothing in said


def test_a_target_that_is_not_for_all_hours_says_so() -> None:
    found = document(study(OPENED), "acme")
    assert section(found, "Service level targets")[:4] == [
        "90% of P1 tickets opened in Day hours are answered within 20 minutes, at any time of any day.",
        "Every P1 ticket opened in Late hours, but not in Day hours, is answered within 1 hour, at any time of any day.",
        "98% of the tickets of any other priority (P2 and P3) are answered within 1 minute, at any time of any day.",
        "For P1 tickets opened at any other time, no response is agreed.",
    ]


OPENED = """
calendars:
  day: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}
  late: {timezone: UTC, hours: {mon-fri: "12:00-20:00"}}
agreements:
  acme:
    kind: sla
    provider: desk
    customer: acme
    calendar: 24x7
    priorities: [P1, P2, P3]
    targets:
      response:
        P1: [{within: 20m, opened_in: day, attainment: 90%}, {within: 1h, opened_in: late}]
        "*": {within: 1m, attainment: 98%}
"""


def test_the_same_catalogue_gives_the_same_contract() -> None:
    one, other = (document_markdown(document(study(yaml.dump(yaml.safe_load(OPENED))), "acme")) for _ in range(2))
    assert one == other


def test_the_words_defined_are_those_of_the_glossary() -> None:
    known = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    whole = of_folder(ROOT / "agreements")
    defined = next(clause.items for clause in clauses(document(whole, "novapay-gold")) if clause.text.startswith("In this document"))
    words = [item.partition(":")[0] for item in defined]
    assert words == sorted(words)
    assert not [word for word in words if word.lower() not in known]
