"""What an agenda is made from: a study, what was found of it, and how far the meeting looks ahead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from slachain.decisions.agenda import DUE, OVERDUE, Concerned, Item, counted_from
from slachain.decisions.report import FindingLine, NoteLine
from slachain.language.model import Agreement
from slachain.language.source import Span
from slachain.language.values import dataclass
from slachain.study import Study

MOST_NOTES = 6  # of one item


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """A study, everything that was found of it, and the last day that is looked at."""

    study: Study
    found: tuple[FindingLine, ...]
    until: date
    by_code: Mapping[tuple[str, str | None], tuple[FindingLine, ...]]

    @classmethod
    def of(cls, study: Study, found: tuple[FindingLine, ...], until: date) -> Meeting:
        """A meeting on the day of a study."""
        by_code: dict[tuple[str, str | None], list[FindingLine]] = {}
        for finding in found:
            by_code.setdefault((finding.code, finding.agreement), []).append(finding)
        return cls(study, found, until, {key: tuple(of_key) for key, of_key in by_code.items()})

    @property
    def as_of(self) -> date:
        """The day of the agenda."""
        return self.study.as_of

    def state(self, day: date) -> str | None:
        """`overdue`, `due`, or None for what is not due yet."""
        return OVERDUE if day < self.as_of else DUE if day <= self.until else None

    def recent(self, day: date) -> bool:
        """Whether a day lies behind by no more than the agenda looks ahead."""
        return self.as_of - day <= self.until - self.as_of

    def found_of(self, code: str, agreement: str) -> tuple[FindingLine, ...]:
        """The findings of one code about an agreement."""
        return self.by_code.get((code, agreement), ())

    def accepted(self, code: str, agreement: str) -> bool:
        """Whether an agreement's owner accepts what is found of it under a code."""
        return any(f.accepted for f in self.found_of(code, agreement))

    def zone(self, agreement: Agreement) -> str | None:
        """The zone that an agreement's dates are told in; None where its calendar could not be read."""
        known = agreement.id not in self.study.catalogue.broken and agreement.calendar.value in self.study.catalogue.calendars
        return self.study.calendars.zone(agreement.calendar.value) if known else None

    def item(self, agreement: Agreement, kind: str, state: str, day: date | None, at: Span, **told: str | tuple[NoteLine, ...]) -> Item:
        """An item about one agreement; `told` are its `subject`, `says`, `todo` and `notes`."""
        return Item(
            kind=kind,
            state=state,
            day=day,
            days=counted_from(self.as_of, day),
            owner=agreement.owner.value if agreement.owner else None,
            concerns=(concerned(agreement),),
            at=at,
            zone=self.zone(agreement),
            **{"notes": (), "todo": "", **told},  # type: ignore[arg-type]
        )


def concerned(agreement: Agreement) -> Concerned:
    """An agreement as an agenda names it."""
    return Concerned(agreement.id, agreement.title_or_id, agreement.kind.value, agreement.provider.value, agreement.customer.value)
