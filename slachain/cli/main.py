"""The `slachain` command. Each subcommand is imported when it is used, so that `--help` answers at once."""

from __future__ import annotations

from importlib import import_module

import click

from slachain import __version__

COMMANDS = (
    "check",
    "report",
    "trace",
    "quote",
    "capacity",
    "repair",
    "compare",
    "diff",
    "review",
    "document",
    "baseline",
    "explain",
    "init",
    "new",
    "schema",
)


class Commands(click.Group):
    """The subcommands by name, in the order in which people meet them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"slachain.cli.{cmd_name}").command
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="slachain")
def main() -> None:
    """Can you keep what you promise? Reads customer SLAs, internal OLAs and vendor contracts as one chain, and proves
    for each promise that everything under it is stricter, or shows the ticket that breaks it.

    \b
    Begin with:
      slachain init          a first catalogue to look at and change
      slachain check         does every promise hold?
      slachain explain SC203 what a finding means, and what to do
    """
