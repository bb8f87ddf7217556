"""Options that commands have in common, and what they mean."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from slachain.decisions.report import Report
    from slachain.language.attachments import Attach
    from slachain.language.catalogue import Catalogue
    from slachain.language.findings import Finding
    from slachain.study import Study

CATALOGUE = "agreements/"  # where none is named
MANY = 500  # agreements
F = TypeVar("F", bound=Callable[..., Any])
WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # as most write it: what reads other ways takes longer to import than to use
EARLIEST, LATEST = date(1970, 1, 2), date(2500, 1, 1)


class Day(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A date such as 2026-01-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value) if WRITTEN.fullmatch(value) else datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{value!r} is no date: write 2026-01-01", param, ctx)
        if not EARLIEST <= day <= LATEST:
            self.fail(f"{value} lies outside {EARLIEST} to {LATEST}", param, ctx)
        return day


class Codes(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """Finding codes or their beginnings, separated by commas."""

    name = "codes"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The codes, or a usage error for one that begins no code."""
        if isinstance(value, tuple):
            return value
        from slachain.checks.registry import by_code

        codes = tuple(part.strip().upper() for part in value.split(","))
        for code in codes:
            if not code or not any(known.startswith(code) for known in by_code()):
                self.fail(f"{code!r} begins no finding's code: 'slachain explain' lists them", param, ctx)
        return codes


paths = click.argument("paths", nargs=-1, metavar="[PATH]...")
catalogue = click.option(
    "-c", "--catalogue", "paths", multiple=True, metavar="PATH", help="A file or folder of agreements; repeatable. [default: agreements/]"
)
as_of = click.option("--as-of", type=Day(), metavar="DATE", help="The day of the check. [default: today]")
output = click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write to a file instead of the terminal.")
fail_on = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    show_default=True,
    help="Exit with 1 for findings of this severity and above.",
)
select = click.option("--select", type=Codes(), metavar="CODE,…", help="Only these findings; SC8 stands for its family.")
ignore = click.option("--ignore", type=Codes(), metavar="CODE,…", help="All findings but these.")

cores = click.option(
    "--cores", type=click.IntRange(1, 2), default=2, show_default=True, help="Judge on so many processor cores at most, where that helps."
)


def format_of(*formats: str) -> Callable[[F], F]:
    """The `--format` option of a command."""
    return click.option("--format", "form", type=click.Choice(formats), default=formats[0], show_default=True)


def today_or(day: date | None) -> date:
    """The day asked for, or today."""
    return day or date.today()


def load_catalogue(paths: tuple[str, ...]) -> Catalogue:
    """The catalogue at these paths, `agreements/` where none is named."""
    from slachain.cli.files import gather

    gathered = gather(paths or (CATALOGUE,))
    return loaded(gathered.files, gathered.attach, tuple(gathered.findings))


def loaded(files: Mapping[str, bytes], attach: Attach, before: tuple[Finding, ...] = ()) -> Catalogue:
    """The catalogue of these files; `before` are findings about files that could not be had."""
    from slachain.language.loader import load, without_garbage_collection

    with without_garbage_collection():
        catalogue = load(files, attach, before)
        if len(catalogue.agreements) > MANY:
            gc.freeze()  # it lives as long as the command: to look through it for garbage would be in vain
    return catalogue


def data_used() -> tuple[tuple[str, str], ...]:
    """The data that can change a verdict, by name and version."""
    from importlib.metadata import version

    from slachain.language.zones import zone_version

    return (
        ("holidays", version("holidays")),
        ("time zones (tzdata)", f"{version('tzdata')} ({zone_version()})"),
        ("icalendar", version("icalendar")),
        ("recurring-ical-events", version("recurring-ical-events")),
    )


def exit_status(report: Report, fail_on: str) -> int:
    """0, 1 for findings that count, 2 where the catalogue could not be read as written."""
    from slachain.language.findings import Severity

    if report.unreadable:
        return 2
    if fail_on == "never":
        return 0
    counting = {severity for severity in Severity if severity.weight >= Severity(fail_on).weight}
    return int(any(f.severity in counting and not f.accepted for f in report.findings))


def instant_of(text: str, study: Study, agreement: str) -> int:
    """UTC seconds of a wall time on an agreement's calendar, or of one with an offset. Raises a usage error."""
    from slachain.clocks.wall import instant_at

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{text!r} is no instant: write 2026-10-23T14:00") from None
    found = study.catalogue.agreements.get(agreement)
    zone = study.calendars.zone(found.calendar.value) if found and agreement not in study.catalogue.broken else "UTC"
    if not EARLIEST <= moment.date() <= LATEST:
        raise click.UsageError(f"{text} lies outside {EARLIEST} to {LATEST}")
    return instant_at(moment, zone)
