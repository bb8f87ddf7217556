"""The `slachain` command. Each subcommand is imported when it is used, so that `--help` answers at once."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from slachain import __version__

OBJECTS = 200_000  # that a command makes before it looks for garbage: what it imports and a catalogue are none
ALONE = 1_000_000  # the same of the installed command, with which its process ends
COMMANDS = {
    "check": "does every promise hold, and if not, why, when, and what would mend it",
    "report": "the gap report: one HTML file to read, print and pass on",
    "trace": "one ticket, step by step on every clock",
    "quote": "the strictest promise that can be made, clock by clock",
    "capacity": "who is overloaded, and what response the staff can keep",
    "repair": "the cheapest set of priced changes that makes the promises hold",
    "compare": "is one agreement at least as strict as another, and where not",
    "diff": "what an amendment changes: promises tightened and loosened, gaps opened and closed",
    "review": "what is due: reviews, ends, notices, accepted risks, open gaps",
    "document": "an agreement as a contract to read and sign",
    "baseline": "what the ticket history shows was kept, and what could be promised",
    "explain": "what a finding means, and what to do",
    "init": "a first catalogue to look at and change",
    "new": "an agreement to fill in, from a template",
    "schema": "the language as a JSON Schema, for editors that complete and check while one writes",
}


class Commands(click.Group):
    """The subcommands by name, in the order in which people meet them."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """As the installed command: when all is written the process ends at once, and what was made is not taken apart piece by piece."""
        try:
            return self.main(*args, obj=ALONE, **kwargs)
        except SystemExit as end:
            if isinstance(end.code, int):
                with suppress(OSError):  # who stopped reading is told of as ever
                    for stream in filter(None, (sys.stdout, sys.stderr)):
                        stream.flush()
                    os._exit(end.code)
            raise

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"slachain.cli.{cmd_name}").command
        command.short_help = COMMANDS[cmd_name]  # as completion in a shell shows it
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each with its line, none of them imported."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="slachain")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Can you keep what you promise? Reads customer SLAs, internal OLAs and vendor contracts as one chain, and proves
    for each promise that everything under it is stricter, or shows the ticket that breaks it.

    \b
    Begin with:
      slachain init          a first catalogue to look at and change
      slachain check         does every promise hold?
      slachain explain SC203 what a finding means, and what to do
    """
    gc.set_threshold(ctx.obj or OBJECTS, 10, 10)
