"""A whole ticket log: rows in, histories and everything that was not used out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from slachain.analysis.tickets.csv_rows import NoTable, Refusals, Refused, Table
from slachain.analysis.tickets.event_rows import EventLog
from slachain.analysis.tickets.history import Histories, History
from slachain.analysis.tickets.lots import Sorter
from slachain.analysis.tickets.plan import Plan
from slachain.analysis.tickets.sheets import MISSING, Sheet
from slachain.analysis.tickets.ticket_rows import sheets_of_tickets
from slachain.clocks.calendars import Calendars
from slachain.language.catalogue import Catalogue
from slachain.language.exports import NOWHERE, Export
from slachain.language.model import Metric, Written
from slachain.language.values import dataclass

PLAIN_ENDS = {"response": "responded", "resolution": "resolved"}


@dataclass(frozen=True, eq=False)
class Log:
    """What a log shows: histories, how many tickets were used, and what was not, each with its reason.

    `end` is the instant at which it ends (None without tickets); `left_out` counts tickets by reason, `without_target` those
    for which nothing is promised by agreement, metric and priority; `repeated` and `skipped` count local times that were
    there twice or not at all; `changed` are tickets whose priority (or what else tells whose they are) changed on the way.
    """

    histories: tuple[History, ...]
    tickets: int
    end: int | None
    refused: tuple[Refused, ...]
    left_out: Mapping[str, int]
    without_target: Mapping[tuple[str, str, str], int]
    repeated: int
    skipped: int
    changed: int


def read_log(catalogue: Catalogue, calendars: Calendars, lines: Iterable[bytes], export: Export | None, until: int | None = None) -> Log:
    """The log of these lines, by its map; without one it has the columns that `slachain` itself writes about.

    Nothing can have happened after `until`, where that is known. Raises `NoTable` for what is no table of tickets.
    """
    refusals = Refusals()
    table = Table.of(lines, export.delimiter if export else ",", export.encoding if export else "utf-8", refusals)
    plan = Plan(export or plain(table.header, catalogue.metrics), table.header)
    events = EventLog(table, plan) if plan.export.events else None
    sheets: Iterator[Sheet] = events.sheets() if events else sheets_of_tickets(table, plan)
    sorter, histories = Sorter(plan, catalogue.agreements, refusals, until), Histories(catalogue, calendars)
    for sheet in sheets:
        for lot in sorter.lots(sheet):
            histories.add(lot)
    last = max(sorter.last, events.last if events else MISSING)
    end = until if until is not None else None if last == MISSING else last
    left_out = dict(sorter.left_out)
    if events and events.spoiled:
        left_out["one of their events cannot be read"] = len(events.spoiled)
    return Log(
        histories=histories.histories(end or 0),
        tickets=sorter.tickets,
        end=end,
        refused=tuple(sorted(refusals.rows, key=lambda row: (row.line, row.why))),
        left_out=dict(sorted(left_out.items())),
        without_target=dict(sorted(histories.without_target.items())),
        repeated=plan.counts.repeated,
        skipped=plan.counts.skipped,
        changed=len(events.changed - events.spoiled) if events else 0,
    )


def plain(header: tuple[str, ...], metrics: Mapping[str, Metric]) -> Export:
    """The map of a table whose columns are named as this tool names them. Raises `NoTable` for any other."""
    lacking = [name for name in ("ticket", "agreement", "priority", "opened") if name not in header]
    times = [metric.id for metric in metrics.values() if metric.type == "time"]
    ends = {metric: name for metric in times for name in (PLAIN_ENDS.get(metric, metric),) if name in header}
    if lacking or not ends:
        lacks = f"no column '{lacking[0]}'" if lacking else "no column 'responded' or 'resolved'"
        raise NoTable(f"it has {lacks}: tell what its columns mean with --map FILE, or with --opened, --resolved and the like")
    return Export(
        ticket=_column("ticket"),
        agreement=_column("agreement"),
        priority=_column("priority"),
        opened=_column("opened"),
        metrics={metric: _column(name) for metric, name in ends.items()},
    )


def _column(name: str) -> Written[str]:
    return Written(name, name, NOWHERE)
