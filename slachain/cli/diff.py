"""`slachain diff`."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, NoReturn

import click

from slachain.cli import options

if TYPE_CHECKING:
    from slachain.decisions.amendment import Amendment
    from slachain.decisions.diff import Unreadable

MOST_TOLD = 10


@click.command()
@click.argument("versions", nargs=-1, required=True, metavar="OLD NEW | RANGE [PATH]...")
@options.as_of
@click.option("--from-nothing", is_flag=True, help="OLD may lack the agreements: then everything in NEW is added.")
@options.format_of("text", "json", "html", "markdown")
@options.output
@click.option("-v", "--verbose", is_flag=True, help="Findings that only stand on other lines, too, and every clause.")
def command(versions: tuple[str, ...], as_of: date | None, from_nothing: bool, form: str, output: str | None, verbose: bool) -> None:
    """What an amendment changes, before people vote on it: promises tightened and loosened, gaps opened and closed, what moved
    what is supported, and the money at risk.

    OLD and NEW are files or folders. Or name revisions of a git repository and a path in them: A..B is B against A, A... is
    all that came since the two parted, and A.. is the work tree, as it lies on the disk, against A. Both sides are judged on the
    same day. Exits with 1 if a gap is opened that nobody has accepted, 0 if not, 2 if either side cannot be read as written.

    \b
    Examples:
      slachain diff agreements/ proposed/
      slachain diff HEAD~1..HEAD agreements/
      slachain diff main... agreements/ --format html -o amendment.html
    """
    from slachain.cli.rendering import put
    from slachain.cli.versions import versions as named
    from slachain.decisions.diff import Unreadable, diff

    try:
        found = diff(*named(versions, from_nothing), options.today_or(as_of))
    except Unreadable as error:
        refuse(error)
    if form == "text" and output is None:
        from slachain.render.amendment.text import amendment_show

        amendment_show(found, sys.stdout, verbose)
    else:
        put(drawn(found, form, verbose), output)
    sys.exit(1 if found.opens_a_gap else 0)


def refuse(error: Unreadable) -> NoReturn:
    """A usage error with what is wrong in the version that cannot be read."""
    more = len(error.findings) - MOST_TOLD
    lines = [f"  {finding.at}: {finding.code} {finding.slug}: {finding.message}" for finding in error.findings[:MOST_TOLD]]
    lines += [f"  and {more} more: 'slachain check' lists them"] if more > 0 else []
    raise click.UsageError("\n".join([f"{error.name} cannot be read as written, so nothing is compared:", *lines]))


def drawn(found: Amendment, form: str, verbose: bool) -> str:
    """An amendment in one of the formats."""
    if form == "json":
        from slachain.render.amendment.data import amendment_json

        return amendment_json(found)
    if form == "html":
        from slachain.render.amendment.page import amendment_html

        return amendment_html(found)
    if form == "markdown":
        from slachain.render.amendment.comment import amendment_markdown

        return amendment_markdown(found)
    from slachain.render.amendment.text import amendment_text

    return amendment_text(found, verbose)
