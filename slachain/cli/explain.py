"""`slachain explain`."""

from __future__ import annotations

import click


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """What a finding means, why it matters, what causes it and what mends it. Without CODE, all of them in a list.

    \b
    Example:
      slachain explain SC203
    """
    from slachain.checks.registry import all_checks, by_code, page, text
    from slachain.language.shapes import nearest

    if code is None:
        for check in all_checks():
            click.echo(f"{check.CODE}  {check.SEVERITY:<7}  {check.SLUG:<20}  {page(check).title}")
        return
    known = {**by_code(), **{check.SLUG: check for check in all_checks()}}
    found = known.get(code.upper()) or known.get(code.lower())
    if found is None:
        raise click.UsageError(f"there is no finding {code}{nearest(code.upper(), known)}: 'slachain explain' lists them")
    click.echo(text(found), nl=False)
