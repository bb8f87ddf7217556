"""`slachain compare`."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import click

from slachain.cli import options


class Names(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """Priorities of A and what B calls them: P1=S1,P2=S2."""

    name = "priorities"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, str]:
        """From names of A to names of B, or a usage error."""
        if isinstance(value, dict):
            return value
        found: dict[str, str] = {}
        for part in value.split(","):
            ours, sign, theirs = (piece.strip() for piece in part.partition("="))
            if not (ours and sign and theirs) or "*" in (ours, theirs):
                self.fail(f"{part!r} is no pair of priorities: write P1=S1,P2=S2", param, ctx)
            if ours in found:
                self.fail(f"{ours} is written twice", param, ctx)
            found[ours] = theirs
        return found


@click.command()
@click.argument("a")
@click.argument("b")
@options.catalogue
@options.as_of
@click.option("--priorities", type=Names(), metavar="P1=S1,…", help="A's priorities and B's names for them. [default: the same]")
@options.format_of("text", "json")
@options.output
def command(
    a: str, b: str, paths: tuple[str, ...], as_of: date | None, priorities: dict[str, str] | None, form: str, output: str | None
) -> None:
    """Is agreement A at least as strict as agreement B, and where not?

    A and B are ids in the catalogue, or YAML files that hold an agreement (FILE.yaml, or FILE.yaml:ID of several), such as
    our offer and a tender's requirement. Exits with 0 if A is at least as strict in everything that B promises, 1 if not, 2
    if one of them cannot be read as written.

    \b
    Examples:
      slachain compare novapay-gold fenwick-silver
      slachain compare novapay-gold tender.yaml --priorities P1=S1,P2=S2
    """
    from slachain.cli.offers import sides
    from slachain.cli.rendering import put
    from slachain.decisions.compare import compare
    from slachain.decisions.comparison import NotComparable
    from slachain.render.compare import compare_data, compare_text
    from slachain.render.json import dump

    day = options.today_or(as_of)
    try:
        found = compare(*sides(a, b, paths, day), day, priorities or {})
    except NotComparable as error:
        raise click.UsageError(str(error)) from None
    put(dump(compare_data(found)) if form == "json" else compare_text(found), output)
    sys.exit(0 if found.at_least_as_strict else 1)
