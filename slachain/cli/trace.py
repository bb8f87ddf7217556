"""`slachain trace`."""

from __future__ import annotations

from datetime import date

import click

from slachain.cli import options


@click.command()
@click.argument("agreement")
@click.argument("metric")
@click.argument("priority")
@options.catalogue
@options.as_of
@click.option(
    "--opened", metavar="WHEN", help="A ticket opened then, such as 2026-10-23T14:00 on the customer's clock, or with Z or +01:00."
)
@options.format_of("text", "json")
def command(agreement: str, metric: str, priority: str, paths: tuple[str, ...], as_of: date | None, opened: str | None, form: str) -> None:
    """One ticket, step by step on every clock: the worst one, or one opened at a given instant.

    \b
    Examples:
      slachain trace acme-gold resolution P1
      slachain trace acme-gold resolution P1 --opened 2026-10-23T14:00
    """
    from slachain.decisions.trace import NoSuchTicket, trace
    from slachain.render.json import dump
    from slachain.render.trace import trace_data, trace_text
    from slachain.study import Study

    catalogue = options.load_catalogue(paths)
    study = Study.of(catalogue, options.today_or(as_of))
    try:
        instant = None if opened is None else options.instant_of(opened, study, agreement)
        found = trace(study, agreement, metric, priority, instant)
    except NoSuchTicket as error:
        raise click.UsageError(str(error)) from None
    click.echo(dump(trace_data(found)) if form == "json" else trace_text(found), nl=False)
