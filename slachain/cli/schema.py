"""`slachain schema`."""

from __future__ import annotations

from pathlib import Path

import click

from slachain.cli import options

COMMENT = "# yaml-language-server: $schema="  # and the schema's path from the file that the comment stands in


@click.command()
@options.output
def command(output: str | None) -> None:
    """The language as a JSON Schema (draft 2020-12): with it an editor completes clauses, explains them and marks slips
    of the pen while one writes. What takes the whole catalogue to tell is left to 'slachain check'.

    \b
    Example:
      slachain schema -o agreements/slachain.schema.json

    \b
    Then VS Code (with its YAML extension) and other editors use it in every file beside it that begins with
      # yaml-language-server: $schema=slachain.schema.json
    """
    from slachain.cli.files import shown, write
    from slachain.language.schema import json_schema
    from slachain.render.json import dump

    text = dump(json_schema())
    if output is None:
        click.echo(text, nl=False)
        return
    write(Path(output), text)
    click.echo(f"wrote {shown(Path(output))}")
    click.echo(f"Now begin each file beside it with: {COMMENT}{Path(output).name}")
