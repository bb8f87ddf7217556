"""Looks every name up that something in a catalogue refers to (SC104), and finds the calendars made of one another (SC105)."""

from __future__ import annotations

from collections.abc import Mapping

from slachain.language.agreements import AgreementGrammar
from slachain.language.calendars import CalendarGrammar
from slachain.language.catalogue import Team
from slachain.language.circles import walk
from slachain.language.composition import made_of, too_much
from slachain.language.model import Agreement, Combined, Target, TimePromise, TimeTarget, Written, members
from slachain.language.pricing import calendars_named
from slachain.language.shapes import Reading
from slachain.language.values import dataclass, field


@dataclass(slots=True)
class Names:
    """What there is to refer to."""

    calendars: CalendarGrammar
    agreements: Mapping[str, Agreement]
    metrics: frozenset[str]
    defined: frozenset[str]
    calendar_ids: tuple[str, ...]
    unfinished: str
    whole: set[int] = field(default_factory=set)  # targets, by identity, that name nothing that is not there

    def check(self, reading: Reading, grammar: AgreementGrammar, teams: Mapping[str, Team]) -> set[str]:
        """Report what is unknown; the ids of agreements and calendars that cannot be used for it."""
        broken = set(self.calendars.broken)
        for calendar in self.calendars.found.values():
            members = calendar.body.members if isinstance(calendar.body, Combined) else ()
            if not all(tuple(self.calendar(member, reading) for member in members)):  # every one is looked up
                broken.add(calendar.id)
        self.usable(reading, broken)
        offered = frozenset(f"{agreement.id}/{option.id.value}" for agreement in self.agreements.values() for option in agreement.options)
        for agreement in self.agreements.values():
            reading.owner = agreement.id
            if not self.agreement(agreement, reading):
                broken.add(agreement.id)
            if agreement.options:
                self.options(agreement, offered, reading)
        reading.owner = None
        for name in grammar.metric_names.names:
            self.metric(name, reading)
        for found in teams.values():
            if found.calendar:
                self.calendar(found.calendar, reading)
        return broken

    def calendar(self, name: Written[str], reading: Reading) -> bool:
        """Whether a calendar is there; one that cannot be used has its finding already."""
        if name.value in self.calendars.found:
            return True
        if name.value not in self.calendars.broken:
            known = reading.nearest(name.value, self.calendar_ids)
            reading.report("SC104", f"there is no calendar '{name.value}'{known}{self.unfinished}", name.at)
        return False

    def metric(self, name: Written[str], reading: Reading) -> None:
        """Report a metric that is not there."""
        reading.report("SC104", f"there is no metric '{name.value}'{reading.nearest(name.value, self.metrics)}{self.unfinished}", name.at)

    def agreement(self, agreement: Agreement, reading: Reading) -> bool:
        """Whether everything that an agreement names is there."""
        whole = self.calendar(agreement.calendar, reading)
        for by_priority in agreement.targets.values():
            whole = self.targets(by_priority, reading) and whole
        for member in (member for item in agreement.relies_on for member in members(item.route)):
            if member.agreement.value not in self.defined:
                known = reading.nearest(member.agreement.value, self.defined, but=agreement.id)
                reading.report("SC104", f"there is no agreement '{member.agreement.value}'{known}{self.unfinished}", member.agreement.at)
                whole = False
        return whole

    def targets(self, by_priority: Mapping[str, Target], reading: Reading) -> bool:
        """Whether every calendar that the targets of a metric name is there: asked once for those that heirs have in common."""
        if id(by_priority) in self.whole:
            return True
        whole = True
        for target in by_priority.values():
            for one in target.alternatives if isinstance(target, TimePromise) else (target,):
                opened = one.opened_in if isinstance(one, TimeTarget) else None
                for name in (one.calendar, opened):
                    whole = (name is None or self.calendar(name, reading)) and whole
        if whole:
            self.whole.add(id(by_priority))
        return whole

    def options(self, agreement: Agreement, offered: frozenset[str], reading: Reading) -> None:
        """What priced options name; one that names what is not there can still not be bought, and breaks nothing else."""
        for name in calendars_named(agreement.options):
            self.calendar(name, reading)
        for name in (name for option in agreement.options for name in option.excludes if "/" in name.value):
            found = self.agreements.get(other := name.value.partition("/")[0])
            misread = "options" in found.broken if found else other in self.defined
            if name.value not in offered and not misread:
                known = reading.nearest(name.value, offered)
                reading.report("SC104", f"there is no option '{name.value}'{known}{self.unfinished}", name.at)

    def usable(self, reading: Reading, broken: set[str]) -> None:
        """Add the calendars made of one another (SC105), and those made of any that cannot be used."""
        bodies = {id: calendar.body for id, calendar in self.calendars.found.items()}
        members = {id: body.members if isinstance(body, Combined) else () for id, body in bodies.items()}
        walked = walk(members)
        for circle in walked.circles:
            reading.report("SC105", f"calendars made of one another: {circle}", circle.closing.at)
            broken.update(circle.members)
        for id, why in too_much(members, walked.order, broken).items():
            reading.malformed(why, self.calendars.found[id].at)
            broken.add(id)
        broken.update(made_of(broken, members))
