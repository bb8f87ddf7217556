"""`slachain review`."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from slachain.cli import options

if TYPE_CHECKING:
    from slachain.decisions.agenda import Agenda
    from slachain.language.scalars import Duration


class Ahead(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A duration such as 90d, as the language writes it."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Duration]:
        """As it was written, and what it is; or a usage error."""
        if isinstance(value, tuple):
            return value
        from slachain.language.scalars import ScalarError, read_duration

        try:
            return value, read_duration(value)
        except ScalarError as error:
            self.fail(str(error), param, ctx)


@click.command()
@options.paths
@click.option("--within", type=Ahead(), default="90d", show_default=True, metavar="DURATION", help="How far to look ahead, in whole days.")
@click.option("--owner", metavar="NAME", help="Only what is owned by those with this in their name.")
@click.option("-c", "--catalogue", "more", multiple=True, metavar="PATH", help="The same as PATH; repeatable.")
@options.as_of
@options.format_of("text", "html", "ics", "markdown", "json")
@options.output
@options.cores
def command(
    within: tuple[str, Duration],
    owner: str | None,
    paths: tuple[str, ...],
    more: tuple[str, ...],
    as_of: date | None,
    form: str,
    output: str | None,
    cores: int,
) -> None:
    """The agenda of an amendment meeting: reviews that are due, terms and acceptances that end, the last day to give notice, calendars
    that end, and the gaps and thin margins that are open; by owner, what is overdue first.

    Exits with 0, with 1 if something is overdue or a gap is open, 2 if the agreements cannot be read as written.

    \b
    Examples:
      slachain review
      slachain review --within 26w --owner vendor-management
      slachain review --format html -o agenda.html
      slachain review --format ics -o reviews.ics
    """
    from slachain.cli.cores import beside
    from slachain.cli.progress import progress
    from slachain.decisions.reporting import report
    from slachain.decisions.review import NoSuchOwner, review
    from slachain.study import Study

    study = Study.of(options.load_catalogue((*paths, *more)), options.today_or(as_of))
    with progress() as tell:
        found = report(study, progress=tell, beside=beside(cores))
    try:
        agenda = review(study, found, within[1], within[0], owner)
    except NoSuchOwner as error:
        raise click.UsageError(str(error)) from None
    emit(agenda, form, output)
    sys.exit(2 if agenda.unreadable else int(agenda.pressing))


def emit(agenda: Agenda, form: str, output: str | None) -> None:
    """Print an agenda in one of the formats, or write it to a file."""
    from slachain.cli.rendering import put

    if form == "text" and output is None:
        from slachain.render.agenda import show
        from slachain.render.terminal import console

        show(agenda, console(sys.stdout))
        return
    if form == "ics" and output is None:
        sys.stdout.buffer.write(drawn(agenda, form).encode())  # its lines end as they are, on any system
        return
    put(drawn(agenda, form), output)


def drawn(agenda: Agenda, form: str) -> str:
    """An agenda in one of the formats."""
    if form == "html":
        from slachain.render.agenda_page import agenda_html

        return agenda_html(agenda)
    if form == "ics":
        from slachain.render.ics import ics

        return ics(agenda)
    if form == "markdown":
        from slachain.render.agenda_markdown import agenda_markdown

        return agenda_markdown(agenda)
    from slachain.render.agenda import agenda_data, plain
    from slachain.render.json import dump

    return dump(agenda_data(agenda)) if form == "json" else plain(agenda)
