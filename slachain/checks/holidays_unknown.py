"""Years of which a calendar's public holidays are not known: the other half of SC505.

Holidays that follow the moon, or that a government proclaims, are known some years ahead at most. In a year of which nobody knows them
a calendar is open on them, and a promise that holds on paper may be broken on such a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.graph import calendars_named
from slachain.analysis.promises import Horizon
from slachain.analysis.verdicts import Verdict
from slachain.clocks.wall import LAST_DAY, date_at
from slachain.language.findings import Finding, Note
from slachain.language.model import Combined, Hours, Written
from slachain.language.public_holidays import not_listed
from slachain.language.values import dataclass, field
from slachain.study import Study

Since = tuple[Written[str], int]
"""A country, where a calendar names it, and the first year of which its holidays are not known."""
AFTERWARDS = timedelta(31)  # what is opened at the end of a horizon is worked on after it


def holidays_unknown(code: str, study: Study) -> Iterator[Finding]:
    """Each calendar once for each agreement whose promises read it, at its country."""
    unknown, read = Unknown(study), dict[tuple[Since, str], list[Note]]()
    judged: list[Verdict | AmountVerdict] = [*study.verdicts.where(unknown.read_by), *study.amount_verdicts.where(unknown.read_by)]
    for verdict in judged:
        promise = verdict.promise
        for since in unknown.read_by(verdict):
            note = Note(f"{promise.metric.id} {promise.priority} is judged without them", promise.target.at)
            read.setdefault((since, promise.agreement.id), []).append(note)
    for ((country, year), agreement), notes in read.items():
        message = f"{not_known((country, year))}: {agreement} is judged without them"
        help = f"write those of {year} down as soon as they are known (add), or take a newer release of the package holidays"
        yield Finding(code, message, country.at, agreement, because=tuple(notes), help=help)


def not_known(since: Since) -> str:
    """Which holidays these are, in words."""
    country, year = since
    return f"the public holidays of {country.value} are not known from {date(year, 1, 1)} on, or not all"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Of which calendars the public holidays are not known, and since when; the years of each horizon are looked at once."""

    study: Study
    found: dict[Horizon, dict[str, Since]] = field(default_factory=dict)

    def read_by(self, verdict: Verdict | AmountVerdict) -> list[Since]:
        """Those that a promise is judged by: its own, and all on its paths."""
        promise = verdict.promise
        if not self.during(verdict.horizon):
            return []
        ids = (promise.agreement.id, *sorted(self.study.below(promise.agreement.id, promise.metric.id)))
        named = [name for id in ids for name in calendars_named(self.study.catalogue.agreements[id], promise.metric.id)]
        return self.among([promise.calendar, *named], verdict.horizon)

    def among(self, calendars: Iterable[str], horizon: Horizon) -> list[Since]:
        """Those of some calendars, or of what these are made of."""
        found = self.during(horizon)
        return list(dict.fromkeys(found[id] for name in calendars for id in self.made_of(name) if id in found))

    def during(self, horizon: Horizon) -> dict[str, Since]:
        """All that there are in a horizon."""
        if horizon not in self.found:
            self.found[horizon] = dict(self.within(horizon))
        return self.found[horizon]

    def within(self, horizon: Horizon) -> Iterator[tuple[str, Since]]:
        """One by one, those of the weeks in which its last tickets are worked on too."""
        last = min(date_at(horizon.end, "UTC"), LAST_DAY - AFTERWARDS) + AFTERWARDS
        years = range(date_at(horizon.start, "UTC").year, last.year + 1)
        for id, calendar in self.study.catalogue.calendars.items():
            rule = calendar.body.holidays if isinstance(calendar.body, Hours) else None
            if rule and rule.country:
                yield from ((id, (rule.country, year)) for year in not_listed(rule, years)[:1])

    def made_of(self, calendar: str) -> Iterator[str]:
        """A calendar, and all that it is made of."""
        yield calendar
        body = self.study.catalogue.calendars[calendar].body
        for member in body.members if isinstance(body, Combined) else ():
            yield from self.made_of(member.value)
