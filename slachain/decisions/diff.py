"""What an amendment changes, before people vote on it: two versions of a catalogue on the same day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from slachain.decisions.aligned import renamed, under_new_ids, with_names
from slachain.decisions.amendment import Amendment, MoneyChange
from slachain.decisions.attribution import Tracer
from slachain.decisions.clause_changes import Differing, Teller, differing
from slachain.decisions.finding_changes import Roots, finding_changes
from slachain.decisions.money_at_risk import MoneyLine, sum_of
from slachain.decisions.money_lines import of_agreements, together
from slachain.decisions.report import FindingLine, PromiseLine
from slachain.decisions.reporting import findings
from slachain.decisions.standing_changes import lines_of, standing_changes
from slachain.decisions.target_changes import target_changes
from slachain.language.catalogue import Catalogue
from slachain.language.values import dataclass
from slachain.study import Study


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a catalogue, what to call it, and what the paths of its files begin with."""

    catalogue: Catalogue
    name: str
    root: str = ""


class Unreadable(Exception):
    """A version cannot be read as written; `findings` say what is wrong with it."""

    def __init__(self, name: str, findings: tuple[FindingLine, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.findings = findings


def diff(old: Version, new: Version, as_of: date) -> Amendment:
    """All that is different in the new version. Raises `Unreadable` for one that cannot be read as written."""
    then, now = Study.of(old.catalogue, as_of), Study.of(new.catalogue, as_of)
    found = [_read(version, study) for version, study in ((old, then), (new, now))]
    ids = renamed(old.catalogue, new.catalogue)
    before, after = with_names(under_new_ids(old.catalogue, ids)), with_names(new.catalogue)
    paths = differing(before, after)
    teller = Teller(before, after)
    told = teller.changes(paths)
    aligned = Study.of(before, as_of), now if after is new.catalogue else Study.of(after, as_of)
    changes = {(change.section, subject, *change.field): change for change in told for subject in change.subjects}
    was, is_now = lines_of(then, ids), lines_of(now, {})
    return Amendment(
        as_of=as_of,
        old=old.name,
        new=new.name,
        renamed=tuple(sorted(ids.items())),
        clauses=told,
        targets=tuple(target_changes(*aligned, _calendars(*aligned, paths))),
        standings=tuple(standing_changes(Tracer(*aligned, changes), now, was, is_now, found[1])),
        findings=finding_changes(found[0], found[1], ids, Roots(old.root, new.root)),
        money=tuple(_money(_at_risk(aligned[0], was.values()), _at_risk(now, is_now.values()))),
        promises=(len(was), len(is_now)),
    )


def _read(version: Version, study: Study) -> list[FindingLine]:
    """The findings of a version that can be read as written."""
    found = findings(study)
    wrong = tuple(finding for finding in found if finding.code.startswith("SC1"))
    if wrong:
        raise Unreadable(version.name, wrong)
    return found


def _calendars(old: Study, new: Study, paths: Iterable[Differing]) -> frozenset[str]:
    """The calendars that both have and that are written otherwise."""
    return frozenset(
        one.path[1]
        for one in paths
        if one.path[0] == "calendars" and one.path[1] in old.catalogue.calendars and one.path[1] in new.catalogue.calendars
    )


def _at_risk(study: Study, lines: Iterable[PromiseLine]) -> tuple[MoneyLine, ...]:
    return together(of_agreements(study, lines).values())


def _money(old: tuple[MoneyLine, ...], new: tuple[MoneyLine, ...]) -> Iterable[MoneyChange]:
    """Both sides of each currency that either has."""
    before, after = ({line.at_most.currency: line for line in side} for side in (old, new))
    for currency in sorted({*before, *after}):
        none = MoneyLine(sum_of(Fraction(0), currency), None)
        yield MoneyChange(currency, before.get(currency, none), after.get(currency, none))
