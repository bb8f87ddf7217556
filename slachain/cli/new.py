"""`slachain new`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slachain.cli import options

if TYPE_CHECKING:
    from slachain.decisions.blank import Blank
    from slachain.study import Study

DEFAULT = "agreements/"


@click.command()
@click.argument("kind", type=click.Choice(["sla", "ola", "uc"]))
@click.argument("id", required=False)
@click.option("--customer", metavar="ID", help="Whom it is agreed with.")
@click.option("--provider", metavar="ID", help="Who does the work.")
@click.option("--service", metavar="TEXT", default="a service", help="What it is about.")
@click.option("--calendar", metavar="ID", default="24x7", show_default=True, help="The clock of its targets.")
@click.option("--relies-on", "relies_on", multiple=True, metavar="AGREEMENT", help="Who does the work behind it; repeatable.")
@options.catalogue
@options.as_of
@options.output
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(
    kind: str,
    id: str | None,
    customer: str | None,
    provider: str | None,
    service: str,
    calendar: str,
    relies_on: tuple[str, ...],
    paths: tuple[str, ...],
    as_of: date | None,
    output: str | None,
    force: bool,
) -> None:
    """An agreement to fill in, as commented YAML: an sla with a customer, an ola inside, a uc with a vendor.

    It is printed, or written to a file that is not there yet (-o agreements/acme.yaml). Its ID is one that the catalogue does
    not have. An sla that relies on agreements of the catalogue promises the strictest times that they can carry.

    \b
    Examples:
      slachain new sla --customer acme --service "web shop" -o agreements/acme.yaml
      slachain new sla acme --relies-on desk
      slachain new uc nordhost --provider nordhost
    """
    from slachain.cli.files import shown
    from slachain.cli.rendering import put
    from slachain.render.blank import blank_text

    if output is not None and Path(output).exists() and not force:
        raise click.UsageError(f"{shown(Path(output))} is already there: nothing was written (--force writes over it)")
    study = _study(paths, as_of)
    text = blank_text(_blank(study, kind, id, customer, provider, service, calendar, relies_on))
    put(text, output)
    if output is not None:
        click.echo(f"wrote {shown(Path(output))}")


def _study(paths: tuple[str, ...], as_of: date | None) -> Study:
    """The catalogue that the agreement is to stand beside; an empty one where there is none yet."""
    from slachain.language.loader import load
    from slachain.study import Study

    there = paths or Path(DEFAULT).exists()
    return Study.of(options.load_catalogue(paths) if there else load({}), options.today_or(as_of))


def _blank(
    study: Study,
    kind: str,
    id: str | None,
    customer: str | None,
    provider: str | None,
    service: str,
    calendar: str,
    relies_on: tuple[str, ...],
) -> Blank:
    """What goes into the blanks. Raises a usage error for a name that is none, is taken, or is not there."""
    from slachain.decisions.blank import PARTIES, Blank, carrying, free_id, ids_taken
    from slachain.decisions.quote import CannotQuote

    _known(study, relies_on, calendar)
    promised = kind == "sla" and bool(relies_on)
    if promised and not provider:  # who they work for is who relies on them
        provider = study.catalogue.agreements[relies_on[0]].customer.value
    provider = _name(provider or (kind != "sla" and id) or PARTIES[kind][0])
    customer = _name(customer or (kind == "sla" and id) or PARTIES[kind][1])
    taken = ids_taken(study)
    chosen = free_id(_name(id or (customer if kind == "sla" else provider)), taken)
    if id and chosen != id:
        raise click.UsageError(f"the catalogue has a {id} already: {chosen} is free")
    team = free_id(f"{chosen}-team", taken)
    blank = Blank(kind, chosen, provider, customer, _text(service), calendar, relies_on, team=team)
    try:
        blank = carrying(study, blank) if promised else blank
    except CannotQuote as error:
        raise click.UsageError(str(error)) from None
    if promised and not blank.carried:
        raise click.UsageError(f"nothing can be promised on {calendar} with {' and '.join(relies_on)} behind: slachain quote tells why")
    return blank


def _known(study: Study, relies_on: tuple[str, ...], calendar: str) -> None:
    """Raise a usage error for a name that the catalogue does not have."""
    from slachain.language.shapes import nearest

    catalogue = study.catalogue
    for what, names, known in (("agreement", relies_on, catalogue.agreements), ("calendar", (calendar,), catalogue.calendars)):
        for name in names:
            if name not in known or name in catalogue.broken:
                raise click.UsageError(f"there is no {what} {name!r} in the catalogue{nearest(name, known)}")


def _name(text: str) -> str:
    from slachain.language.scalars import ScalarError
    from slachain.language.shapes import read_identifier

    try:
        return read_identifier(text)
    except ScalarError as error:
        raise click.UsageError(str(error)) from None


def _text(text: str) -> str:
    from slachain.language.scalars import ScalarError
    from slachain.language.shapes import read_text

    try:
        return read_text(text)
    except ScalarError as error:
        raise click.UsageError(str(error)) from None
