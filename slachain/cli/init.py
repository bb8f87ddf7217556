"""`slachain init`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", default="agreements", type=click.Path(file_okay=False))
def command(folder: str) -> None:
    """A first catalogue, small and commented, to look at and change. Never writes over a file.

    \b
    Example:
      slachain init agreements
    """
    from slachain.cli.files import shown, write
    from slachain.render.templates import template_folder

    source = template_folder() / "init"
    target = Path(folder)
    files = sorted(source.glob("*.yaml"))
    taken = [shown(target / file.name) for file in files if (target / file.name).exists()]
    if taken:
        raise click.UsageError(f"{', '.join(taken)} is already there: nothing was written")
    for file in files:
        write(target / file.name, file.read_text(encoding="utf-8"))
        click.echo(f"wrote {shown(target / file.name)}")
    click.echo(f"Now run: slachain check {shown(target)}")
