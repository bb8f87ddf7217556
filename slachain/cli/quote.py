"""`slachain quote`."""

from __future__ import annotations

from datetime import date

import click

from slachain.cli import options


@click.command()
@click.argument("agreement", required=False)
@click.option("--relies-on", "relies_on", multiple=True, metavar="AGREEMENT", help="Something new that relies on this; repeatable.")
@click.option(
    "--calendar", "calendars", multiple=True, metavar="ID", help="A clock to promise on; repeatable. [default: 24x7, and those on the path]"
)
@click.option("--metric", "metrics", multiple=True, metavar="NAME", help="Only this metric; repeatable.")
@click.option("--priority", "priorities", multiple=True, metavar="NAME", help="Only this priority; repeatable.")
@click.option("--exact", is_flag=True, help="The number itself, in whole minutes, instead of one that people would write.")
@options.catalogue
@options.as_of
@options.format_of("text", "json", "html")
@options.output
@click.option("-v", "--verbose", is_flag=True, help="What limits each promise, for all of them.")
def command(
    agreement: str | None,
    relies_on: tuple[str, ...],
    calendars: tuple[str, ...],
    metrics: tuple[str, ...],
    priorities: tuple[str, ...],
    exact: bool,
    paths: tuple[str, ...],
    as_of: date | None,
    form: str,
    output: str | None,
    verbose: bool,
) -> None:
    """The strictest promise that can be made, clock by clock: for an AGREEMENT with a customer, or for something new that
    relies on others. Each promise quoted holds, written into the catalogue.

    \b
    Examples:
      slachain quote --relies-on desk --priority P1
      slachain quote novapay-gold --calendar 24x7 --exact
    """
    from slachain.cli.rendering import put
    from slachain.decisions.quote import CannotQuote, Quoter
    from slachain.decisions.quote_lines import asked
    from slachain.study import Study

    if bool(agreement) == bool(relies_on):
        raise click.UsageError("name an agreement, or what something new relies on (--relies-on desk)")
    study = Study.of(options.load_catalogue(paths), options.today_or(as_of))
    try:
        quoter = Quoter.of(study, agreement, exact) if agreement else Quoter.relying_on(study, relies_on, exact)
        purpose = f"by {agreement}" if agreement else f"relying on {' and '.join(relies_on)}"
        found = asked(quoter, purpose, calendars, metrics, priorities)
    except CannotQuote as error:
        raise click.UsageError(str(error)) from None
    put(drawn(found, form, verbose), output)


def drawn(found: object, form: str, verbose: bool) -> str:
    """A quotation in one of the formats."""
    from slachain.decisions.quote_lines import Quotation

    assert isinstance(found, Quotation)
    if form == "json":
        from slachain.decisions.data import as_data
        from slachain.render.json import dump

        return dump({"format": "slachain-quote/1", **as_data(found)})
    if form == "html":
        from slachain.render.quote_page import quote_html

        return quote_html(found)
    from slachain.render.quote import quote_text

    return quote_text(found, verbose)
