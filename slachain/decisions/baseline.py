"""Was it kept, and what could be promised? A ticket log held against every target of a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from fractions import Fraction

import numpy as np

from slachain.analysis.order_statistics import interval
from slachain.analysis.tickets.csv_rows import cut
from slachain.analysis.tickets.history import History
from slachain.analysis.tickets.log import Log, read_log
from slachain.checks.registry import all_checks
from slachain.clocks.wall import midnight
from slachain.decisions.baseline_lines import Baseline, HistoryLine, MonthLine, QuantileLine, Remainder, ShareLine, SpreadLine, SupportLine
from slachain.decisions.ladder import ladder, write_rung
from slachain.decisions.report import Instant, Quantity, quantity
from slachain.decisions.reporting import finding_line
from slachain.language.describe import describe_calendar
from slachain.language.exports import Export
from slachain.language.model import ANY, ROUND_THE_CLOCK, Agreement
from slachain.language.scalars import BusinessDays, Time, write_duration
from slachain.language.values import replace
from slachain.study import Study

FAMILY = "SC9"
QUANTILES = (Fraction(1, 2), Fraction(9, 10), Fraction(95, 100), Fraction(99, 100))
SHARES = (Fraction(99, 100), Fraction(95, 100), Fraction(9, 10), Fraction(8, 10))
STEPS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1), Fraction(3, 2), Fraction(2), Fraction(4))  # of what is promised


def baseline(
    study: Study, lines: Iterable[bytes], name: str, export: Export | None, to_the_day: bool, data_used: tuple[tuple[str, str], ...] = ()
) -> Baseline:
    """A log's histories; `to_the_day` says that it ends with the day of the check, in the zone of its map (else with its last event).

    Raises `NoTable` for what is no table of tickets.
    """
    zone = (export.zone if export else None) or "UTC"
    until = midnight(study.as_of + timedelta(days=1), zone) if to_the_day else None
    log = read_log(study.catalogue, study.calendars, lines, export, until)
    measured = Study(study.catalogue, study.as_of, study.calendars, log.histories)
    found = [
        finding_line(measured, finding) for check in all_checks() if check.CODE.startswith(FAMILY) for finding in check.check(measured)
    ]
    return Baseline(
        as_of=study.as_of,
        log=name,
        tickets=log.tickets,
        ends=None if log.end is None else Instant(2 * log.end),
        lines=tuple(history_line(study, history) for history in log.histories),
        findings=tuple(sorted(found, key=lambda f: (f.at, f.code, f.message, f.agreement or "", f.priority or ""))),
        refused=log.refused,
        left_out=tuple(_left_out(log)),
        not_measured=tuple(_not_measured(study, log)),
        notes=tuple(_notes(log, export, study)),
        data_used=data_used,
    )


def selecting(found: Baseline, select: tuple[str, ...] | None, ignore: tuple[str, ...] | None) -> Baseline:
    """The same with only the selected findings, by code or the beginning of one."""
    kept = tuple(f for f in found.findings if f.code.startswith(select or ("",)) and not f.code.startswith(ignore or ("-",)))
    return replace(found, findings=kept)


# --- one target ------------------------------------------------------------------------------------------------------


def history_line(study: Study, history: History) -> HistoryLine:
    """One target and its tickets."""
    promise = history.promise
    agreement, target = promise.agreement, promise.target
    return HistoryLine(
        agreement=agreement.id,
        title=agreement.title_or_id,
        kind=agreement.kind.value,
        promises=agreement.promises,
        provider=agreement.provider.value,
        customer=agreement.customer.value,
        metric=promise.metric.id,
        priority=promise.priority,
        alternative=promise.alternative,
        calendar=promise.calendar,
        clock=describe_calendar(promise.calendar, study.catalogue.calendars),
        zone=study.calendars.zone(agreement.calendar.value),
        pauses=tuple(_pauses(agreement)),
        promised=Quantity(target.within.text, history.limit, "business_days" if history.in_days else "seconds"),
        attainment=target.share,
        verdict=history.verdict,
        stricter=history.could_be_stricter,
        tickets=history.tickets,
        kept=history.kept,
        overdue=history.overdue,
        open=history.open,
        share=_share(history.kept, history.tickets) if history.tickets else None,
        quantiles=tuple(QuantileLine(s, quantity(history.quantile(s), history.in_days)) for s in QUANTILES) if history.tickets else (),
        supported=support_line(history, target.share) if history.tickets else None,
        supports=tuple(support_line(history, share) for share in SHARES) if history.tickets else (),
        months=tuple(MonthLine(f"{m.first:%Y-%m}", m.tickets, m.kept, _share(m.kept, m.tickets)) for m in history.months),
        spread=tuple(_spread(history)),
        written=study.catalogue.line(target.within.at),
        at=target.within.at,
    )


def _pauses(agreement: Agreement) -> Iterator[str]:
    for reason, longest in agreement.pauses.items():
        yield reason if longest.value is None else f"{reason}, for up to {write_duration(longest.value)}"


def _share(kept: int, tickets: int) -> ShareLine:
    found = interval(kept, tickets)
    return ShareLine(Fraction(kept, tickets), found.low, found.high)


def support_line(history: History, share: Fraction) -> SupportLine:
    """What a history supports for a share of the tickets."""
    found = history.supported(share)
    return SupportLine(share, quantity(found, history.in_days), _rung(history, found), history.needed(share))


def _rung(history: History, found: int | None) -> Quantity | None:
    """The least of the times that people write that is no shorter."""
    if found is None:
        return None
    for time in ladder(max(found, 1), history.in_days):
        if isinstance(time, BusinessDays) == history.in_days and _amount(time) >= found:
            text = write_rung(time) if history.promise.calendar == ROUND_THE_CLOCK or history.in_days else write_duration(_amount(time))
            return Quantity(text, _amount(time), "business_days" if history.in_days else "seconds")
    return None


def _amount(time: Time) -> int:
    return time.days if isinstance(time, BusinessDays) else time.seconds


def _spread(history: History) -> Iterator[SpreadLine]:
    """How many tickets took how much of what is promised."""
    edges = sorted({int(step * history.limit) for step in STEPS} - {0})
    counts = np.searchsorted(history.readings, np.array(edges, dtype=np.int64), side="right").tolist()
    ends = [quantity(edge, history.in_days) for edge in edges]
    for over, upto, before, count in zip([None, *ends], [*ends, None], [0, *counts], [*counts, history.tickets], strict=True):
        kept = upto is not None and isinstance(upto.amount, int) and upto.amount <= history.limit
        yield SpreadLine(over, upto, count - before, kept)


# --- what was not measured -------------------------------------------------------------------------------------------


def _left_out(log: Log) -> Iterator[Remainder]:
    yield from (Remainder("", number, why) for why, number in log.left_out.items())
    for (agreement, metric, priority), number in log.without_target.items():
        whose = "no priority" if priority == ANY else f"priority {cut(priority)}"
        yield Remainder(whose, number, f"{agreement} promises no {metric} for them")


def _not_measured(study: Study, log: Log) -> Iterator[Remainder]:
    """The targets of a time that no ticket was measured against, and those that are no time."""
    measured = {(h.promise.agreement.id, h.promise.metric.id) for h in log.histories}
    seen = {agreement for agreement, _ in measured} | {agreement for agreement, _, _ in log.without_target}
    for id, agreement in sorted(study.catalogue.agreements.items()):
        for metric in agreement.targets:
            kind = study.catalogue.metrics[metric].type if metric in study.catalogue.metrics else "time"
            if (id, metric) in measured:
                continue
            if kind != "time":
                yield Remainder(f"{id} {metric}", None, "it is no time: tickets do not tell")
            else:
                yield Remainder(f"{id} {metric}", None, "no ticket tells when it ended" if id in seen else "no ticket is this agreement's")


def _notes(log: Log, export: Export | None, study: Study) -> Iterator[str]:
    """What was chosen, where the log leaves a choice."""
    if log.repeated and export:
        yield f"Local times in the hour that autumn repeats, each taken for its {export.repeated} occurrence (repeated): {log.repeated}."
    if log.skipped:
        yield f"Local times that spring skips, each taken for the first instant after the gap (skipped): {log.skipped}."
    if log.changed:
        yield f"Tickets whose priority, or what else tells whose they are, changed: {log.changed}; what the latest event says counts."
    overdue, open_ = sum(h.overdue for h in log.histories), sum(h.open for h in log.histories)
    if overdue:
        yield f"Open when the log ends and late by then, counted as late: {overdue}, over all targets."
    if open_:
        yield f"Open when the log ends and not late by then, not counted: {open_}, over all targets."
    used = {reason for agreement in study.catalogue.agreements.values() for reason in agreement.pauses}
    for reason in sorted(set(export.pauses if export else ()) - used):
        yield f"No agreement's clock stops for '{cut(reason)}': such pauses are not taken out."
