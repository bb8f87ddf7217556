"""`slachain baseline`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slachain.cli import options

if TYPE_CHECKING:
    from slachain.decisions.baseline_lines import Baseline
    from slachain.language.exports import Export
    from slachain.study import Study

MOST_TOLD = 10


def column(name: str, help: str) -> Callable[[options.F], options.F]:
    """An option that names a column."""
    return click.option(f"--{name}", metavar="COLUMN", help=help)


@click.command()
@click.argument("tickets", type=click.Path(), metavar="TICKETS.csv")
@options.catalogue
@click.option("--map", "map_", type=click.Path(), metavar="FILE", help="A YAML file that says what the columns mean (docs/baseline.md).")
@column("opened", "When a ticket's clock starts.")
@column("responded", "When it was answered: ends 'response'.")
@column("resolved", "When it was resolved: ends 'resolution'.")
@column("ticket", "A ticket's number: tells rows that are there twice.")
@column("priority", "A ticket's priority, by the agreement's names.")
@column("agreement", "The id of the agreement that a ticket belongs to.")
@click.option("--for", "for_", metavar="AGREEMENT", help="All tickets belong to this agreement.")
@click.option("--time", "times", multiple=True, metavar="FORMAT", help="iso, or such as '%d-%m-%Y %H:%M'; repeatable. [default: iso]")
@click.option("--zone", metavar="ZONE", help="The zone of local times, such as Europe/London.")
@click.option("--delimiter", metavar="SIGN", help="What stands between cells: ',', ';' or tab. [default: ,]")
@click.option("--encoding", metavar="NAME", help="[default: utf-8]")
@options.as_of
@options.format_of("text", "json", "html")
@options.output
@click.option("--rejects", type=click.Path(dir_okay=False), metavar="FILE", help="Write every row that could not be used, with the reason.")
@click.option("-v", "--verbose", is_flag=True, help="Months of every target, and targets without tickets.")
@options.select
@options.ignore
@options.fail_on
def command(
    tickets: str,
    paths: tuple[str, ...],
    as_of: date | None,
    form: str,
    output: str | None,
    rejects: str | None,
    verbose: bool,
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    fail_on: str,
    **mapped: str | tuple[str, ...] | None,
) -> None:
    """Was it kept, and what could be promised? Measures a ticket history against every target, on its own calendar.

    Without --map or column options the columns are ticket, agreement, priority, opened, responded and resolved. With
    --as-of the log ends with that day; without, with the last thing that happened in it.

    \b
    Examples:
      slachain baseline tickets.csv --map export.yaml
      slachain baseline tickets.csv --for desk --opened opened_at --resolved resolved_at --priority prio
      slachain baseline tickets.csv --map export.yaml --format html -o kept.html
    """
    from slachain.analysis.tickets.csv_rows import NoTable
    from slachain.cli.rendering import put
    from slachain.cli.ticket_files import Unreadable, lines_of
    from slachain.decisions.baseline import baseline, selecting
    from slachain.render.baseline import rejects_text

    study = _study(paths, options.today_or(as_of))
    export = _export(study, mapped)
    name = Path(tickets).name
    try:
        with lines_of(Path(tickets)) as lines:
            found = selecting(baseline(study, lines, name, export, as_of is not None, options.data_used()), select, ignore)
    except (NoTable, Unreadable) as error:
        raise click.UsageError(str(error) if isinstance(error, NoTable) and error.placed else f"{name}: {error}") from None
    if rejects:
        put(rejects_text(found.refused), rejects)
    put(drawn(found, study, form, verbose), output)
    sys.exit(status(found, fail_on))


def drawn(found: Baseline, study: Study, form: str, verbose: bool) -> str:
    """A baseline in one of the formats."""
    from slachain.render.baseline import baseline_data, baseline_text
    from slachain.render.json import dump

    if form == "html":
        from slachain.render.baseline_page import baseline_html

        return baseline_html(found)
    text: str = dump(baseline_data(found)) if form == "json" else baseline_text(found, study.catalogue.sources, verbose)
    return text


def status(found: Baseline, fail_on: str) -> int:
    """0, or 1 for findings that count."""
    from slachain.language.findings import Severity

    if fail_on == "never":
        return 0
    least = Severity(fail_on).weight
    return int(any(f.severity.weight >= least and not f.accepted for f in found.findings))


def _study(paths: tuple[str, ...], day: date) -> Study:
    """The catalogue's study. Raises a usage error for one that cannot be read as written."""
    from slachain.decisions.capacity_plan import LANGUAGE, findings_of
    from slachain.study import Study

    study = Study.of(options.load_catalogue(paths), day)
    _refuse("the catalogue cannot be read as written, so nothing is measured:", findings_of(study, LANGUAGE))
    return study


def _refuse(says: str, found: object) -> None:
    listed = list(found)  # type: ignore[call-overload]
    if listed:
        lines = [f"  {finding.at}: {finding.code}: {finding.message}" for finding in listed[:MOST_TOLD]]
        more = [f"  and {len(listed) - MOST_TOLD} more"] if len(listed) > MOST_TOLD else []
        raise click.UsageError("\n".join([says, *lines, *more]))


def _export(study: Study, mapped: dict[str, str | tuple[str, ...] | None]) -> Export | None:
    """The map: a file's, that of the options, or None where there is neither."""
    from slachain.cli.ticket_files import map_of_file, map_of_options

    file = mapped.pop("map_")
    given = {key: value for key, value in mapped.items() if value}
    if isinstance(file, str):
        if given:
            raise click.UsageError(f"--map FILE says what the columns mean: write {_option(next(iter(given)))} there")
        export, findings = map_of_file(Path(file), study.catalogue)
        _refuse("the map cannot be read as written:", findings)
        return export
    return map_of_options(given, study.catalogue) if given else None


def _option(name: str) -> str:
    return {"for_": "--for", "times": "--time"}.get(name, f"--{name}")
