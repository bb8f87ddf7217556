"""`slachain report`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from slachain.cli import options


@click.command()
@options.paths
@options.as_of
@click.option("-o", "--output", default="gap-report.html", show_default=True, metavar="FILE", help="Where to write the report.")
@options.select
@options.ignore
@options.fail_on
@options.cores
def command(
    paths: tuple[str, ...],
    as_of: date | None,
    output: str,
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    fail_on: str,
    cores: int,
) -> None:
    """The gap report: one HTML file to read, print and pass on.

    \b
    Example:
      slachain report agreements/ -o build/gap-report.html
    """
    from slachain.cli.cores import beside
    from slachain.cli.files import shown, write
    from slachain.cli.progress import progress
    from slachain.decisions.reporting import report
    from slachain.render.html import html
    from slachain.render.words import verdict_line
    from slachain.study import Study

    study = Study.of(options.load_catalogue(paths), options.today_or(as_of))
    with progress() as tell:
        found = report(study, options.data_used(), tell, beside(cores)).selecting(select, ignore)
    write(Path(output), html(found))
    click.echo(verdict_line(found))
    click.echo(f"The report is {shown(Path(output))}")
    sys.exit(options.exit_status(found, fail_on))
