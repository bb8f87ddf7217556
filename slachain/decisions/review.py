"""What is due: the agenda of an amendment meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from slachain.analysis.notice import ends_when_given
from slachain.checks.scope import current
from slachain.decisions.agenda import Agenda, Item, OpenEnded
from slachain.decisions.agenda_dates import dated
from slachain.decisions.agenda_promises import promised, told_together
from slachain.decisions.meeting import Meeting
from slachain.decisions.money_lines import of_agreements, together
from slachain.decisions.report import PromiseLine, Report
from slachain.language.scalars import Duration
from slachain.study import Study

DAY = 86400
NO_INTERVAL = "SC804"


class NoSuchOwner(Exception):
    """Nobody of that name owns an agreement; the message is for the user."""


def review(study: Study, report: Report, within: Duration, text: str, owner: str | None = None) -> Agenda:
    """The agenda of a study with its report, looking ahead for so long (whole days), of all owners or of one.

    Raises `NoSuchOwner`.
    """
    owners = _owners(study)
    if owner is not None and not any(_is(owner, name) for name in owners.values()):
        known = sorted({name for name in owners.values() if name})
        raise NoSuchOwner(f"no agreement is owned by {owner!r}: {'; '.join(known) if known else 'none names an owner'}")
    meeting = Meeting.of(study, report.findings, study.as_of + timedelta(days=within.seconds // DAY))
    mine = {id for id, name in owners.items() if owner is None or _is(owner, name)}
    items, failing = _items(meeting, report, mine)
    return Agenda(
        as_of=study.as_of,
        until=meeting.until,
        within=text,
        items=items,
        open_ended=tuple(one for one in _open_ended(study) if one.agreement in mine),
        unreviewed=tuple(f for f in report.findings if f.code == NO_INTERVAL and not f.accepted and f.agreement in mine),
        unreadable=tuple(f for f in report.findings if f.code.startswith("SC1")),
        not_checked=tuple(skipped for skipped in report.not_checked if skipped.agreement in mine),
        money=together(of_agreements(study, failing).values()),
        owner=owner,
    )


def _owners(study: Study) -> dict[str, str | None]:
    return {id: agreement.owner.value if agreement.owner else None for id, agreement in study.catalogue.agreements.items()}


def _is(wanted: str, owner: str | None) -> bool:
    """Whether an owner's name has this in it, however it is cased."""
    return owner is not None and wanted.casefold() in owner.casefold()


def _items(meeting: Meeting, report: Report, mine: set[str]) -> tuple[tuple[Item, ...], list[PromiseLine]]:
    """The items about some agreements, in order, and the promises of the gaps among them."""
    found = [*((item, None) for item in dated(meeting)), *promised(meeting, report.promises)]
    kept = [(item, promise) for item, promise in found if any(one.agreement in mine for one in item.concerns)]
    items = sorted(told_together(item for item, _ in kept), key=lambda item: item.order)
    return tuple(items), [promise for _, promise in kept if promise is not None]


def _open_ended(study: Study) -> Iterator[OpenEnded]:
    """The agreements that have a notice and no end, by id."""
    for agreement in sorted(current(study), key=lambda agreement: agreement.id):
        notice = agreement.term.notice
        if notice and agreement.term.closes is None:
            owner = agreement.owner.value if agreement.owner else None
            yield OpenEnded(agreement.id, owner, notice.text, ends_when_given(notice, study.as_of), notice.at)
