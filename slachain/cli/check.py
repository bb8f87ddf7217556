"""`slachain check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import click

from slachain.cli import options
from slachain.cli.formats import FORMATS

if TYPE_CHECKING:
    from slachain.decisions.report import Report
    from slachain.decisions.reporting import Progress
    from slachain.language.source import Source

MANY = 1_000  # files, for which somebody is to stand by


@click.command()
@options.paths
@options.as_of
@options.format_of(*FORMATS)
@options.output
@options.select
@options.ignore
@options.fail_on
@click.option("--sort", type=click.Choice(["place", "money"]), default="place", show_default=True, help="What costs most first.")
@click.option("--cache/--no-cache", "cached", default=True, help="Begin from what the last check left in the cache folder, if it can.")
@options.cores
@click.option("-v", "--verbose", is_flag=True, help="A line for every promise and every info.")
def command(
    paths: tuple[str, ...],
    as_of: date | None,
    form: str,
    output: str | None,
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    fail_on: str,
    sort: str,
    cached: bool,
    cores: int,
    verbose: bool,
) -> None:
    """Does every promise hold, and if not, why, when and what would mend it?

    Reads every *.yaml and *.yml under each PATH (by default agreements/). Exits with 0 if nothing is wrong, 1 for
    findings, 2 if the agreements cannot be read as written.

    \b
    Example:
      slachain check agreements/ --as-of 2026-01-01
    """
    from slachain.cli.progress import progress

    day = options.today_or(as_of)
    with progress() as tell:
        if cached and form == "text" and sort == "place" and not verbose:  # text names no versions, and looking them up takes its time
            found, sources = _as_left(paths or (options.CATALOGUE,), day, tell, cores)
        else:
            from slachain.cli.cores import beside
            from slachain.decisions.reporting import report
            from slachain.study import Study

            catalogue, text = options.load_catalogue(paths), form == "text"
            sources = catalogue.sources
            found = report(Study.of(catalogue, day), () if text else options.data_used(), tell, beside(cores), for_terminal=text)
    from slachain.cli.rendering import Terminal, emit

    found = found.selecting(select, ignore)
    if sort == "money":
        from slachain.decisions.ordering import by_money

        found = by_money(found)
    emit(found, Terminal(sources, verbose, infos=verbose or select is not None), form, output)
    sys.exit(options.exit_status(found, fail_on))


def _as_left(paths: tuple[str, ...], as_of: date, tell: Progress, cores: int) -> tuple[Report, Mapping[str, Source]]:
    """The report from what the last check left, and the sources of what it speaks of.

    Of many files somebody stands by to judge those that changed; where nothing was left somebody reads them.
    """
    from slachain.cli import cache, first
    from slachain.cli.files import are_many, gather
    from slachain.cli.leaves import answer, prepare
    from slachain.cli.standby import standby

    place = cache.place(paths, as_of)
    left, helpers = place is not None and os.path.exists(place), cores if are_many(paths, MANY) else 1
    with standby(helpers if left else 1, prepare, answer) as somebody:
        found = gather(paths) if left or helpers == 1 else first.gathered(paths, helpers)
        from slachain.cli.again import checked

        return checked(found, place, as_of, tell, cores, somebody)
