"""One promise's exact supremum over a year, against opening a ticket in every minute of it; and how far off the sample is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from benchmarks.sampled import Timetable, done, longest, most_days, next_day
from benchmarks.table import Line
from benchmarks.timing import Cost, alternating, seconds, timed
from slachain.analysis.verdicts import Verdict
from slachain.clocks.calendars import Calendars
from slachain.language.catalogue import Catalogue
from slachain.language.loader import load
from slachain.study import Study

AS_OF = date(2026, 1, 1)
FULL, QUICK = 5, 2
BAR = "exact, and no slower"
AHEAD = 90 * 86400  # how far tickets are followed
HEAD = """
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}, holidays: {country: GB, subdivision: ENG}}
  vendor: {timezone: Europe/London, hours: {mon-fri: "09:00-18:00"}, holidays: {country: GB, subdivision: ENG}}
agreements:
"""
# Half an hour around the clock, three office hours, then the next business day of a vendor who closes half an hour later: over
# Easter 148 hours, approached by tickets opened just after 14:00 and reached by none. Exactly that was promised; it is not stricter.
EASTER = f"""{HEAD}
  promise: {{kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {{resolution: {{P1: 148h}}}}, relies_on: [desk]}}
  desk:
    kind: ola
    provider: desk
    customer: desk
    calendar: 24x7
    relies_on: [{{agreement: engineers, after: 30m, share: 100%}}]
  engineers:
    kind: ola
    provider: engineers
    customer: desk
    calendar: london
    relies_on: [{{agreement: vendor, after: 3h, share: 100%}}]
  vendor: {{kind: uc, provider: vendor, customer: engineers, calendar: vendor, targets: {{resolution: {{P1: 1bd}}}}}}
"""
# Passed on within thirty seconds, resolved within the 8h30m of a working day. Who opens a ticket in the last half minute before
# closing time has a deadline of the next day's close, and it is resolved on the day after.
LAST_HALF_MINUTE = f"""{HEAD}
  promise: {{kind: sla, provider: desk, customer: acme, calendar: london, targets: {{resolution: {{P1: 1bd}}}}, relies_on: [desk]}}
  desk:
    kind: ola
    provider: desk
    customer: desk
    calendar: london
    relies_on: [{{agreement: engineers, after: 30s, share: 100%}}]
  engineers: {{kind: ola, provider: engineers, customer: desk, calendar: london, targets: {{resolution: {{P1: 8h30m}}}}}}
"""


def measure(times: int) -> Iterator[Line]:
    """Two promises: one in hours, one in business days."""
    yield _line("in hours, over Easter", EASTER, times)
    yield _line("in business days", LAST_HALF_MINUTE, times)


def _line(name: str, text: str, times: int) -> Line:
    catalogue = load({"a.yaml": text.encode()})
    ours, theirs = alternating(lambda: timed(lambda: exact(catalogue))[0], lambda: timed(lambda: sample(catalogue))[0], times)
    verdict, found = exact(catalogue), sample(catalogue)
    assert verdict.supported is not None
    assert verdict.supported.bound is not None
    off = verdict.supported.bound - found
    unit, kept = ("bd", found <= 1) if text is LAST_HALF_MINUTE else ("s", found < 148 * 3600)
    note = (
        f"{name}: exactly {verdict.supported.bound} {unit} ({'reached' if verdict.supported.attained else 'approached, and reached by no ticket'}): "
        f"the promise {_holds(verdict.holds)}. The longest in any minute is {found} {unit}, by which it {_holds(kept)}"
    )
    return Line(name, _told(ours, theirs, off, unit), BAR, "met" if ours.cpu <= theirs.cpu else "missed", (note,))


def _holds(kept: bool) -> str:
    return "holds" if kept else "does not hold"


def _told(ours: Cost, theirs: Cost, off: int, unit: str) -> str:
    return f"{seconds(ours.cpu)} against {seconds(theirs.cpu)} ({theirs.cpu / ours.cpu:.1f} times ours), whose answer is {off} {unit} too small"


def exact(catalogue: Catalogue) -> Verdict:
    """The whole verdict: supported time, exposure, worst case, cause."""
    (verdict,) = Study.of(catalogue, AS_OF).verdicts
    return verdict


def sample(catalogue: Catalogue) -> int:
    """The longest of the sampled tickets, in seconds or business days on the customer's clock."""
    calendars = Calendars(catalogue.calendars)
    promise = catalogue.agreements["promise"]
    lo, hi = int_of(AS_OF), int_of(AS_OF.replace(year=AS_OF.year + 1))
    london, vendor, always = (Timetable(calendars.open(id, lo - 7 * 86400, hi + AHEAD)) for id in ("london", "vendor", "24x7"))
    if promise.calendar.value == "24x7":
        return longest(lo, hi, lambda opened: next_day(vendor, done(opened, [(always, 1800), (london, 3 * 3600)])), always)
    return most_days(lo, hi, [(london, 30), (london, 8 * 3600 + 1800)], london)


def int_of(day: date) -> int:
    """Midnight of a date, UTC seconds."""
    return (day - date(1970, 1, 1)).days * 86400
